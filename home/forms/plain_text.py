"""What a field holds, as people read it: without markup, named, in the language of the admin."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue, StructValue
from wagtail.rich_text import RichText, get_text_for_indexing

from home.i18n.fields import localized_text
from home.i18n.formats import format_date, format_datetime, format_list


def plain_text(value: Any) -> str:
    """The text of a field's value without markup, one line per paragraph."""
    if isinstance(value, StreamValue):
        parts = [str(part) for part in value.stream_block.get_searchable_content(value)]
        return "\n".join(part.strip() for part in parts if part.strip())
    if isinstance(value, RichText):
        value = value.source
    text = str(value)
    return (strip_tags(get_text_for_indexing(text)) if "<" in text else text).strip()


def readable_value(field: forms.Field, value: Any) -> str:
    """Return a field's value in words; empty where it holds nothing."""
    choices = {} if hasattr(field, "queryset") else dict(getattr(field, "choices", ()) or ())
    match value:
        case None | "":
            return ""
        case bool():
            return _("Yes") if value else _("No")
        case datetime():
            return format_datetime(value)
        case date():
            return format_date(value)
        case Model():  # the field knows what this person may not see
            return str(field.label_from_instance(value)) if hasattr(field, "queryset") else readable_name(value)
        case StreamValue():
            return "\n".join(readable_block(child) for child in value)
        case RichText():
            return plain_text(value)
        case _ if hasattr(field, "queryset") and isinstance(value, int):
            found = field.queryset.filter(pk=value).first()
            return readable_value(field, found) if found else ""
        case str() | int():
            return plain_text(choices.get(value, value))
        case Iterable():
            return format_list([readable_value(field, each) for each in value])
        case _:
            return str(value)


def readable_block(child: StreamValue.StreamChild) -> str:
    """Return the text of one block; what has none, such as a picture, by its kind and name."""
    parts = [str(part).strip() for part in child.block.get_searchable_content(child.value)]
    values = child.value.values() if isinstance(child.value, StructValue) else [child.value]
    named = [capfirst(str(child.block.label)), *(readable_name(each) for each in values if isinstance(each, Model))]
    return "\n".join(part for part in parts if part) or f"[{': '.join(named)}]"


def readable_name(thing: Model) -> str:
    """Name ``thing`` as lists of the admin do."""
    names = getattr(thing, "translated_fields", ())
    return str(localized_text(thing, names[0]) if names else thing) or str(thing)
