"""A named point in a clip. The player does not show chapters yet."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Chapter(models.Model):
    """Starts at ``start_ms``, ends where the next begins. ``title`` is translated (see translation.py)."""

    clip = models.ForeignKey("media_pipeline.Clip", on_delete=models.CASCADE, related_name="chapters")
    start_ms = models.PositiveIntegerField(_("start time in milliseconds"), validators=[MinValueValidator(0)])
    title = models.CharField(_("title"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        constraints = [models.UniqueConstraint(fields=["clip", "start_ms"], name="one_chapter_per_start")]
        ordering = ["start_ms"]

    def __str__(self) -> str:
        return self.title
