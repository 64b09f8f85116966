"""What is in this file? ffprobe's headers as a `Source`, before we decode a single frame.

Inspection has three stages, each more expensive than the one before, with `check_limits` after each:
`probe_command` reads headers, `timeline_command` every packet, `first_frames_command` decodes the first frames.
"""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError, WarningCode
from media_pipeline.ffmpeg.inspect import audio_only
from media_pipeline.ffmpeg.inspect.choice import StreamChoice, choose_streams, parse_programmes
from media_pipeline.ffmpeg.inspect.source import AudioStream, Source, VideoStream
from media_pipeline.ffmpeg.inspect.streams import (
    ProbeJson,
    parse_audio_stream,
    parse_number,
    parse_signed,
    parse_video_stream,
)
from media_pipeline.ffmpeg.run.command import MIB, ProcessCommand, ProcessLimits, input_name
from media_pipeline.ffmpeg.run.input_guards import FFPROBE_OPTIONS, input_args
from media_pipeline.ffmpeg.run.toolchain import Toolchain

# Tags and tracks that tell where a camera was. Apple, Android, Matroska; GoPro and others in a track of their own.
_LOCATION_TAGS = ("location", "gps", "com.apple.quicktime.location", "xyz", "geo")
_LOCATION_TRACKS = frozenset({"gpmd", "camm", "rtmd"})  # GoPro, Android cameras, Sony
_ENCRYPTED_TAGS = frozenset({"encv", "enca", "drmi", "drms", "drmv"})

# ffprobe's own words for a file it will not open, most telling first.
_DIAGNOSES = (
    ("Codec (", ErrorCode.UNSUPPORTED_CODEC),  # "Codec (x) not on whitelist"
    ("exceeds max_streams", ErrorCode.TOO_MANY_STREAMS),
    ("Too many streams", ErrorCode.TOO_MANY_STREAMS),
    ("not at top-level", ErrorCode.NOT_A_VIDEO),  # boxes nested where no writer puts them
    ("moov atom not found", ErrorCode.DAMAGED_NO_INDEX),
)
_NOT_LISTED = re.compile(r"Codec \(([A-Za-z0-9_]{1,40})\) not on whitelist")
_IMPOSSIBLE_SIZE = "Picture size"  # "Picture size 65500x65500 is invalid"


def probe_command(toolchain: Toolchain, path: Path, decoders: Iterable[str] = ()) -> ProcessCommand:
    """ffprobe on the headers of one untrusted file; `parse_probe` reads what it prints.

    `decoders` are what `missing_decoder` found in earlier attempts.
    """
    argv = [
        str(toolchain.ffprobe),
        *FFPROBE_OPTIONS,
        *input_args(decoders=decoders),
        "-show_format",
        "-show_programs",
        "-show_streams",
        "-show_packets",  # their side data says whether they are encrypted
        *("-read_intervals", "%+#4"),  # four of them
        *("-of", "json=compact=1"),  # JSON is the one writer that survives any byte in a tag
        input_name(0),
    ]
    limits = ProcessLimits(wall_s=60, cpu_s=40, stdout_bytes=8 * MIB)
    return ProcessCommand(tuple(argv), inputs=(path,), limits=limits, failure=None)  # parse_probe judges


def missing_decoder(output: bytes, stderr: str) -> str:
    """The decoder for which ffprobe gave up on the whole file, "" when there is none such.

    It wants to open one for every stream, those we never read included.
    """
    named = _NOT_LISTED.search(stderr)
    return named.group(1) if named and b'"format"' not in output else ""


def parse_probe(
    output: bytes,
    stderr: str = "",
    *,
    head: bytes | None = None,
    audio_only_allowed: bool = False,
    language: str = "",
    audio_index: int | None = None,
) -> Source:
    """ffprobe's JSON as a `Source` with its main streams chosen; `head` is the file's first bytes.

    `language` is the one spoken in the clip and `audio_index` the sound that a person chose (see `choose_streams`).
    With `audio_only_allowed` a file without video gets a waveform as its video.

    MediaError when there is nothing to work with: not_a_video, damaged_no_index, unsupported_codec,
    too_many_streams, no_video_stream, dimensions, encrypted. `check_limits` checks the limits.
    """
    source = parse_probe_json(output, stderr, head=head, language=language, audio_index=audio_index)
    unknown = [video.codec for video in source.videos if not video.known and not video.cover]
    if source.video is None and unknown and not source.encrypted:
        raise MediaError(ErrorCode.UNSUPPORTED_CODEC, ", ".join(unknown), stderr_tail=stderr)
    if source.video is None and source.audio is not None and audio_only_allowed and not source.encrypted:
        return audio_only.with_waveform(source)
    if source.video is None:
        raise MediaError(_why_no_video(source), stderr_tail=stderr)
    if not source.video.pix_fmt and _IMPOSSIBLE_SIZE in stderr:
        raise MediaError(ErrorCode.DIMENSIONS, "the header and the pictures disagree", stderr_tail=stderr)
    return source


def _why_no_video(source: Source) -> ErrorCode:
    """Sound alone is a question (no_video_stream); without sound that we can decode there is nothing to ask about."""
    if source.encrypted:
        return ErrorCode.ENCRYPTED
    if source.audio is not None:
        return ErrorCode.NO_VIDEO_STREAM
    return ErrorCode.UNSUPPORTED_CODEC if source.audios else ErrorCode.NOT_A_VIDEO


def parse_probe_json(
    output: bytes,
    stderr: str = "",
    *,
    head: bytes | None = None,
    language: str = "",
    audio_index: int | None = None,
) -> Source:
    """As `parse_probe`, for files that may have no picture: our own audio, or a master for the admin's details."""
    try:
        # Tags may hold any bytes: replace what is no UTF-8, and let JSON keep control characters.
        found = json.loads(output.decode("utf-8", "replace"), strict=False)
    except ValueError:
        found = {}
    found = found if isinstance(found, dict) else {}
    form, packets = found.get("format"), found.get("packets", ())
    raws = [raw for raw in found.get("streams", ()) if isinstance(raw, Mapping) and "index" in raw]
    if not isinstance(form, Mapping) or not raws:
        code = next((code for words, code in _DIAGNOSES if words in stderr), ErrorCode.NOT_A_VIDEO)
        # Only a file that is built like an MP4 can have lost its index; noise never had one.
        if code is ErrorCode.DAMAGED_NO_INDEX and head is not None and not is_iso_bmff(head):
            code = ErrorCode.NOT_A_VIDEO
        raise MediaError(code, stderr_tail=stderr)
    sides = [side for owner in (*raws, *packets) for side in owner.get("side_data_list", ())]
    encrypted = any("Encryption" in str(side.get("side_data_type")) for side in sides)
    videos = tuple(parse_video_stream(raw) for raw in raws if raw.get("codec_type") == "video")
    audios = tuple(parse_audio_stream(raw) for raw in raws if raw.get("codec_type") == "audio")
    programmes = parse_programmes(found.get("programs"))
    choice = choose_streams(videos, audios, programmes, language=language, audio_index=audio_index)
    return _source(form, raws, videos, audios, choice, encrypted=encrypted)


def is_iso_bmff(head: bytes) -> bool:
    """Whether the first bytes are a chain of ISO boxes: a size, then four letters, until the head ends."""
    place = 0
    while place + 8 <= len(head):
        size, kind = int.from_bytes(head[place : place + 4]), head[place + 4 : place + 8]
        if not (kind.isascii() and kind.decode("ascii", "replace").isalnum()):
            return False
        if size in (0, 1):  # to the end of the file, or a 64-bit size: mdat, as a rule
            return True
        if size < 8:
            return False
        place += size
    return True


def _source(
    form: ProbeJson,
    raws: list[ProbeJson],
    videos: tuple[VideoStream, ...],
    audios: tuple[AudioStream, ...],
    choice: StreamChoice,
    *,
    encrypted: bool,
) -> Source:
    video, audio = choice.video, choice.audio
    located = has_location(form, raws)
    warnings = {
        WarningCode.GPS_REMOVED: located,
        WarningCode.AUDIO_DROPPED: bool(audios) and audio is None,
        WarningCode.NO_AUDIO: not audios,
        WarningCode.EXTRA_TRACKS_DROPPED: bool(choice.dropped) and (audio is not None or not audios),
    }
    return Source(
        container=str(form.get("format_name", "")).partition(",")[0],
        duration_s=(video.duration_s if video else 0.0) or parse_number(form.get("duration")),
        size_bytes=int(parse_number(form.get("size"))),
        start_s=parse_signed(form.get("start_time")),
        streams=max(len(raws), int(parse_number(form.get("nb_streams")))),
        videos=videos,
        audios=audios,
        video=video,
        audio=audio,
        described=choice.described,
        dropped=choice.dropped,
        has_location=located,
        encrypted=encrypted or any(raw.get("codec_tag_string") in _ENCRYPTED_TAGS for raw in raws),
        warnings=tuple(code for code, holds in warnings.items() if holds),
    )


def has_location(form: ProbeJson, raws: Iterable[ProbeJson]) -> bool:
    """Whether tags or a telemetry track can tell where the camera was."""
    tagged = [form.get("tags", {}), *(raw.get("tags", {}) for raw in raws)]
    names = {str(name).lower() for tags in tagged if isinstance(tags, Mapping) for name in tags}
    tracks = {str(raw.get("codec_tag_string")) for raw in raws}
    return any(name.startswith(_LOCATION_TAGS) for name in names) or bool(tracks & _LOCATION_TRACKS)
