"""Images that editors upload, and how they are shown."""
