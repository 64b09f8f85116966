"""The body of a page, ready to show: whatever its blocks name is read at once, not block by block."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from home.context.card import ListedClip
from home.context.text_links import RichTexts, read_rich_texts
from home.i18n.fields import LocalizedText, localized_text
from home.models import Picture


@dataclass(frozen=True)
class BodyPart:
    """A block: the template of its type, and the ``value`` that the template shows."""

    type: str
    template: str
    value: Any


class PageBody:
    """The body of a page in the best language for the reader; empty for a page without one."""

    def __init__(self, page: Any) -> None:
        self.text: LocalizedText = localized_text(page, "body")
        self._raw = [(block["type"], block["value"]) for block in self.text.value.raw_data] if self.text else []

    @property
    def clip_keys(self) -> list[int]:
        """Keys of the pages of its clips."""
        return [value for kind, value in self._raw if kind == "clip" and value is not None]

    @cached_property
    def pictures(self) -> list[Picture]:
        """Its pictures. At most one query."""
        if all(kind != "picture" for kind, _value in self._raw):
            return []
        blocks = self.text.value.blocks_by_name("picture")
        return [block.value["picture"] for block in blocks if block.value["picture"] is not None]

    def read_texts(self, request: HttpRequest, *beside: str) -> RichTexts:
        """Its texts, and those that the page has ``beside`` it, with what they link to and its documents.

        At most one query.
        """
        documents = [value for kind, value in self._raw if kind == "document" and value is not None]
        return read_rich_texts([*(value for kind, value in self._raw if kind == "text"), *beside], request, documents)

    def parts(self, clips: Iterable[ListedClip], texts: RichTexts) -> LocalizedText:
        """Its blocks as ``value``, in their order. ``clips`` are those that the visitor may see; others are left out.

        At most one query, for pictures.
        """
        by_key = {clip.page.pk: clip for clip in clips}
        expanded, found = iter(texts.texts), []
        for index, (kind, raw) in enumerate(self._raw):
            if kind == "clip":
                value = by_key.get(raw)
            elif kind == "document":
                value = texts.documents.get(raw)
            else:
                value = next(expanded) if kind == "text" else self.text.value[index].value
            if value is not None:
                template = self.text.value.stream_block.child_blocks[kind].meta.template
                found.append(BodyPart(kind, template, value))
        return replace(self.text, value=found)
