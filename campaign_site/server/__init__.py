"""The web server: waitress, and what keeps slow, hostile and vanished clients from costing threads, memory or disk."""
