"""What a clip brings into a lesson: who made it, on which terms, and the languages it can be read in."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from exchange import links
from exchange.embed.view_context import projects_of
from exchange.embed_options import OFF, read
from exchange.public_clip import Found
from exchange.share.attribution import Attribution, attribution
from home.api import (
    LicenceTerms,
    Localized,
    best_track_language,
    city_of,
    direction,
    licence_terms,
    localized,
    name_here,
    own_name,
)
from home.models import CityPage, ProjectPage
from media_pipeline.models import Caption, Clip


@dataclass(frozen=True)
class Lesson:
    """A public clip with what its pages for the classroom share. ``permanent_url`` is absolute."""

    found: Found
    title: Localized
    city: CityPage | None
    projects: tuple[ProjectPage, ...]
    licence: LicenceTerms
    permanent_url: str

    @property
    def clip(self) -> Clip:
        return self.found.clip

    def attribution(self) -> Attribution:
        """The line that names the clip, in the active language; no query."""
        return attribution(self.found.page, self.city, self.projects, self.permanent_url)


@dataclass(frozen=True)
class Text:
    """A language that what is said can be read in; ``kind`` is that of the track it is taken from."""

    language: str
    kind: str

    @property
    def dir(self) -> str:
        return direction(self.language)

    @property
    def own_name(self) -> str:
        return own_name(self.language)

    @property
    def name_here(self) -> str:
        """The language's name in the page's language."""
        return name_here(self.language)


def lesson(found: Found, base: str) -> Lesson:
    """Read what surrounds a clip, for a reader of the active language. Two queries."""
    return _read(found, links.short_url(base, found.clip.public_id))


def reread(shown: Lesson) -> Lesson:
    """The same lesson for a reader of the language that is active now: names were read in one. Two queries."""
    return _read(shown.found, shown.permanent_url)


def _read(found: Found, permanent_url: str) -> Lesson:
    page = found.page
    projects = tuple(project for project in projects_of(page) if project.live)
    return Lesson(
        found, localized(page, "headline"), city_of(page), projects, licence_terms(page.licence), permanent_url
    )


def texts_of(clip: Clip) -> list[Text]:
    """The languages to read in, what is spoken first; of two tracks the captions, which also say what is heard.

    One query.
    """
    tracks = clip.captions.exclude(kind=Caption.Kind.DESCRIPTIONS).values_list("language", "kind")
    by_language: dict[str, str] = {}
    for language, kind in sorted(tracks, key=lambda track: track[1] == Caption.Kind.CAPTIONS):
        by_language[language] = kind
    order = sorted(by_language, key=lambda code: (code != clip.spoken_language, code))
    return [Text(code, by_language[code]) for code in order]


def wanted_text(query: Mapping[str, str], clip: Clip, texts: list[Text]) -> Text | None:
    """The text that ``?cc=`` asks for, else the best one for a reader of the active language; None without any."""
    codes = [text.language for text in texts]
    asked = read(query, duration_s=None, interface=(), captions=codes).captions
    chosen = asked if asked and asked != OFF else best_track_language(codes, clip)
    return next((text for text in texts if text.language == chosen), None)


def cues_of(clip: Clip, text: Text) -> list[tuple[int, int, str]]:
    """``(start_ms, end_ms, canonical text)`` of the track behind a text. One query."""
    caption = clip.captions.get(language=text.language, kind=text.kind)
    return [(start_ms, end_ms, words) for start_ms, end_ms, words, _settings in caption.cues]


def address(name: str, public_id: str, **query: str) -> str:
    """The address of a page of the lesson with what is said in its query."""
    said = urlencode({key: value for key, value in query.items() if value})
    return reverse(name, args=[public_id]) + (f"?{said}" if said else "")
