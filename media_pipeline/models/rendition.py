"""One stream of a package: a rung of the video ladder or a sound."""

from django.db import models


class Rendition(models.Model):
    """Facts a playlist needs; the file itself is ``media_name`` below the package's prefix."""

    class Kind(models.TextChoices):
        VIDEO = "video"
        AUDIO = "audio"

    package = models.ForeignKey("media_pipeline.Package", on_delete=models.CASCADE, related_name="renditions")
    kind = models.CharField(max_length=5, choices=Kind)
    codec = models.CharField(max_length=8, help_text="h264, av1 or aac.")
    codecs = models.CharField(max_length=64, help_text="RFC 6381 string for CODECS.")
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    frame_rate = models.FloatField(null=True, help_text="Frames per second.")
    bandwidth = models.PositiveIntegerField(help_text="Peak bits per second, this stream alone.")
    average_bandwidth = models.PositiveIntegerField(help_text="Bits per second, this stream alone.")
    size_bytes = models.BigIntegerField()
    media_name = models.CharField(max_length=100)
    playlist_name = models.CharField(max_length=100)
    iframe_playlist_name = models.CharField(max_length=100, blank=True)
    iframe_bandwidth = models.PositiveIntegerField(null=True, blank=True)
    role = models.CharField(max_length=10, blank=True, help_text="described: sound with audio description.")
    loudness_lufs = models.FloatField(null=True, blank=True, help_text="Of a sound: EBU R128, integrated.")
    true_peak_db = models.FloatField(null=True, blank=True, help_text="Of a sound: decibels to full scale.")

    class Meta:
        ordering = ["kind", "-height", "codec", "role"]

    def __str__(self) -> str:
        return f"{self.codec} {self.width}x{self.height}" if self.kind == self.Kind.VIDEO else self.codec
