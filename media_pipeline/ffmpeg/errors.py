"""Error and warning codes. `media_pipeline/error_texts.py` has one sentence for people per code.

An `ErrorCode` ends a job; a `WarningCode` is stored with a clip that became ready all the same.
"""

from enum import StrEnum
from itertools import takewhile


class ErrorCode(StrEnum):
    """Why there is no result. `REFUSALS` are the file's own fault; the others are ours to repair."""

    # The file is not what it says.
    EMPTY_FILE = "empty_file"
    NOT_A_VIDEO = "not_a_video"
    PLAYLIST_NOT_ALLOWED = "playlist_not_allowed"
    NO_VIDEO_STREAM = "no_video_stream"
    ENCRYPTED = "encrypted"
    # The file is broken beyond use.
    DAMAGED_NO_INDEX = "damaged_no_index"
    NO_DECODABLE_FRAMES = "no_decodable_frames"
    UNSUPPORTED_CODEC = "unsupported_codec"
    HDR_UNSUPPORTED = "hdr_unsupported"
    # The file is outside of the limits (inspect/limits.py).
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_LARGE = "too_large"
    TOO_MUCH_WORK = "too_much_work"
    TOO_MANY_STREAMS = "too_many_streams"
    DIMENSIONS = "dimensions"
    # The quota of this person or city is used up.
    QUOTA_USER = "quota_user"
    QUOTA_CITY = "quota_city"
    # A caption file that cannot be read.
    CAPTION_EMPTY = "caption_empty"
    CAPTION_ENCODING = "caption_encoding"
    CAPTION_FORMAT = "caption_format"
    CAPTION_NO_HEADER = "caption_no_header"
    CAPTION_TIMES = "caption_times"
    CAPTION_TOO_LARGE = "caption_too_large"
    XML_UNSAFE = "xml_unsafe"  # XML with a DOCTYPE or entities of its own
    # All codes above are `REFUSALS`. From here on we failed, and the file may be fine.
    NO_FFMPEG = "no_ffmpeg"
    NO_SANDBOX = "no_sandbox"
    DISK_FULL = "disk_full"
    OUT_OF_MEMORY = "out_of_memory"
    TIMEOUT = "timeout"
    CANCELLED = "cancelled"
    PROBE_FAILED = "probe_failed"
    ENCODE_FAILED = "encode_failed"
    PACKAGE_FAILED = "package_failed"
    VERIFY_FAILED = "verify_failed"
    STORAGE_FAILED = "storage_failed"
    MASTER_MISSING = "master_missing"
    WORKER_LOST = "worker_lost"
    INTERNAL = "internal"


REFUSALS = frozenset(takewhile(lambda code: code is not ErrorCode.NO_FFMPEG, ErrorCode))
"""Codes that say: this input will be refused again, however often we try."""


class WarningCode(StrEnum):
    """What was repaired, or lost, while a clip was prepared."""

    PARTIAL = "partial"  # the end of the file is missing
    PART_UNREAD = "part_unread"  # the file holds more than was read: films joined byte by byte
    DAMAGED = "damaged"  # some frames could not be decoded
    DURATION_MISMATCH = "duration_mismatch"  # the header gives a wrong length
    GPS_REMOVED = "gps_removed"
    HDR_TONE_MAPPED = "hdr_tone_mapped"
    COLOUR_ASSUMED = "colour_assumed"  # names of colours that we do not follow; shown as players do
    AUDIO_DROPPED = "audio_dropped"  # an audio track we cannot decode
    AUDIO_DOWNMIXED = "audio_downmixed"
    NO_AUDIO = "no_audio"
    VFR_NORMALISED = "vfr_normalised"
    DEINTERLACED = "deinterlaced"
    UPSCALING_AVOIDED = "upscaling_avoided"  # the source is smaller than the ladder's floor
    CAPTION_ENCODING_GUESSED = "caption_encoding_guessed"  # not Unicode; read in the encoding that fits its language
    CAPTION_TIMES = "caption_times"  # cues out of order, ending before they start, or without a readable time
    CAPTION_CHARACTERS = "caption_characters"  # bytes that are no letter in the encoding of the file
    CAPTION_SYNTAX = "caption_syntax"  # arrows, digits or structure typed otherwise than the format has them
    CAPTION_OTHER_FORMAT = "caption_other_format"  # another format than the file's name says
    CAPTION_FRAME_RATE = "caption_frame_rate"  # times in pictures, and nobody says how many a second
    CAPTION_REPEATS = "caption_repeats"  # automatic captions that repeat each line as it rolls up
    CAPTION_EFFECTS = "caption_effects"  # karaoke, drawings, animations
    CAPTION_BEYOND_CLIP = "caption_beyond_clip"  # captions that start after the clip's end
    CLOCK_MENDED = "clock_mended"  # the timestamps jump: the parts follow each other
    PICTURE_HELD = "picture_held"  # the sound is longer than the picture
    NO_SOUND_HEARD = "no_sound_heard"  # there is a sound track, and it is silent
    SOUND_ONE_SIDED = "sound_one_sided"  # on one side only, or two microphones on a side each: now on both
    SOUND_OUT_OF_PHASE = "sound_out_of_phase"  # left is right turned over: mended
    ALL_BLACK = "all_black"  # there is nothing to be seen
    EXTRA_TRACKS_DROPPED = "extra_tracks_dropped"  # further video or audio tracks are not shown


DAMAGE_WARNINGS = frozenset(
    {WarningCode.PARTIAL, WarningCode.PART_UNREAD, WarningCode.DAMAGED, WarningCode.DURATION_MISMATCH}
)
"""The file is damaged, cut, not read to its end, or wrong about its length."""


class MediaError(Exception):
    """The one exception of media_pipeline.ffmpeg and media_pipeline.captions.

    `code` says what happened, `argv` and `stderr_tail` are for the log and the admin, never for the public.
    `permanent` is True when trying again cannot help; left out, it follows from the code.
    """

    def __init__(
        self,
        code: ErrorCode,
        detail: str = "",
        *,
        argv: tuple[str, ...] = (),
        stderr_tail: str = "",
        permanent: bool | None = None,
    ) -> None:
        super().__init__(f"{code.value}: {detail}" if detail else code.value)
        self.code = code
        self.detail = detail
        self.argv = argv
        self.stderr_tail = stderr_tail
        self.permanent = code in {*REFUSALS, ErrorCode.CANCELLED} if permanent is None else permanent

    @property
    def refused(self) -> bool:
        """The input's fault: the person who sent it can do something about it."""
        return self.code in REFUSALS

    @property
    def failed(self) -> bool:
        """Ours: the machine, the tools or the code."""
        return not self.refused
