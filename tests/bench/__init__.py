"""What the pipeline costs, measured on the machine at hand: ``make bench``."""
