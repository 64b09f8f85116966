"""Where the parts of the bench work: the videos, the tools, how often, and folders of their own."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from media_pipeline.ffmpeg.run.toolchain import Toolchain
from tests.bench import clips
from tests.bench.clips import Clip
from tests.bench.measure import Argv, Cost, run_all


@dataclass(frozen=True)
class Stage:
    """What every part is handed. ``videos`` begins with the one whose numbers become the ratios."""

    tools: Toolchain
    folder: Path
    videos: tuple[Clip, ...]
    rounds: int
    quick: bool

    @property
    def video(self) -> Clip:
        return self.videos[0]

    def empty(self, name: str) -> Path:
        """A folder of that name with nothing in it."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder

    def commands(self, name: str, argvs: list[Argv]) -> Cost:
        """Run plain commands in an empty folder, which stays for a look at what they wrote."""
        return run_all(argvs, self.empty(name))


def set_up(tools: Toolchain, folder: Path, *, quick: bool) -> Stage:
    """Make the videos: the real one first, where there is the material."""
    seconds = 4.0 if quick else 6.0
    videos = [clips.real(tools, folder, seconds)]
    if videos[0] is None or not quick:
        videos.append(clips.generated(tools, folder, seconds))
    return Stage(tools, folder, tuple(video for video in videos if video), rounds=1 if quick else 3, quick=quick)
