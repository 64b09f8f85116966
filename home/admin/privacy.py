"""Whom a page may be reserved for: groups carry names of cities, also of those that are drafts."""

from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from wagtail.admin.forms.pages import PageViewRestrictionForm
from wagtail.log_actions import get_active_log_context

from home.models import CityPage
from home.page_access import nameable_pages


class NameableGroupsForm(PageViewRestrictionForm):
    """Wagtail's, which learns from nobody but the log of actions whose form it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, chosen = self.fields["groups"], self.initial.get("groups") or []
        field.queryset = nameable_groups(field.queryset, get_active_log_context().user, chosen)


def nameable_groups(groups: QuerySet[Group], user: Any, chosen: list[Group]) -> QuerySet[Group]:
    """Those of ``groups`` that are of no city, of one whose name ``user`` may read, or ``chosen`` already."""
    hidden = CityPage.objects.exclude(pk__in=nameable_pages(CityPage.objects.all(), user).values("pk"))
    of_hidden = Q(city_role__collection__city__in=hidden)
    return groups.filter(~of_hidden | Q(pk__in=[group.pk for group in chosen]))


def use_nameable_groups_form() -> None:
    """Make the privacy of pages use the form; Wagtail has no setting for it."""
    from wagtail.admin.views import page_privacy

    page_privacy.PageViewRestrictionForm = NameableGroupsForm
