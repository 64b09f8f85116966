"""What several pages show: featured clips, links to projects, the languages of a text."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.text import Truncator

from home.access.visibility import listed_clip_pages, public_clip_pages
from home.context.card import ClipCard, clip_cards, select_for_cards
from home.context.player import Player, player_of
from home.i18n.date_ranges import project_period
from home.i18n.fields import LocalizedText, localized_text
from home.i18n.language_switch import LanguageLink, language_links, written_languages
from home.models import ClipPage, ProjectPage


@dataclass(frozen=True)
class FeaturedClip:
    """A clip that plays in place."""

    card: ClipCard
    player: Player


@dataclass(frozen=True)
class ProjectLink:
    """A project that a page belongs to."""

    name: str
    full_title: LocalizedText
    url: str
    period_text: str


def newest_clips() -> Any:
    """Listed clips, the latest published first."""
    return listed_clip_pages().order_by("-first_published_at", "-pk")


def featured_clip(page_id: int | None, otherwise: Any, request: HttpRequest) -> FeaturedClip | None:
    """The chosen clip when the public may play it, else the first of ``otherwise`` that plays."""
    playable = public_clip_pages()
    chosen = select_for_cards(playable.filter(pk=page_id)).first() if page_id else None
    chosen = chosen or select_for_cards(otherwise.filter(pk__in=playable)).first()
    if chosen is None:
        return None
    return FeaturedClip(clip_cards([chosen], request)[0], player_of(chosen))


def playable_clip(page: ClipPage | None, request: HttpRequest) -> FeaturedClip | None:
    """A page's clip, playing in place; None while the public may not see it."""
    return featured_clip(page.pk, ClipPage.objects.none(), request) if page else None


def project_links(pages: Iterable[ProjectPage], request: HttpRequest) -> list[ProjectLink]:
    """The live ones of the projects a page names."""
    return [
        ProjectLink(p.acronym or p.title, localized_text(p, "headline"), p.get_url(request) or "", project_period(p))
        for p in pages
        if p.live
    ]


def page_projects(page: Any) -> list[ProjectPage]:
    """The projects a page names, with what the statement of the European Union needs; also in a preview."""
    ids = [project.pk for project in page.projects.all()]
    return list(ProjectPage.objects.filter(pk__in=ids).for_reading(None, "headline").select_related("programme"))


def text_languages(page: Any, request: HttpRequest) -> list[LanguageLink]:
    """Languages this page's own text exists in."""
    return language_links(request.path, written_languages(page))


def original_text(page: Any, name: str) -> LocalizedText | None:
    """The text in the object's original language, None when that is what is shown anyway."""
    shown = localized_text(page, name)
    original = localized_text(page, name, page.original_language)
    if not original or original.lang == shown.lang or original.value == shown.value:
        return None
    return LocalizedText(original.value, original.lang, shown.wanted)


def count_spoken_languages(clips: Any) -> int:
    """In how many languages something is said or can be read in the given clips."""
    spoken = clips.values_list("clip__spoken_language", "clip__captions__language")
    return len({code for pair in spoken.distinct() for code in pair if code})


def meta_description(text: Any, characters: int = 200) -> str:
    """A text for search engines and link cards: no tags, one line, cut at a word."""
    return Truncator(" ".join(strip_tags(str(text)).split())).chars(characters)
