"""Unfinished tasks that were queued under the names of modules that have moved are queued again under the new names."""

from django.apps import apps as installed
from django.db import migrations

MOVED = {
    "media_pipeline.tasks.run_step": "media_pipeline.worker.tasks.run_step",
    "home.demo.tasks.film_demo_clip": "demo.films.tasks.film_demo_clip",
}


def requeue_moved_tasks(apps, schema_editor):
    """Both tasks are harmless when they run twice, so one that a worker had begun is queued again, too."""
    try:
        results = apps.get_model("django_tasks_database", "DBTaskResult").objects
    except LookupError:  # another engine carries the tasks
        return
    for old, new in MOVED.items():
        unfinished = results.filter(task_path=old, status__in=("READY", "RUNNING"))
        unfinished.update(task_path=new, status="READY", started_at=None)


class Migration(migrations.Migration):
    dependencies = [("media_pipeline", "0004_posters_keep_their_ranking")]
    if installed.is_installed("django_tasks_db"):
        dependencies.append(("django_tasks_database", "0001_initial"))

    operations = [migrations.RunPython(requeue_moved_tasks, migrations.RunPython.noop)]
