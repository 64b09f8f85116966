"""Words of the player's interface for the page's language.

media-chrome brings seven languages, not all of ours, so every word its controls can say comes from here. They are
media-chrome's own keys (``media-chrome/dist/lang/en.js``), which are also our message ids.
"""

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

PLAYER_LABELS = (
    _("Captions"),
    _("Enable captions"),
    _("Disable captions"),
    _("Enter fullscreen mode"),
    _("Exit fullscreen mode"),
    _("Mute"),
    _("Unmute"),
    _("Enter picture in picture mode"),
    _("Exit picture in picture mode"),
    _("Play"),
    _("Pause"),
    _("Playback rate"),
    _("Playback rate {playbackRate}"),
    _("Quality"),
    _("Auto"),
    _("Off"),
    _("video player"),
    _("volume"),
    _("seek"),
    _("closed captions"),
    _("current playback rate"),
    _("playback time"),
    _("media loading"),
    _("quality"),
    _("play"),
    _("pause"),
    _("mute"),
    _("unmute"),
    _("chapter: {chapterName}"),
    _("enter fullscreen mode"),
    _("exit fullscreen mode"),
    _("enter picture in picture mode"),
    _("exit picture in picture mode"),
    _("Network Error"),
    _("Decode Error"),
    _("Source Not Supported"),
    _("A network error caused the media download to fail."),
    _(
        "A media error caused playback to be aborted. "
        "The media could be corrupt or your browser does not support this format."
    ),
    _("An unsupported error occurred. The server or network failed, or your browser does not support this format."),
    _("hour"),
    _("hours"),
    _("minute"),
    _("minutes"),
    _("second"),
    _("seconds"),
    _("{time} remaining"),
    _("{currentTime} of {totalTime}"),
    _("video not loaded, unknown time."),
)


def player_labels() -> dict:
    """Return ``{"lang": code, "label": str, "strings": {key: text}}`` in the active language."""
    return {
        "lang": get_language(),
        "label": gettext("video player"),
        "strings": {key: gettext(key) for key in PLAYER_LABELS},
    }
