"""Processes, and the box they run in."""
