"""What has to happen by the clock: pages that go live and pages that end. The worker calls this at every round."""

from django.core.management import call_command


def publish_scheduled_pages() -> None:
    """Publish what is due and take down what has expired. Harmless when nothing is, and when two do it at once."""
    call_command("publish_scheduled", verbosity=0)
