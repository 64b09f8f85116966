"""Pictures taken from a clip: poster candidates and the storyboard for seeking."""

from django.db import models


class Poster(models.Model):
    """A candidate. ``widths`` lists the pixel widths in which it exists as ``<prefix>-<width>.<format>``."""

    clip = models.ForeignKey("media_pipeline.Clip", on_delete=models.CASCADE, related_name="posters")
    package = models.ForeignKey("media_pipeline.Package", on_delete=models.CASCADE, related_name="posters")
    prefix = models.CharField(max_length=120, help_text="Name in the package's folder without width and ending.")
    widths = models.JSONField(default=list)
    formats = models.JSONField(
        default=list, help_text='Endings that exist, best first, such as ["avif", "webp", "jpg"].'
    )
    width = models.PositiveIntegerField(help_text="Pixels of the largest.")
    height = models.PositiveIntegerField()
    at_s = models.FloatField(help_text="Seconds into the clip.")
    score = models.FloatField(default=0, help_text="Higher is better: sharp, bright enough, rich in contrast.")

    class Meta:
        ordering = ["pk"]  # as ``steps/publish.py`` writes them: the best first

    def __str__(self) -> str:
        return f"{self.prefix} at {self.at_s:.1f} s"


class Storyboard(models.Model):
    """A sheet of small tiles; the VTT that maps times to tiles is written from these numbers."""

    package = models.OneToOneField("media_pipeline.Package", on_delete=models.CASCADE, related_name="storyboard")
    sheets = models.JSONField(default=list, help_text="Names of the sheets, in order.")
    tile_width = models.PositiveIntegerField()
    tile_height = models.PositiveIntegerField()
    columns = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    times_s = models.JSONField(default=list, help_text="Start of each tile in seconds.")

    def __str__(self) -> str:
        return f"{len(self.times_s)} tiles"
