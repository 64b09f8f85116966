"""What a field of a form holds, as a short text that is the same before and after a browser had it.

The editor sends these with each form, so that saving can tell what a person changed from what was only loaded.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Model
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.blocks import Block, ListBlock, RichTextBlock, StreamValue, StructBlock

# Draftail names paragraphs by chance where they have no names yet.
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')


def field_state(field: forms.Field, value: Any) -> str:
    """Sixteen hexadecimal digits for ``value``, which the model holds or ``field`` has cleaned; both give the same."""
    plain = json.dumps(comparable(value, field.widget), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def comparable(value: Any, widget: Any = None) -> Any:
    """Return ``value`` as strings and lists of them; what a browser changes by itself is left out."""
    match value:
        case None:
            return ""
        case StreamValue():
            return [[child.block_type, comparable_block(child.block, child.value)] for child in value]
        case str() if isinstance(widget, DraftailRichTextArea):
            return comparable_rich_text(value, widget)
        case str():
            return value.replace("\r\n", "\n").strip()
        case Decimal():
            return format(value.normalize(), "f")
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="minutes")  # the input has no seconds
        case Model():
            return str(value.pk)
        case Iterable():
            return sorted(comparable(each) for each in value)  # ticked choices; their order means nothing
        case _:
            return str(value)


def comparable_block(block: Block, value: Any) -> Any:
    """The same for a block of a stream. Identifiers of blocks are left out: the browser gives them where none are."""
    if isinstance(value, StreamValue):
        return comparable(value)
    if isinstance(block, ListBlock):
        return [comparable_block(block.child_block, each) for each in value]
    if isinstance(block, StructBlock):
        return [[name, comparable_block(child, value.get(name))] for name, child in block.child_blocks.items()]
    if isinstance(block, RichTextBlock):
        return comparable_rich_text(value.source if value else "", block.field.widget)
    return comparable(block.get_prep_value(value))


def comparable_rich_text(html: str, widget: Any) -> str:
    """Return ``html`` as the editor behind ``widget`` would send it back untouched."""
    if isinstance(widget, DraftailRichTextArea):
        html = widget.converter.to_database_format(widget.converter.from_database_format(html))
    return BLOCK_KEY.sub("", html).strip()
