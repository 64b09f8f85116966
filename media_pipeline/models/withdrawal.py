"""Who took a clip out of the public's reach, when and why."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class WithdrawalQuerySet(models.QuerySet):
    """Questions about withdrawals that read as a sentence."""

    def open(self):
        """Those in force."""
        return self.filter(restored_at=None)


class Withdrawal(models.Model):
    """One withdrawal of a clip, in force until ``restored_at``; a clip is withdrawn while any is in force.

    ``by_archive``: decided for the archive, so that nobody restores the clip for its city alone. People are None where
    a program decided, or where their account is gone.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False, help_text="Its name in the ledger.")
    clip = models.ForeignKey("media_pipeline.Clip", on_delete=models.CASCADE, related_name="withdrawals")
    withdrawn_at = models.DateTimeField(default=timezone.now)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.TextField(blank=True)
    by_archive = models.BooleanField(default=False)
    restored_at = models.DateTimeField(null=True, blank=True)
    restored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        ordering = ["-withdrawn_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.clip_id}: {self.withdrawn_at:%Y-%m-%d}"
