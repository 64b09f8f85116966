"""Backups: the database, the original files, what is published, what editors uploaded; keys go to another place."""
