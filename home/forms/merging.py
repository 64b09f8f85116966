"""Saving what a person changed, and nothing that others changed since the form was loaded.

A form carries the state of each of its fields as they were loaded (``home.forms.states``). When it comes back it is
compared with what the object holds by then: fields that only others changed keep their values, fields that both changed
are conflicts. A conflict refuses the form and shows both versions; the person chooses, and saves again. After a save in
the background the form learns what it has sent: that is then its base, also where somebody else's value was kept.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modeltranslation.fields import TranslationField

from home.i18n.languages import direction, native_name

from .authorship import Authorship, last_change
from .plain_text import readable_value
from .states import field_state
from .three_way import Side, merge_unit

LOADED = "loaded_state"
CHOICE = "version"
# No state of a value: what was sent is none.
INVALID = "invalid"


class LoadedStateField(forms.CharField):
    """The states of the other fields, as JSON. It is never a change by itself."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


@dataclass
class Conflict:
    """Two versions of one field. ``input_name`` and ``seen`` tell the next request which was chosen, and seen."""

    label: str
    language: str
    mine: str
    theirs: str
    input_name: str
    seen: str
    thing: Any
    column: str

    @cached_property
    def authorship(self) -> Authorship:
        return last_change(self.thing, self.column)

    @property
    def language_name(self) -> str:
        return native_name(self.language) if self.language else ""

    @property
    def dir(self) -> str:
        return direction(self.language) if self.language else ""


class MergingMixin:
    """For model forms. ``conflicts`` are those of this form, ``kept`` the names of fields that others changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._is_new = kwargs.get("instance") is None
        super().__init__(*args, **kwargs)
        self.conflicts: list[Conflict] = []
        self.kept: list[str] = []
        self._sent: dict[str, str] = {}
        self.fields[LOADED] = LoadedStateField()

    def remember_loaded(self) -> None:
        """Carry the states of what the form shows; called once its fields are settled."""
        if not self.is_bound and not self._is_new:
            self.initial[LOADED] = json.dumps(self.stored_states(), separators=(",", ":"))

    def merged_fields(self) -> Iterator[tuple[str, forms.Field]]:
        """Yield name and field of all that the model holds."""
        columns = {field.name for field in self._meta.model._meta.get_fields()} - {"id"}
        return ((name, field) for name, field in self.fields.items() if name in columns)

    def stored_states(self) -> dict[str, str]:
        """Return the states of what the object holds."""
        return {
            name: field_state(field, self.get_initial_for_field(field, name)) for name, field in self.merged_fields()
        }

    @cached_property
    def loaded_states(self) -> dict[str, str]:
        """The states that this form was loaded with; empty for scripts, which mean what they send."""
        try:
            loaded = json.loads(self.data.get(self.add_prefix(LOADED)) or "{}")
        except (ValueError, RecursionError):
            return {}
        return loaded if isinstance(loaded, dict) else {}

    def _clean_fields(self) -> None:
        # Before any other check: those are about what will be saved.
        super()._clean_fields()
        for name, field in list(self.merged_fields()):
            if name in self.loaded_states and self.instance.pk is not None:
                self._merge(name, field)

    def _merge(self, name: str, field: forms.Field) -> None:
        stored = self.get_initial_for_field(field, name)
        base, theirs = self.loaded_states[name], field_state(field, stored)
        if base == theirs:
            return
        mine = self.sent_state(name, field)
        side = merge_unit(base, mine, theirs)
        if side is Side.CONFLICT and (chosen := self._chosen_side(name, theirs)):
            side = chosen
            self.remember(name, theirs)
        if side is Side.THEIRS:
            self._keep(name, field, theirs)
        elif side is Side.CONFLICT:
            self._refuse(name, field, stored, theirs)

    def sent_state(self, name: str, field: forms.Field) -> str:
        """Return the state of what was sent for a field."""
        if name in self.cleaned_data:
            return field_state(field, self.cleaned_data[name])
        try:  # what is missing is an error when publishing, and may still be what was loaded
            return field_state(field, field.to_python(self[name].data))
        except ValidationError:
            return INVALID

    def _chosen_side(self, name: str, theirs: str) -> Side | None:
        """The version that the person chose, if it was chosen against the one that is stored now."""
        side, _colon, seen = self.data.get(f"{CHOICE}-{self.add_prefix(name)}", "").partition(":")
        return Side(side) if seen == theirs and side in (Side.MINE, Side.THEIRS) else None

    def remember(self, name: str, state: str) -> None:
        """Let the form, shown again, say that it was loaded with ``state``."""
        loaded = {**self.loaded_states, name: state}
        self._sent.setdefault(name, self.loaded_states[name])
        self.data = self.data.copy()
        self.data[self.add_prefix(LOADED)] = json.dumps(loaded, separators=(",", ":"))
        self.loaded_states = loaded

    def _keep(self, name: str, field: forms.Field, theirs: str) -> None:
        """Leave the field alone, and show what others wrote where the form is shown again."""
        self.kept.append(name)
        self.cleaned_data.pop(name, None)
        self._errors.pop(name, None)
        self.remember(name, theirs)
        field.has_changed = lambda initial, data: False
        field.bound_data = lambda data, initial: initial

    def _refuse(self, name: str, field: forms.Field, stored: Any, theirs: str) -> None:
        mine = self.cleaned_data.get(name, self[name].value())
        thing, column = self.place_in_history(name)
        self.conflicts.append(
            Conflict(
                label=self.label_of(name),
                language=self.language_of(name),
                mine=readable_value(field, mine),
                theirs=readable_value(field, stored),
                input_name=f"{CHOICE}-{self.add_prefix(name)}",
                seen=theirs,
                thing=thing,
                column=column,
            )
        )
        sentence = _("Someone else changed this, too. Compare both versions above, and choose one.")
        self.add_error(name, ValidationError(sentence, code="conflict"))

    def place_in_history(self, name: str) -> tuple[Any, str]:
        """Return the page or snippet whose history holds a field, and its name there."""
        return self.instance, name

    def label_of(self, name: str) -> str:
        """Name a field without its language."""
        column = self._meta.model._meta.get_field(name)
        return capfirst(str(getattr(column, "translated_field", column).verbose_name))

    def language_of(self, name: str) -> str:
        """The code of a field's language, empty for what all languages share."""
        column = self._meta.model._meta.get_field(name)
        return column.language if isinstance(column, TranslationField) else ""

    def described(self, name: str) -> str:
        """Name a field with its language."""
        language = self.language_of(name)
        return f"{self.label_of(name)} ({native_name(language)})" if language else self.label_of(name)

    def all_conflicts(self) -> list[Conflict]:
        """Return the conflicts of this form and of the rows below it."""
        rows = [row for rows in getattr(self, "formsets", {}).values() for row in rows.forms]
        return [*self.conflicts, *(found for row in rows for found in getattr(row, "conflicts", ()))]

    def sent_states(self) -> dict[str, str]:
        """Return the states of what was sent, as the form shows it once it is saved."""
        sent = {name: self._sent.get(name) or self.sent_state(name, field) for name, field in self.merged_fields()}
        if "slug" in sent and "slug" in self.cleaned_data:
            sent["slug"] = field_state(self.fields["slug"], self.instance.slug)  # the form is told that one
        return sent

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """Tell the open form what it has sent, which is from now on what it was loaded with."""
        state = (self.add_prefix(LOADED), json.dumps(self.sent_states(), separators=(",", ":")))
        return [*super().get_field_updates_for_resave(), state]
