"""How far a job is: the order of the steps, how much of a job each one is, and the words for people."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import pgettext

from media_pipeline.conf import conf
from media_pipeline.models import Clip, Job

FINAL_STATUSES = (Job.Status.DONE, Job.Status.FAILED, Job.Status.CANCELLED)

STEP_ORDER: tuple[Job.Step, ...] = (
    Job.Step.PROBE,
    Job.Step.PREVIEW,
    Job.Step.PLAN,
    Job.Step.ENCODE,
    Job.Step.PACKAGE,
    Job.Step.STILLS,
    Job.Step.PUBLISH,
)

# Shares of the time a job took on the lab's clips: encoding is nearly all of it.
_SHARE = {
    Job.Step.PROBE: 0.02,
    Job.Step.PREVIEW: 0.08,
    Job.Step.PLAN: 0.02,
    Job.Step.ENCODE: 0.79,
    Job.Step.PACKAGE: 0.03,
    Job.Step.STILLS: 0.05,
    Job.Step.PUBLISH: 0.01,
}


@dataclass(frozen=True)
class JobProgress:
    """How far the newest job of a clip is.

    ``percent`` is 0 to 100 over all steps, ``label`` says in words what happens now, ``remaining_s`` is the estimated
    seconds left of a running job (None while nobody can know), ``status`` a ``Job.Status`` value.
    """

    status: str
    step: str
    label: str
    percent: int
    attempts: int
    remaining_s: float | None
    cancelling: bool

    @property
    def over(self) -> bool:
        """Whether nothing more will happen without a person."""
        return self.status in FINAL_STATUSES


def clip_progress(clip: Clip) -> JobProgress | None:
    """How far the newest job is; None for a clip that never had one. One query."""
    job = clip.jobs.order_by("-created_at").first()
    return job_progress(job) if job else None


def job_progress(job: Job) -> JobProgress:
    """The same from a job row that was already read, for lists."""
    elapsed_s = (timezone.now() - job.step_started_at).total_seconds() if job.step_started_at else 0.0
    return JobProgress(
        status=job.status,
        step=job.step,
        label=_label(job),
        percent=int(job.progress * 100),
        attempts=job.attempts,
        remaining_s=remaining_s(job, elapsed_s),
        cancelling=_is_cancelling(job),
    )


def _label(job: Job) -> str:
    if _is_cancelling(job):
        return pgettext("job status", "Cancelling")
    if job.status == Job.Status.QUEUED:
        return pgettext("job status", "In the queue")
    return str(job.get_step_display())


def _is_cancelling(job: Job) -> bool:
    return job.cancel_requested and job.status not in FINAL_STATUSES


def next_step(step: str) -> Job.Step:
    """The step after ``step``, by the setting without a first version. Raises IndexError after the last."""
    after = STEP_ORDER[STEP_ORDER.index(Job.Step(step)) + 1]
    return next_step(after) if after == Job.Step.PREVIEW and not conf().preview else after


def overall_progress(step: str, part: float) -> float:
    """Progress of the whole job, 0 to 1, when ``part`` (0 to 1) of ``step`` is done."""
    before = sum(_SHARE[earlier] for earlier in STEP_ORDER[: STEP_ORDER.index(Job.Step(step))])
    return min(1.0, before + _SHARE[Job.Step(step)] * min(1.0, max(0.0, part)))


def step_progress(step: str, progress: float) -> float:
    """The way back: how much of ``step`` is done when the whole job stands at ``progress``."""
    before = sum(_SHARE[earlier] for earlier in STEP_ORDER[: STEP_ORDER.index(Job.Step(step))])
    return min(1.0, max(0.0, (progress - before) / _SHARE[Job.Step(step)]))


def remaining_s(job: Job, elapsed_s: float) -> float | None:
    """Seconds left when the current step has run ``elapsed_s``; None until enough is known for an honest guess.

    From the encode on by the pace of the step itself; before it by what the film was estimated to cost.
    """
    part = step_progress(job.step, job.progress)
    if job.status != Job.Status.RUNNING:
        return None
    if STEP_ORDER.index(Job.Step(job.step)) < STEP_ORDER.index(Job.Step.ENCODE):
        return job.cost_s * (1 - job.progress) if job.cost_s else None
    if part < 0.02 or elapsed_s < 1:
        return None
    step_s = elapsed_s / part
    after = sum(_SHARE[later] for later in STEP_ORDER[STEP_ORDER.index(Job.Step(job.step)) + 1 :])
    return step_s * (1 - part) + step_s * after / _SHARE[Job.Step(job.step)]
