"""``make bench``: measure the pipeline on this machine against the peers' ways, print it, and keep the figures.

``--quick`` takes shorter videos, one round and three of ten films (a quarter of an hour on two cores), ``--only NAME``
one part.
"""

import logging
import sys
import time
from collections.abc import Callable

from campaign_site.env import load_environment
from media_pipeline.ffmpeg.run import toolchain
from tests.bench import (
    ours,
    part_hevc,
    part_job,
    part_ladder,
    part_overhead,
    part_quality,
    part_webfit,
    part_workers,
    report,
)
from tests.bench.command_line import figures_folder, read_arguments, working_folder
from tests.bench.report import Outcome
from tests.bench.stage import Stage, set_up

PARTS: dict[str, Callable[[Stage], Outcome]] = {
    "ladder": part_ladder.measure,
    "webfit": part_webfit.measure,
    "hevc": part_hevc.measure,
    "job": part_job.measure,
    "overhead": part_overhead.measure,
    "workers": part_workers.measure,
    "quality": part_quality.measure,
}


def main(arguments: list[str]) -> int:
    """Measure, print and write; 0 whatever the figures say, since a busy machine is nobody's fault."""
    chosen = read_arguments(arguments, "make bench", __doc__, "shorter videos, one round", PARTS)
    env, kept = load_environment(), figures_folder()
    tools = toolchain.find_toolchain(env.ffmpeg_bin, env.ffprobe_bin, env.packager_bin)
    with working_folder("work-") as folder:
        outcome = _measure(set_up(tools, folder, quick=chosen.quick), chosen.only)
    content = report.as_json(outcome, report.machine(tools))
    report.write(kept / "results.json", content)
    print(f"\n{report.table(outcome.rows)}\n\n{report.verdicts(content)}\n\nKept in {kept / 'results.json'}.")
    return 0


def _measure(stage: Stage, names: list[str]) -> Outcome:
    ours.open_archive(stage.folder / "archive")
    logging.disable(logging.WARNING)
    whole = Outcome()
    for name in names:
        began = time.monotonic()
        print(f"{name} ...", flush=True)
        whole.add(PARTS[name](stage))
        print(f"{name}: {time.monotonic() - began:.0f} s", flush=True)
    return whole


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
