"""What became of each periodic task, kept where every process can read it and a restart does not forget it."""

from django.db import models


class PeriodicTaskRun(models.Model):
    """One periodic task: when it last ended well and when it last failed."""

    name = models.CharField(max_length=100, primary_key=True)
    last_success_at = models.DateTimeField(null=True)
    last_error_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True, help_text="For a sysadmin; kept after the next success.")

    def __str__(self) -> str:
        return self.name

    @property
    def is_failing(self) -> bool:
        """Whether the last end was a failure."""
        if self.last_error_at is None:
            return False
        return self.last_success_at is None or self.last_error_at > self.last_success_at
