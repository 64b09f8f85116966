"""Whose turn is it? Short films before long ones, cities in turn, and nobody waits for ever.

The queue only says that there is work (its ids may come late or twice); which job is done is decided here, from the
rows, at the moment a worker is free.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.models import Clip, Job

Step = Job.Step

LOOK_AT = 500
"""Waiting jobs that are compared; the oldest ones."""

QUICK_S = 600.0
"""A first version is quick work when the whole film costs at most so many seconds."""

WATCHED = datetime.timedelta(seconds=60)
"""Somebody waits for a clip whose progress was looked at so recently."""

MEMORY = datetime.timedelta(hours=1)
"""What a city got longer ago than this is forgotten."""

_WAITING_SHARE = 0.25  # who sits in front of the screen counts as a film a quarter as long
_UNKNOWN_S = 60.0  # a film that nobody has looked into yet


class Lane(StrEnum):
    """``quick`` work takes seconds and has workers of its own: a new film is looked at while a long one runs."""

    QUICK = "quick"
    LONG = "default"


@dataclass(frozen=True)
class Waiting:
    """What a turn depends on. Seconds; ``begun`` means that only the short steps after the encode are left."""

    job: UUID
    city: int | None
    cost_s: float
    waited_s: float
    priority: int = 0
    begun: bool = False
    watched: bool = False


def in_order(waiting: Iterable[Waiting], city_work_s: dict[int | None, float]) -> list[UUID]:
    """Jobs, the next one first. ``city_work_s`` is the work each city got lately.

    A job's place is what its city had, plus its own cost, minus the time it has waited: the first two are bounded,
    waiting is not, so every job comes to the front in the end.
    """

    def place(one: Waiting) -> tuple[int, bool, float]:
        own = one.cost_s * (_WAITING_SHARE if one.watched else 1.0)
        return (-one.priority, not one.begun, city_work_s.get(one.city, 0.0) + own - one.waited_s)

    return [one.job for one in sorted(waiting, key=place)]


def next_jobs(lane: Lane) -> list[UUID]:
    """Jobs of a lane that are due, the next one first. Two queries."""
    now = timezone.now()
    due = Job.objects.due().filter(_lane_filter(lane), cancel_requested=False).select_related("clip")
    waiting = [_waiting(job, now) for job in due.order_by("created_at")[:LOOK_AT]]
    return in_order(waiting, city_work(now)) if len(waiting) > 1 else [one.job for one in waiting]


def lane_of(job: Job) -> Lane:
    """Where the job's next step belongs."""
    quick = job.step == Step.PROBE or (job.step == Step.PREVIEW and (job.cost_s or 0) <= QUICK_S)
    return Lane.QUICK if quick else Lane.LONG


def _lane_filter(lane: Lane) -> Q:
    quick = Q(step=Step.PROBE) | (Q(step=Step.PREVIEW) & (Q(cost_s=None) | Q(cost_s__lte=QUICK_S)))
    return quick if lane is Lane.QUICK else ~quick


def _waiting(job: Job, now: datetime.datetime) -> Waiting:
    since = max(filter(None, (job.created_at, job.not_before)))
    return Waiting(
        job=job.pk,
        city=job.clip.city_ref,
        cost_s=_UNKNOWN_S if job.cost_s is None else job.cost_s,
        waited_s=max(0.0, (now - since).total_seconds()),
        priority=job.priority,
        begun=job.step in (Step.PACKAGE, Step.STILLS, Step.PUBLISH),
        watched=bool(job.watched_at and now - job.watched_at < WATCHED),
    )


def city_work(now: datetime.datetime) -> dict[int | None, float]:
    """Seconds of work that each city got within the last hour, or is getting now."""
    lately = Job.objects.filter(Q(finished_at__gt=now - MEMORY) | Q(status=Job.Status.RUNNING), cost_s__isnull=False)
    had: Counter[int | None] = Counter()
    for city, cost_s in lately.values_list("clip__city_ref", "cost_s"):
        had[city] += cost_s
    return dict(had)


def mark_watched(clips: Iterable[Clip]) -> None:
    """Note that somebody looks at the progress of these clips right now."""
    Job.objects.active().filter(clip__in=clips).update(watched_at=timezone.now())


def cost_s(source: Source) -> float:
    """About how long the whole ladder of a film takes on two ordinary cores, in seconds.

    Measured: a second of 1080p30 takes 1.4 seconds, by the pixels decoded and encoded; see ARCHITECTURE.md.
    """
    video = source.video
    if video is None:
        return source.duration_s / 20
    pixels = video.width * video.height * min(float(video.fps_avg) or 30.0, 60.0)
    return 3.0 + source.duration_s * (0.1 + 1.3 * pixels / (1920 * 1080 * 30))
