"""Details of files as an editor or a system administrator reads them: label and value, already in words."""

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from home.admin.clips.codec_names import codec_name
from home.i18n import durations
from home.i18n.formats import format_file_size, format_number, format_picture_size, join_descriptions
from media_pipeline import api
from media_pipeline.models import Master, Package, Rendition

# ffmpeg's names of formats, as people who film know them; others are written in capitals.
_FORMATS = {"mov": "MP4, MOV", "matroska": "Matroska, WebM", "mpegts": "MPEG-TS", "mpeg": "MPEG-PS", "asf": "WMV"}
_DYNAMIC_RANGES = {"hlg": "HLG", "pq": "HDR10 (PQ)", "dv84": "Dolby Vision 8.4", "dv_other": "Dolby Vision"}


def original_file_rows(master: Master | None) -> list[tuple[str, str]]:
    """The file as it was uploaded and what the probe found in it."""
    if master is None:
        return []
    return [
        (_("File name"), master.original_name),
        (_("Size"), format_file_size(master.size_bytes)),
        (_("Checksum (SHA-256)"), master.sha256),
        *_probe_rows(master.probe),
    ]


def _probe_rows(probe: dict) -> list[tuple[str, str]]:
    video, audio = probe.get("video") or {}, probe.get("audio") or {}
    if video.get("codec") == api.WAVEFORM_CODEC:
        video = {}  # it is not in the file
    container = probe.get("container") or ""
    pairs = [
        (_("File format"), _FORMATS.get(container, container.upper())),
        # Translators: of a clip, as a time such as 1:42.
        (_("Length"), durations.format_clock(probe.get("duration_s"))),
        (_("Video"), _video_text(video)),
        (_("Frames per second"), _frame_rate_text(video)),
        # Translators: what a video file says of itself, where we measured something else.
        (_("Its header says"), _claims_text(probe)),
        (_("Rotation"), f"{video.get('rotation')}°" if video.get("rotation") else ""),
        (_("Dynamic range"), _DYNAMIC_RANGES.get(video.get("hdr") or "", "")),
        (_("Audio"), _audio_text(audio) if probe else ""),
        (_("Location data in the file"), _("Yes. Viewers can’t see it") if probe.get("has_location") else ""),
    ]
    return [(label, value) for label, value in pairs if value]


def _claims_text(probe: dict) -> str:
    """Where the picture's header is wrong, in words that differ: "Length: 0:45; Frames per second: 30"; else ""."""
    claimed, measured = probe.get("claimed") or {}, probe.get("video") or {}
    facts = {
        "duration_s": (_("Length"), _length_text),
        "display_size": (_("Video"), _video_text),
        "fps_avg": (_("Frames per second"), _frame_rate_text),
    }
    said = [facts[name] for name in probe.get("wrong_claims") or () if name in facts]
    wrong = [
        {"term": label, "value": in_words(claimed)}
        for label, in_words in said
        if in_words(claimed) != in_words(measured)
    ]
    return join_descriptions([_("%(term)s: %(value)s") % each for each in wrong])


def _length_text(video: dict) -> str:
    return durations.format_clock(video.get("duration_s"))


def _video_text(video: dict) -> str:
    if not video:
        return ""
    width = video.get("display_width") or video.get("width")
    height = video.get("display_height") or video.get("height")
    return f"{codec_name(video.get('codec'))} {format_picture_size(width, height)}".strip()


def _frame_rate_text(video: dict) -> str:
    rate = video.get("fps") or video.get("fps_avg")
    if not rate:
        return ""
    text = format_number(round(float(Fraction(rate)), 2))
    # Translators: rate is a number of frames per second.
    return _("%(rate)s, variable") % {"rate": text} if video.get("is_vfr") else text


def _audio_text(audio: dict) -> str:
    if not audio:
        return pgettext("audio", "None")
    values = {"codec": codec_name(audio.get("codec")), "channels": audio.get("channels", "")}
    # Translators: codec is a name such as "AAC", channels a number.
    return _("%(codec)s, channels: %(channels)s") % values


def _codec_text(rendition: Rendition, recipe: dict) -> str:
    """The codec; of the best picture with the quality that was aimed at, where it was measured by samples."""
    top, measured = recipe.get("rungs", [{}])[0], recipe.get("measured")
    size = (rendition.codec, rendition.width, rendition.height)
    if measured and size == (top.get("codec"), top.get("width"), top.get("height")):
        return f"{codec_name(rendition.codec)} · VMAF {format_number(round(measured['vmaf'], 1))}"
    return codec_name(rendition.codec)


def rendition_rows(package: Package | None) -> list[dict[str, str]]:
    """The published files: one row per rendition."""
    if package is None:
        return []
    return [
        {
            "kind": _("picture") if each.kind == Rendition.Kind.VIDEO else _("Audio"),
            "codec": _codec_text(each, package.recipe),
            "size": format_picture_size(each.width, each.height) if each.width else "",
            "rate": format_number(round(each.frame_rate, 2)) if each.frame_rate else "",
            "bandwidth": _("%(kbps)s kbit/s") % {"kbps": format_number(each.average_bandwidth // 1000)},
            "bytes": format_file_size(each.size_bytes),
        }
        for each in package.renditions.all()
    ]
