"""What the public could see and is no longer there."""

from django.db import models


class GoneAddress(models.Model):
    """An address that answers "410 Gone": that of a deleted page, or the short link of a clip without a page.

    ``path`` stands behind the language, or is the whole path where there is none: ``cities/lille/a-clip/``,
    ``c/<public id>/``. Nothing else of what was there is kept.
    """

    path = models.CharField(max_length=1500, unique=True)
    gone_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.path
