"""Labels of the player's interface for the page's language.

media-chrome brings seven languages, not all of ours, so every label of its controls comes from here. The keys
are media-chrome's own (``media-chrome/dist/lang/en.js``).
"""

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

PLAYER_LABELS = {
    "Captions": _("Captions and subtitles"),
    "Enable captions": _("Turn captions on"),
    "Disable captions": _("Turn captions off"),
    "Enter fullscreen mode": _("Full screen"),
    "Exit fullscreen mode": _("Exit full screen"),
    # Translators: buttons of the player: Mute, Unmute, Play and Pause are verbs.
    "Mute": _("Mute"),
    "Unmute": _("Unmute"),
    "Enter picture in picture mode": _("Picture-in-picture"),
    "Exit picture in picture mode": _("Exit picture-in-picture"),
    "Play": _("Play"),
    "Pause": _("Pause"),
    "Playback rate": _("Speed"),
    "Playback rate {playbackRate}": _("Speed {playbackRate}"),
    "Quality": _("Quality"),
    # Translators: the quality follows the connection.
    "Auto": _("Auto"),
    # Translators: no captions.
    "Off": _("Off"),
    "video player": _("Video player"),
    "volume": _("Volume"),
    "seek": _("Time in the clip"),
    "closed captions": _("Captions and subtitles"),
    "current playback rate": _("Current speed"),
    "playback time": _("Current time"),
    "media loading": _("Loading"),
    "quality": _("Quality"),
    "play": _("Play"),
    "pause": _("Pause"),
    "mute": _("Mute"),
    "unmute": _("Unmute"),
    "chapter: {chapterName}": _("Chapter: {chapterName}"),
    "enter fullscreen mode": _("Full screen"),
    "exit fullscreen mode": _("Exit full screen"),
    "enter picture in picture mode": _("Picture-in-picture"),
    "exit picture in picture mode": _("Exit picture-in-picture"),
    "Network Error": _("Connection lost"),
    "Decode Error": _("Playback error"),
    "Source Not Supported": _("Playback error"),
    "A network error caused the media download to fail.": _("The connection was lost. Check it and press play again."),
    (
        "A media error caused playback to be aborted. The media could be corrupt or your browser "
        "does not support this format."
    ): _("This video can’t be played in this browser. Try another browser."),
    ("An unsupported error occurred. The server or network failed, or your browser does not support this format."): _(
        "This video can’t be played in this browser. Try another browser."
    ),
    # Translators: time is a length such as "5 minutes".
    "{time} remaining": _("{time} left"),
    # Translators: both are lengths such as "5 minutes".
    "{currentTime} of {totalTime}": _("{currentTime} of {totalTime}"),
    "video not loaded, unknown time.": _("Video not loaded, time unknown."),
}


def player_labels() -> dict:
    """Return ``{"lang": code, "label": str, "strings": {key: text}}`` in the active language."""
    return {
        "lang": get_language(),
        "label": gettext("Video player"),
        "strings": {key: gettext(text) for key, text in PLAYER_LABELS.items()},
    }
