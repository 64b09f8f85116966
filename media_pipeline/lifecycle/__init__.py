"""What happens to a clip's files, from arrival to deletion."""
