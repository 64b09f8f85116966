"""What the list, the detail page and the live progress say about one clip, as plain values."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from home.i18n import durations
from home.i18n.fields import completeness, content_languages
from home.i18n.languages import native_name
from home.models import ClipPage
from media_pipeline import api
from media_pipeline.models import Clip, Job

# What the badge looks like; the text says the same, so colour is never alone.
TONES = {Clip.State.READY: "good", Clip.State.FAILED: "bad", Clip.State.REJECTED: "bad", Clip.State.WITHDRAWN: "quiet"}


# What ``api.job_progress`` reads of a job.
JOB_FIELDS = ("status", "step", "progress", "attempts", "cancel_requested", "cost_s", "step_started_at")


@dataclass(frozen=True)
class ClipStatusRow:
    """State and progress of a clip. ``percent`` is 0 to 100; ``progress`` says it in words, empty unless ``busy``."""

    state: str
    text: str
    tone: str
    percent: int
    progress: str
    busy: bool
    watchable: bool
    problem: str


@dataclass(frozen=True)
class TranslationRow:
    """How far a page's text is translated in one language: complete, partial or missing."""

    code: str
    name: str
    state: str
    done: int
    needed: int


def page_of(clip: Clip) -> ClipPage | None:
    """The page that shows the clip, live or draft."""
    pages = getattr(clip, "clip_pages", None)
    if pages is None:
        return ClipPage.objects.filter(clip=clip).first()
    return pages[0] if pages else None


def clip_status_row(clip: Clip) -> ClipStatusRow:
    """The clip's state in words, with percent and time left while it is being prepared.

    The clip was read with the data of the column ``STATUS``.
    """
    page = page_of(clip)
    job = Job(**{name: getattr(clip, f"job_{name}") for name in JOB_FIELDS}) if clip.job_status else None
    progress = api.job_progress(job) if job else None
    busy = progress is not None and clip.state != Clip.State.WITHDRAWN
    published = clip.state == Clip.State.READY and page is not None and page.live
    text, tone = str(clip.get_state_display()), TONES.get(clip.state, "busy")
    if published:
        text, tone = pgettext("clip state", "Published"), "public"
    elif is_question(clip):
        text, tone = pgettext("clip state", "Needs your answer"), "busy"
    return ClipStatusRow(
        state="PUBLISHED" if published else clip.state,
        text=text,
        tone=tone,
        percent=progress.percent if busy else 0,
        progress=_progress_line(progress) if busy else "",
        busy=busy,
        watchable=(clip.package_id or clip.preview_id) is not None,
        problem=api.error_message(clip.error_code).message if clip.error_code else "",
    )


def is_question(clip: Clip) -> bool:
    """Whether the clip waits for a person to say that sound without a picture is meant."""
    return clip.state == Clip.State.REJECTED and clip.error_code == api.ErrorCode.NO_VIDEO_STREAM


def _progress_line(progress: api.JobProgress) -> str:
    values = {"step": progress.label, "percent": progress.percent}
    if progress.remaining_s is None:
        # Translators: step is what is being done, such as "Packaging".
        return _("%(step)s: %(percent)d%%") % values
    values["time"] = durations.spoken_duration(max(1, progress.remaining_s))
    # Translators: step is what is being done, such as "Packaging"; time is a length such as "5 minutes".
    return _("%(step)s: %(percent)d%%. About %(time)s left.") % values


def translation_rows(page: ClipPage | None) -> list[TranslationRow]:
    """How far the page's text is in each language, in the order of the setting; empty without a page."""
    if page is None:
        return []
    rows = []
    for code in content_languages():
        done, needed = completeness(page, code)
        state = "complete" if needed and done == needed else "partial" if done else "missing"
        rows.append(TranslationRow(code, native_name(code), state, done, needed))
    return rows
