"""The queue: it delivers a job's id to a worker, perhaps twice, perhaps not at all.

The default backend is django-tasks-db on the site's own database. Only this file and ``worker/tasks.py`` know it.
"""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task_backends
from django_tasks.base import Task, TaskResultStatus

from media_pipeline.jobs import scheduling
from media_pipeline.models import Job

QUEUE_BACKEND = "media"
QUICK_LANE_PRIORITY = 10
RESULT_RETENTION = datetime.timedelta(days=7)
# Without a queue that can be asked, an id is sent again after this long; a second delivery is harmless.
RESEND_AFTER = datetime.timedelta(minutes=10)

# The task that a worker runs for an id. The worker's package is above this one, so it registers its task here.
_step_task: Task | None = None


def register_step_task(task: Task) -> None:
    """Enqueue this task from now on; called in ``AppConfig.ready``. It takes a job's id and a lane."""
    global _step_task
    _step_task = task


def step_task() -> Task:
    """The registered task. Raises RuntimeError before the apps are ready."""
    if _step_task is None:
        raise RuntimeError("no step task is registered")
    return _step_task


def enqueue_on_commit(job: Job) -> None:
    """Enqueue the job's id on commit, as the row then says."""
    transaction.on_commit(lambda: enqueue_now(Job.objects.get(pk=job.pk)))


def enqueue_now(job: Job) -> None:
    """Enqueue the job's id, for now or for ``job.not_before``.

    Which job is done is decided when a worker takes the id (``scheduling.py``); the queue's own order only lets
    quick work come first where one worker serves both lanes.
    """
    lane = scheduling.lane_of(job)
    bonus = QUICK_LANE_PRIORITY if lane is scheduling.QueueLane.QUICK else 0
    priority = max(-100, min(100, job.priority + bonus))
    task = step_task().using(priority=priority, run_after=job.not_before, queue_name=str(lane))
    task.enqueue(str(job.pk), str(lane))
    Job.objects.filter(pk=job.pk).update(dispatched_at=timezone.now())


def undelivered_jobs(jobs: list[Job]) -> list[Job]:
    """Those of the waiting jobs whose id is in no queue any more."""
    results = _results()
    if results is None:
        old = timezone.now() - RESEND_AFTER
        return [job for job in jobs if job.dispatched_at is None or job.dispatched_at < old]
    ready = results.filter(status=TaskResultStatus.READY, task_path=step_task().module_path)
    waiting = {row["args"][0] for row in ready.values_list("args_kwargs", flat=True) if row["args"]}
    return [job for job in jobs if str(job.pk) not in waiting]


def delete_old_results() -> int:
    """Remove the queue's own rows of tasks that ended long ago. Returns how many."""
    results = _results()
    if results is None:
        return 0
    before = timezone.now() - RESULT_RETENTION
    abandoned = Q(status=TaskResultStatus.RUNNING, started_at__lt=before)  # its worker died, or lost the database
    removed, _ = results.filter(Q(finished_at__lt=before) | abandoned).delete()
    return removed


def _results():
    """The rows of django-tasks-db that belong to this backend, None when another engine carries the ids."""
    from django_tasks_db.backend import DatabaseBackend
    from django_tasks_db.models import DBTaskResult

    if not isinstance(task_backends[QUEUE_BACKEND], DatabaseBackend):
        return None
    return DBTaskResult.objects.filter(backend_name=QUEUE_BACKEND)
