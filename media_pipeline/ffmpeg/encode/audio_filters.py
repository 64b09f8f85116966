"""Filters for the sound: stereo on the film's clock, at one loudness, as long as the picture."""

from media_pipeline.ffmpeg.encode.channel_mix import mix_expression
from media_pipeline.ffmpeg.encode.clock_filters import set_sound_clock
from media_pipeline.ffmpeg.encode.colour_filters import FilterStream
from media_pipeline.ffmpeg.inspect.source import AudioStream
from media_pipeline.ffmpeg.plan.recipe import AudioPlan, SoundTreatment

# Seconds that samples may be away from their timestamps before some are left out, or silence is put between them: as
# few as nobody notices, but more than the timestamps themselves are unsure of.
_LEAST_OFF_S, _MOST_OFF_S = 0.03, 0.1


def mix_to_stereo(sound: FilterStream, audio: AudioStream, treatment: SoundTreatment) -> FilterStream:
    """Two channels out of any number, and what was found wrong with them mended. Times are left as they are."""
    if (audio.channels, audio.layout) == (2, "stereo") and not (treatment.mend or treatment.changes):
        return sound  # as most sounds are
    channels, layout = (audio.channels, audio.layout) if audio.second is None else (2, "stereo")
    mix = mix_expression(channels, layout, treatment.mend, changes=treatment.changes)
    if layout == "binaural":  # ffmpeg's mixer takes it for no layout at all
        sound = sound.filter("channelmap", map="0|1", channel_layout="stereo")
    # In floating point nothing clips, however many channels add up; the limiter comes later.
    return sound.filter("aformat", sample_fmts="fltp").filter("pan", args=mix)


def put_on_clock(sound: FilterStream, audio: AudioStream, sample_rate: int) -> FilterStream:
    """On the film's clock: late sound gets silence before it, and holes are filled."""
    return (
        set_sound_clock(sound, audio)
        .filter(
            "aresample",
            sample_rate,
            first_pts=0,
            **{"async": 1},  # fill and trim only: never stretch to follow a drifting clock
            min_hard_comp=f"{min(max(_LEAST_OFF_S, 2 * audio.jitter_s), _MOST_OFF_S):.3f}",
        )
        .filter("aformat", channel_layouts="stereo", sample_fmts="fltp")
    )


def apply_gain(sound: FilterStream, treatment: SoundTreatment) -> FilterStream:
    """Sound with its gain, and its peaks held below the ceiling unless it is kept as it is."""
    if treatment.gain_db:
        sound = sound.filter("volume", f"{treatment.gain_db:.1f}dB")
    if treatment.kept:
        return sound
    # level=false: the limiter must not raise what it has limited; latency=true: nor delay it.
    return sound.filter(
        "alimiter", limit=f"{treatment.ceiling:.4g}", attack=5, release=50, level="false", latency="true"
    )


def audio_rendition_stream(sound: FilterStream, audio: AudioPlan, duration_s: float) -> FilterStream:
    """Stereo on the film's clock (`put_on_clock`) at the wanted loudness, exactly `duration_s` seconds."""
    sound = apply_gain(sound, audio.treatment)
    # A rendition that ends before the picture makes players wait for sound that never comes.
    return sound.filter("apad", whole_dur=f"{duration_s:.3f}").filter("atrim", end=f"{duration_s:.3f}")
