"""The tag that hands the player's labels to its script, as data: ``{% player_labels %}``."""

from django import template
from django.utils.html import json_script

from home.context.player_labels import player_labels

register = template.Library()


@register.simple_tag(name="player_labels")
def player_labels_script() -> str:
    """Return a ``<script type="application/json" id="player-labels">``; data, so it needs no nonce."""
    return json_script(player_labels(), "player-labels")
