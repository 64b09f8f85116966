"""What a clip's state looks like from outside: frozen values for a command, a page or an admin list."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from media_pipeline.error_texts import CodeMessage, error_message, warning_message
from media_pipeline.models import Clip, Rendition


@dataclass(frozen=True)
class RenditionSummary:
    """One picture size that players can choose. Pixels, bytes and peak bits per second."""

    codec: str
    width: int
    height: int
    bytes: int
    bandwidth: int


@dataclass(frozen=True)
class SoundSummary:
    """One sound of the original file. ``track`` is the index of its stream; ``role`` is main, described or commentary.

    ``used``: people hear it, as the main sound or as audio description; ``usable``: we can decode it.
    """

    track: int
    codec: str
    language: str
    title: str
    role: str
    channels: int
    layout: str
    usable: bool
    used: bool


@dataclass(frozen=True)
class ClipStatus:
    """Everything ``clipstatus`` prints except the addresses, which the packages above know.

    ``id`` is the public id. ``state`` is a ``Clip.State`` value. ``duration`` is in seconds, None before the
    first package. ``renditions`` lists the video rungs, tallest first, ``sounds`` those of the original file,
    ``unused`` its streams that are left out. ``quality`` is the number that was searched for the best rung and the VMAF
    of its samples, as the recipe keeps them, None where the usual number serves. ``has_package`` says that a playlist
    and a download exist.
    """

    id: str
    state: str
    error: CodeMessage | None
    duration: float | None
    has_package: bool
    renditions: tuple[RenditionSummary, ...]
    warnings: tuple[CodeMessage, ...]
    sounds: tuple[SoundSummary, ...] = ()
    unused: tuple[dict[str, Any], ...] = ()
    quality: dict[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        """The values as JSON can carry them: error as code and message, warnings as codes."""
        error = (
            {"code": self.error.code, "message": f"{self.error.message} {self.error.advice}"} if self.error else None
        )
        return {
            "id": self.id,
            "state": self.state,
            "error": error,
            "duration": self.duration,
            "renditions": [asdict(rung) for rung in self.renditions],
            "warnings": [warning.code for warning in self.warnings],
            "sounds": [asdict(sound) for sound in self.sounds],
            "unused": list(self.unused),
            "quality": self.quality,
        }


def clip_status(clip: Clip) -> ClipStatus:
    """Read the clip's row again and return its state. At most three queries."""
    fresh = Clip.objects.select_related("package", "master").get(pk=clip.pk)
    probe = fresh.master.probe if hasattr(fresh, "master") else {}
    heard = fresh.package.sound_stream if fresh.package else None
    rungs = fresh.package.renditions.filter(kind=Rendition.Kind.VIDEO) if fresh.package else ()
    return ClipStatus(
        id=fresh.public_id,
        state=fresh.state,
        error=error_message(fresh.error_code) if fresh.error_code else None,
        duration=fresh.duration_s,
        has_package=fresh.package_id is not None,
        renditions=tuple(RenditionSummary(r.codec, r.width, r.height, r.size_bytes, r.bandwidth) for r in rungs),
        warnings=tuple(warning_message(code) for code in fresh.notes),
        sounds=tuple(_sounds(probe, heard)),
        unused=tuple(stream for stream in probe.get("dropped") or () if stream["index"] != heard),
        quality=fresh.package.recipe.get("measured") if fresh.package else None,
    )


def _sounds(probe: dict[str, Any], heard: int | None) -> Iterator[SoundSummary]:
    """``heard`` is what players get; another may be chosen that is not ready yet."""
    main, described = (probe.get(name) or {} for name in ("audio", "described"))
    chosen = [main if heard in (None, main.get("index")) else {"index": heard}, described]
    used = {index for one in chosen for index in (one.get("index"), one.get("second")) if index is not None}
    for audio in probe.get("audios") or ():
        named = {name: audio.get(name) or "" for name in ("codec", "language", "title", "role", "layout")}
        yield SoundSummary(
            track=audio["index"],
            channels=audio.get("channels") or 0,
            usable=bool(audio.get("known", True)),
            used=audio["index"] in used,
            **named,
        )
