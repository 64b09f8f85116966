"""Whether what was made is what was planned."""
