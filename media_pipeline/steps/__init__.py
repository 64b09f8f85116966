"""From a master to a published package, one file per step.

Each step is ``run(work)``: read rows, ask the pure room, build in a folder of its own, verify, and end in one short
transaction that names what it left and makes the next step wait. No step calls another; running one again is harmless.
"""

from media_pipeline.ffmpeg.command import Runner
from media_pipeline.lease import Held

STEPS = {}


def run_step(held: Held, run: Runner | None = None) -> None:
    """Carry out the step the job stands at."""
    STEPS[held.job.step].run(held, run)
