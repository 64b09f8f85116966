"""What a file is, before anything is made of it."""
