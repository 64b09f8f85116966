"""Setting the site up and starting it: what ``make`` calls. ``__main__`` needs Python's standard library alone."""
