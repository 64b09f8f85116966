"""Captions: tracks, cues, and their formats."""
