"""Wiring of the media pipeline: system checks and the task of the queue."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaPipelineConfig(AppConfig):
    name = "media_pipeline"
    label = "media_pipeline"
    verbose_name = _("Media pipeline")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from media_pipeline import checks  # noqa: F401 - importing registers them
        from media_pipeline.jobs import queue
        from media_pipeline.worker.tasks import run_step

        queue.register_step_task(run_step)
