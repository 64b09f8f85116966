"""The worker's part of the demo: one film after the other, when nothing more urgent waits."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from demo.films import submit
from demo.films.render import RenderStoppedError

RENDER_PRIORITY = -30
RETRY_DELAY = timedelta(minutes=15)


@task(backend="media")
def film_demo_clip(key: str) -> str:
    """Make the film of a demo clip. Harmless when it comes twice."""
    try:
        clip = submit.film_clip(key)
    except RenderStoppedError:
        _send(key)
        return "stopped"
    return clip.public_id if clip else "nothing to do"


def queue_film(key: str) -> None:
    """Queue the film for when the transaction stands, and once more for the case that the worker dies over it."""
    transaction.on_commit(lambda: (_send(key), _send(key, again=True)))


def _send(key: str, *, again: bool = False) -> None:
    later = timezone.now() + RETRY_DELAY if again else None
    film_demo_clip.using(priority=RENDER_PRIORITY, run_after=later).enqueue(key)
