"""Tasks queued before the modules moved are not lost."""

from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from demo.films.tasks import film_demo_clip
from media_pipeline.worker.tasks import run_step

migration = import_module("media_pipeline.migrations.0005_requeue_moved_tasks")


def queued(path, status, argument):
    return DBTaskResult.objects.create(
        task_path=path,
        status=status,
        started_at=None if status == "READY" else timezone.now(),
        args_kwargs={"args": [argument], "kwargs": {}},
        backend_name="media",
        queue_name="default",
        run_after=timezone.now(),
    )


@pytest.mark.django_db
def test_unfinished_tasks_are_queued_under_their_new_names():
    old_step, old_filming = migration.MOVED
    waiting, running = queued(old_step, "READY", "1"), queued(old_step, "RUNNING", "2")
    filming, done = queued(old_filming, "READY", "3"), queued(old_step, "SUCCESSFUL", "4")
    migration.requeue_moved_tasks(apps, None)
    rows = DBTaskResult.objects.in_bulk()
    assert [(rows[row.pk].task_path, rows[row.pk].status) for row in (waiting, running, filming, done)] == [
        (run_step.module_path, "READY"),
        (run_step.module_path, "READY"),
        (film_demo_clip.module_path, "READY"),
        (old_step, "SUCCESSFUL"),
    ]
    assert rows[running.pk].started_at is None
    assert {row.task.module_path for row in rows.values() if row.pk != done.pk} == {
        run_step.module_path,
        film_demo_clip.module_path,
    }
