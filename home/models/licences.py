"""Which licences conflict with the requirements of a funding programme."""

from typing import Any

from django.utils.translation import gettext as _

from .choices import Licence


def requires_open_licence(project: Any) -> bool:
    """Whether the project's programme requires licences that allow adaptation."""
    return bool(project.programme_id and project.programme.requires_open_licence)


def clip_page_warnings(page: Any) -> list[str]:
    """Sentences for the editors of a clip page; empty when its licence suits all its projects."""
    if Licence(page.licence).allows_adaptation:
        return []
    sentence = _(
        "“%(licence)s” doesn’t allow adaptations. %(programme)s, which funds %(project)s, requires a "
        "licence that does. Choose an open licence, or ask the rights holders."
    )
    return [
        sentence % {"licence": page.get_licence_display(), "project": project, "programme": project.programme}
        for project in page.projects.all()
        if requires_open_licence(project)
    ]


def project_page_warnings(page: Any) -> list[str]:
    """Sentences for the editors of a project page: the clip pages whose licence its programme does not accept."""
    if page.pk is None or not requires_open_licence(page):
        return []
    closed = [value for value in Licence if not value.allows_adaptation]
    sentence = _("The licence of “%(clip)s” doesn’t allow adaptations, but %(programme)s requires open licences.")
    return [
        sentence % {"clip": clip_page.get_admin_display_title(), "programme": page.programme}
        for clip_page in page.clip_pages.filter(licence__in=closed).order_by("title")
    ]
