"""The filter graph: one decoded picture, converted to BT.709 once, then scaled down from rung to rung.

Built with ffmpeg-python; argv.py adds the outputs. Each rung is scaled from the next larger one (cascade): the lab
saw no loss against scaling each from the source, at half the work.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

from media_pipeline.ffmpeg.encode.colour_filters import FilterStream, neutral_colours, to_bt709
from media_pipeline.ffmpeg.inspect.audio_only import WAVEFORM_RATE, WAVEFORM_SIZE
from media_pipeline.ffmpeg.plan.recipe import AudioPlan, Recipe, Rung

SCALER = "bicubic"
WAVEFORM_COLOUR = "0xF2B705"
WAVEFORM_SAMPLE_RATE = "4000"  # all samples are held in memory: four hours at this rate are 115 MB
FAST_SCALER = "area"  # from the largest size to the smallest in one step it is quicker, and as good
# -2.5 dB as a factor: AAC overshoots what the limiter leaves, and -1.5 dB true peak is the aim.
LIMITER_CEILING = 0.75


def rung_streams(picture: FilterStream, recipe: Recipe) -> dict[Rung, FilterStream]:
    """A filtered stream for every rung that is encoded; `picture` is the master's video stream."""
    rungs = sorted((r for r in recipe.rungs if r.codec != "copy"), key=lambda r: (-r.width * r.height, -r.fps))
    if not rungs:
        return {}
    steady = _steady(neutral_colours(picture, recipe.picture), recipe)
    scaler = FAST_SCALER if recipe.hurried else SCALER
    return _cascade(to_bt709(steady, recipe.picture, rungs[0], scaler), recipe.fps, rungs)


def _steady(picture: FilterStream, recipe: Recipe) -> FilterStream:
    """Progressive, at one constant rate from time zero, held under longer sound."""
    if recipe.picture.deinterlace:
        # A frame per frame, not per field: lower rungs are capped at 30 anyway.
        picture = picture.filter("bwdif", mode="send_frame", deint="all")
    # start_time=0 repeats the first picture where sound begins earlier, so that all outputs start at zero.
    picture = picture.filter("fps", fps=str(recipe.fps), start_time=0)
    if recipe.hold_s:
        picture = picture.filter("tpad", stop_mode="clone", stop_duration=f"{recipe.hold_s:.3f}")
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


def mix_to_stereo(sound: FilterStream, sample_rate: int) -> FilterStream:
    """Two channels from zero on: late sound gets silence before it, holes are filled, 5.1 is mixed down."""
    return sound.filter(
        "aresample",
        sample_rate,
        out_chlayout="stereo",
        first_pts=0,
        **{"async": 1},  # fill and trim only: never stretch to follow a drifting clock
    ).filter("aformat", channel_layouts="stereo", sample_fmts="fltp")


def apply_gain(sound: FilterStream, gain_db: float) -> FilterStream:
    """Sound with a gain in decibels, and its peaks held below the ceiling."""
    if gain_db:
        sound = sound.filter("volume", f"{gain_db:.1f}dB")
    # level=false: the limiter must not raise what it has limited; latency=true: nor delay it.
    return sound.filter("alimiter", limit=str(LIMITER_CEILING), attack=5, release=50, level="false", latency="true")


def audio_rendition_stream(sound: FilterStream, audio: AudioPlan, recipe: Recipe) -> FilterStream:
    """Stereo at the wanted loudness, exactly as long as the picture."""
    sound = apply_gain(mix_to_stereo(sound, audio.sample_rate), audio.gain_db)
    # A rendition that ends before the picture makes players wait for sound that never comes.
    return sound.filter("apad", whole_dur=f"{recipe.duration_s:.3f}").filter("atrim", end=f"{recipe.duration_s:.3f}")


def waveform_image(sound: FilterStream, duration_s: float) -> FilterStream:
    """The waveform of a whole sound as a video of `duration_s` seconds."""
    width, height = WAVEFORM_SIZE
    quiet = sound.filter("aresample", WAVEFORM_SAMPLE_RATE).filter("aformat", channel_layouts="mono")
    shape = quiet.filter("showwavespic", s=f"{width}x{height}", colors=WAVEFORM_COLOUR, draw="full", scale="sqrt")
    # One picture comes, at the end of the sound; it is repeated, and gets the times of a video from zero on.
    video = shape.filter("settb", "1/1000").filter("loop", loop=-1, size=1, start=0)
    return video.filter("setpts", f"N*{int(1000 / WAVEFORM_RATE)}").filter("trim", end=f"{duration_s:.3f}")
