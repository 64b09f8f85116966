"""Measure one encode for all rungs against one process per rung, with the same options, on the same clip.

What decoding and scaling once is worth depends on the clip: the more the source costs to decode, the more.
"""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from media_pipeline.ffmpeg import argv, ladder, process, toolchain
from media_pipeline.ffmpeg.command import Command, Finished
from media_pipeline.ffmpeg.policy import H264_ONLY
from media_pipeline.ffmpeg.recipe import Recipe
from media_pipeline.ffmpeg.source import Source
from media_pipeline.ffmpeg.toolchain import Toolchain
from tests.bench.clip import SECONDS, look, make_clip

ROUNDS = 3
MIB = 1 << 20


@dataclass(frozen=True)
class Cost:
    """What one way took: seconds, seconds of processor, bytes of memory at most, bytes written."""

    wall_s: float
    cpu_s: float
    memory: int
    written: int


@dataclass(frozen=True)
class Bench:
    """The clip, its plan, and where to work."""

    tools: Toolchain
    source: Source
    recipe: Recipe
    path: Path
    folder: Path

    def command(self, recipe: Recipe, folder: Path) -> Command:
        return argv.encode_command(recipe, self.source, self.tools, self.path, folder)

    def one_process(self, folder: Path) -> list[Finished]:
        """The pipeline's own way."""
        return [process.run(self.command(self.recipe, folder))]

    def process_per_rung(self, folder: Path) -> list[Finished]:
        """The usual way: each rung decodes and scales for itself; the sound goes with the first."""
        silent = replace(self.recipe, audio=None)
        parts = [replace(silent, rungs=(rung,)) for rung in self.recipe.rungs]
        parts[0] = replace(parts[0], audio=self.recipe.audio)
        return [process.run(self.command(part, folder)) for part in parts]

    def measure(self, way: Callable[[Path], list[Finished]]) -> Cost:
        """Return the median of some rounds."""
        costs = []
        for _ in range(ROUNDS):
            with tempfile.TemporaryDirectory(dir=self.folder) as name:
                done = way(Path(name))
                written = sum(file.stat().st_size for file in Path(name).iterdir())
                costs.append(
                    Cost(
                        sum(one.seconds for one in done),
                        sum(one.cpu_seconds for one in done),
                        max(one.max_rss_bytes for one in done),
                        written,
                    )
                )
        return sorted(costs, key=lambda cost: cost.wall_s)[len(costs) // 2]


def prepare(folder: Path) -> Bench:
    """Make the clip and its plan."""
    tools = toolchain.find()
    path = make_clip(tools, folder)
    source = look(tools, path)
    return Bench(tools, source, ladder.plan(source, H264_ONLY, tools), path, folder)


def main() -> int:
    """Print a table; return 0."""
    with tempfile.TemporaryDirectory(prefix="polyphony-bench-") as name:
        bench = prepare(Path(name))
        rungs = ", ".join(rung.name for rung in bench.recipe.rungs)
        size = bench.path.stat().st_size / MIB
        print(
            f"ffmpeg {bench.tools.version}; {SECONDS} s of 1080p30, {size:.1f} MiB; rungs {rungs}; median of {ROUNDS}"
        )
        print(f"{'way':<18}{'wall s':>8}{'CPU s':>8}{'MiB RSS':>9}{'MiB':>7}{'x real time':>13}")
        costs = {}
        for title, way in (("one process", bench.one_process), ("process per rung", bench.process_per_rung)):
            cost = costs[title] = bench.measure(way)
            numbers = f"{cost.wall_s:>8.1f}{cost.cpu_s:>8.1f}{cost.memory / MIB:>9.0f}{cost.written / MIB:>7.2f}"
            print(f"{title:<18}{numbers}{SECONDS / cost.wall_s:>13.2f}", flush=True)
        once, often = costs["one process"], costs["process per rung"]
        print(f"One process: {often.wall_s / once.wall_s:.2f} times as fast, CPU {often.cpu_s / once.cpu_s:.2f} to 1.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
