"""One complete, immutable set of files made from one master by one recipe."""

from django.db import models
from django.utils import timezone


class Package(models.Model):
    """Files below ``<public_id>/<key>/`` in the published storage. Written once, verified, then read or removed."""

    clip = models.ForeignKey("media_pipeline.Clip", on_delete=models.CASCADE, related_name="packages")
    key = models.CharField(max_length=32, help_text="Hash of all that changes the output, encoder version included.")
    early = models.BooleanField(default=False, help_text="Preview: one size, never public.")
    growing = models.BooleanField(default=False, help_text="Preview that is still being written: its playlists grow.")
    recipe = models.JSONField(default=dict, help_text="The recipe as values, with the reasons for each choice.")
    warnings = models.JSONField(
        default=list,
        blank=True,
        help_text="Warning codes: those of its plan, then what was found out while it was made.",
    )
    duration_s = models.FloatField(help_text="Seconds, of the video.")
    size_bytes = models.BigIntegerField(help_text="All files of the package together.")
    download_name = models.CharField(
        max_length=100, default="download.mp4", help_text="The MP4 for download and as fallback."
    )
    download_bytes = models.BigIntegerField(default=0)
    files = models.JSONField(default=dict, help_text="File name to [bytes, sha256], to find damaged files.")
    created_at = models.DateTimeField(auto_now_add=True)
    written_at = models.DateTimeField(
        default=timezone.now, help_text="When its files got their present bytes: a repair writes them anew."
    )
    retired_at = models.DateTimeField(
        null=True, blank=True, help_text="When another package took its place; removed a while later."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clip", "key"], name="one_package_per_recipe")]
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.clip_id}/{self.key}"

    @property
    def sound_stream(self) -> int | None:
        """Index of the sound in the original file that people hear; None without one."""
        return (self.recipe.get("audio") or {}).get("stream")

    @property
    def prefix(self) -> str:
        """Where the files live in the published storage, with a closing slash."""
        return f"{self.clip.public_id}/{self.key}/"
