"""Views outside the page tree: short links, health, robots, sitemap."""
