"""Which group of people has which role. A group's name means nothing; its row here does."""

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection

from .base import validate_language


class CityRole(models.Model):
    """The group of one city's people in one role; ``collection`` is the city's."""

    class Role(models.TextChoices):
        EDITOR = "editor", _("editors")
        CONTRIBUTOR = "contributor", _("contributors")

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20, choices=Role)
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="city_role")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["collection", "role"], name="one_group_per_city_and_role")]

    def __str__(self) -> str:
        return f"{self.collection}: {self.get_role_display()}"


class ArchiveRole(models.Model):
    """A group with a role in the whole archive; translators have one group per ``language``, others none."""

    class Role(models.TextChoices):
        ARCHIVE_EDITOR = "archive_editor", _("archive editors")
        TRANSLATOR = "translator", _("translators")

    role = models.CharField(max_length=20, choices=Role)
    language = models.CharField(max_length=16, blank=True, validators=[validate_language])
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="archive_role")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["role", "language"], name="one_group_per_archive_role"),
            models.CheckConstraint(
                condition=models.Q(role="translator") ^ models.Q(language=""), name="only_translators_have_a_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.language}".strip()
