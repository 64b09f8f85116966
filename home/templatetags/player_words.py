"""The tag that hands the player's words to its script, as data: ``{% player_words %}``."""

from django import template
from django.utils.html import json_script

from home.context.player_labels import player_words as words

register = template.Library()


@register.simple_tag
def player_words() -> str:
    """Return a ``<script type="application/json" id="player-words">``; data, so it needs no nonce."""
    return json_script(words(), "player-words")
