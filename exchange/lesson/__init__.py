"""Files for lessons."""
