"""The line that names a clip where it is used: title, makers, licence and source, as Creative Commons asks for.

It is written in the active language; what a licence does not grant, it says as well.
"""

from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from home.api import LocalizedText, join_details
from home.models import ClipPage, Licence

# After a link in brackets, whose end an Arabic line would else draw at its beginning.
LEFT_TO_RIGHT_MARK = "\u200e"


@dataclass(frozen=True)
class Attribution:
    """Who made what, when, and on which terms. ``source`` is the permanent absolute address, ``year`` "" if unknown."""

    title: LocalizedText
    city: str
    projects: tuple[str, ...]
    year: str
    licence: Licence
    source: str

    def text(self) -> str:
        """One plain line, for a slide or below a picture."""
        end = LEFT_TO_RIGHT_MARK if get_language_bidi() else ""
        licence = f"{self.licence.short} ({self.licence.url}){end}"
        values = {"title": self.title, "makers": self._makers(), "licence": licence, "source": self.source}
        return self._sentence() % values

    def html(self) -> SafeString:
        """The same line with links, for a page of one's own; machines find the licence by ``rel="license"``."""
        title, deed = self.title, self.licence.url
        values = {
            "title": format_html('<cite lang="{}" dir="{}">{}</cite>', title.lang or "", title.dir, title),
            "makers": format_html("<bdi>{}</bdi>", self._makers()),
            "licence": format_html('<a rel="license" href="{}"><bdi dir="ltr">{}</bdi></a>', deed, self.licence.short),
            "source": format_html('<a href="{0}"><bdi dir="ltr">{0}</bdi></a>', self.source),
        }
        return mark_safe(str(conditional_escape(self._sentence())) % values)  # noqa: S308 - every part is escaped above

    def _makers(self) -> str:
        return join_details((self.city, *self.projects, self.year))

    def _sentence(self) -> str:
        if self.licence is Licence.ALL_RIGHTS:
            return _(
                "“%(title)s”, %(makers)s. All rights reserved; you may only watch and embed it. Source: %(source)s"
            )
        if self.licence is Licence.CC0:
            # Translators: makers is a list of a city, projects and a year, source an address.
            return _("“%(title)s”, %(makers)s. No rights reserved: %(licence)s. Source: %(source)s")
        # Translators: makers is a list of a city, projects and a year, source an address.
        return _("“%(title)s”, %(makers)s. Licence: %(licence)s. Source: %(source)s")


def year_of(page: ClipPage) -> str:
    """The year the clip was first shown, else the one its page was published in; empty before either."""
    shown = page.first_shown_on or page.first_published_at
    return str(shown.year) if shown else ""
