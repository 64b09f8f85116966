"""Options of one output file: encoder, keyframes, colour tags, and what keeps every trace of the original file out."""

import math
from collections.abc import Iterable, Mapping

from media_pipeline.ffmpeg.plan.recipe import AudioPlan, Recipe, Rung, length_slack_s

OutputOptions = Mapping[str, str | None]  # None for a flag without a value

_COLOUR: OutputOptions = {
    "color_range": "tv",
    "colorspace": "bt709",
    "color_primaries": "bt709",
    "color_trc": "bt709",
}
CLEAN_OUTPUT: OutputOptions = {
    "map_metadata": "-1",  # places, makers, names: of the file
    "map_metadata:s": "-1",  # and of the stream
    "map_chapters": "-1",  # chapter titles are metadata too
    "sn": None,  # no subtitles: captions are a matter of their own
    "dn": None,  # no telemetry
    "fflags": "+bitexact",  # no creation time and no version of the writer
}
"""Any output without a trace of its source."""

CLEAN_MP4: OutputOptions = {**CLEAN_OUTPUT, "f": "mp4"}
"""An MP4 file without a trace of its source."""


def rung_options(rung: Rung, recipe: Recipe) -> OutputOptions:
    """ffmpeg's options for a rung's file, by name without the dash."""
    kinds = {"h264": _h264, "av1": _av1, "copy": _copy}
    return {**kinds[rung.codec](rung, recipe), **CLEAN_MP4}


def audio_options(audio: AudioPlan) -> OutputOptions:
    """ffmpeg's options for the sound's file."""
    if audio.copied:
        return {"c:a": "copy", **CLEAN_MP4}
    return {
        "c:a": "aac",  # AAC-LC in stereo plays everywhere that HLS does
        "b:a": str(audio.bitrate),
        "ar": str(audio.sample_rate),
        "ac": "2",
        **CLEAN_MP4,
    }


def _h264(rung: Rung, recipe: Recipe) -> OutputOptions:
    if recipe.keyframes:
        keyframes = {**_forced_keyframes(recipe.keyframes, rung), "forced-idr": "1"}
    else:
        distance = str(recipe.pictures_per_keyframe(rung))
        keyframes = {"g": distance, "keyint_min": distance}
    return {
        "c:v": "libx264",
        "preset": rung.preset,
        "crf": str(rung.quality),  # constant quality: simple pictures stay far below the cap
        "maxrate": str(rung.rate_max),  # what a line must carry at worst
        "bufsize": str(2 * rung.rate_max),  # two seconds of it: one segment may not starve the next
        "profile:v": "high",  # decoders in hardware everywhere since 2010
        "pix_fmt": "yuv420p",  # 8 bit 4:2:0, the only one they all take
        "sc_threshold": "0",  # no keyframes of its own at scene cuts: rungs must stay aligned
        "flags": "+cgop+bitexact",  # closed GOPs: a switch of rung must not need the frames before it
        "threads": str(recipe.threads),
        **({"x264-params": rung.params} if rung.params else {}),
        **keyframes,
        **_COLOUR,
    }


def _av1(rung: Rung, recipe: Recipe) -> OutputOptions:
    tuning = [
        "tune=1",  # 4 to 8 % fewer bytes than tune=0 for a tenth of a point of VMAF
        "enable-qm=1",  # 2 to 3 % fewer bytes at the same VMAF
        "hierarchical-levels=4",  # groups of 16: as good as groups of 8, for a twentieth less work and 100 MiB more
        "enable-cdef=0",  # a filter that costs a tenth of the work, here and in players, for nothing VMAF sees
        f"lp={recipe.av1_threads}",  # level of parallelism: it takes the machine otherwise
        f"mbr={max(rung.rate_max // 1000, 1)}k",  # the cap, for constant quality
        "irefresh-type=2",  # closed GOPs
        "scd=0",  # no keyframes of its own at scene cuts
        *([rung.params] if rung.params else []),
    ]
    return {
        "c:v": "libsvtav1",
        "preset": rung.preset,
        "crf": str(rung.quality),
        "svtav1-params": ":".join(tuning),
        "pix_fmt": "yuv420p10le" if rung.ten_bit else "yuv420p",
        **_av1_keyframes(rung, recipe),
        **_COLOUR,
    }


def _av1_keyframes(rung: Rung, recipe: Recipe) -> OutputOptions:
    if not recipe.cut_keyframes(rung):
        return {"g": str(recipe.pictures_per_keyframe(rung))}
    # The encoder would count on from each that is forced, so all are.
    longest_s = recipe.duration_s + length_slack_s(recipe.duration_s)
    every = recipe.keyframe_pictures(rung, math.ceil(longest_s * rung.fps))
    return _forced_keyframes([picture / float(rung.fps) for picture in every], rung)


def _forced_keyframes(times: Iterable[float], rung: Rung) -> OutputOptions:
    """Keyframes at these seconds and nowhere else."""
    # A quarter of a frame early: a time stamp rounded down must not miss its frame.
    early = 0.25 / float(rung.fps)
    return {"force_key_frames": ",".join(f"{max(time - early, 0):.3f}" for time in times), "g": "9999"}


def _copy(_rung: Rung, _recipe: Recipe) -> OutputOptions:
    return {
        "c:v": "copy",
        "bsf:v": "filter_units=remove_types=6",  # SEI: cameras write places and serial numbers there
    }
