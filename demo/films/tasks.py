"""The worker's part of the demo: one film after the other, when nothing more urgent waits."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from demo.films import submit
from demo.films.render import FilmStoppedError

AFTER_ALL_ELSE = -30
LOOK_AGAIN = timedelta(minutes=15)


@task(backend="media")
def film_demo_clip(key: str) -> str:
    """Make the film of a demo clip. Harmless when it comes twice."""
    try:
        clip = submit.film(key)
    except FilmStoppedError:
        _send(key)
        return "stopped"
    return clip.public_id if clip else "nothing to do"


def ask_for_film(key: str) -> None:
    """Queue the film for when the transaction stands, and once more for the case that the worker dies over it."""
    transaction.on_commit(lambda: (_send(key), _send(key, again=True)))


def _send(key: str, *, again: bool = False) -> None:
    later = timezone.now() + LOOK_AGAIN if again else None
    film_demo_clip.using(priority=AFTER_ALL_ELSE, run_after=later).enqueue(key)
