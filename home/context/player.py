"""What the player's template and scripts read about one clip."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext as _
from modeltranslation import settings as mt_settings

from home import links
from home.context.poster import PosterImage, frame_size, poster_of
from home.i18n import durations
from home.i18n.fields import LocalizedText, fallback_chain, localized_text
from home.i18n.languages import LanguageLabel, current_language, direction, language_label, native_name
from home.models import ClipPage
from media_pipeline import api
from media_pipeline.models import Caption, Clip, Job, Package, Rendition, Storyboard

LABEL_SUFFIXES = {Caption.Kind.CAPTIONS: " CC", Caption.Kind.DESCRIPTIONS: " AD"}


@dataclass(frozen=True)
class CaptionTrackLink:
    """A caption track for ``<track>``; ``default`` is true for at most one."""

    language: str
    kind: str
    label: str
    url: str
    default: bool


@dataclass(frozen=True)
class Transcript:
    """What is said, in one language: ``(start_ms, end_ms, words)``; ``current`` marks the one shown first."""

    language: str
    label: str
    dir: str
    current: bool
    cues: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class Player:
    """One clip, ready to play or with words on how far it is. Pixels of the top rung."""

    public_id: str
    title: LocalizedText
    ready: bool
    state_text: str
    duration_text: str
    width: int
    height: int
    playlist_url: str
    download_url: str
    poster: PosterImage
    storyboard_url: str
    spoken: LanguageLabel
    captions: tuple[CaptionTrackLink, ...]
    transcript: tuple[Transcript, ...]


def player_facts(package: str = "clip__package") -> dict[str, Any]:
    """Annotations for a query of clip pages, so that ``player_of`` needs no query: size of the video, storyboard."""
    videos = Rendition.objects.filter(package=OuterRef(package), kind=Rendition.Kind.VIDEO)
    widest = videos.exclude(width=None).order_by("-width")
    return {
        "video_width": Subquery(widest.values("width")[:1]),
        "video_height": Subquery(widest.values("height")[:1]),
        "has_storyboard": Exists(Storyboard.objects.filter(package=OuterRef(package))),
    }


def player_of(page: ClipPage, tracks: list[Caption], *, with_transcript: bool = False) -> Player | None:
    """The player of a page's clip with these caption tracks, None when the page has no clip.

    No query for a page that was read with ``player_facts``, else one. A transcript needs the cues of the tracks.
    """
    clip = page.clip
    if clip is None:
        return None
    facts: Any = page
    if not hasattr(page, "has_storyboard"):
        facts = Package.objects.filter(pk=clip.package_id).annotate(**player_facts("pk")).first()
    width, height = (facts.video_width, facts.video_height) if facts and facts.video_width else frame_size(clip)
    return Player(
        public_id=clip.public_id,
        title=localized_text(page, "headline"),
        ready=clip.is_playable,
        state_text="" if clip.is_playable else clip_state_text(clip),
        duration_text=durations.format_clock(clip.duration_s),
        width=width,
        height=height,
        playlist_url=links.playlist_url(clip),
        download_url=links.download_url(clip),
        poster=poster_of(clip),
        storyboard_url=links.storyboard_url(clip) if facts and facts.has_storyboard else "",
        spoken=language_label(clip.spoken_language),
        captions=caption_track_links(clip, tracks),
        transcript=_transcripts(clip, tracks) if with_transcript else (),
    )


def clip_state_text(clip: Clip) -> str:
    """One sentence on a clip that does not play yet."""
    if clip.state in (Clip.State.FAILED, Clip.State.REJECTED):
        return _("This clip couldn’t be prepared. The person who uploaded it can see why.")
    if clip.state == Clip.State.WITHDRAWN:
        return _("This clip was withdrawn.")
    now = api.clip_progress(clip)
    if now is None or (now.status == Job.Status.QUEUED and now.percent == 0):
        return _("This clip is being prepared. It is in the queue.")
    # Translators: step is what is being done, such as "Packaging".
    return _("This clip is being prepared. %(step)s: %(percent)d%%.") % {"step": now.label, "percent": now.percent}


def best_track_language(offered: list[str], clip: Clip) -> str | None:
    """The track for a reader of the page's language: its own, a relative's, else what is spoken, else any."""
    here = current_language()
    relatives = [code for code in mt_settings.FALLBACK_LANGUAGES.get(here, ()) if code != mt_settings.DEFAULT_LANGUAGE]
    order = [here, *relatives, clip.spoken_language, *fallback_chain(None), *offered]
    return next((code for code in order if code in offered), None)


def caption_track_links(clip: Clip, captions: list[Caption], wanted: str = "") -> tuple[CaptionTrackLink, ...]:
    """Caption tracks. Default is the one in the language ``wanted``, none for a language that no track has; without
    ``wanted`` it is that of the page's language."""
    readable = [caption.language for caption in captions if caption.kind != Caption.Kind.DESCRIPTIONS]
    # Viewers who understand what is spoken need no captions unless they ask for them.
    if not wanted and clip.spoken_language != current_language():
        wanted = best_track_language(readable, clip) or ""
    found, marked = [], False
    for caption in captions:
        default = not marked and caption.language == wanted and caption.kind != Caption.Kind.DESCRIPTIONS
        marked = marked or default
        label = native_name(caption.language) + LABEL_SUFFIXES.get(caption.kind, "")
        url = links.captions_url(clip, caption)
        found.append(CaptionTrackLink(caption.language, caption.kind, label, url, default))
    return tuple(found)


def _transcripts(clip: Clip, captions: list[Caption]) -> tuple[Transcript, ...]:
    """One per language; of two tracks the captions, which also say what is heard."""
    by_language: dict[str, Caption] = {}
    for caption in sorted(captions, key=lambda c: c.kind == Caption.Kind.CAPTIONS):
        if caption.kind != Caption.Kind.DESCRIPTIONS:
            by_language[caption.language] = caption
    first = best_track_language(list(by_language), clip)
    return tuple(
        Transcript(code, native_name(code), direction(code), code == first, api.spoken_lines(by_language[code]))
        for code in sorted(by_language)
    )
