"""The queue as this room sees it: something that brings a job's id to a worker, perhaps twice, perhaps never.

The default carrier is django-tasks-db on the site's own database. Only this file and ``tasks.py`` know it.
"""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task_backends
from django_tasks.base import TaskResultStatus

from media_pipeline.jobs import scheduling
from media_pipeline.models import Job

ALIAS = "media"
TASK = "media_pipeline.worker.tasks.run_step"  # by name: the task calls the jobs, and the jobs call this file
QUICK_BONUS = 10
KEEP_RESULTS = datetime.timedelta(days=7)
# Without a queue that can be asked, an id is sent again after this long; a second delivery is harmless.
SEND_AGAIN = datetime.timedelta(minutes=10)


def send(job: Job) -> None:
    """Give the job's id to the queue once the transaction stands, as the row then says."""
    transaction.on_commit(lambda: dispatch(Job.objects.get(pk=job.pk)))


def dispatch(job: Job) -> None:
    """Hand the job's id to the queue, for now or for ``job.not_before``.

    Which job it will be is decided when a worker takes the id (``turns.py``); the queue's own order only lets
    quick work come first where one worker serves both lanes.
    """
    lane = scheduling.lane_of(job)
    bonus = QUICK_BONUS if lane is scheduling.Lane.QUICK else 0
    priority = max(-100, min(100, job.priority + bonus))
    task = import_string(TASK).using(priority=priority, run_after=job.not_before, queue_name=str(lane))
    task.enqueue(str(job.pk), str(lane))
    Job.objects.filter(pk=job.pk).update(dispatched_at=timezone.now())


def undelivered(jobs: list[Job]) -> list[Job]:
    """Those of the waiting jobs whose id no queue seems to carry any more."""
    waiting = _waiting_ids()
    if waiting is not None:
        return [job for job in jobs if str(job.pk) not in waiting]
    old = timezone.now() - SEND_AGAIN
    return [job for job in jobs if job.dispatched_at is None or job.dispatched_at < old]


def forget_old_results() -> int:
    """Remove the queue's own rows of tasks that ended long ago. Returns how many."""
    results = _results()
    if results is None:
        return 0
    removed, _ = results.finished().filter(finished_at__lt=timezone.now() - KEEP_RESULTS).delete()
    return removed


def _waiting_ids() -> set[str] | None:
    results = _results()
    if results is None:
        return None
    rows = results.filter(status=TaskResultStatus.READY, task_path=TASK).values_list("args_kwargs", flat=True)
    return {row["args"][0] for row in rows if row["args"]}


def _results():
    """The rows of django-tasks-db that belong to this room, None when another engine carries the ids."""
    from django_tasks_db.backend import DatabaseBackend
    from django_tasks_db.models import DBTaskResult

    if not isinstance(task_backends[ALIAS], DatabaseBackend):
        return None
    return DBTaskResult.objects.filter(backend_name=ALIAS)
