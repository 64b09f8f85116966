"""Editors' pictures with sizes for every screen and the credit they are owed."""

from dataclasses import dataclass

from wagtail.images.models import SourceImageIOError

from home.i18n.fields import LocalizedText, localized_text
from home.images.credits import Credit, credit
from home.models import Picture

WIDTHS = (480, 960, 1600)


@dataclass(frozen=True)
class Shown:
    """A picture as ``<img>`` wants it: pixels of the largest, alternative text with its language."""

    url: str
    srcset: str
    width: int
    height: int
    alt: LocalizedText
    credit: Credit


def picture(image: Picture | None, widths: tuple[int, ...] = WIDTHS) -> Shown | None:
    """The picture in up to three widths; None without one, or when its file is gone."""
    if image is None:
        return None
    filters = [f"width-{width}|format-webp" for width in widths if width < image.width]
    filters.append(f"width-{min(widths[-1], image.width)}|format-webp")
    try:
        made = image.get_renditions(*dict.fromkeys(filters))
    except (SourceImageIOError, FileNotFoundError):
        return None
    sizes = sorted(made.values(), key=lambda rendition: rendition.width)
    largest = sizes[-1]
    srcset = ", ".join(f"{rendition.url} {rendition.width}w" for rendition in sizes)
    return Shown(largest.url, srcset, largest.width, largest.height, localized_text(image, "alt"), credit(image))
