"""How a demo clip's page gets its film: rendered in the worker, then ingested like any clip, captions included."""

import tempfile
from pathlib import Path

from django.db import transaction

from demo.content.texts import DemoClip, languages, read_demo_clip
from demo.films.render import RenderedFilm, render_film
from home.models import ClipPage
from media_pipeline import api
from media_pipeline.models import Clip

CAPTION_KIND = "subtitles"
DEMO_PRIORITY = -20
"""Priority of demo clips: what a person uploads goes first."""


def page_without_film(key: str) -> ClipPage | None:
    """The demo clip's page while it waits for its film; None when it has one, or is gone."""
    return ClipPage.objects.filter(demo_key=f"clip-{key}", clip=None).first()


def film_clip(key: str) -> Clip | None:
    """Render the clip and give it to its page; nothing happens when the page has a film or is gone.

    Raises RenderStoppedError when the worker must end, and what `render` and `receive` raise.
    """
    if page_without_film(key) is None:
        return None
    text = read_demo_clip(key)
    with tempfile.TemporaryDirectory(prefix="demo-") as folder:
        film = render_film(text, Path(folder), should_stop=api.is_stopping)
        return submit_film(text, film)


def submit_film(text: DemoClip, film: RenderedFilm) -> Clip | None:
    """Ingest the film with captions in every language, and connect it with its page."""
    with transaction.atomic():
        page = page_without_film(text.key)
        if page is None:
            return None
        clip = api.ingest_clip(
            film.path,
            title=text.headline[text.spoken],
            spoken_language=text.spoken,
            original_name=f"demo-{text.key}.mp4",
            collection=page.get_parent().specific.collection_id,
            demo_key=f"clip-{text.key}",
            priority=DEMO_PRIORITY,
        )
        for language in languages():
            api.add_caption(
                clip, language, CAPTION_KIND, sentences_vtt(text, film, language), f"{text.key}.{language}.vtt"
            )
        page.clip = clip
        page.save_revision().publish()
        return clip


def sentences_vtt(text: DemoClip, film: RenderedFilm, language: str) -> bytes:
    """The film's sentences in a language as WebVTT, at the times at which they are spoken."""
    cues = (
        f"{_clock(cue.start_ms)} --> {_clock(cue.end_ms)}\n{text.sentences[cue.sentence][language]}"
        for cue in film.timings
    )
    return ("\n\n".join(("WEBVTT", *cues)) + "\n").encode()


def _clock(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
