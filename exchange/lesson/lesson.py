"""A clip for a lesson: who made it, on which terms, and the languages of its transcripts."""

from collections.abc import Mapping
from dataclasses import dataclass

from exchange.embed.view_context import projects_with_programme
from exchange.embed_options import CAPTIONS_OFF, parse_embed_options
from exchange.public_clip import PublicClip
from exchange.share.attribution import Attribution, year_of
from home.api import (
    LocalizedText,
    best_track_language,
    city_of,
    direction,
    language_name,
    localized_text,
    native_name,
)
from home.models import CityPage, Licence, ProjectPage
from media_pipeline.models import Caption, Clip


@dataclass(frozen=True)
class Lesson:
    """A public clip with what its pages for the classroom share. ``permanent_url`` is absolute."""

    public_clip: PublicClip
    title: LocalizedText
    city: CityPage | None
    projects: tuple[ProjectPage, ...]
    licence: Licence
    permanent_url: str

    @property
    def clip(self) -> Clip:
        return self.public_clip.clip

    def reread(self) -> "Lesson":
        """The same lesson for a reader of the language that is active now: names were read in one. Two queries."""
        return get_lesson(self.public_clip, self.permanent_url)

    def attribution(self) -> Attribution:
        """The line that names the clip, in the active language; no query."""
        page = self.public_clip.page
        return Attribution(
            title=localized_text(page, "headline"),
            city=str(localized_text(self.city, "headline")) if self.city else "",
            projects=tuple(project.acronym or project.title for project in self.projects),
            year=year_of(page),
            licence=self.licence,
            source=self.permanent_url,
        )


@dataclass(frozen=True)
class TranscriptLanguage:
    """A language that what is said can be read in; ``kind`` is that of the track it is taken from."""

    code: str
    kind: str

    @property
    def dir(self) -> str:
        return direction(self.code)

    @property
    def own_name(self) -> str:
        return native_name(self.code)

    @property
    def name_here(self) -> str:
        """The language's name in the page's language."""
        return language_name(self.code)


def get_lesson(public_clip: PublicClip, permanent_url: str) -> Lesson:
    """Read what surrounds a clip, for a reader of the language that is active now. Two queries."""
    page = public_clip.page
    return Lesson(
        public_clip,
        localized_text(page, "headline"),
        city_of(page),
        tuple(projects_with_programme(public_clip)),
        Licence(page.licence),
        permanent_url,
    )


def transcript_languages(clip: Clip) -> list[TranscriptLanguage]:
    """The languages to read in, what is spoken first; of two tracks the captions, which also say what is heard.

    One query.
    """
    tracks = clip.captions.exclude(kind=Caption.Kind.DESCRIPTIONS).values_list("language", "kind")
    by_language: dict[str, str] = {}
    for language, kind in sorted(tracks, key=lambda track: track[1] == Caption.Kind.CAPTIONS):
        by_language[language] = kind
    order = sorted(by_language, key=lambda code: (code != clip.spoken_language, code))
    return [TranscriptLanguage(code, by_language[code]) for code in order]


def choose_transcript(
    query: Mapping[str, str], clip: Clip, languages: list[TranscriptLanguage]
) -> TranscriptLanguage | None:
    """The text that ``?cc=`` asks for, else the best one for a reader of the active language; None without any."""
    codes = [language.code for language in languages]
    requested = parse_embed_options(query, interface=(), captions=codes).captions
    chosen = requested if requested and requested != CAPTIONS_OFF else best_track_language(codes, clip)
    return next((language for language in languages if language.code == chosen), None)


def read_cues(clip: Clip, language: TranscriptLanguage) -> list[tuple[int, int, str]]:
    """``(start_ms, end_ms, canonical text)`` of the track in that language. One query."""
    caption = clip.captions.get(language=language.code, kind=language.kind)
    return [(start_ms, end_ms, words) for start_ms, end_ms, words, _settings in caption.cues]
