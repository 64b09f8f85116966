"""The demo's films: what they show, how they are drawn and spoken."""
