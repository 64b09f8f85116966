"""Arguments for encoding and packaging."""
