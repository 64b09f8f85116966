"""The link from a clip's page to its files for a lesson."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from exchange.links import clip_path
from home.api import ClipSlotContext, current_language


def lesson_files_link(context: ClipSlotContext) -> SafeString:
    """A link among the buttons below the player, once the clip plays; its label depends on the licence."""
    player = context.player
    if player is None or not player.ready or context.is_preview:
        return SafeString("")
    label = pgettext("button", "Download") if context.licence.allows_download else _("Licence terms")
    url = clip_path("lesson_files", player.public_id, lang=current_language())
    return format_html('<a class="button button--plain" href="{}">{}</a>', url, label)
