"""Snippets that pages share: themes, contact persons, funding programmes."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from ..panels import snippet_tabs
from .base import TranslatedMixin
from .choices import Accent


class Theme(TranslatedMixin):
    """A term of the controlled vocabulary. Its colour is the same everywhere."""

    name = models.CharField(_("name"), max_length=100, blank=True)
    slug = models.SlugField(_("slug"), unique=True)
    colour = models.CharField(_("colour"), max_length=10, choices=Accent, default=Accent.SUN)
    demo_key = models.CharField(max_length=64, blank=True, editable=False)

    translated_fields = ("name",)
    required_in_original = ("name",)
    edit_handler = snippet_tabs(translated_fields, shared=["slug", "colour"], heading=_("Theme"))

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.original_text("name") or self.slug


class Person(TranslatedMixin, index.Indexed):
    """A contact of a city. E-mail addresses stay out of the search index."""

    name = models.CharField(_("name"), max_length=200)
    # Translators: "role" is what somebody does in a city, such as "youth worker".
    role = models.CharField(_("role"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=50, blank=True)
    email = models.EmailField(_("email"), blank=True)
    demo_key = models.CharField(max_length=64, blank=True, editable=False)

    translated_fields = ("role",)
    required_in_original = ()
    # To be found, and for what is found to be sorted.
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("name")]
    edit_handler = snippet_tabs(translated_fields, shared=["name", "phone", "email"], heading=_("Person"))

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]

    def is_changeable_in_full(self, user: Any) -> bool:
        """Whoever may change people may change those that no city names, and those of cities of their own."""
        if not super().is_changeable_in_full(user):
            return False
        cities = self._meta.apps.get_model("home", "CityPage").objects.filter(contacts__person=self)
        return user.is_superuser or all(city.permissions_for_user(user).can_edit_all() for city in cities)

    def __str__(self) -> str:
        return self.name


class FundingProgramme(TranslatedMixin):
    """Who pays. With a project's period it decides the wording of the EU statement."""

    class Statement(models.TextChoices):
        EU = "eu", _("EU programme")
        NONE = "none", _("No EU statement")

    name = models.CharField(
        _("name"), max_length=200, blank=True, help_text=_("As written in the statement, for example “Erasmus+”.")
    )
    statement = models.CharField(_("EU statement"), max_length=10, choices=Statement, default=Statement.EU)
    requires_open_licence = models.BooleanField(
        _("requires open licences"),
        default=False,
        help_text=_("Warn if a clip’s licence doesn’t allow adaptations. Erasmus+ requires open licences."),
    )
    demo_key = models.CharField(max_length=64, blank=True, editable=False)

    translated_fields = ("name",)
    required_in_original = ("name",)
    edit_handler = snippet_tabs(
        translated_fields, shared=["statement", "requires_open_licence"], heading=_("Programme")
    )

    class Meta:
        verbose_name = _("funding programme")
        verbose_name_plural = _("funding programmes")

    def __str__(self) -> str:
        return self.original_text("name")
