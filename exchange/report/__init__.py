"""Reporting a clip."""
