"""Logging a sysadmin can read: one line per event on standard error, without anybody's address.

``2026-03-01T12:00:00+0100 WARNING media_pipeline.jobs.submit job 12 retried`` - time, level, who says it, what.
Who keeps the lines, and for how long, is the business of what started us.
"""

from typing import Any


def logging_config(level: str) -> dict[str, Any]:
    """Return Django's LOGGING for the least important ``level`` to be written."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "campaign_site.log_format.OneLineFormatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            # Requests are the proxy's business, and its lines would carry addresses; errors still come through.
            "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
            "django.request": {"level": "ERROR"},
            # Each task would be two lines, and Wagtail makes several for every saved page.
            "django_tasks": {"level": "WARNING"},
            "PIL": {"level": "INFO"},
        },
    }
