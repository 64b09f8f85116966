"""The original file, as it was uploaded: private, named by its hash, never changed and never served."""

from django.core.files.storage import storages
from django.db import models


def master_storage():
    """The private storage of masters, chosen by ``STORAGES["masters"]``."""
    return storages["masters"]


class Master(models.Model):
    """One received file. ``original_name`` is for people's eyes only and never part of a path."""

    clip = models.OneToOneField("media_pipeline.Clip", on_delete=models.CASCADE, related_name="master")
    file = models.FileField(storage=master_storage, max_length=200)
    original_name = models.CharField(max_length=255, blank=True)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    probe = models.JSONField(default=dict, blank=True, help_text="What ffprobe said, as kept facts.")
    received_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.original_name or self.file.name
