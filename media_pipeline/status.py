"""What a clip's state looks like from outside: frozen values for a command, a page or an admin list."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone

from media_pipeline import error_texts
from media_pipeline.jobs import progress as stages
from media_pipeline.models import Clip, Job, Rendition

FINAL_STATUSES = (Job.Status.DONE, Job.Status.FAILED, Job.Status.CANCELLED)


@dataclass(frozen=True)
class CodeMessage:
    """A code with its words: ``message`` says what happened, ``advice`` what to do, in the active language."""

    code: str
    message: str
    advice: str


@dataclass(frozen=True)
class RenditionSummary:
    """One picture size that players can choose. Pixels, bytes and peak bits per second."""

    codec: str
    width: int
    height: int
    bytes: int
    bandwidth: int


@dataclass(frozen=True)
class ClipStatus:
    """Everything ``clipstatus`` prints except the addresses, which the room above knows.

    ``id`` is the public id. ``state`` is a ``Clip.State`` value. ``duration`` is in seconds, None before the
    first package. ``renditions`` lists the video rungs, tallest first. ``has_package`` says that a playlist
    and a download exist.
    """

    id: str
    state: str
    error: CodeMessage | None
    duration: float | None
    has_package: bool
    renditions: tuple[RenditionSummary, ...]
    warnings: tuple[CodeMessage, ...]

    def as_json(self) -> dict[str, Any]:
        """The values as JSON can carry them: error as code and message, warnings as codes."""
        error = (
            {"code": self.error.code, "message": f"{self.error.message} {self.error.advice}"} if self.error else None
        )
        return {
            "id": self.id,
            "state": self.state,
            "error": error,
            "duration": self.duration,
            "renditions": [asdict(rung) for rung in self.renditions],
            "warnings": [warning.code for warning in self.warnings],
        }


@dataclass(frozen=True)
class JobProgress:
    """How far the newest job of a clip is.

    ``percent`` is 0 to 100 over all steps, ``label`` the step in words, ``rest_s`` the estimated seconds left
    of a running job (None while nobody can know), ``status`` a ``Job.Status`` value.
    """

    status: str
    step: str
    label: str
    percent: int
    attempts: int
    rest_s: float | None
    cancelling: bool

    @property
    def over(self) -> bool:
        """Whether nothing more will happen without a person."""
        return self.status in FINAL_STATUSES


def error_message(code: str) -> CodeMessage:
    """The words of an error code in the active language."""
    return _problem(code, error_texts.error_text(code))


def upload_error_message(code: str) -> CodeMessage:
    """The words of an error code for a film that could not be taken, in the active language."""
    return _problem(code, error_texts.upload_error_text(code))


def warning_message(code: str) -> CodeMessage:
    """The words of a warning code in the active language."""
    return _problem(code, error_texts.warning_text(code))


def _problem(code: str, words: error_texts.ErrorText) -> CodeMessage:
    return CodeMessage(code=code, message=str(words.message), advice=str(words.advice))


def clip_status(clip: Clip) -> ClipStatus:
    """Read the clip's row again and say where it stands. At most three queries."""
    fresh = Clip.objects.select_related("package").get(pk=clip.pk)
    return ClipStatus(
        id=fresh.public_id,
        state=fresh.state,
        error=error_message(fresh.error_code) if fresh.error_code else None,
        duration=fresh.duration_s,
        has_package=fresh.package_id is not None,
        renditions=_rungs(fresh),
        warnings=tuple(warning_message(code) for code in fresh.warnings),
    )


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
        label=str(job.get_step_display()),
        percent=int(job.progress * 100),
        attempts=job.attempts,
        rest_s=stages.rest_s(job, elapsed_s),
        cancelling=job.cancel_requested and job.status not in FINAL_STATUSES,
    )


def _rungs(clip: Clip) -> tuple[RenditionSummary, ...]:
    if clip.package is None:
        return ()
    rungs = clip.package.renditions.filter(kind=Rendition.Kind.VIDEO)
    return tuple(RenditionSummary(r.codec, r.width, r.height, r.size_bytes, r.bandwidth) for r in rungs)
