"""What is said or heard, as text with times, in one language."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Caption(models.Model):
    """One caption track. ``cues`` is a list of ``[start_ms, end_ms, text, settings]``; files are written from it."""

    class Kind(models.TextChoices):
        SUBTITLES = "subtitles", _("Subtitles")
        CAPTIONS = "captions", _("Captions for deaf and hard-of-hearing viewers")
        DESCRIPTIONS = "descriptions", _("Audio description")

    clip = models.ForeignKey("media_pipeline.Clip", on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(_("language"), max_length=16)
    kind = models.CharField(_("type"), max_length=12, choices=Kind, default=Kind.SUBTITLES)
    cues = models.JSONField(default=list)
    source_name = models.CharField(max_length=255, blank=True, help_text="Name of the uploaded file.")
    warnings = models.JSONField(default=list, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("caption track")
        verbose_name_plural = _("caption tracks")
        constraints = [
            models.UniqueConstraint(fields=["clip", "language", "kind"], name="one_caption_per_language_and_kind")
        ]
        ordering = ["language", "kind"]

    def __str__(self) -> str:
        return f"{self.language} ({self.kind})"
