"""The editor of pages, for several people at once."""
