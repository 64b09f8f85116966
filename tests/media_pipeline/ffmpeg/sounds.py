"""Files with any sound, and what becomes of it: planned, encoded, measured and settled, without any picture."""

from dataclasses import dataclass, replace
from pathlib import Path

from media_pipeline.ffmpeg.encode import argv, loudness
from media_pipeline.ffmpeg.encode.channel_balance import Window
from media_pipeline.ffmpeg.encode.loudness import Loudness
from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.ffmpeg.plan import ladder
from media_pipeline.ffmpeg.plan.policy import H264_ONLY
from media_pipeline.ffmpeg.plan.recipe import UNTREATED, SoundTreatment
from media_pipeline.ffmpeg.run import process
from media_pipeline.ffmpeg.run.toolchain import Toolchain
from tests.media_pipeline.ffmpeg.chain import facts, look, measure_published, settle, treat

PICTURE = ("-f", "lavfi", "-i", "testsrc2=size=64x64:rate=5:duration=60")
SHORT = ("-c:v", "mjpeg", "-shortest")
# Words and pauses: noise as loud as a voice, four times a second, with a pause of a second in every five.
SPEECH = "(random(0)-0.5)*(0.15+abs(sin(4*PI*t)))*lt(mod(t\\,5)\\,4)"


@dataclass(frozen=True)
class Heard:
    """A published sound, measured; `windows` are its levels every 0.4 s."""

    source: Source
    treatment: SoundTreatment
    published: Loudness
    windows: tuple[Window, ...]
    duration_s: float

    @property
    def sides(self) -> tuple[float, float]:
        """Mean power of left and right."""
        count = len(self.windows)
        return sum(one.left for one in self.windows) / count, sum(one.right for one in self.windows) / count

    @property
    def balanced(self) -> bool:
        """Whether both sides are equally loud, within 1 dB."""
        left, right = self.sides
        return min(left, right) > 0 and 0.8 < left / right < 1.25


def publish_sound(tools: Toolchain, path: Path, folder: Path, *, kept: bool = False) -> Heard:
    """All that is done for the main sound of the file at `path`."""
    source = look(tools, path)
    treatment = treat(tools, source, source.audio, path, kept=kept)
    recipe = ladder.plan_recipe(source, H264_ONLY, tools, sound=treatment)
    assert recipe.audio is not None
    process.run_process(argv.sound_command(recipe, recipe.audio, source, tools, path, folder))
    settle(tools, source, recipe, recipe.audio, path, folder)
    made = folder / recipe.audio.file_name
    own = facts(tools, made)
    assert own.audio is not None
    levels = process.run_process(loudness.loudness_command(tools, replace(own), own.audio, made, UNTREATED))
    published = measure_published(tools, recipe.audio, folder, recipe.duration_s)
    return Heard(source, treatment, published, loudness.parse_loudness(levels.stdout).windows, recipe.duration_s)
