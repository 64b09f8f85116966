"""What the demo says: its texts, and how they become pages."""
