"""A database that is away is a line a minute (``media_pipeline.database_outage``), not a traceback per request."""

import logging


class WithoutOutages(logging.Filter):
    """For a handler: leaves out what Django logs of requests that were answered 503 (``home.unavailable``, healthz)."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        return record.name != "django.request" or getattr(record, "status_code", 0) != 503
