"""Images of editors in sizes for every screen, with their credit."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from wagtail.images.models import SourceImageIOError

from home.i18n.fields import LocalizedText, localized_text
from home.models import Picture
from home.models.choices import Licence

IMAGE_WIDTHS = (480, 960, 1600)


@dataclass(frozen=True)
class ImageCredit:
    """Who took it and what others may do with it; the address is empty for all rights reserved."""

    photographer: str
    licence_label: str
    licence_url: str


@dataclass(frozen=True)
class ResponsiveImage:
    """What ``<img>`` needs: size of the largest rendition, alternative text with its language."""

    url: str
    srcset: str
    width: int
    height: int
    alt: LocalizedText
    credit: ImageCredit


def read_renditions(pictures: Iterable[Picture | None]) -> None:
    """Read what ``responsive_image`` needs for these pictures: at most one query for all of them together."""
    prefetch_related_objects([picture for picture in pictures if picture is not None], "renditions")


def responsive_image(image: Picture | None, widths: tuple[int, ...] = IMAGE_WIDTHS) -> ResponsiveImage | None:
    """The image in up to three widths; None without one, or when its file is missing."""
    if image is None:
        return None
    filters = [f"width-{width}|format-webp" for width in widths if width < image.width]
    filters.append(f"width-{min(widths[-1], image.width)}|format-webp")
    try:
        renditions = image.get_renditions(*dict.fromkeys(filters))
    except (SourceImageIOError, FileNotFoundError):
        return None
    sizes = sorted(renditions.values(), key=lambda rendition: rendition.width)
    largest = sizes[-1]
    srcset = ", ".join(f"{rendition.url} {rendition.width}w" for rendition in sizes)
    licence = Licence(image.licence)
    credit = ImageCredit(image.photographer, licence.short or str(_("All rights reserved")), licence.url)
    return ResponsiveImage(largest.url, srcset, largest.width, largest.height, localized_text(image, "alt"), credit)
