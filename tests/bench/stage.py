"""Where the parts of the bench work: the films, the tools, how often, and folders of their own."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from media_pipeline.ffmpeg.run.toolchain import Toolchain
from tests.bench import clips
from tests.bench.clips import Clip
from tests.bench.measure import Argv, Cost, run_all


@dataclass(frozen=True)
class Stage:
    """What every part is handed. ``films`` begins with the one whose numbers become the ratios."""

    tools: Toolchain
    folder: Path
    films: tuple[Clip, ...]
    rounds: int
    quick: bool

    @property
    def film(self) -> Clip:
        return self.films[0]

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
    """Make the films: the real one first, where there is the material."""
    seconds = 4.0 if quick else 6.0
    films = [clips.real(tools, folder, seconds)]
    if films[0] is None or not quick:
        films.append(clips.generated(tools, folder, seconds))
    return Stage(tools, folder, tuple(film for film in films if film), rounds=1 if quick else 3, quick=quick)
