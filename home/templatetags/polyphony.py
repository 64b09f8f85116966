"""Tags and filters of the public templates: text with its language, pictures and clips, what other apps add."""

from django import template
from django.conf import settings
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString

from home import page_slots
from home.context.player_labels import player_labels
from home.i18n import fields, languages
from home.i18n.fields import LocalizedText
from home.images import renditions

register = template.Library()

# ``{% localized page "headline" as t %}``: the best text for the reader, with the language it is really in.
register.simple_tag(fields.localized_text, name="localized")
# ``{% picture_of value.picture as picture %}``: an editor's picture with sizes and credit.
register.simple_tag(renditions.responsive_image, name="picture_of")

# ``{% slot "clip.head" slot_context %}``: what other apps add to a page.
register.simple_tag(page_slots.render_slot, name="slot")

register.filter("language_name_here", languages.language_name)


@register.filter
def lang_attrs(text: LocalizedText) -> SafeString:
    """`` lang="ca" dir="ltr"`` for a text in another language than the page, else nothing."""
    if not isinstance(text, LocalizedText) or not text.is_fallback:
        return SafeString("")
    return format_html(' lang="{}" dir="{}"', text.lang, text.dir)


@register.filter
def in_its_language(text: LocalizedText) -> SafeString:
    """The text as a part of a sentence in the page's language; a text in another one says so."""
    if not text.is_fallback:
        return format_html("{}", text)
    return format_html("<span{}>{}</span>", lang_attrs(text), text)


@register.simple_tag
def first_fonts() -> list[str]:
    """Font files that a page in its language shows first, as static files."""
    return [f"home/dist/fonts/{name}.woff2" for name in settings.LANGUAGE_FONTS[languages.current_language()]]


@register.simple_tag(name="player_labels")
def player_labels_script() -> str:
    """The player's labels as a ``<script type="application/json" id="player-labels">``; data, so it needs no nonce."""
    return json_script(player_labels(), "player-labels")
