"""The released tables: what they hold, how they are linked and counted, and what may never be in them."""
