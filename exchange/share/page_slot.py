"""“Use in class” on the clip's own page: a small form that leads to the builder, or works in place with JavaScript."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from exchange.embed_options import EmbedOptions
from exchange.share import builder
from home.api import ClipSlotContext, current_language, is_for_everybody


def builder_head(context: ClipSlotContext) -> SafeString:
    """Style and script of the builder, where there is one."""
    return (
        render_to_string("exchange/share/head.html", {"request": context.request})
        if _is_offered(context)
        else SafeString("")
    )


def builder_panel(context: ClipSlotContext) -> SafeString:
    """The fold among the buttons below the player."""
    player = context.player
    if player is None or not _is_offered(context):
        return SafeString("")
    languages = caption_languages(player.captions)
    options = builder.BuilderOptions(EmbedOptions(language=current_language()))
    shown = {
        "form": builder.builder_form(player.public_id, options, languages),
        "public_id": player.public_id,
        "in_place": True,
    }
    return render_to_string("exchange/share/panel.html", shown, context.request)


def caption_languages(tracks: Any) -> list[str]:
    """Languages of the caption tracks, each once, in their order; descriptions are left out."""
    return list(dict.fromkeys(track.language for track in tracks if track.kind != "descriptions"))


def _is_offered(context: ClipSlotContext) -> bool:
    """Whether the clip can be used elsewhere: not while it is for those alone who know a password."""
    player = context.player
    return bool(player and player.ready) and not context.is_preview and is_for_everybody(context.page, context.request)
