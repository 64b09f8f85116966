"""From a master to a published package, one file per step.

Each step is ``run(step)``: read rows, ask the pure room, build in a folder of its own, verify, and end in one short
transaction that names what it left and makes the next step wait. No step calls another; running one again is harmless.
"""

from collections.abc import Callable

from media_pipeline import ffmpeg_tools
from media_pipeline.ffmpeg.run.command import Runner
from media_pipeline.jobs.lease import LeasedJob
from media_pipeline.models import Job
from media_pipeline.steps import encode, package, plan, preview, probe, publish, stills
from media_pipeline.steps.context import StepContext

STEPS: dict[str, Callable[[StepContext], None]] = {
    Job.Step.PROBE: probe.run,
    Job.Step.PREVIEW: preview.run,
    Job.Step.PLAN: plan.run,
    Job.Step.ENCODE: encode.run,
    Job.Step.PACKAGE: package.run,
    Job.Step.STILLS: stills.run,
    Job.Step.PUBLISH: publish.run,
}


def run_current_step(leased: LeasedJob, runner: Runner | None = None) -> None:
    """Carry out the step the job stands at. ``runner`` replaces the door to processes, for tests."""
    STEPS[leased.job.step](StepContext(leased, runner or ffmpeg_tools.process_runner(), ffmpeg_tools.binaries()))
