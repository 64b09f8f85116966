"""How far a job is: the part that is done, the time that is left, and the words for people."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import pgettext

from media_pipeline.conf import conf
from media_pipeline.models import Clip, Job

FINAL_STATUSES = (Job.Status.DONE, Job.Status.FAILED, Job.Status.CANCELLED)


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
    cancelling = job.cancel_requested and job.status not in FINAL_STATUSES
    if cancelling:
        label = pgettext("job status", "Cancelling")
    elif job.status == Job.Status.QUEUED:
        label = pgettext("job status", "In the queue")
    else:
        label = str(job.get_step_display())
    return JobProgress(
        status=job.status,
        step=job.step,
        label=label,
        percent=int(job.progress * 100),
        attempts=job.attempts,
        remaining_s=_remaining_s(job),
        cancelling=cancelling,
    )


def next_step(step: str) -> Job.Step:
    """The step after ``step``, by the setting without a preview. Raises StopIteration after the last."""
    return next(later for later in Job.Step(step).later if later != Job.Step.PREVIEW or conf().preview)


def overall_progress(step: str, part: float) -> float:
    """Progress of the whole job, 0 to 1, when ``part`` (0 to 1) of ``step`` is done."""
    return min(1.0, _share_before(Job.Step(step)) + Job.Step(step).share * min(1.0, max(0.0, part)))


def _share_before(step: Job.Step) -> float:
    return sum(earlier.share for earlier in Job.Step if step in earlier.later)


def _remaining_s(job: Job) -> float | None:
    """Seconds left of a running job; None until enough is known for an honest guess.

    From the encode on by the pace of the step itself; before it by what the video was estimated to cost.
    """
    if job.status != Job.Status.RUNNING:
        return None
    step = Job.Step(job.step)
    if Job.Step.ENCODE in step.later:
        return job.cost_s * (1 - job.progress) if job.cost_s else None
    part = min(1.0, max(0.0, (job.progress - _share_before(step)) / step.share))
    elapsed_s = (timezone.now() - job.step_started_at).total_seconds() if job.step_started_at else 0.0
    if part < 0.02 or elapsed_s < 1:
        return None
    step_s = elapsed_s / part
    return step_s * (1 - part) + step_s * sum(later.share for later in step.later) / step.share
