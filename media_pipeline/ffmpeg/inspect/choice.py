"""Which of a file's streams are the film: one picture, the sound that goes with it, and its audio description.

Only what is chosen must be decodable; the rest is named (`Source.dropped`) and never refuses a film.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from media_pipeline.ffmpeg.inspect.source import AudioStream, DroppedStream, VideoStream
from media_pipeline.ffmpeg.inspect.streams import base_language

_TOGETHER_S = 1.0  # two tracks of one recording begin and end together


@dataclass(frozen=True)
class StreamChoice:
    """What the film uses, None for what it does not have, and what is left."""

    video: VideoStream | None
    audio: AudioStream | None
    described: AudioStream | None
    dropped: tuple[DroppedStream, ...]


def choose_streams(
    videos: Sequence[VideoStream],
    audios: Sequence[AudioStream],
    programmes: Iterable[frozenset[int]] = (),
    *,
    language: str = "",
    audio_index: int | None = None,
) -> StreamChoice:
    """Choose the streams of a film.

    `programmes` are the broadcast programmes, each the indexes of its streams; `language` is the one that is spoken
    in the clip, as people declared it; `audio_index` is the sound that a person chose.
    """
    video = main_video(videos)
    mine = next((one for one in programmes if video is not None and video.index in one), None)
    heard = [audio for audio in audios if mine is None or audio.index in mine]
    if not any(audio.known for audio in heard):
        others = [one for one in programmes if one is not mine]
        heard = [audio for audio in audios if not any(audio.index in one for one in others)]
    audio = _with_other_side(main_audio(heard, language), heard)
    wanted = next((a for a in audios if a.known and a.index == audio_index), None)
    if wanted is not None:
        # A side that a person chose is heard alone, unless it is the one that would have been taken in its language.
        usual = _with_other_side(main_audio(heard, wanted.language), heard)
        audio = usual if usual is not None and usual.index == wanted.index else wanted
    described = described_audio(heard, audio)
    used = {stream.index for stream in (video, audio, described) if stream is not None}
    if audio is not None and audio.second is not None:
        used.add(audio.second)
    left: list[VideoStream | AudioStream] = [
        *(stream for stream in videos if not stream.cover and stream.index not in used),
        *(stream for stream in audios if stream.index not in used),
    ]
    return StreamChoice(video, audio, described, tuple(map(_dropped, left)))


def parse_programmes(programs: Any) -> list[frozenset[int]]:
    """ffprobe's programmes that have streams, each as the indexes of its streams."""
    found = [one for one in programs or () if isinstance(one, Mapping)]
    indexes = [frozenset(int(raw["index"]) for raw in one.get("streams", ()) if "index" in raw) for one in found]
    return [one for one in indexes if one]


def main_video(videos: Iterable[VideoStream]) -> VideoStream | None:
    """The main one of the video tracks: no cover, decodable, longest lasting, marked default, largest, first.

    A motion photo's still is larger than its video and marked default too, so length comes before size; a track
    within four fifths of the longest counts as equally long.
    """
    moving = [video for video in videos if not video.cover and video.known]
    longest = max((_length(video) for video in moving), default=0.0)
    long = [video for video in moving if _length(video) >= 0.8 * longest]
    return max(long, key=lambda v: (v.default, v.width * v.height, -v.index), default=None)


def _length(video: VideoStream) -> float:
    """Frames tell more than seconds: a still can claim to last. Unknown counts as endless."""
    return video.frames or (video.duration_s * float(video.fps_avg or 25)) or float("inf")


def main_audio(audios: Iterable[AudioStream], language: str = "") -> AudioStream | None:
    """The sound that people hear: decodable, no description or commentary, in the wanted language, marked default,
    most channels up to stereo, richest, first."""
    wanted = base_language(language)
    return max(
        (audio for audio in audios if audio.known),
        key=lambda a: (
            a.role == "main",
            bool(wanted) and a.language == wanted,
            a.default,
            min(a.channels, 2),
            a.sample_rate,
            a.bitrate,
            -a.index,
        ),
        default=None,
    )


def _with_other_side(audio: AudioStream | None, heard: Iterable[AudioStream]) -> AudioStream | None:
    """Cameras for broadcasters write left and right, or two microphones, as mono tracks of plain samples."""
    if audio is None or audio.channels != 1 or not audio.codec.startswith("pcm_"):
        return audio
    alike = (
        other.index
        for other in heard
        if other.index > audio.index
        and (other.channels, other.codec, other.sample_rate) == (1, audio.codec, audio.sample_rate)
        and (other.role, other.language) == (audio.role, audio.language)
        and abs(other.start_s - audio.start_s) < _TOGETHER_S
        and abs(other.duration_s - audio.duration_s) < _TOGETHER_S
    )
    return replace(audio, second=next(alike, None))


def described_audio(audios: Iterable[AudioStream], main: AudioStream | None) -> AudioStream | None:
    """The track with audio description beside the main one: in the same language where there are several."""
    found = [a for a in audios if a.known and a.role == "described" and main is not None and a.index != main.index]
    return max(found, key=lambda a: (main is not None and a.language == main.language, -a.index), default=None)


def _dropped(stream: VideoStream | AudioStream) -> DroppedStream:
    if isinstance(stream, VideoStream):
        return DroppedStream("video", stream.index, stream.codec, known=stream.known)
    return DroppedStream("audio", stream.index, stream.codec, stream.language, stream.known)
