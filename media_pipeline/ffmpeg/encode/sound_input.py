"""Where filters get a sound from: straight from the file, or by way of a stream that is the same all the time.

ffmpeg builds a filter graph anew where a sound changes its channels on the way (broadcasts: stereo, then 5.1), and
filters begin again then: silence is put before the sound once more, and the end is padded in the middle. Such a sound
is mixed first, in a graph that remembers nothing, encoded as plain samples and decoded again (ffmpeg's loopback
decoder, `-dec`): what comes out never changes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import ffmpeg

from media_pipeline.ffmpeg.encode.audio_filters import mix_to_stereo, put_on_clock
from media_pipeline.ffmpeg.encode.colour_filters import FilterStream
from media_pipeline.ffmpeg.inspect.source import AudioStream
from media_pipeline.ffmpeg.plan.recipe import SoundTreatment

_MARK = "loopback-"
_STREAM = re.compile(r"(^|\[)([0-9]+):([a-z0-9:]+)(?=\]|$)")  # "[0:1]" in a graph, "0:1" of -map


@dataclass(frozen=True)
class SteadySound:
    """A sound that is mixed by itself first: `mixed` is its stereo, `looped` stands for what is decoded of that."""

    mixed: FilterStream
    looped: FilterStream


def stereo_input(
    opened: FilterStream, audio: AudioStream, treatment: SoundTreatment, sample_rate: int, place: int = 0
) -> tuple[FilterStream, tuple[SteadySound, ...]]:
    """Stereo on the film's clock from `audio` of an `opened` file, and the steady sound it goes through, if any.

    `place` numbers the steady sounds of one command.
    """
    track = opened[str(audio.index)]
    if audio.second is not None:
        track = ffmpeg.filter([track, opened[str(audio.second)]], "amerge", inputs=2)
    stereo = mix_to_stereo(track, audio, treatment)
    if not treatment.changes:
        return put_on_clock(stereo, audio, sample_rate), ()
    mixed = stereo.filter("aresample", sample_rate).filter("aformat", channel_layouts="stereo", sample_fmts="fltp")
    looped = ffmpeg.input(f"{_MARK}{place}")
    return put_on_clock(looped["0"], audio, sample_rate), (SteadySound(mixed, looped),)


def insert_loopbacks(argv: Sequence[str], head: int, steady: Sequence[SteadySound]) -> list[str]:
    """The arguments of a command, with every steady sound mixed before it is used; its first `head` are no inputs.

    ffmpeg-python knows no loopback decoders: it was told of a file in place of each.
    """
    inputs = [place for place, argument in enumerate(argv) if argument == "-i"]
    names = [argv[place + 1] for place in inputs]

    def rename(found: re.Match[str]) -> str:
        name = names[int(found.group(2))]
        if name.startswith(_MARK):
            return f"{found.group(1)}dec:{name.removeprefix(_MARK)}"
        return f"{found.group(1)}0:{found.group(3)}"  # there is one original file

    rest = [_STREAM.sub(rename, argument) for argument in argv[inputs[-1] + 2 :]]
    mixing = [_mixing_arguments(sound, place) for place, sound in enumerate(steady)]
    opening = mixing[0][: mixing[0].index("-filter_complex")]
    return [*argv[:head], *opening, *(part for one in mixing for part in one[len(opening) :]), *rest]


def _mixing_arguments(sound: SteadySound, place: int) -> list[str]:
    node = ffmpeg.output(sound.mixed, "-", **{"c:a": "pcm_f32le", "f": "null"})
    # Labels are those of the whole command.
    return [*(part.replace("[s", f"[mix{place}s") for part in ffmpeg.get_args(node)), "-dec", f"{place}:0"]
