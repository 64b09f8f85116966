"""One stream of ffprobe's JSON as a value: orientation, sample aspect, rates, colour, dynamic range."""

import math
import re
from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

from babel.core import get_global

from media_pipeline.ffmpeg.inspect.source import AudioRole, AudioStream, Colour, DynamicRange, VideoStream
from media_pipeline.ffmpeg.run.input_guards import is_decodable_audio, is_decodable_video

ProbeJson = Mapping[str, Any]

_INTERLACED = frozenset({"tt", "bb", "tb", "bt"})
_MATRICES = frozenset({"Display Matrix", "3x3 displaymatrix"})  # of a stream, of a frame
MAX_TITLE_CHARS = 100
_WORD = re.compile(r"[^\W_]+")
# How authoring programs and broadcasters call such tracks, in the languages of this archive.
_DESCRIPTION_WORDS = frozenset({"ad", "descriptive", "hörfassung"})
_DESCRIPTION_PHRASES = frozenset(
    {
        *("audio description", "audio described", "described video", "video description", "visually impaired"),
        *("visual impaired", "sesli betimleme", "ακουστική περιγραφή", "الوصف الصوتي", "وصف صوتي"),
    }
)
# Beginnings, or what compound words hold ("Regiekommentar"), beside the whole words.
_DESCRIPTION_STEMS = ("audiodes", "tyflo", "тифло", "аудіодис", "аудиодис")
_COMMENTARY_STEMS = ("comment", "coment", "komment", "koment", "коммент", "комент", "yorum", "σχόλι", "σχολι", "تعليق")
_LONGEST_S = 1e9  # 31 years; forged headers say more, and NaN and infinity do not survive JSON


def parse_number(value: object) -> float:
    """A non-negative finite number of ffprobe's; 0.0 for "N/A", nonsense, NaN and what no clip can be."""
    try:
        result = float(str(value))
    except ValueError:
        return 0.0
    return result if math.isfinite(result) and 0 < result < _LONGEST_S * 1e6 else 0.0


def parse_signed(value: object) -> float:
    """A start time: as `parse_number`, but below zero too."""
    text = str(value)
    return -parse_number(text[1:]) if text.startswith("-") else parse_number(text)


def parse_ratio(value: object) -> Fraction:
    """ "30000/1001" or "4:3" as a fraction; 0 when unknown ("0/0", "N/A")."""
    top, _, bottom = str(value).replace(":", "/").partition("/")
    try:
        result = Fraction(int(top), int(bottom or 1))
    except (ValueError, ZeroDivisionError):
        return Fraction(0)
    return max(result, Fraction(0))


def parse_video_stream(raw: ProbeJson) -> VideoStream:
    """Facts of one video stream; sizes may be 0 in damaged files (`check_limits` refuses those)."""
    rotation, flipped = parse_orientation(raw)
    width, height = int(parse_number(raw.get("width"))), int(parse_number(raw.get("height")))
    cropped = parse_cropping(raw)
    width, height = width - cropped[0], height - cropped[1]
    codec = str(raw.get("codec_name", "unknown"))
    sar = parse_ratio(raw.get("sample_aspect_ratio")) or Fraction(1)
    shown = display_size(width, height, sar, rotation)
    average, finest = parse_ratio(raw.get("avg_frame_rate")), parse_ratio(raw.get("r_frame_rate"))
    disposition = raw.get("disposition", {})
    depth, chroma = _sample_format(str(raw.get("pix_fmt", "")))
    return VideoStream(
        index=int(raw["index"]),
        codec=codec,
        profile=str(raw.get("profile", "")),
        width=width,
        height=height,
        cropped=cropped,
        display_width=shown[0],
        display_height=shown[1],
        pix_fmt=str(raw.get("pix_fmt", "")),
        bit_depth=depth,
        chroma=chroma,
        rotation=rotation,
        flipped=flipped,
        sar=sar,
        fps_avg=average,
        fps_r=finest,
        held_back=int(parse_number(raw.get("has_b_frames"))),
        is_vfr=_is_uneven(average, finest),
        interlaced=raw.get("field_order") in _INTERLACED,
        hdr=parse_dynamic_range(raw),
        colour=parse_colour(raw),
        start_s=parse_signed(raw.get("start_time")),
        duration_s=parse_duration(raw),
        frames=int(parse_number(raw.get("nb_frames"))),
        bitrate=int(parse_number(raw.get("bit_rate"))),
        default=bool(disposition.get("default", 0)),
        cover=any(disposition.get(name, 0) for name in ("attached_pic", "still_image", "timed_thumbnails")),
        known=is_decodable_video(codec),
    )


def _is_uneven(average: Fraction, finest: Fraction) -> bool:
    """Whether a constant rate does not explain the time stamps: the two rates are more than 0.2 % apart."""
    return bool(average and finest) and abs(float(finest / average) - 1) > 0.002


def parse_audio_stream(raw: ProbeJson) -> AudioStream:
    """Facts of one audio stream."""
    codec, channels = str(raw.get("codec_name", "unknown")), int(parse_number(raw.get("channels")))
    rate = int(parse_number(raw.get("sample_rate")))
    tags = {str(name).lower(): str(value) for name, value in raw.get("tags", {}).items()}
    title = tags.get("title") or tags.get("name") or tags.get("handler_name", "")
    return AudioStream(
        index=int(raw["index"]),
        codec=codec,
        channels=channels,
        sample_rate=rate,
        bitrate=int(parse_number(raw.get("bit_rate"))),
        start_s=parse_signed(raw.get("start_time")),
        duration_s=parse_duration(raw),
        default=bool(raw.get("disposition", {}).get("default", 0)),
        known=is_decodable_audio(codec) and channels > 0 and rate > 0,
        layout=layout if (layout := str(raw.get("channel_layout", ""))) != "unknown" else "",
        language=base_language(tags.get("language", "")),
        title=title[:MAX_TITLE_CHARS],
        role=parse_audio_role(raw.get("disposition", {}), title),
    )


def parse_audio_role(disposition: Mapping[str, Any], title: str) -> AudioRole:
    """What a sound track is for: by its flags, else by the words of its title that authoring programs write."""
    if disposition.get("visual_impaired") or disposition.get("descriptions"):
        return "described"
    if disposition.get("comment"):
        return "commentary"
    words = _WORD.findall(title.lower())
    if any(word in _DESCRIPTION_WORDS for word in words) or _DESCRIPTION_PHRASES & {*map(" ".join, pairwise(words))}:
        return "described"
    text = " ".join(words)
    if any(stem in text for stem in _DESCRIPTION_STEMS):
        return "described"
    return "commentary" if any(stem in text for stem in _COMMENTARY_STEMS) else "main"


def base_language(tag: str) -> str:
    """A language's shortest code ("deu" and "de-AT" are "de"), "" for undetermined, several or none."""
    code = tag.strip().lower().replace("_", "-").partition("-")[0]
    if not code.isalpha() or code in ("und", "mul", "mis", "zxx", "qaa", "none"):
        return ""
    return str(get_global("language_aliases").get(code, code))


def parse_cropping(raw: ProbeJson) -> tuple[int, int]:
    """How much of width and height a container's clean aperture cuts off (pixels): MP4's `clap`, Matroska's crop."""
    sides = raw.get("side_data_list", ())
    side: ProbeJson = next((one for one in sides if one.get("side_data_type") == "Frame Cropping"), {})
    left, right, top, bottom = (
        int(parse_number(side.get(f"crop_{name}"))) for name in ("left", "right", "top", "bottom")
    )
    width, height = parse_number(raw.get("width")), parse_number(raw.get("height"))
    return (left + right, top + bottom) if left + right < width and top + bottom < height else (0, 0)


def parse_duration(raw: ProbeJson) -> float:
    """Seconds of one stream by its header, or by the tag that Matroska muxers leave; 0.0 when neither says.

    There a header knows the length of the whole file alone, so the smaller one counts. The tag names the stream's end
    on the file's clock, so a late start is taken off.
    """
    hours, _, rest = str(raw.get("tags", {}).get("DURATION", "")).partition(":")
    minutes, _, seconds = rest.partition(":")
    end = parse_number(hours) * 3600 + parse_number(minutes) * 60 + parse_number(seconds)
    said = (parse_number(raw.get("duration")), max(end - parse_number(raw.get("start_time")), 0.0))
    return min((*filter(None, said), _LONGEST_S)) if any(said) else 0.0


def parse_orientation(raw: ProbeJson) -> tuple[int, bool]:
    """(clockwise degrees in quarter turns, mirrored first) from the display matrix of a stream or a frame, else from
    the tag that writers without a matrix use; (0, False) without either.

    ffprobe prints `rotation` as counter-clockwise degrees and the matrix as text; a mirrored picture is one whose
    matrix turns the plane over (negative determinant).
    """
    side = next((s for s in raw.get("side_data_list", ()) if s.get("side_data_type") in _MATRICES), None)
    if side is None:
        tags = {str(name).lower(): value for name, value in raw.get("tags", {}).items()}
        return round(parse_signed(tags.get("rotate", "0")) / 90) * 90 % 360, False
    words = [w for w in str(side.get("displaymatrix", "")).split() if not w.endswith(":")]
    try:
        a, b, _, c, d, *_ = (int(word) for word in words)
    except ValueError:
        return round(-parse_signed(side.get("rotation")) / 90) * 90 % 360, False
    flipped = a * d - b * c < 0
    if flipped:  # take the mirror (left to right) out, what is left is the turn
        a, b = -a, -b
    return round(math.degrees(math.atan2(b, a)) / 90) * 90 % 360, flipped


def count_orientations(raw: ProbeJson) -> int:
    """How many display matrices a stream or a frame has."""
    return sum(side.get("side_data_type") in _MATRICES for side in raw.get("side_data_list", ()))


def display_size(width: int, height: int, sar: Fraction, rotation: int) -> tuple[int, int]:
    """Pixels a viewer sees: square samples, and upright. The sample aspect acts on the coded width."""
    if width and sar != 1:
        width = max(1, round(width * sar))
    return (height, width) if rotation in (90, 270) else (width, height)


def parse_colour(raw: ProbeJson) -> Colour:
    """Matrix, primaries, transfer and range; JPEG-style pixel formats are full range whatever the tag says.

    Grey ones are unless they say otherwise. A number that the standard reserves is named "reserved".
    """
    tags = ("color_space", "color_primaries", "color_transfer", "color_range")
    said = {tag: "" if (value := str(raw.get(tag, ""))) == "unknown" else value for tag in tags}
    pixels = str(raw.get("pix_fmt", ""))
    grey = pixels.startswith(("gray", "ya8", "ya16", "mono")) and said["color_range"] != "tv"
    full = said["color_range"] == "pc" or pixels.startswith("yuvj") or grey
    return Colour(said["color_space"], said["color_primaries"], said["color_transfer"], full)


def parse_dynamic_range(raw: ProbeJson) -> DynamicRange:
    """How the light is coded. Dolby Vision 8.4 has an HLG base layer; 8.1 a PQ one; 8.2 and most of 9 plain SDR.

    "dv_other" is a base layer that only a Dolby decoder understands (profile 5, profile 10 without compatibility).
    """
    vision = next((s for s in raw.get("side_data_list", ()) if "dv_profile" in s), None)
    if vision is not None:
        base = int(parse_number(vision.get("dv_bl_signal_compatibility_id")))
        if base == 4:
            return "dv84"
        if base == 0 and int(parse_number(vision.get("dv_profile"))) in (5, 10):
            return "dv_other"
    transfer = raw.get("color_transfer")
    return "hlg" if transfer == "arib-std-b67" else "pq" if transfer == "smpte2084" else "none"


def _sample_format(pix_fmt: str) -> tuple[int, str]:
    """Bits per sample and chroma subsampling, from ffmpeg's name ("yuv420p10le" is 10, "420")."""
    depth = next((bits for bits in (16, 14, 12, 10, 9) if f"p{bits}" in pix_fmt or pix_fmt.startswith(f"p0{bits}")), 8)
    chroma = next((c for c in ("420", "422", "444", "411", "410", "440") if c in pix_fmt), "")
    return depth, chroma or ("420" if pix_fmt.startswith(("nv12", "nv21", "p01")) else "other")
