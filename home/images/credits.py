"""The credit an image is owed."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from home.models import Picture
from home.models.choices import Licence


@dataclass(frozen=True)
class Credit:
    """Who took it and what others may do with it; the address is empty for all rights reserved."""

    photographer: str
    licence_label: str
    licence_url: str


def credit(image: Picture) -> Credit:
    """Photographer and licence in words."""
    licence = Licence(image.licence)
    return Credit(image.photographer, licence.short or str(_("All rights reserved")), licence.url)
