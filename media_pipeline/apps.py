"""Wiring of the media pipeline: system checks, the task of the queue, periodic tasks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

CLEAN_UP_EVERY_S = 3600.0
RECONCILE_EVERY_S = 3600.0


class MediaPipelineConfig(AppConfig):
    name = "media_pipeline"
    label = "media_pipeline"
    verbose_name = _("Media pipeline")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from media_pipeline import checks  # noqa: F401 - importing registers them
        from media_pipeline.jobs import queue
        from media_pipeline.lifecycle import cleanup
        from media_pipeline.lifecycle.ledger import reconcile_ledger
        from media_pipeline.worker.periodic import register_periodic_task
        from media_pipeline.worker.reaper import reap_jobs
        from media_pipeline.worker.tasks import run_step

        queue.register_step_task(run_step)
        register_periodic_task(reap_jobs)
        register_periodic_task(reconcile_ledger, every_s=RECONCILE_EVERY_S)
        for clean in cleanup.CLEAN_UP_TASKS:
            register_periodic_task(clean, every_s=CLEAN_UP_EVERY_S)
