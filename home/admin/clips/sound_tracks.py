"""The sounds of an original file in words: which one is used, which others there are, and what is left out."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.admin.clips.codec_names import codec_name
from home.i18n.formats import format_picture_size, join_descriptions, join_details
from home.i18n.languages import language_name
from media_pipeline.models import Clip


@dataclass(frozen=True)
class SoundTrack:
    """One sound that can be chosen, or cannot; ``index`` is that of the stream in the file.

    ``language`` is a code, or "" where the file does not say. ``awaited``: chosen, while players still get another one
    or none.
    """

    index: int
    label: str
    language: str
    usable: bool
    chosen: bool
    awaited: bool


def sound_tracks(clip: Clip) -> list[SoundTrack]:
    """All sounds of the clip's file, in their order; empty before the file was checked."""
    probe = _probe_of(clip)
    audios = probe.get("audios") or []
    used = clip.audio_track if clip.audio_track is not None else (probe.get("audio") or {}).get("index")
    heard = clip.package.sound_stream if clip.package else None
    labels = [sound_label(audio) for audio in audios]
    twice = {label for label, count in Counter(labels).items() if count > 1}
    return [
        SoundTrack(
            audio["index"],
            f"{label} ({place})" if label in twice else label,
            language=audio.get("language") or "",
            usable=bool(audio.get("known", True)),
            chosen=audio["index"] == used,
            awaited=audio["index"] == used != heard,
        )
        for place, (audio, label) in enumerate(zip(audios, labels, strict=True), start=1)
    ]


def sound_label(audio: dict[str, Any]) -> str:
    """One sound as people would call it: "German, stereo", "English, surround 5.1 · audio description"."""
    language = audio.get("language") or ""
    name = language_name(language) if language else _("unknown language")
    name = name[:1].upper() + name[1:]
    if not audio.get("known", True):
        # Translators: codec is the name of a format for sound; this stands behind the language of a sound.
        return f"{name} · " + _("can’t be used (%(codec)s)") % {"codec": codec_name(audio.get("codec"))}
    roles = {
        # Translators: a sound track that tells blind people what is to be seen.
        "described": _("audio description"),
        # Translators: a sound track on which the makers talk about their film.
        "commentary": _("commentary"),
    }
    parts = [join_details([name, _layout_words(audio)]), roles.get(audio.get("role") or "", "")]
    return " · ".join(part for part in parts if part)


def unused_tracks_text(clip: Clip) -> str:
    """What the film doesn't use, as one sentence: "Not used: sound in SMPTE 302M; picture 160 × 90"; "" for nothing."""
    probe = _probe_of(clip)
    sounds = {audio["index"]: audio for audio in probe.get("audios") or []}
    pictures = {video["index"]: video for video in probe.get("videos") or []}
    heard = clip.package.sound_stream if clip.package else None
    named = []
    for stream in probe.get("dropped") or []:
        if stream["index"] == heard:
            continue  # until the chosen sound is ready
        if stream["kind"] == "video":
            named.append(_picture_words(pictures.get(stream["index"]), stream))
        elif stream.get("known", True) and stream["index"] in sounds:
            named.append(sound_label(sounds[stream["index"]]))
        else:
            # Translators: codec is the name of a format for sound.
            named.append(_("sound in %(codec)s") % {"codec": codec_name(stream.get("codec"))})
    # Translators: tracks are named one after the other, such as "sound in SMPTE 302M; picture 160 × 90".
    return _("Not used: %(tracks)s") % {"tracks": join_descriptions(named)} if named else ""


def _probe_of(clip: Clip) -> dict[str, Any]:
    master = getattr(clip, "master", None)
    return master.probe if master else {}


def _layout_words(audio: dict[str, Any]) -> str:
    channels, layout = int(audio.get("channels") or 0), str(audio.get("layout") or "")
    if channels == 1:
        return _("mono")
    if channels == 2:
        return _("stereo")
    if layout[:1].isdigit() and "." in layout:
        # Translators: layout is "5.1" or "7.1": loudspeakers around people, and one for the bass.
        return _("surround %(layout)s") % {"layout": layout.partition("(")[0]}
    return ngettext("%(number)d channel", "%(number)d channels", channels) % {"number": channels}


def _picture_words(video: dict[str, Any] | None, stream: dict[str, Any]) -> str:
    if video and video.get("width"):
        # Translators: a second picture of a video file, and its size such as 160 × 90.
        return _("picture %(size)s") % {"size": format_picture_size(video["width"], video["height"])}
    return _("picture in %(codec)s") % {"codec": codec_name(stream.get("codec"))}
