"""A database that tests take away and give back: refused connections, or a lock of somebody else."""

import sqlite3
from contextlib import contextmanager

from django.db import connection

from media_pipeline.database_outage import outage_log


class Outage:
    """Takes the database away from this process, and gives it back."""

    def __init__(self):
        self.pauses = []
        self.kept = dict(connection.settings_dict)
        self.other = None

    def begin(self, _frame=None):
        connection.close()
        if connection.vendor == "sqlite":
            options = {**self.kept["OPTIONS"], "timeout": 0}
            connection.settings_dict["OPTIONS"] = options
            self.other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
            self.other.execute("BEGIN IMMEDIATE")
        else:
            connection.settings_dict["PORT"] = "1"  # nobody listens there

    def end(self):
        connection.close()
        connection.settings_dict.update(self.kept)
        if self.other is not None:
            self.other.close()
            self.other = None

    def pause(self, after):
        """What waits in its place: the database is back after so many pauses."""

        def pause(seconds):
            self.pauses.append(seconds)
            if len(self.pauses) == after:
                self.end()

        return pause


@contextmanager
def database_outage_of_tests():
    """An Outage that has not begun; it is over afterwards, and forgotten by the log."""
    outage = Outage()
    try:
        yield outage
    finally:
        outage.end()
        outage_log.note_answer()
