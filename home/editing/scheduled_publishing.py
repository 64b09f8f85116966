"""Scheduled publishing: pages that go live and pages that expire. The worker calls this periodically."""

from django.core.management import call_command


def publish_scheduled_pages() -> None:
    """Publish what is due and unpublish what has expired. Idempotent, also when two processes do it at once."""
    call_command("publish_scheduled", verbosity=0)
