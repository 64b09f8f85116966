"""Values without what they refer to: choices become empty, links in texts lose what they lead to."""

import re
from typing import Any

from django.db.models import Model
from wagtail.blocks import ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.rich_text import RichText

# A model and the key of one of its rows.
Reference = tuple[type[Model], str]
# To the end of a text where nobody closed the tag, so that each character is read once.
_TAG = re.compile(r"<(?:a|embed)\b[^>]*(?:>|\Z)")
_KEY = re.compile(r"""\bid=["']?(\d+)["']?""")


def without_references(value: Any, refused: set[Reference]) -> Any:
    """Return the value of a form's field without ``refused``; blocks are changed in place."""
    block = getattr(value, "stream_block", None)
    if block is not None:
        return _block_without(block, value, refused)
    return _text_without(value, refused) if isinstance(value, str) else None


def _block_without(block: Any, value: Any, refused: set[Reference]) -> Any:
    match block:
        case StreamBlock() | ListBlock():
            for child in value if isinstance(block, StreamBlock) else value.bound_blocks:
                child.value = _block_without(child.block, child.value, refused)
        case StructBlock():
            for name, part in block.child_blocks.items():
                value[name] = _block_without(part, value.get(name), refused)
        case RichTextBlock():
            return RichText(_text_without(value.source, refused)) if value else value
        case _ if isinstance(value, Model) and (base_of(type(value)), str(value.pk)) in refused:
            return None
    return value


def _text_without(html: str, refused: set[Reference]) -> str:
    kinds = {"page": Page, "document": get_document_model(), "image": get_image_model()}

    def keep(match: re.Match[str]) -> str:
        tag, key = match[0], _KEY.search(match[0])
        kind = re.search(r"""type=["']?(\w+)""", tag)
        model = kinds.get(kind[1]) if kind else None
        hidden = key is not None and (model, key[1]) in refused
        return tag if not hidden else "<a>" if tag.startswith("<a") else ""

    return _TAG.sub(keep, html)


def base_of(model: type[Model]) -> type[Model]:
    """The model by which references name ``model``: all pages are pages."""
    return Page if issubclass(model, Page) else model
