"""What a clip's state looks like from outside: frozen values for a command, a page or an admin list."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone

from media_pipeline import error_texts
from media_pipeline.jobs import progress as stages
from media_pipeline.models import Clip, Job, Rendition

FINAL = (Job.Status.DONE, Job.Status.FAILED, Job.Status.CANCELLED)


@dataclass(frozen=True)
class Problem:
    """A code with its words: ``message`` says what happened, ``advice`` what to do, in the active language."""

    code: str
    message: str
    advice: str


@dataclass(frozen=True)
class RungFacts:
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
    error: Problem | None
    duration: float | None
    has_package: bool
    renditions: tuple[RungFacts, ...]
    warnings: tuple[Problem, ...]

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
        return self.status in FINAL


def problem(code: str) -> Problem:
    """The words of an error code in the active language."""
    return _problem(code, error_texts.error_words(code))


def not_taken(code: str) -> Problem:
    """The words of an error code for a film that could not be taken, in the active language."""
    return _problem(code, error_texts.door_words(code))


def warning(code: str) -> Problem:
    """The words of a warning code in the active language."""
    return _problem(code, error_texts.warning_words(code))


def _problem(code: str, words: error_texts.Words) -> Problem:
    return Problem(code=code, message=str(words.message), advice=str(words.advice))


def status(clip: Clip) -> ClipStatus:
    """Read the clip's row again and say where it stands. At most three queries."""
    fresh = Clip.objects.select_related("package").get(pk=clip.pk)
    return ClipStatus(
        id=fresh.public_id,
        state=fresh.state,
        error=problem(fresh.error_code) if fresh.error_code else None,
        duration=fresh.duration_s,
        has_package=fresh.package_id is not None,
        renditions=_rungs(fresh),
        warnings=tuple(warning(code) for code in fresh.warnings),
    )


def progress(clip: Clip) -> JobProgress | None:
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
        cancelling=job.cancel_requested and job.status not in FINAL,
    )


def _rungs(clip: Clip) -> tuple[RungFacts, ...]:
    if clip.package is None:
        return ()
    rungs = clip.package.renditions.filter(kind=Rendition.Kind.VIDEO)
    return tuple(RungFacts(r.codec, r.width, r.height, r.size_bytes, r.bandwidth) for r in rungs)
