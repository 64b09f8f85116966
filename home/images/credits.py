"""The credit an image is owed."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from home.models import Picture
from home.models.choices import Licence


@dataclass(frozen=True)
class ImageCredit:
    """Who took it and what others may do with it; the address is empty for all rights reserved."""

    photographer: str
    licence_label: str
    licence_url: str


def image_credit(image: Picture) -> ImageCredit:
    """Photographer and licence in words."""
    licence = Licence(image.licence)
    return ImageCredit(image.photographer, licence.short or str(_("All rights reserved")), licence.url)
