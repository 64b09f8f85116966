"""The order of the steps and how much of a job each one is, for a progress bar that tells the truth."""

from media_pipeline.conf import conf
from media_pipeline.models import Job

Step = Job.Step

ORDER: tuple[Job.Step, ...] = (
    Step.PROBE,
    Step.PREVIEW,
    Step.PLAN,
    Step.ENCODE,
    Step.PACKAGE,
    Step.STILLS,
    Step.PUBLISH,
)

# Shares of the time a job took on the lab's clips: encoding is nearly all of it.
_SHARE = {
    Step.PROBE: 0.02,
    Step.PREVIEW: 0.08,
    Step.PLAN: 0.02,
    Step.ENCODE: 0.79,
    Step.PACKAGE: 0.03,
    Step.STILLS: 0.05,
    Step.PUBLISH: 0.01,
}


def following(step: str) -> Job.Step:
    """The step after ``step``, by the setting without a first version. Raises IndexError after the last."""
    after = ORDER[ORDER.index(Step(step)) + 1]
    return following(after) if after == Step.PREVIEW and not conf().preview else after


def overall(step: str, part: float) -> float:
    """Progress of the whole job, 0 to 1, when ``part`` (0 to 1) of ``step`` is done."""
    before = sum(_SHARE[earlier] for earlier in ORDER[: ORDER.index(Step(step))])
    return min(1.0, before + _SHARE[Step(step)] * min(1.0, max(0.0, part)))


def part_of(step: str, progress: float) -> float:
    """The way back: how much of ``step`` is done when the whole job stands at ``progress``."""
    before = sum(_SHARE[earlier] for earlier in ORDER[: ORDER.index(Step(step))])
    return min(1.0, max(0.0, (progress - before) / _SHARE[Step(step)]))


def rest_s(job: Job, elapsed_s: float) -> float | None:
    """Seconds left when the current step has run ``elapsed_s``; None until enough is known for an honest guess.

    From the encode on by the pace of the step itself; before it by what the film was estimated to cost.
    """
    part = part_of(job.step, job.progress)
    if job.status != Job.Status.RUNNING:
        return None
    if ORDER.index(Step(job.step)) < ORDER.index(Step.ENCODE):
        return job.cost_s * (1 - job.progress) if job.cost_s else None
    if part < 0.02 or elapsed_s < 1:
        return None
    step_s = elapsed_s / part
    after = sum(_SHARE[later] for later in ORDER[ORDER.index(Step(job.step)) + 1 :])
    return step_s * (1 - part) + step_s * after / _SHARE[Step(job.step)]
