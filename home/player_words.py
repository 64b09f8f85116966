"""Words of the player's interface for the page's language.

media-chrome brings seven languages; ours are thirteen, so every word its controls can say comes from here. The keys are
media-chrome's own (``media-chrome/dist/lang/en.js``), which are also our message ids.
"""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

WORDS = {
    "Captions": _("Captions"),
    "Enable captions": _("Enable captions"),
    "Disable captions": _("Disable captions"),
    "Enter fullscreen mode": _("Enter fullscreen mode"),
    "Exit fullscreen mode": _("Exit fullscreen mode"),
    "Mute": _("Mute"),
    "Unmute": _("Unmute"),
    "Enter picture in picture mode": _("Enter picture in picture mode"),
    "Exit picture in picture mode": _("Exit picture in picture mode"),
    "Play": _("Play"),
    "Pause": _("Pause"),
    "Playback rate": _("Playback rate"),
    "Playback rate {playbackRate}": _("Playback rate {playbackRate}"),
    "Quality": _("Quality"),
    "Auto": _("Auto"),
    "Off": _("Off"),
    "video player": _("video player"),
    "volume": _("volume"),
    "seek": _("seek"),
    "closed captions": _("closed captions"),
    "current playback rate": _("current playback rate"),
    "playback time": _("playback time"),
    "media loading": _("media loading"),
    "quality": _("quality"),
    "play": _("play"),
    "pause": _("pause"),
    "mute": _("mute"),
    "unmute": _("unmute"),
    "chapter: {chapterName}": _("chapter: {chapterName}"),
    "enter fullscreen mode": _("enter fullscreen mode"),
    "exit fullscreen mode": _("exit fullscreen mode"),
    "enter picture in picture mode": _("enter picture in picture mode"),
    "exit picture in picture mode": _("exit picture in picture mode"),
    "Network Error": _("Network Error"),
    "Decode Error": _("Decode Error"),
    "Source Not Supported": _("Source Not Supported"),
    "A network error caused the media download to fail.": _("A network error caused the media download to fail."),
    "A media error caused playback to be aborted. The media could be corrupt or your browser does not support this format.": _(
        "A media error caused playback to be aborted. The media could be corrupt or your browser does not support this format."
    ),
    "An unsupported error occurred. The server or network failed, or your browser does not support this format.": _(
        "An unsupported error occurred. The server or network failed, or your browser does not support this format."
    ),
    "hour": _("hour"),
    "hours": _("hours"),
    "minute": _("minute"),
    "minutes": _("minutes"),
    "second": _("second"),
    "seconds": _("seconds"),
    "{time} remaining": _("{time} remaining"),
    "{currentTime} of {totalTime}": _("{currentTime} of {totalTime}"),
    "video not loaded, unknown time.": _("video not loaded, unknown time."),
}


def player_words() -> dict:
    """Return ``{"lang": code, "label": str, "strings": {key: text}}`` in the active language."""
    return {
        "lang": get_language(),
        "label": str(_("video player")),
        "strings": {key: str(text) for key, text in WORDS.items()},
    }
