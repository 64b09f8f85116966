"""What people read when something went wrong: one sentence for what happened, one for what to do.

Written for people who upload a video and are not technicians. Every ``ErrorCode`` and ``WarningCode`` has its
text; a test counts them.
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


@dataclass(frozen=True)
class CodeMessage:
    """A code with its text: ``message`` says what happened, ``advice`` what to do, in the active language."""

    code: str
    message: str
    advice: str


def _caption_advice() -> str:
    # Translators: formats are e.g. "WebVTT (.vtt) or SubRip (.srt)", in your language.
    advice = gettext("Save the captions again as %(formats)s in UTF-8 and upload that file.")
    return advice % {"formats": caption_format_list(get_language())}


_EXPORT = _("Open the video where it plays, export it as an MP4 and upload that file.")
_ORIGINAL = _("Please send the original from the phone or camera. Your upload is kept.")
_RETRY = _("Your file is safe. Try again; if it keeps happening, tell the site administrator.")
_ADMIN = _("Your file is safe. The site administrator has to fix this. Then you can try again.")
_NOT_TAKEN = _(
    "The upload didn’t work. Keep your file and try again later. If it keeps happening, tell the site administrator."
)
_NOTHING = _("You don’t need to do anything.")
_PLAY_CAPTIONS = _("Play the clip with these captions and check that they appear at the right time.")
_CAPTION = lazy(_caption_advice, str)()

REFUSAL_TEXTS: dict[str, ErrorText] = {
    E.EMPTY_FILE: ErrorText(
        _("This file is empty."),
        _("Copying from the phone or card was probably interrupted. Copy the video again and upload it."),
    ),
    E.NOT_A_VIDEO: ErrorText(
        _("We can’t read this file as a video."),
        _(
            "Open the video where it plays, export it as an MP4 and upload that file. "
            "Upload photos as pictures, not as clips."
        ),
    ),
    E.PLAYLIST_NOT_ALLOWED: ErrorText(
        _("This file is only a list of other files. The video itself is not in it."),
        _("Upload the video file itself."),
    ),
    E.NO_VIDEO_STREAM: ErrorText(
        _("This file has sound but no picture. Is that what you want?"),
        _(
            "If so, open this clip under Clips and choose “Publish as audio”: we’ll draw a picture of the sound. "
            "If not, upload the video that the sound belongs to."
        ),
    ),
    E.ENCRYPTED: ErrorText(
        _("This video is copy-protected, so we can’t open it."),
        _("Ask the person who made it for a copy without protection."),
    ),
    E.DAMAGED_NO_INDEX: ErrorText(
        _("The file is incomplete: its index is missing. The copy was probably interrupted."),
        _ORIGINAL,
    ),
    E.NO_DECODABLE_FRAMES: ErrorText(_("The video is damaged: no picture could be read."), _ORIGINAL),
    E.UNSUPPORTED_CODEC: ErrorText(_("We can’t read the format of this video."), _EXPORT),
    E.HDR_UNSUPPORTED: ErrorText(
        _("This is an HDR video that this site can’t convert."),
        _("Turn off HDR when you export or share the video on your phone, and upload that copy."),
    ),
    E.TOO_SHORT: ErrorText(
        _("This video is too short."),
        _("Upload a longer video. You can put a single picture in the news or in the text of a page."),
    ),
    E.TOO_LONG: ErrorText(
        _("This video is too long for this archive."),
        _("Cut it into parts and upload each part as its own clip."),
    ),
    E.TOO_LARGE: ErrorText(
        _("This file is too large for this archive."),
        _("Export the video in a smaller size, for example 1080p, and upload that copy."),
    ),
    E.TOO_MUCH_WORK: ErrorText(
        _("This file needs far more processing than a normal video, so we can’t accept it."),
        _EXPORT,
    ),
    E.TOO_MANY_STREAMS: ErrorText(_("This file has too many video, audio or text tracks."), _EXPORT),
    E.DIMENSIONS: ErrorText(
        _("The picture of this video is too small, too large or too narrow."),
        _("Export it in a common size, for example 1080p or 720p, and upload that copy."),
    ),
    E.QUOTA_USER: ErrorText(
        _("You don’t have enough space left for this file."),
        _("Delete clips you no longer need, export a smaller video, or ask the site administrator for more space."),
    ),
    E.QUOTA_CITY: ErrorText(
        _("Your city doesn’t have enough space left for this file."),
        _(
            "Delete clips your city no longer needs, export a smaller video, or ask the site "
            "administrator for more space."
        ),
    ),
    E.CAPTION_EMPTY: ErrorText(_("There are no captions in this file."), _CAPTION),
    E.CAPTION_ENCODING: ErrorText(_("The text encoding couldn’t be read."), _CAPTION),
    E.CAPTION_FORMAT: ErrorText(_("We can’t read this caption format."), _CAPTION),
    E.CAPTION_NO_HEADER: ErrorText(
        _("The first line of a WebVTT file must be the word WEBVTT. It is missing here."), _CAPTION
    ),
    E.CAPTION_TIMES: ErrorText(_("The times in this caption file are wrong: no caption fits the clip."), _CAPTION),
    E.CAPTION_TOO_LARGE: ErrorText(
        _("This file is too large for a caption file."),
        _("Check that you chose the right file."),
    ),
    E.XML_UNSAFE: ErrorText(_("This caption file contains code that doesn’t belong in captions."), _CAPTION),
}

FAILURE_TEXTS: dict[str, ErrorText] = {
    E.NO_FFMPEG: ErrorText(_("The software that prepares videos is missing on this site."), _ADMIN),
    E.NO_SANDBOX: ErrorText(_("This site can’t open videos safely right now, so it doesn’t open any."), _ADMIN),
    E.DISK_FULL: ErrorText(
        _("This site has no space left."),
        _("Your file is safe. Preparing continues automatically when the site administrator has freed space."),
    ),
    E.OUT_OF_MEMORY: ErrorText(_("Preparing the video needs more memory than this site has."), _RETRY),
    E.TIMEOUT: ErrorText(_("Preparing the video took too long, so we stopped it."), _RETRY),
    E.CANCELLED: ErrorText(_("Someone cancelled this."), _("Your file is safe. Press “Try again” to continue.")),
    E.PROBE_FAILED: ErrorText(_("Checking the video failed."), _RETRY),
    E.ENCODE_FAILED: ErrorText(_("Preparing the video failed."), _RETRY),
    E.PACKAGE_FAILED: ErrorText(_("Packaging the video failed."), _RETRY),
    E.VERIFY_FAILED: ErrorText(_("The prepared video didn’t pass our check, so we didn’t publish it."), _RETRY),
    E.STORAGE_FAILED: ErrorText(_("This site couldn’t read or write a file."), _RETRY),
    E.MASTER_MISSING: ErrorText(
        _("The original file is missing."),
        _("Tell the site administrator at once: it may be in the backup. Keep your own copy."),
    ),
    E.WORKER_LOST: ErrorText(
        _("The software that prepares videos stopped several times while working on this one."), _RETRY
    ),
    E.INTERNAL: ErrorText(_("Something went wrong on our side."), _RETRY),
}

WARNING_TEXTS: dict[str, ErrorText] = {
    W.PARTIAL: ErrorText(
        _("The end of the file is missing. We published what is there."),
        _("If you have the complete video, upload it as a new clip."),
    ),
    W.PART_UNREAD: ErrorText(
        _("We couldn’t read a part of this file. It may be several videos joined into one file."),
        _(
            "Check whether something is missing in the clip. If so, join the videos in an editing program, or upload "
            "each one as a new clip."
        ),
    ),
    W.DAMAGED: ErrorText(
        _("Some pictures in the video are damaged. You may see short picture errors."),
        _("If you have a better copy, upload it as a new clip."),
    ),
    W.DURATION_MISMATCH: ErrorText(_("The length in the file was wrong. We show the real length."), _NOTHING),
    W.GPS_REMOVED: ErrorText(_("The file contained location data. Viewers can’t see it."), _NOTHING),
    W.HDR_TONE_MAPPED: ErrorText(
        _("This was an HDR video. We converted it so that every screen can show it."),
        _("Check that bright and dark areas look right."),
    ),
    W.COLOUR_ASSUMED: ErrorText(
        _("The video describes its colours in an unusual way. We show them as most players do."),
        _(
            "Check that the colours look right. If not, export the video with standard colours (BT.709) and "
            "upload it as a new clip."
        ),
    ),
    W.AUDIO_DROPPED: ErrorText(
        _("We can’t read this audio format, so the clip has no sound."),
        _("If the sound matters, export the video as an MP4 and upload it as a new clip."),
    ),
    W.AUDIO_DOWNMIXED: ErrorText(_("We converted the surround sound to stereo."), _NOTHING),
    W.NO_AUDIO: ErrorText(_("This video has no sound."), _NOTHING),
    W.VFR_NORMALISED: ErrorText(_("The frame rate varied; we made it constant."), _NOTHING),
    W.DEINTERLACED: ErrorText(_("The video was interlaced; we converted it."), _NOTHING),
    W.UPSCALING_AVOIDED: ErrorText(_("The video is small, so it is shown in its original size."), _NOTHING),
    W.CAPTION_ENCODING_GUESSED: ErrorText(
        _("We guessed the text encoding."),
        _("Check accents and special letters. If they are wrong, save the file in UTF-8 and upload it again."),
    ),
    W.CAPTION_TIMES: ErrorText(
        _("Some captions had impossible times. We corrected them as well as we could."),
        _PLAY_CAPTIONS,
    ),
    W.CAPTION_CHARACTERS: ErrorText(
        _("Some characters in this file were damaged. Each of them is shown as �."),
        _("Look for � in the captions. If you have an undamaged copy of the file, upload that one."),
    ),
    W.CAPTION_SYNTAX: ErrorText(
        _("Some lines weren’t written the way the format wants them. We read them all the same."), _PLAY_CAPTIONS
    ),
    W.CAPTION_OTHER_FORMAT: ErrorText(
        _("This file is in another format than its name says. We read what is in it."), _NOTHING
    ),
    W.CAPTION_FRAME_RATE: ErrorText(
        _("The times in this file are counted in frames, but it doesn’t say how many make a second. We assumed it."),
        _PLAY_CAPTIONS,
    ),
    W.CAPTION_REPEATS: ErrorText(
        _("These look like automatic captions that repeat every line. We kept each line once."), _PLAY_CAPTIONS
    ),
    W.CAPTION_EFFECTS: ErrorText(
        _("Effects such as karaoke, drawings or movement were left out. All words are kept."), _NOTHING
    ),
    W.CAPTION_BEYOND_CLIP: ErrorText(
        _("Some captions start after the end of the clip. They are kept, but nobody will see them."),
        _("Check that the captions belong to this version of the clip."),
    ),
    W.CLOCK_MENDED: ErrorText(
        _("The times in this video jump, as in recordings that were paused or joined. We put the parts together."),
        _("Play the places where the parts meet and check that nothing is missing."),
    ),
    W.PICTURE_HELD: ErrorText(
        _("The sound lasts longer than the picture. The last picture stays until the sound ends."), _NOTHING
    ),
    W.NO_SOUND_HEARD: ErrorText(
        _("There is nothing to hear in this video: its sound is silent."),
        _("If there should be sound, check the original and upload it as a new clip."),
    ),
    W.SOUND_ONE_SIDED: ErrorText(
        _("The sound was on one side only, or each voice on a side of its own. You now hear it on both sides."),
        _("If it should stay as it was, tick “Keep the sound as it is” in the details."),
    ),
    W.SOUND_OUT_OF_PHASE: ErrorText(
        _("Left and right cancelled each other out: many phones would have played nothing. We corrected that."),
        _("If it should stay as it was, tick “Keep the sound as it is” in the details."),
    ),
    W.ALL_BLACK: ErrorText(
        _("There is nothing to see in this video: its picture is black."),
        _("If there should be a picture, check the original and upload it as a new clip."),
    ),
    W.EXTRA_TRACKS_DROPPED: ErrorText(
        _("This file has more than one video or audio track. We use the main ones."), _NOTHING
    ),
}

# What went wrong during the upload: nothing of the file is stored, and nothing is tried again.
UPLOAD_ERROR_TEXTS: dict[str, ErrorText] = {
    E.DISK_FULL: ErrorText(
        _("There isn’t enough space left on this site for this file."),
        _("Keep your file and tell the site administrator. Upload it when there is space again."),
    ),
    E.STORAGE_FAILED: ErrorText(_("The upload was incomplete or couldn’t be saved."), _NOT_TAKEN),
    E.INTERNAL: ErrorText(_("Something went wrong on our side."), _NOT_TAKEN),
}

_ERRORS: dict[str, ErrorText] = REFUSAL_TEXTS | FAILURE_TEXTS
_UNKNOWN_WARNING = ErrorText(_("Something in this video was corrected."), _NOTHING)


def error_message(code: str) -> CodeMessage:
    """The text of an error code. A code of an older version that is gone gets that of ``internal``."""
    return _message(code, _ERRORS.get(code, FAILURE_TEXTS[E.INTERNAL]))


def upload_error_message(code: str) -> CodeMessage:
    """The text of an error code for a file that was not stored. Refusals read the same everywhere."""
    return _message(code, REFUSAL_TEXTS.get(code) or UPLOAD_ERROR_TEXTS.get(code) or UPLOAD_ERROR_TEXTS[E.INTERNAL])


def warning_message(code: str) -> CodeMessage:
    """The text of a warning code, also of one that an older version wrote."""
    return _message(code, WARNING_TEXTS.get(code, _UNKNOWN_WARNING))


def _message(code: str, text: ErrorText) -> CodeMessage:
    return CodeMessage(code=code, message=str(text.message), advice=str(text.advice))
