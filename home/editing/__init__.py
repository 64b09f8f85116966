"""What happens when editors save, publish and move."""
