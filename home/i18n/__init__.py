"""Languages, countries, dates, durations."""
