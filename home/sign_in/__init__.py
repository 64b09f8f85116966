"""Passwords of people and of pages: asked for in the look of the site, and slowed down after failures."""
