"""Forms of pages and snippets: only the original language is required, and omitted fields keep their values."""
