"""May the original file's own stream be served as it is? Then its top rung costs nothing but a copy."""

from fractions import Fraction

from media_pipeline.ffmpeg.errors import DAMAGE_WARNINGS
from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.ffmpeg.inspect.timeline import longest_keyframe_gap
from media_pipeline.ffmpeg.plan.colour import SCREEN_TRANSFERS
from media_pipeline.ffmpeg.plan.policy import LadderPolicy

_PROFILES = frozenset({"Baseline", "Constrained Baseline", "Main", "High"})
_GAP_MAX_S = 4.1  # a player waits this long for a picture after a seek


def copy_obstacle(source: Source, rate: Fraction, policy: LadderPolicy) -> str:
    """ "" when the main video can be copied as the top rung, else the first reason against it, for the log."""
    video = source.video
    if video is None:
        return "no video"
    top = max((*policy.h264_sides, *policy.av1_sides, policy.copy_side))
    cap = policy.copy_rate_share * policy.rate_max(video.width, video.height, float(rate))
    objections = (
        ("not H.264", video.codec != "h264" or video.profile not in _PROFILES),
        ("not 8 bit 4:2:0", video.bit_depth != 8 or video.chroma != "420"),
        ("turned or mirrored", video.rotation != 0 or video.flipped),  # packagers drop the matrix
        ("samples not square", video.sar != 1),
        ("cropped by its container", video.cropped != (0, 0)),
        ("changes its size", video.resized),
        ("interlaced", video.interlaced),
        ("high dynamic range or full range", video.hdr != "none" or video.colour.full_range),
        ("not BT.709", video.colour.matrix not in ("bt709", "") or video.colour.primaries not in ("bt709", "")),
        ("an unusual curve of light", video.colour.transfer not in SCREEN_TRANSFERS),
        ("header and pictures name different colours", video.header_colour is not None),
        ("larger than the ladder", video.short_side > top),
        ("odd size", bool(video.width % 2 or video.height % 2)),
        ("variable or unusual frame rate", video.is_vfr or not video.fps_avg or rate != video.fps_avg),
        ("first frame no keyframe", not source.keyframes or abs(source.keyframes[0] - video.start_s) > 0.001),
        ("does not start at zero", abs(video.start_s - source.start_s) > 0.001),
        ("clock jumps", video.counted or len(video.clock) > 1),
        ("pictures without a time", video.untimed > 0 or source.container == "avi"),
        ("trimmed by an edit list", video.trimmed),
        ("open groups of pictures", video.open_gops),
        ("keyframes too far apart", longest_keyframe_gap(source.keyframes, source.duration_s) > _GAP_MAX_S),
        ("too heavy to serve", not 0 < video.bitrate <= cap),
        ("damaged", bool(DAMAGE_WARNINGS & set(source.warnings))),
        ("sound runs on longer", source.audio_end_s > source.video_end_s + 0.25),
    )
    return next((reason for reason, holds in objections if holds), "")


def segment_keyframes(keyframes: tuple[float, ...], seconds: int) -> tuple[float, ...]:
    """The keyframes that every other rung must share: the first in each interval of `seconds`, as packagers cut."""
    marks: dict[int, float] = {}
    for time in keyframes:
        marks.setdefault(int(time // seconds), time)
    return tuple(marks.values())
