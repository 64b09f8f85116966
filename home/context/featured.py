"""A clip that plays in place, in a list or a text, with what a list says of it."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest

from home.context.card import ClipCard, clip_cards, select_for_cards
from home.context.player import Player, player_of
from home.models import ClipPage


@dataclass(frozen=True)
class FeaturedClip:
    """A clip that plays in place."""

    card: ClipCard
    player: Player


def featured_clip(pages: QuerySet[ClipPage], request: HttpRequest | None) -> FeaturedClip | None:
    """The first of ``pages``, which have a clip each; None where there is none."""
    page = select_for_cards(pages).first()
    return FeaturedClip(clip_cards([page], request)[0], player_of(page)) if page else None
