"""The way from a clip's own page to its files for a lesson."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from exchange.lesson.lesson import address
from home.api import ClipSlotContext, current_language


def link(context: ClipSlotContext) -> SafeString:
    """A link among the buttons below the player, once the clip plays; it says so where nothing may be kept."""
    player = context.player
    if player is None or not player.ready or context.is_preview:
        return SafeString("")
    words = _("Download for class") if context.licence.allows_keeping else _("What a class may do with it")
    url = address("lesson_files", player.public_id, lang=current_language())
    return format_html('<a class="button button--plain" href="{}">{}</a>', url, words)
