"""Themes, persons and programmes in the admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from home.access.roles import PersonPermissionPolicy
from home.i18n.fields import completeness, content_languages, fieldname
from home.i18n.formats import format_list
from home.i18n.languages import native_name
from home.models import FundingProgramme, Person, Theme

from .shared_editing import SharedEditView


def translated_languages(thing: Any) -> str:
    """Translation progress in one line, ``★ English · 11/13 · Polski, Türkçe``: original, complete, missing."""
    counts = {code: completeness(thing, code) for code in content_languages()}
    complete = [code for code, (done, needed) in counts.items() if done == needed]
    missing = [native_name(code) for code in counts if code not in complete]
    parts = [f"★ {native_name(thing.original_language)}", f"{len(complete)}/{len(counts)}"]
    if 0 < len(missing) <= 4:
        parts.append(format_list(missing))
    return " · ".join(parts)


def languages_column() -> Column:
    """The column of ``translated_languages``."""
    return Column("languages", label=_("Languages"), accessor=translated_languages)


class ThemeViewSet(SnippetViewSet):
    model = Theme
    edit_view_class = SharedEditView
    icon = "tag"
    menu_label = _("Themes")
    list_display = ("__str__", languages_column(), "slug", "colour")
    search_fields = tuple(fieldname("name", code) for code in content_languages())
    search_backend_name = None
    copy_view_enabled = False


class PersonViewSet(SnippetViewSet):
    model = Person
    icon = "user"
    menu_label = _("People")
    list_display = ("__str__", languages_column(), "email", "phone")
    permission_policy = PersonPermissionPolicy()
    edit_view_class = SharedEditView
    copy_view_enabled = False


class FundingProgrammeViewSet(SnippetViewSet):
    model = FundingProgramme
    edit_view_class = SharedEditView
    icon = "globe"
    menu_label = _("Funding programmes")
    list_display = ("__str__", languages_column(), "requires_open_licence")
    search_fields = tuple(fieldname("name", code) for code in content_languages())
    search_backend_name = None
    copy_view_enabled = False


class SharedSnippetsGroup(SnippetViewSetGroup):
    """What pages of all cities share."""

    items = (ThemeViewSet, PersonViewSet, FundingProgrammeViewSet)
    # Translators: the menu of what many pages use: themes, people, programmes.
    menu_label = _("Shared content")
    menu_icon = "snippet"
    menu_order = 250


register_snippet(SharedSnippetsGroup)
