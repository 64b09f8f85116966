"""What editors see beside the page editor."""
