"""How the demo becomes pages, and pages become the demo."""
