"""Documents that editors upload."""
