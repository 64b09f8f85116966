"""A database that is away is a line a minute (``media_pipeline.database_outage``), not a traceback per request."""

import logging


class WithoutOutages(logging.Filter):
    """For a handler: leaves out what Django logs of a request that met an outage of the database."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        if record.name != "django.request" or not record.exc_info or record.exc_info[1] is None:
            return True
        from media_pipeline import api  # logging is set up before the apps are

        return not api.is_outage(record.exc_info[1])
