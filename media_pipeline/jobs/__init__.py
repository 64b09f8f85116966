"""The rows of the queue."""
