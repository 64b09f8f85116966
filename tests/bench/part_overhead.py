"""What our own doing adds to bare ffmpeg: sandbox, supervision, checks and packaging of a video of a minute.

The job is carried out step by step in one process, which notes what each step cost and which command encoded. The
same command then runs bare. Probing, measuring the loudness and taking stills are work of their own: named beside.
"""

import json
import resource
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from media_pipeline.ffmpeg.run.command import ProcessCommand, ProcessResult, input_name
from tests.bench import clips, ours, ratios
from tests.bench.measure import Argv, BenchError, Cost, median, reap, run
from tests.bench.report import Outcome, Row
from tests.bench.stage import Stage

OTHER_WORK = frozenset({"probe", "plan", "stills"})
SECONDS = 60.0


@dataclass(frozen=True)
class Noted:
    """What a job's process wrote down: seconds of processor by step, and the argv of its encodes."""

    steps: dict[str, float]
    encodes: list[Argv]

    @property
    def making(self) -> float:
        """Seconds of the steps that make the package."""
        return sum(seconds for step, seconds in self.steps.items() if step not in OTHER_WORK)


class Recorder:
    """A door to processes that remembers the encodes: the commands that report their progress."""

    def __init__(self) -> None:
        from media_pipeline import ffmpeg_tools

        self._door = ffmpeg_tools.process_runner()
        self.encodes: list[list[str]] = []

    def __call__(self, command: ProcessCommand, **callbacks: Any) -> ProcessResult:
        if command.progress:
            self.encodes.append(list(bare(command)))
        return self._door(command, **callbacks)


def bare(command: ProcessCommand) -> Argv:
    """The command as anybody would type it, with the paths of its inputs."""
    argv = command.argv
    for place, path in enumerate(command.inputs):
        argv = tuple(word.replace(input_name(place), str(path.resolve())) for word in argv)
    return argv


def measure(stage: Stage) -> Outcome:
    """The job and the bare command, in turn."""
    clip = clips.smaller(stage.tools, stage.folder, stage.video, SECONDS / 4 if stage.quick else SECONDS)
    jobs, bares, notes = [], [], []
    for _ in range(1 if stage.quick else 2):
        notes.append(_job(stage, clip.path))
        jobs.append(Cost(0.0, notes[-1].making, 0))
        bares.append(sum((run(argv, stage.empty("bare")) for argv in notes[-1].encodes), Cost(0.0, 0.0, 0)))
    everything = [Cost(0.0, sum(note.steps.values()), 0) for note in notes]
    return Outcome(
        rows=[Row(clip.path.stem, "bare ffmpeg", median(bares))],
        ratios=ratios.of_overhead(jobs, everything, bares),
        facts={"processor seconds by step": notes[-1].steps, f"video {clip.path.stem}": clip.what},
    )


def _job(stage: Stage, path: Path) -> Noted:
    """Prepare a video in a process of its own and read what that wrote down."""
    import time

    clip = ours.receive(path)
    notes = stage.empty("notes") / "steps.json"
    _, status = reap(ours.forked(lambda: _step_by_step(clip, notes)), time.monotonic())
    if status:
        raise BenchError(f"the job of {path.name} ended with {status}")
    return Noted(**json.loads(notes.read_text(encoding="utf-8")))


def _step_by_step(clip: Any, notes: Path) -> None:
    """Carry out the clip's job to its end. Raises BenchError when it does not end well."""
    from media_pipeline.worker import run_job

    door, steps = Recorder(), {}
    job = clip.jobs.get()
    before = _cpu_s()
    while job.status in ("queued", "running"):
        step = job.step
        if run_job.run_job(job.pk, runner=door) == "skipped":
            raise BenchError(f"step {step} could not be begun")
        now = _cpu_s()
        steps[step] = round(steps.get(step, 0.0) + now - before, 3)
        before = now
        job.refresh_from_db()
    if job.status != "done":
        raise BenchError(f"the job ended as {job.status} ({job.error_code})")
    notes.write_text(json.dumps({"steps": steps, "encodes": door.encodes}), encoding="utf-8")


def _cpu_s() -> float:
    """Processor seconds of this process and of all its children that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
