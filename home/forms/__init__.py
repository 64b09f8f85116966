"""Forms of the editors: only the original language is needed, and what was not on the page is never wiped."""
