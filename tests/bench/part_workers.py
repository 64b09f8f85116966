"""Many videos at once: do N workers with N cores do N times the work of one with one?

Every worker encodes with one thread a rung. The single one is leased to one core: left alone it would use them all,
since decoder, filters and encoders of one ffmpeg run side by side.
"""

import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.bench import clips, ours, ratios
from tests.bench.measure import BenchError, interleaved
from tests.bench.report import Outcome
from tests.bench.stage import Stage

SECONDS = 3.0


def measure(stage: Stage) -> Outcome:
    """Seconds until all videos are there, by one worker and by as many as there are cores."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) == 1:
        return Outcome(ratios={"workers_efficiency": None}, reasons={"workers_efficiency": "one core only"})
    each = 2 if stage.quick else 4
    clip = clips.smaller(stage.tools, stage.folder, stage.video, SECONDS)
    taken = interleaved(
        {
            "one": lambda: _prepare(clip.path, each, 1, partial(_one_worker, cores[0])),
            "many": lambda: _prepare(clip.path, each * len(cores), len(cores), partial(_many_workers, len(cores))),
        },
        stage.rounds,
    )
    return Outcome(
        ratios=ratios.of_workers(taken["one"], taken["many"], len(cores), each),
        facts={
            "seconds of one worker on one core": [round(one, 2) for one in taken["one"]],
            f"seconds of {len(cores)} workers for {len(cores)} times the videos": [round(s, 2) for s in taken["many"]],
        },
    )


def _one_worker(core: int) -> None:
    from media_pipeline.worker import process

    os.sched_setaffinity(0, {core})
    process.run_worker()


def _many_workers(number: int) -> None:
    from media_pipeline.worker import process

    process.run_workers(number)


def _prepare(path: Path, number: int, workers: int, serve: Callable[[], None]) -> float:
    """Receive that many videos, then start the workers; seconds until the last video is there."""
    from django.conf import settings
    from django.test.utils import override_settings

    chosen = settings.MEDIA_PIPELINE | {"WORKERS": workers, "THREADS": 1}
    with override_settings(MEDIA_PIPELINE=chosen):
        received = [ours.receive(path) for _ in range(number)]
        began = time.monotonic()
        with ours.worker_process(serve):
            while not all(ours.is_over(clip) for clip in received):
                if time.monotonic() - began > ours.PATIENCE_S:
                    raise BenchError(f"{number} videos are not ready after {ours.PATIENCE_S:.0f} s")
                time.sleep(ours.LOOK_EVERY_S)
            seconds = time.monotonic() - began
    for clip in received:
        clip.refresh_from_db()
        if clip.package_id is None:
            raise BenchError(f"a video of {number} was not prepared: {clip.error_code}")
    return seconds
