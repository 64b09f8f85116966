"""Filters for the sound: stereo on the film's clock, at one loudness, as long as the picture."""

from media_pipeline.ffmpeg.encode.clock_filters import set_sound_clock
from media_pipeline.ffmpeg.encode.colour_filters import FilterStream
from media_pipeline.ffmpeg.inspect.source import AudioStream
from media_pipeline.ffmpeg.plan.recipe import AudioPlan

# -2.5 dB as a factor: AAC overshoots what the limiter leaves, and -1.5 dB true peak is the aim.
LIMITER_CEILING = 0.75


def mix_to_stereo(sound: FilterStream, audio: AudioStream, sample_rate: int) -> FilterStream:
    """Two channels on the film's clock: late sound gets silence before it, holes are filled, 5.1 is mixed down."""
    sound = set_sound_clock(sound, audio)
    if audio.layout.startswith("ambisonic"):
        # The first two channels are the sum of all directions, and left against right (ACN order): two microphones.
        sound = sound.filter("pan", "stereo|c0<c0+c1|c1<c0-c1")
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


def audio_rendition_stream(
    sound: FilterStream, heard: AudioStream, audio: AudioPlan, duration_s: float
) -> FilterStream:
    """Stereo at the wanted loudness, exactly `duration_s` seconds, as the picture is."""
    sound = apply_gain(mix_to_stereo(sound, heard, audio.sample_rate), audio.gain_db)
    # A rendition that ends before the picture makes players wait for sound that never comes.
    return sound.filter("apad", whole_dur=f"{duration_s:.3f}").filter("atrim", end=f"{duration_s:.3f}")
