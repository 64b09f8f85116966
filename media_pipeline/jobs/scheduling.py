"""The order of waiting jobs: by priority, then short videos before long ones, owners in turn, and none waits for ever.

The queue only says that there is work (its ids may come late or twice); which job is done is decided here, from the
rows, at the moment a worker is free.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.models import Clip, Job

MAX_COMPARED_JOBS = 500  # waiting jobs that are compared; the oldest ones
QUICK_COST_S = 600.0  # a preview is quick work when the whole video costs at most so many seconds
WATCHED_FOR = datetime.timedelta(seconds=60)  # someone waits for a clip whose progress was looked at so recently
LOAD_WINDOW = datetime.timedelta(hours=1)  # what an owner got longer ago than this is forgotten

_WATCHED_SHARE = 0.25  # a video that someone waits for counts as one a quarter as long
_UNKNOWN_COST_S = 60.0  # a video that was not checked yet
_QUICK_WORK = Q(step=Job.Step.PROBE) | Q(step=Job.Step.PREVIEW) & (Q(cost_s=None) | Q(cost_s__lte=QUICK_COST_S))


class QueueLane(StrEnum):
    """``quick`` work takes seconds and has workers of its own: a new video is checked while a long one runs."""

    QUICK = "quick"
    LONG = "default"


def schedule_order(jobs: Iterable[Job], owner_load_s: dict[int | None, float], now: datetime.datetime) -> list[UUID]:
    """Keys of waiting jobs, the next one first. ``owner_load_s`` is the work each owner got lately, in seconds.

    A job's rank is what its owner had, plus its own cost, minus the time it has waited: the first two are bounded,
    waiting is not, so every job comes to the front of its priority in the end. The short steps after the encode go
    first there, and a clip that someone waits for counts as a shorter one.
    """

    def rank(job: Job) -> tuple[int, bool, float]:
        watched = job.watched_at is not None and now - job.watched_at < WATCHED_FOR
        cost_s = (_UNKNOWN_COST_S if job.cost_s is None else job.cost_s) * (_WATCHED_SHARE if watched else 1.0)
        waited = now - max(filter(None, (job.created_at, job.not_before)))
        load_s = owner_load_s.get(job.clip.collection_id, 0.0)
        encoded = job.step in Job.Step.ENCODE.later
        return (-job.priority, not encoded, load_s + cost_s - max(0.0, waited.total_seconds()))

    return [job.pk for job in sorted(jobs, key=rank)]


def next_jobs(lane: QueueLane) -> list[UUID]:
    """Keys of the jobs of a lane that are due, the next one first. Two queries."""
    now = timezone.now()
    in_lane = _QUICK_WORK if lane is QueueLane.QUICK else ~_QUICK_WORK
    due = Job.objects.due().filter(in_lane).select_related("clip")
    waiting = list(due.order_by("created_at")[:MAX_COMPARED_JOBS])
    return schedule_order(waiting, owner_load(now) if len(waiting) > 1 else {}, now)


def lane_of(job: Job) -> QueueLane:
    """Where the job's next step belongs, as its row says. One query."""
    return QueueLane.QUICK if Job.objects.filter(_QUICK_WORK, pk=job.pk).exists() else QueueLane.LONG


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
    """Note that someone looks at the progress of these clips right now."""
    Job.objects.active().filter(clip__in=clips).update(watched_at=timezone.now())


def estimate_cost_s(source: Source) -> float:
    """About how long the whole ladder of a video takes on two ordinary cores, in seconds.

    Measured: a second of 1080p30 takes 1.4 seconds, by the pixels decoded and encoded; see ARCHITECTURE.md.
    """
    video = source.video
    if video is None:
        return source.duration_s / 20
    pixels = video.width * video.height * min(float(video.fps_avg) or 30.0, 60.0)
    return 3.0 + source.duration_s * (0.1 + 1.3 * pixels / (1920 * 1080 * 30))
