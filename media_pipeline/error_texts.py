"""What people read when something went wrong: one sentence for what happened, one for what to do.

Written for somebody who brought a film and is no technician. Every ``ErrorCode`` and ``WarningCode`` has its
words; a test counts them.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from media_pipeline.captions.formats import caption_format_list
from media_pipeline.ffmpeg.errors import ErrorCode as E
from media_pipeline.ffmpeg.errors import WarningCode as W


@dataclass(frozen=True)
class ErrorText:
    """``message``: what happened. ``advice``: what to do, or that nothing needs doing. Both lazy translations."""

    message: Any
    advice: Any


def _caption_advice() -> str:
    # Translators: formats are e.g. "WebVTT (.vtt) or SubRip (.srt)", in your language.
    advice = gettext("Save the captions again as %(formats)s in UTF-8 and upload that file.")
    return advice % {"formats": caption_format_list(get_language())}


_EXPORT = _("Open the film where it plays, save or share it from there as an MP4, and upload that file.")
_ORIGINAL = _("Send the original from the phone or camera once more; your upload is kept and nothing else is changed.")
_RETRY = _("Your film is safe. Press “Try again”; if it happens again, tell the person who runs this site.")
_ADMIN = _("Your film is safe. The person who runs this site must put this right; the film can then be tried again.")
_NOT_TAKEN = _(
    "The film was not taken: keep your file and upload it again later. "
    "If it happens again, tell the person who runs this site."
)
_NOTHING = _("You need not do anything.")
_CAPTION = lazy(_caption_advice, str)()

REFUSAL_TEXTS: dict[str, ErrorText] = {
    E.EMPTY_FILE: ErrorText(
        _("The file is empty: it holds no data at all."),
        _("The copy from the phone or card probably broke off. Copy the film once more and upload it again."),
    ),
    E.NOT_A_VIDEO: ErrorText(_("This file is not a film that we can read."), _EXPORT),
    E.PLAYLIST_NOT_ALLOWED: ErrorText(
        _("This file is only a list that points to other files; the film itself is not in it."),
        _("Upload the film file itself."),
    ),
    E.NO_VIDEO_STREAM: ErrorText(
        _("There is sound in this file, but no moving picture."),
        _(
            "Upload the film that the sound belongs to. If sound alone is meant, choose “Show it as sound” where this "
            "clip is listed under Clips: a picture of the sound is drawn for it."
        ),
    ),
    E.ENCRYPTED: ErrorText(
        _("This film is copy-protected and cannot be opened."),
        _("Ask the person who made it for a copy without protection."),
    ),
    E.DAMAGED_NO_INDEX: ErrorText(
        _("The file is incomplete: its table of contents is missing, so no player can find the pictures in it."),
        _ORIGINAL,
    ),
    E.NO_DECODABLE_FRAMES: ErrorText(_("Not one picture in this film could be read; the file is damaged."), _ORIGINAL),
    E.UNSUPPORTED_CODEC: ErrorText(_("The film is stored in a way that we cannot read."), _EXPORT),
    E.HDR_UNSUPPORTED: ErrorText(
        _("The film uses extended brightness (HDR) that this site cannot turn into normal pictures."),
        _("Switch off HDR when you save or share the film on the phone, and upload that copy."),
    ),
    E.TOO_SHORT: ErrorText(
        _("The film is too short to be shown."),
        _("Upload a film that lasts at least a moment; a single picture belongs to the news or the page text."),
    ),
    E.TOO_LONG: ErrorText(
        _("The film is longer than this archive accepts."),
        _("Cut it into parts and upload each part as a clip of its own."),
    ),
    E.TOO_LARGE: ErrorText(
        _("The file is larger than this archive accepts."),
        _("Save the film in a smaller size, such as 1080p, and upload that copy."),
    ),
    E.TOO_MUCH_WORK: ErrorText(
        _(
            "This file asks for far more work than its size can be worth; "
            "files like that are often made to block a site."
        ),
        _EXPORT,
    ),
    E.TOO_MANY_STREAMS: ErrorText(_("The file holds too many picture, sound or text tracks."), _EXPORT),
    E.DIMENSIONS: ErrorText(
        _("The picture of this film is too small, too large or too narrow to be shown."),
        _("Save it in a usual size, such as 1080p or 720p, and upload that copy."),
    ),
    E.QUOTA_USER: ErrorText(
        _("This film is larger than the space that is left for the films you bring."),
        _(
            "Delete clips of yours that nobody needs any more, save this film in a smaller size, "
            "or ask the person who runs this site for more space."
        ),
    ),
    E.QUOTA_CITY: ErrorText(
        _("This film is larger than the space that is left for your city."),
        _(
            "Delete clips of the city that nobody needs any more, save this film in a smaller size, "
            "or ask the person who runs this site for more space."
        ),
    ),
    E.CAPTION_EMPTY: ErrorText(_("There are no captions in this file."), _CAPTION),
    E.CAPTION_ENCODING: ErrorText(_("The letters in this caption file could not be read."), _CAPTION),
    E.CAPTION_FORMAT: ErrorText(_("This is not a caption file that we know."), _CAPTION),
    E.CAPTION_NO_HEADER: ErrorText(
        _("The first line of a WebVTT file must be the word WEBVTT, and here it is missing."), _CAPTION
    ),
    E.CAPTION_TIMES: ErrorText(
        _("The times in this caption file make no sense: not one caption could be placed in the film."), _CAPTION
    ),
    E.CAPTION_TOO_LARGE: ErrorText(
        _("This caption file is far larger than captions can be."),
        _("Check that you chose the right file."),
    ),
    E.XML_UNSAFE: ErrorText(
        _("This caption file contains instructions for computers that do not belong in captions."), _CAPTION
    ),
}

FAILURE_TEXTS: dict[str, ErrorText] = {
    E.NO_FFMPEG: ErrorText(_("The software that prepares films is missing on this site."), _ADMIN),
    E.NO_SANDBOX: ErrorText(
        _("This site cannot open films safely at the moment, and so does not open them at all."), _ADMIN
    ),
    E.DISK_FULL: ErrorText(
        _("This site has run out of space."),
        _("Your film is safe. It goes on by itself once the person who runs this site has made room."),
    ),
    E.OUT_OF_MEMORY: ErrorText(_("Preparing the film needed more memory than this site has."), _RETRY),
    E.TIMEOUT: ErrorText(_("Preparing the film took longer than it ever should, and was stopped."), _RETRY),
    E.CANCELLED: ErrorText(_("Somebody stopped this."), _("The film is kept. Press “Try again” to go on.")),
    E.PROBE_FAILED: ErrorText(_("Looking into the film broke off."), _RETRY),
    E.ENCODE_FAILED: ErrorText(_("Preparing the film broke off."), _RETRY),
    E.PACKAGE_FAILED: ErrorText(_("Putting the prepared film together broke off."), _RETRY),
    E.VERIFY_FAILED: ErrorText(_("The prepared film did not pass our check, so it was not published."), _RETRY),
    E.STORAGE_FAILED: ErrorText(_("A file could not be written or read on this site."), _RETRY),
    E.MASTER_MISSING: ErrorText(
        _("The file you brought is not where it was stored."),
        _("Tell the person who runs this site at once; it may be in the backup. Keep your own copy."),
    ),
    E.WORKER_LOST: ErrorText(
        _("The software that prepares films stopped several times while it worked on this one."), _RETRY
    ),
    E.INTERNAL: ErrorText(_("Something went wrong on our side."), _RETRY),
}

WARNING_TEXTS: dict[str, ErrorText] = {
    W.PARTIAL: ErrorText(
        _("The end of the film is missing in the file; what is there is shown."),
        _("If you have the complete film, upload it as a new clip."),
    ),
    W.DAMAGED: ErrorText(
        _("Some pictures in the file are damaged; you may see short faults."),
        _("If you have a better copy, upload it as a new clip."),
    ),
    W.DURATION_MISMATCH: ErrorText(
        _("The file gave a wrong length; the true length is shown."),
        _NOTHING,
    ),
    W.GPS_REMOVED: ErrorText(
        _("The file said where it was filmed. Nobody who watches or downloads the film can see that."), _NOTHING
    ),
    W.HDR_TONE_MAPPED: ErrorText(
        _("The film has extended brightness (HDR); it was turned into normal brightness that every screen shows."),
        _("Look whether bright and dark places are still right."),
    ),
    W.AUDIO_DROPPED: ErrorText(
        _("The sound is stored in a way that we cannot read; the film is shown without it."),
        _("If the sound matters, save the film again as an MP4 and upload it as a new clip."),
    ),
    W.AUDIO_DOWNMIXED: ErrorText(_("The surround sound was mixed down to stereo."), _NOTHING),
    W.NO_AUDIO: ErrorText(_("The film has no sound."), _NOTHING),
    W.VFR_NORMALISED: ErrorText(
        _("The film was recorded with a changing picture rate; it was made even."),
        _NOTHING,
    ),
    W.DEINTERLACED: ErrorText(_("The film comes from television or tape; its picture lines were joined."), _NOTHING),
    W.UPSCALING_AVOIDED: ErrorText(
        _("The picture is small and is shown in its own size; enlarging it would not make it sharper."), _NOTHING
    ),
    W.CAPTION_ENCODING_GUESSED: ErrorText(
        _("This caption file does not say how its letters are stored; we guessed."),
        _("Look whether accents and special letters are right. If not, save them in UTF-8 and upload them again."),
    ),
    W.CAPTION_TIMES: ErrorText(
        _("Some captions had impossible times; we put them right as well as we could."),
        _("Play the clip with these captions and see whether they come at the right moment."),
    ),
    W.EXTRA_TRACKS_DROPPED: ErrorText(
        _("The file holds more than one picture or sound track; the main ones are shown."), _NOTHING
    ),
}

# What went wrong while a film was still on its way: here nothing is kept of it, and nothing goes on by itself.
UPLOAD_ERROR_TEXTS: dict[str, ErrorText] = {
    E.DISK_FULL: ErrorText(
        _("There is not enough room on this site for this film."),
        _(
            "The film was not taken: keep your file. Tell the person who runs this site, "
            "and upload the film again when there is room."
        ),
    ),
    E.STORAGE_FAILED: ErrorText(_("The film did not arrive whole, or could not be written on this site."), _NOT_TAKEN),
    E.INTERNAL: ErrorText(_("Something went wrong on our side."), _NOT_TAKEN),
}

_ERRORS: dict[str, ErrorText] = REFUSAL_TEXTS | FAILURE_TEXTS
_UNKNOWN_WARNING = ErrorText(_("Something about this film was put right."), _NOTHING)


def error_text(code: str) -> ErrorText:
    """The words of an error code. A code of an older version that is gone gets those of ``internal``."""
    return _ERRORS.get(code, FAILURE_TEXTS[E.INTERNAL])


def upload_error_text(code: str) -> ErrorText:
    """The words of an error code for a film that was not taken. Refusals read the same everywhere."""
    return REFUSAL_TEXTS.get(code) or UPLOAD_ERROR_TEXTS.get(code) or UPLOAD_ERROR_TEXTS[E.INTERNAL]


def warning_text(code: str) -> ErrorText:
    """The words of a warning code, also of one that an older version wrote."""
    return WARNING_TEXTS.get(code, _UNKNOWN_WARNING)
