"""Whether what is stored is what the rows say, and its repair."""
