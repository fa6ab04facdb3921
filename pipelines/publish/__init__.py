"""One release: the same tables as Parquet, CSV, XLSX and SQLite, with their description and their provenance."""
