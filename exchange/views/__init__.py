"""What answers below the addresses of this room."""
