"""From an original file to a published package, one module per step, named as ``Job.Step`` names it.

Each step is ``run(step)``: read rows, ask the pure code, build in a folder of its own, verify, and end in one short
transaction that names what it left and makes the next step wait. No step calls another; running one again is harmless.
"""

from importlib import import_module

from media_pipeline import ffmpeg_tools
from media_pipeline.ffmpeg.run.command import Runner
from media_pipeline.jobs.lease import LeasedJob
from media_pipeline.steps.context import StepContext


def run_current_step(leased: LeasedJob, runner: Runner | None = None) -> None:
    """Run the step that the job has come to. ``runner`` replaces the one that starts processes, for tests."""
    step = import_module(f"{__name__}.{leased.job.step}")
    step.run(StepContext(leased, runner or ffmpeg_tools.process_runner(), ffmpeg_tools.binaries()))
