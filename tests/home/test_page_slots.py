"""Slots that apps above fill."""

from dataclasses import dataclass

import pytest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from home.page_slots import add_to_slot, declare_slot, render_slot


@dataclass(frozen=True)
class Greeting:
    name: str


def hello(context: Greeting) -> SafeString:
    return format_html("<p>Hello {}</p>", context.name)


def test_a_slot_shows_what_was_added_once_and_in_order():
    slot = declare_slot("test.greeting", Greeting)
    assert render_slot("test.greeting", Greeting("Ana")) == ""
    for render in (hello, hello, lambda context: SafeString("<hr>")):
        add_to_slot(slot, render)
    assert render_slot("test.greeting", Greeting("<Ana>")) == "<p>Hello &lt;Ana&gt;</p><hr>"


def test_a_slot_takes_its_declared_context_only():
    declare_slot("test.typed", Greeting)
    with pytest.raises(TypeError, match="takes a Greeting"):
        render_slot("test.typed", {"name": "Ana"})
    with pytest.raises(KeyError):
        render_slot("test.unknown", Greeting("Ana"))
