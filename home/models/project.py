"""Projects: what was done, who paid, when, and with whom."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from ..panels import CHECKBOXES, TranslatedInlinePanel, WarningPanel, page_tabs
from .base import ContentPage, IndexPage
from .licences import project_page_warnings


class ProjectIndexPage(IndexPage):
    """All projects."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.ProjectPage"]
    max_count = 1
    edit_handler = page_tabs(IndexPage.translated_fields, shared=[], heading=_("Projects"))

    class Meta:
        verbose_name = _("project index")


class ProjectPage(ContentPage):
    """One funded project. Programme and period decide the wording of the EU statement."""

    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    headline = models.CharField(_("full title"), max_length=255, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    lead_partner = models.CharField(_("lead partner"), max_length=255, blank=True)
    programme = models.ForeignKey(
        "home.FundingProgramme",
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="projects",
    )
    co_funded = models.BooleanField(
        # Translators: by the European Union, which did not pay for everything.
        _("co-funded"),
        default=True,
        help_text=_("Turn off if the European Union paid for everything."),
    )
    granting_authority = models.CharField(
        _("granting authority"),
        max_length=255,
        blank=True,
        help_text=_("Shown in the disclaimer of projects from 2021 on."),
    )
    starts_on = models.DateField(_("start date"), null=True, blank=True)
    ends_on = models.DateField(_("end date"), null=True, blank=True)
    period_note = models.CharField(
        _("date precision"),
        max_length=5,
        choices=[
            ("day", pgettext_lazy("date precision", "Day")),
            ("month", pgettext_lazy("date precision", "Month")),
            ("year", pgettext_lazy("date precision", "Year")),
        ],
        default="month",
        help_text=_("How precise the dates are."),
    )
    website = models.URLField(_("website"), blank=True)
    themes = ParentalManyToManyField("home.Theme", verbose_name=_("themes"), blank=True, related_name="projects")

    translated_fields = ("headline", "summary", "body")
    parent_page_types = ["home.ProjectIndexPage"]
    subpage_types = ["home.StandardPage"]
    read_for_serving = ("programme",)
    edit_handler = page_tabs(
        translated_fields,
        shared=[
            WarningPanel(project_page_warnings, heading=_("Licences")),
            "acronym",
            "lead_partner",
            "programme",
            "co_funded",
            "granting_authority",
            FieldRowPanel(["starts_on", "ends_on", "period_note"], heading=_("Period")),
            "website",
            FieldPanel("themes", widget=CHECKBOXES),
            TranslatedInlinePanel("partners", heading=_("Partner cities"), label=_("partner city"), panels=["city"]),
        ],
        heading=_("Project"),
    )

    class Meta:
        verbose_name = _("project page")

    def clean(self):
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The end date is before the start date.")})


class ProjectPartner(Orderable):
    """A city that takes part."""

    page = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="partners")
    city = models.ForeignKey(
        "home.CityPage", verbose_name=_("city"), on_delete=models.CASCADE, related_name="partnerships"
    )
