"""The stages wired together: workspace, storage, schemas, releases and the `thidua` command."""
