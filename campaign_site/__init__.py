"""The site's wiring: settings, addresses, environment and set-up. No models, no views."""
