"""Setting the site up and starting it: what ``make`` calls. ``bootstrap`` needs Python's standard library alone."""
