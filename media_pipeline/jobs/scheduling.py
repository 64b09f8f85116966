"""The order of waiting jobs: short videos before long ones, owners in turn, and no job waits without end.

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

MAX_COMPARED_JOBS = 500
"""Waiting jobs that are compared; the oldest ones."""

QUICK_COST_S = 600.0
"""A first version is quick work when the whole film costs at most so many seconds."""

WATCHED_FOR = datetime.timedelta(seconds=60)
"""Somebody waits for a clip whose progress was looked at so recently."""

LOAD_WINDOW = datetime.timedelta(hours=1)
"""What an owner got longer ago than this is forgotten."""

_WAITING_SHARE = 0.25  # who sits in front of the screen counts as a film a quarter as long
_UNKNOWN_S = 60.0  # a film that nobody has looked into yet


class QueueLane(StrEnum):
    """``quick`` work takes seconds and has workers of its own: a new film is looked at while a long one runs."""

    QUICK = "quick"
    LONG = "default"


@dataclass(frozen=True)
class QueuedJob:
    """What the order depends on. Seconds; ``encoded`` means that only the short steps after the encode are left."""

    job: UUID
    owner: int | None
    cost_s: float
    waited_s: float
    priority: int = 0
    encoded: bool = False
    watched: bool = False


def schedule_order(jobs: Iterable[QueuedJob], owner_load_s: dict[int | None, float]) -> list[UUID]:
    """Jobs, the next one first. ``owner_load_s`` is the work each owner got lately.

    A job's rank is what its owner had, plus its own cost, minus the time it has waited: the first two are bounded,
    waiting is not, so every job comes to the front in the end.
    """

    def rank(one: QueuedJob) -> tuple[int, bool, float]:
        own = one.cost_s * (_WAITING_SHARE if one.watched else 1.0)
        return (-one.priority, not one.encoded, owner_load_s.get(one.owner, 0.0) + own - one.waited_s)

    return [one.job for one in sorted(jobs, key=rank)]


def next_jobs(lane: QueueLane) -> list[UUID]:
    """Jobs of a lane that are due, the next one first. Two queries."""
    now = timezone.now()
    due = Job.objects.due().filter(_lane_filter(lane), cancel_requested=False).select_related("clip")
    waiting = [_waiting(job, now) for job in due.order_by("created_at")[:MAX_COMPARED_JOBS]]
    return schedule_order(waiting, owner_load(now)) if len(waiting) > 1 else [one.job for one in waiting]


def lane_of(job: Job) -> QueueLane:
    """Where the job's next step belongs."""
    quick = job.step == Job.Step.PROBE or (job.step == Job.Step.PREVIEW and (job.cost_s or 0) <= QUICK_COST_S)
    return QueueLane.QUICK if quick else QueueLane.LONG


def _lane_filter(lane: QueueLane) -> Q:
    quick = Q(step=Job.Step.PROBE) | (Q(step=Job.Step.PREVIEW) & (Q(cost_s=None) | Q(cost_s__lte=QUICK_COST_S)))
    return quick if lane is QueueLane.QUICK else ~quick


def _waiting(job: Job, now: datetime.datetime) -> QueuedJob:
    since = max(filter(None, (job.created_at, job.not_before)))
    return QueuedJob(
        job=job.pk,
        owner=job.clip.collection_id,
        cost_s=_UNKNOWN_S if job.cost_s is None else job.cost_s,
        waited_s=max(0.0, (now - since).total_seconds()),
        priority=job.priority,
        encoded=job.step in (Job.Step.PACKAGE, Job.Step.STILLS, Job.Step.PUBLISH),
        watched=bool(job.watched_at and now - job.watched_at < WATCHED_FOR),
    )


def owner_load(now: datetime.datetime) -> dict[int | None, float]:
    """Seconds of work that each owner got within the last hour, or is getting now."""
    lately = Job.objects.filter(
        Q(finished_at__gt=now - LOAD_WINDOW) | Q(status=Job.Status.RUNNING), cost_s__isnull=False
    )
    load: Counter[int | None] = Counter()
    for owner, cost_s in lately.values_list("clip__collection", "cost_s"):
        load[owner] += cost_s
    return dict(load)


def mark_watched(clips: Iterable[Clip]) -> None:
    """Note that somebody looks at the progress of these clips right now."""
    Job.objects.active().filter(clip__in=clips).update(watched_at=timezone.now())


def estimate_cost_s(source: Source) -> float:
    """About how long the whole ladder of a film takes on two ordinary cores, in seconds.

    Measured: a second of 1080p30 takes 1.4 seconds, by the pixels decoded and encoded; see ARCHITECTURE.md.
    """
    video = source.video
    if video is None:
        return source.duration_s / 20
    pixels = video.width * video.height * min(float(video.fps_avg) or 30.0, 60.0)
    return 3.0 + source.duration_s * (0.1 + 1.3 * pixels / (1920 * 1080 * 30))
