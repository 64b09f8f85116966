"""What ``make bench-site`` measures: how the site answers its visitors."""
