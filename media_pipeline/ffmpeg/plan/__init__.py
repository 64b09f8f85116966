"""What is to be made of a file."""
