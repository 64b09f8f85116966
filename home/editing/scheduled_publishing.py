"""Scheduled publishing: pages that go live and pages that expire. The worker calls this periodically.

Wagtail's command ``publish_scheduled`` does the same, but ends at the first page that fails.
"""

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from media_pipeline import api


def publish_scheduled_pages() -> None:
    """Unpublish what has expired and publish what is due. Idempotent, also when two processes do it at once.

    Each page is one transaction. Raises an ExceptionGroup after the last when some failed; a note names each.
    """
    now = timezone.now()
    models = [Page, *(model for model in apps.get_models() if _is_publishable_snippet(model))]
    due: list[Revision | DraftStateMixin] = []
    for model in models:
        due += model.objects.filter(live=True, expire_at__lt=now).order_by("expire_at")
    due += Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    api.do_each(due, apply_schedule, _name)


@transaction.atomic
def apply_schedule(due: Revision | DraftStateMixin) -> None:
    """Publish a revision, or unpublish what has expired."""
    if isinstance(due, Revision):
        due.publish(log_action="wagtail.publish.scheduled")
    else:
        due.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _is_publishable_snippet(model: type) -> bool:
    return issubclass(model, DraftStateMixin) and not issubclass(model, Page)


def _name(due: Revision | DraftStateMixin) -> str:
    """What a sysadmin may look for: the model and the key, without its title."""
    if isinstance(due, Revision):
        return f"revision {due.pk} of {due.content_type.model} {due.object_id}"
    return f"{due._meta.model_name} {due.pk}"
