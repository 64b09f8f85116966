"""Sharing a clip: snippets, attribution, QR codes."""
