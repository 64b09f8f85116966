"""The filter graph: one decoded picture, converted to BT.709 once, then scaled down from rung to rung.

Built with ffmpeg-python; argv.py adds the outputs. Each rung is scaled from the next larger one (cascade): the lab
saw no loss against scaling each from the source, at half the work.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

from media_pipeline.ffmpeg.encode.clock_filters import set_picture_clock
from media_pipeline.ffmpeg.encode.colour_filters import FilterStream, neutral_colours, to_bt709
from media_pipeline.ffmpeg.inspect.audio_only import WAVEFORM_RATE, WAVEFORM_SIZE
from media_pipeline.ffmpeg.inspect.source import VideoStream
from media_pipeline.ffmpeg.inspect.streams import display_size
from media_pipeline.ffmpeg.plan.recipe import Recipe, Rung

SCALER = "bicubic"
WAVEFORM_COLOUR = "0xF2B705"
WAVEFORM_SAMPLE_RATE = "4000"  # all samples are held in memory: four hours at this rate are 115 MB
FAST_SCALER = "area"  # from the largest size to the smallest in one step it is quicker, and as good


def rung_streams(picture: FilterStream, recipe: Recipe, video: VideoStream) -> dict[Rung, FilterStream]:
    """A filtered stream for every rung that is encoded; `picture` is the master's `video`, not turned by itself."""
    rungs = sorted((r for r in recipe.rungs if r.codec != "copy"), key=lambda r: (-r.width * r.height, -r.fps))
    if not rungs:
        return {}
    steady = _turn_upright(_steady(neutral_colours(picture, recipe.picture), recipe, video), video)
    scaler = FAST_SCALER if recipe.hurried else SCALER
    return _cascade(to_bt709(steady, recipe.picture, rungs[0], scaler), recipe.fps, rungs)


def _steady(picture: FilterStream, recipe: Recipe, video: VideoStream) -> FilterStream:
    """Of one size, progressive, at one constant rate from the film's start, held under longer sound."""
    picture = set_picture_clock(picture, video)
    if video.resized:
        picture = _fit(picture, video)
    elif video.rotation or video.flipped or recipe.picture.deinterlace or recipe.picture.tone_map:
        # These read by the first picture's size. Not every picture was looked at, and one that is smaller must not make
        # them read beyond it; pictures that have this size pass as they are.
        picture = picture.filter("scale", w=video.width, h=video.height)
    if recipe.picture.deinterlace:
        # A frame per frame, not per field: lower rungs are capped at 30 anyway.
        order = {"parity": video.field_order} if video.field_order else {}
        picture = picture.filter("bwdif", mode="send_frame", deint="all", **order)
    # start_time=0 repeats the first picture where sound begins earlier, so that all outputs start at zero.
    whole = {"eof_action": "pass"} if video.frames == 1 else {}  # a single picture is shorter than a frame
    picture = picture.filter("fps", fps=str(recipe.fps), start_time=0, **whole)
    if video.overlong or video.frames == 1:
        picture = picture.filter("trim", end=f"{recipe.duration_s - recipe.hold_s:.3f}")
    if recipe.hold_s:
        hold = {"stop_mode": "add", "color": "black"} if recipe.hold_black else {"stop_mode": "clone"}
        picture = picture.filter("tpad", **hold, stop_duration=f"{recipe.hold_s:.3f}")
    return picture


def _fit(picture: FilterStream, video: VideoStream) -> FilterStream:
    """Pictures of any size in the middle of the film's own, as large as they fit, with square samples."""
    width, height = display_size(video.width, video.height, video.sar, 0)
    # Never larger than the frame: a filter that crops reads beyond a picture that is smaller than the first one was.
    picture = picture.filter(
        "scale",
        w=f"min(trunc(min({width},{height}*dar)/2+0.5)*2,{_even(width)})",
        h=f"min(trunc(min({height},{width}/dar)/2+0.5)*2,{_even(height)})",
        flags=SCALER,
        eval="frame",
    ).filter("setsar", "1")
    return picture.filter("pad", w=width, h=height, x="(ow-iw)/2", y="(oh-ih)/2", eval="frame")


def _even(pixels: int) -> int:
    return pixels - pixels % 2


def _turn_upright(picture: FilterStream, video: VideoStream) -> FilterStream:
    """As the camera was held: mirrored, then turned clockwise."""
    if video.flipped:
        picture = picture.filter("hflip")
    if video.rotation == 180:
        return picture.filter("hflip").filter("vflip")
    if video.rotation:
        return picture.filter("transpose", "clock" if video.rotation == 90 else "cclock")
    return picture


def _cascade(picture: FilterStream, fps: Fraction, rungs: Sequence[Rung]) -> dict[Rung, FilterStream]:
    """Each size from the one above; rungs of one size and rate share the scaled picture."""
    levels = [list(level) for _, level in groupby(rungs, key=lambda rung: (rung.width, rung.height, rung.fps))]
    made: dict[Rung, FilterStream] = {}
    width, height = levels[0][0].width, levels[0][0].height
    for place, level in enumerate(levels):
        first = level[0]
        if first.fps != fps:
            # Every second frame, by count: the same clock, so keyframes fall on the same times.
            picture = picture.filter("framestep", int(fps / first.fps))
            fps = first.fps
        if (first.width, first.height) != (width, height):
            picture = picture.filter("scale", w=first.width, h=first.height, flags=SCALER).filter("setsar", "1")
            width, height = first.width, first.height
        outlets = _split(picture, len(level) + (place + 1 < len(levels)))
        made |= dict(zip(level, outlets, strict=False))
        picture = outlets[-1]
    return made


def _split(picture: FilterStream, ways: int) -> list[FilterStream]:
    if ways == 1:
        return [picture]
    forked = picture.filter_multi_output("split", ways)
    return [forked.stream(way) for way in range(ways)]


def waveform_image(sound: FilterStream, duration_s: float) -> FilterStream:
    """The waveform of a whole sound as a video of `duration_s` seconds."""
    width, height = WAVEFORM_SIZE
    quiet = sound.filter("aresample", WAVEFORM_SAMPLE_RATE).filter("aformat", channel_layouts="mono")
    shape = quiet.filter("showwavespic", s=f"{width}x{height}", colors=WAVEFORM_COLOUR, draw="full", scale="sqrt")
    # One picture comes, at the end of the sound; it is repeated, and gets the times of a video from zero on.
    video = shape.filter("settb", "1/1000").filter("loop", loop=-1, size=1, start=0)
    return video.filter("setpts", f"N*{int(1000 / WAVEFORM_RATE)}").filter("trim", end=f"{duration_s:.3f}")
