"""Adding a clip without a form: validate the submission, store the file, create the page below the city."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from home.editing.clip_page_draft import create_clip_page
from home.i18n.fields import content_languages
from home.i18n.formats import format_list
from home.models import CityPage
from media_pipeline import api
from media_pipeline.models import Clip


@dataclass(frozen=True)
class ClipSubmission:
    """A file by path, the city's slug, headline and spoken language."""

    path: str
    city_slug: str
    title: str
    language: str
    publish: bool = False
    sound_only: bool = False


class RefusedSubmissionError(Exception):
    """The submission is invalid. ``code`` for scripts, ``message`` for people, in the active language."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def add_clip(submission: ClipSubmission) -> Clip:
    """Store the original file, queue its job, and add its page. The submitted file is copied, not moved.

    Raises RefusedSubmissionError before anything is stored, MediaError as ``media_pipeline.api.ingest_clip`` does.
    """
    title, path = submission.title.strip(), Path(submission.path)
    if not title:
        raise RefusedSubmissionError("no_title", _("A clip needs a title."))
    _check_language(submission.language)
    city = _city(submission.city_slug)
    _check_file(path)
    clip = api.ingest_clip(
        path,
        title=title,
        spoken_language=submission.language,
        collection=city.collection_id,
        sound_only=submission.sound_only,
    )
    create_clip_page(clip, city, headline=title, language=submission.language, publish=submission.publish)
    return clip


def _check_language(code: str) -> None:
    known = content_languages()
    if code not in known:
        # Translators: code is a language code such as "de", known a list of codes.
        message = _("“%(code)s” is not one of this site’s languages. Available: %(known)s.")
        raise RefusedSubmissionError("unknown_language", message % {"code": code, "known": format_list(known)})


def _city(slug: str) -> CityPage:
    city = CityPage.objects.filter(slug=slug).first()
    if city is None:
        known = format_list(CityPage.objects.order_by("slug").values_list("slug", flat=True))
        # Translators: a slug is the part of an address that names a page, known a list of slugs.
        message = _("No city has the slug “%(slug)s”. Available: %(known)s.")
        raise RefusedSubmissionError("unknown_city", message % {"slug": slug, "known": known or "-"})
    return city


def _check_file(path: Path) -> None:
    if not path.exists():
        raise RefusedSubmissionError("file_missing", _("File not found: %(path)s") % {"path": path})
    if not path.is_file():
        raise RefusedSubmissionError("no_file", _("Not a file: %(path)s") % {"path": path})
    try:
        path.open("rb").close()
    except OSError as problem:
        # Translators: reason is what the computer said, often in English.
        message = _("Can’t read the file %(path)s: %(reason)s")
        raise RefusedSubmissionError(
            "file_unreadable", message % {"path": path, "reason": problem.strerror}
        ) from problem
