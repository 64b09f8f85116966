"""A stream's timestamps onto the film's clock (`inspect.clock`), as ffmpeg's filters `setpts` and `asetpts` do it."""

from collections.abc import Sequence
from fractions import Fraction

from media_pipeline.ffmpeg.encode.colour_filters import FilterStream
from media_pipeline.ffmpeg.inspect.clock import BACK_S
from media_pipeline.ffmpeg.inspect.source import AudioStream, ClockRun, VideoStream

_AFTER_S = 0.5  # behind a run's last packet its timestamps are those of the next


def set_picture_clock(picture: FilterStream, video: VideoStream) -> FilterStream:
    """Pictures with the film's times; where a clock says nothing, at the usual rate."""
    if video.counted:
        rate = video.fps_usual or video.fps_avg or Fraction(25)
        return picture.filter("setpts", f"N/({rate})/TB")
    if video.untimed:
        counted = f"({video.start_s:.6f}+N/({video.fps_usual or video.fps_avg}))/TB"
        rest = clock_expression(video.clock, after=video.untimed)
        return picture.filter("setpts", f"if(lt(N,{video.untimed}),{counted},{rest})")
    return picture.filter("setpts", clock_expression(video.clock)) if is_shifted(video.clock) else picture


def set_sound_clock(sound: FilterStream, audio: AudioStream) -> FilterStream:
    """Sound with the film's times; where a clock says nothing, one sample behind the other."""
    if audio.counted:
        return sound.filter("asetpts", "N/SR/TB")
    return sound.filter("asetpts", clock_expression(audio.clock)) if is_shifted(audio.clock) else sound


def is_shifted(clock: Sequence[ClockRun]) -> bool:
    """Whether a stream's timestamps are not the film's."""
    return any(run.shift_s for run in clock)


def clock_expression(clock: Sequence[ClockRun], after: int = 0) -> str:
    """The expression for `setpts`: each run's shift, the next run beginning where timestamps go back or leave it.

    The times of the first `after` frames are ffmpeg's guesses, and say nothing of what follows.
    Variable 0 holds the run's number; `T` is the time of a frame in seconds, `PREV_INT` that of the one before.
    """
    if len(clock) == 1:
        return f"(T{clock[0].shift_s:+.6f})/TB"
    last, current = len(clock) - 1, "ld(0)"
    ends = "+".join(f"eq({current},{place})*{run.last_s + _AFTER_S:.6f}" for place, run in enumerate(clock))
    shifts = "+".join(f"eq({current},{place})*({run.shift_s:.6f})" for place, run in enumerate(clock))
    back = f"if(lt(T,PREV_INT-{BACK_S}),st(0,min({current}+1,{last})))"
    if after:
        back = back.replace("if(", f"if(gt(N,{after})*", 1)
    on = f"while(lt({current},{last})*gt(T,{ends}),st(0,{current}+1))"
    return f"{back};{on};(T+{shifts})/TB"
