"""What the list, the detail page and the live progress say about one clip, as plain values."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from home.context.poster import still_of
from home.i18n import durations
from home.i18n.fields import completeness, content_languages
from home.i18n.languages import own_name
from home.models import CityPage, ClipPage
from media_pipeline import api
from media_pipeline.models import Clip, Job
from media_pipeline.status import job_progress

# What the badge looks like; the words say the same, so colour is never alone.
TONES = {
    Clip.State.READY: "good",
    Clip.State.FAILED: "bad",
    Clip.State.REJECTED: "bad",
    Clip.State.WITHDRAWN: "quiet",
}


@dataclass(frozen=True)
class Standing:
    """Where a clip stands. ``percent`` is 0 to 100; ``label`` is empty unless something is going on."""

    state: str
    words: str
    tone: str
    percent: int
    label: str
    rest: str
    busy: bool
    watchable: bool
    problem: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class TextState:
    """How far a page's text is in one language: complete, partial or missing."""

    code: str
    name: str
    state: str
    done: int
    needed: int


def for_list(clips: QuerySet[Clip]) -> QuerySet[Clip]:
    """Load with the clips all that their rows show, in a constant number of queries."""
    # Bodies are loaded too: how far a page is translated is asked of all its languages.
    newest_first = Job.objects.order_by("-created_at")
    return clips.select_related("package", "poster__package", "uploader").prefetch_related(
        "captions",
        Prefetch("jobs", queryset=newest_first, to_attr="jobs_newest_first"),
        Prefetch("pages", queryset=ClipPage.objects.all(), to_attr="clip_pages"),
    )


def newest_job(clip: Clip) -> Job | None:
    """The last thing that was asked of the pipeline for this clip."""
    jobs = getattr(clip, "jobs_newest_first", None)
    if jobs is None:
        return clip.jobs.order_by("-created_at").first()
    return jobs[0] if jobs else None


def page_of(clip: Clip) -> ClipPage | None:
    """The page that shows the clip, live or draft."""
    pages = getattr(clip, "clip_pages", None)
    if pages is None:
        return ClipPage.objects.filter(clip=clip).first()
    return pages[0] if pages else None


def standing(clip: Clip) -> Standing:
    """Say in words where ``clip`` stands, with percent and rest while it is being made."""
    job, page = newest_job(clip), page_of(clip)
    progress = job_progress(job) if job else None
    busy = progress is not None and not progress.over and clip.state != Clip.State.WITHDRAWN
    published = clip.state == Clip.State.READY and page is not None and page.live
    return Standing(
        state="PUBLISHED" if published else clip.state,
        words=_("published") if published else str(clip.get_state_display()),
        tone="public" if published else TONES.get(clip.state, "busy"),
        percent=progress.percent if busy else 0,
        label=_step_words(progress) if busy else "",
        rest=_("about %(time)s left") % {"time": durations.spoken(max(1, progress.rest_s))}
        if busy and progress.rest_s is not None
        else "",
        busy=busy,
        watchable=(clip.package_id or clip.preview_id) is not None,
        problem=api.problem(clip.error_code).message if clip.error_code else "",
    )


def _step_words(progress) -> str:
    if progress.cancelling:
        return _("stopping")
    if progress.status == Job.Status.QUEUED:
        return _("waiting for its turn")
    return progress.label


def text_states(page: ClipPage | None) -> list[TextState]:
    """How far the page's text is in each language, in the order of the setting; empty without a page."""
    if page is None:
        return []
    return [_text_state(page, code) for code in content_languages()]


def _text_state(page: ClipPage, code: str) -> TextState:
    done, needed = completeness(page, code)
    state = "complete" if needed and done == needed else "partial" if done else "missing"
    return TextState(code, own_name(code), state, done, needed)


def city_names(clips: list[Clip]) -> dict[int, str]:
    """Titles of the cities that own these clips, one query."""
    refs = {clip.city_ref for clip in clips if clip.city_ref}
    return dict(CityPage.objects.filter(pk__in=refs).values_list("pk", "title"))


def length(clip: Clip) -> str:
    """``1:42``, empty before the first package."""
    return durations.clock(clip.duration_s)


def thumbnail(clip: Clip) -> str:
    """Address of the poster, empty without one."""
    return still_of(clip).url
