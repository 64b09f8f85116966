"""Wiring of the media room: what exists and how it is made. Knows nothing of Wagtail or HTTP."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaPipelineConfig(AppConfig):
    name = "media_pipeline"
    label = "media_pipeline"
    verbose_name = _("Media pipeline")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from media_pipeline import checks  # noqa: F401 - importing registers them
