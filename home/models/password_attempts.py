"""How many passwords were tried in vain."""

from django.db import models


class PasswordAttempts(models.Model):
    """Attempts without success under one key: an account, a sender, a page. Who or what it is, the key does not say."""

    key = models.CharField(max_length=64, primary_key=True)  # see home.sign_in.attempts.AttemptKey
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "password attempts"
        verbose_name_plural = "password attempts"

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.failures}"
