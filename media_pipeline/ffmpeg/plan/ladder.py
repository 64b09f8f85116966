"""From a source and a policy to a recipe: which rungs, at which rate, and how the picture is converted to BT.709."""

import math
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError, WarningCode
from media_pipeline.ffmpeg.inspect.source import AudioStream, Source, VideoStream
from media_pipeline.ffmpeg.plan.colour import assumed_colours, colour_reasons, picture_transform
from media_pipeline.ffmpeg.plan.frame_rates import constant_rate, divide_rate, keyframe_interval, segment_interval
from media_pipeline.ffmpeg.plan.policy import LadderPolicy
from media_pipeline.ffmpeg.plan.recipe import (
    DESCRIBED_SOUND,
    MAIN_SOUND,
    UNTREATED,
    AudioPlan,
    Codec,
    PictureTransform,
    Recipe,
    Rung,
    SoundTreatment,
)
from media_pipeline.ffmpeg.plan.scene_cuts import find_cuts
from media_pipeline.ffmpeg.plan.stream_copy import copy_obstacle, segment_keyframes
from media_pipeline.ffmpeg.run.toolchain import Toolchain

HOLD_FROM_S = 0.04  # sound that ends so little after the picture needs none
_FULL_HD = 1920 * 1088  # pixels


def plan_recipe(
    source: Source,
    policy: LadderPolicy,
    toolchain: Toolchain,
    *,
    sound: SoundTreatment = UNTREATED,
    described: SoundTreatment = UNTREATED,
    master: str = "",
) -> Recipe:
    """The recipe for a source within the limits.

    `sound` and `described` are what was decided about the sounds by measurement (loudness.py), `master` the master's
    sha256. MediaError: no_video_stream, hdr_unsupported.
    """
    if (video := source.video) is None:
        raise MediaError(ErrorCode.NO_VIDEO_STREAM)
    rate = constant_rate(video, policy.fps_max)
    unfit = copy_obstacle(source, rate, policy) if policy.copy_web_fit else "policy"
    copied = None if unfit else Rung("copy", video.width, video.height, rate, rate_max=video.bitrate)
    rungs = _rungs(video, rate, policy, toolchain, copied)
    seen_s = max(source.video_end_s, float(1 / rate))  # a single picture is shorter than a frame
    hold = 0.0 if copied else _hold_s(source.audio_end_s - seen_s)
    picture = picture_transform(video, toolchain)
    # For what runs beside encoders that take the rest. Measured with 2: an eighth less work than with all, a fifth
    # less memory, and a tenth more time on an idle machine.
    half = max(1, policy.threads // 2)
    duration_s = round(seen_s + hold, 3)
    keyframe_s = Fraction(0) if copied else keyframe_interval(min(rung.fps for rung in rungs), policy.keyframe_s)
    has_av1 = any(rung.codec == "av1" for rung in rungs)
    return Recipe(
        video_stream=video.index,
        rungs=rungs,
        fps=rate,
        picture=picture,
        duration_s=duration_s,
        hold_s=hold,
        hold_black=bool(hold) and WarningCode.PARTIAL in source.warnings,
        audio=_audio_plan(source.audio, policy, sound, MAIN_SOUND),
        described=_audio_plan(source.described, policy, described, DESCRIBED_SOUND),
        keyframe_s=keyframe_s,
        keyframes=segment_keyframes(source.keyframes, policy.keyframe_s) if copied else (),
        cuts=find_cuts(source, rate, duration_s, segment_interval(keyframe_s, policy.segment_s)) if has_av1 else (),
        copied_frames=video.frames if copied else 0,
        segment_s=policy.segment_s,
        threads=_shared_threads(policy.threads, len(rungs) - bool(copied)),
        av1_threads=half,
        # A video larger than what is made of it is mostly decoding; otherwise the encoders keep the machine busy.
        decoder_threads=policy.threads if video.width * video.height > _FULL_HD else half,
        encoder=toolchain.version,
        master=master,
        reasons=(*_reasons(source, video, rungs, rate, unfit), *colour_reasons(video, picture)),
        warnings=_all_warnings(source.warnings, _warnings(source, video, rungs, picture, policy, hold), sound),
    )


def _shared_threads(threads: int, encoders: int) -> int:
    """For each of several x264 side by side: twice what the machine has, shared among them.

    More only make them wait for each other: measured, a twentieth more work.
    """
    return min(threads, max(1, round(2 * threads / max(encoders, 1))))


def _hold_s(longer_s: float) -> float:
    """How long the last picture is held, so that sound which runs on is not cut."""
    return round(longer_s, 3) if longer_s > HOLD_FROM_S else 0.0


def _audio_plan(heard: AudioStream | None, policy: LadderPolicy, sound: SoundTreatment, name: str) -> AudioPlan | None:
    if heard is None:
        return None
    treatment = replace(sound, gain_db=round(sound.gain_db, 1))
    return AudioPlan(heard.index, policy.audio_bitrate, treatment=treatment, name=name)


def rung_sides(source_side: int, wanted: Iterable[int], ratio: float) -> tuple[int, ...]:
    """Short sides from the top down: the source's own or the largest wanted, then all that are clearly smaller."""
    sides = sorted(set(wanted), reverse=True)
    top = min(source_side, sides[0])
    return (top, *(side for side in sides if side * ratio <= top))


def rung_size(video: VideoStream, side: int, aspect_max: float) -> tuple[int, int]:
    """Even (width, height) with the source's shape and at most its size, about `side` on the shorter side."""
    aspect = video.long_side / video.short_side
    if aspect > aspect_max:
        side = round(side * math.sqrt(aspect_max / aspect))
    short = _even(min(side, video.short_side))
    long = min(_even(round(short * aspect / 2) * 2), _even(video.long_side))
    return (long, short) if video.display_width >= video.display_height else (short, long)


def _even(pixels: int) -> int:
    return max(2, pixels - pixels % 2)  # 4:2:0 has one colour sample for two by two pixels


def _rungs(
    video: VideoStream, rate: Fraction, policy: LadderPolicy, toolchain: Toolchain, copied: Rung | None
) -> tuple[Rung, ...]:
    """The copied rung, if any, and all that we encode, largest first.

    A copied rung is H.264's top already; AV1 beside it would double the work.
    """
    av1 = policy.av1_sides if toolchain.supports_av1 and copied is None else ()
    larger = tuple(side for side in policy.av1_sides if side > max(policy.h264_sides))
    h264 = policy.h264_sides if av1 else (*policy.h264_sides, *larger)
    wanted: list[tuple[Codec, tuple[int, ...]]] = [("av1", av1), ("h264", h264)]
    rungs = [
        _rung(codec, video, side, rate, policy, top=place == 0)
        for codec, sides in wanted
        if sides
        for place, side in enumerate(rung_sides(video.short_side, sides, policy.neighbour_ratio))
        if not (copied and side * policy.neighbour_ratio > copied.side and len(sides) > 1)
    ]
    rungs.sort(key=lambda rung: (-rung.width * rung.height, rung.codec != "av1"))
    return (copied, *rungs) if copied else tuple(rungs)


def _rung(codec: Codec, video: VideoStream, side: int, rate: Fraction, policy: LadderPolicy, *, top: bool) -> Rung:
    width, height = rung_size(video, side, policy.aspect_max)
    fps = divide_rate(rate, policy.fps_small_max) if min(width, height) < policy.fps_small_below else rate
    cap = policy.rate_max(width, height, float(fps))
    if codec == "av1":
        share = round(cap * policy.av1_rate_share / 10_000) * 10_000
        quality = policy.av1_quality if top else policy.av1_below_quality
        preset = policy.av1_preset if top else policy.av1_below_preset
        params = "" if top else policy.av1_below_params
        return Rung(codec, width, height, fps, quality, share, preset, params, policy.av1_ten_bit)
    preset, params = policy.h264_preset, policy.h264_params
    if top and policy.h264_top_preset:
        preset, params = policy.h264_top_preset, policy.h264_top_params
    return Rung(codec, width, height, fps, policy.h264_quality, cap, preset, params)


def _warnings(
    source: Source,
    video: VideoStream,
    rungs: tuple[Rung, ...],
    picture: PictureTransform,
    policy: LadderPolicy,
    hold_s: float,
) -> Iterable[WarningCode]:
    floor = min((*policy.h264_sides, *policy.av1_sides))
    said = {
        WarningCode.HDR_TONE_MAPPED: picture.hdr != "none",
        WarningCode.COLOUR_ASSUMED: bool(assumed_colours(video, picture)),
        WarningCode.VFR_NORMALISED: video.is_vfr and all(rung.codec != "copy" for rung in rungs),
        WarningCode.DEINTERLACED: picture.deinterlace,
        WarningCode.AUDIO_DOWNMIXED: source.audio is not None and source.audio.channels > 2,
        WarningCode.PICTURE_HELD: hold_s > 1.0,
        WarningCode.UPSCALING_AVOIDED: video.short_side < floor,
    }
    return (code for code, holds in said.items() if holds)


def _all_warnings(
    found: Iterable[WarningCode], planned: Iterable[WarningCode], sound: SoundTreatment
) -> tuple[WarningCode, ...]:
    return tuple(dict.fromkeys((*found, *planned, *sound_warnings(sound))))


def sound_warnings(sound: SoundTreatment) -> Iterable[WarningCode]:
    """What was found wrong with a sound, and mended where that is possible."""
    said = {
        WarningCode.NO_SOUND_HEARD: sound.silent,
        WarningCode.SOUND_ONE_SIDED: sound.mend in ("left", "right", "both"),
        WarningCode.SOUND_OUT_OF_PHASE: sound.mend == "invert",
    }
    return (code for code, holds in said.items() if holds)


def _reasons(source: Source, video: VideoStream, rungs: tuple[Rung, ...], rate: Fraction, unfit: str) -> Iterable[str]:
    """Sentences for the log and the admin's job view, in English: what was decided and from which fact."""
    yield f"main video is stream {video.index}: {video.codec} {video.width}x{video.height}, {source.duration_s:.2f} s"
    yield f"shown as {video.display_width}x{video.display_height} (turned {video.rotation}, samples {video.sar})"
    yield f"constant {float(rate):.3f} frames a second from an average of {float(video.fps_avg):.3f}"
    yield "rungs " + ", ".join(f"{rung.name} {rung.width}x{rung.height}@{float(rung.fps):.2f}" for rung in rungs)
    if unfit not in ("", "policy"):
        yield f"top rung is encoded and not copied: {unfit}"
