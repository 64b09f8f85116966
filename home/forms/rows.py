"""Rows of an inline panel, saved while others add, change and remove rows of the same panel.

A row is known by its key; a row of a draft that has none yet, by the state it was loaded with. Rows that others added
stay. A row that one person changed outlives that another removed it.
"""

from functools import cached_property
from typing import Any

from modelcluster.forms import BaseChildFormSet

from .merging import LOADED


class TranslatedRows(BaseChildFormSet):
    """``places`` says of each row that was sent which object it is: one of the panel's, or None for a new one."""

    inherit_kwargs = ("for_user", "writable")

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.form_kwargs["page"] = self.instance
        self._stored = list(self.get_queryset())
        self._left_out: set[int] = set()
        self._claimed: dict[int, Any] = {}
        if self.is_bound and self.management_form.is_valid():
            self.data = self.data.copy()
            for index in range(self.total_form_count()):
                self._place(index)

    @cached_property
    def writable(self) -> list[str] | None:
        """The languages to which the user is limited; None for no limits."""
        return self.form_kwargs.get("writable")

    def _place(self, index: int) -> None:
        """Find the object of the row that was sent as ``index``; leave out what others removed and nobody changed."""
        key = f"{self.add_prefix(index)}-{self.model._meta.pk.name}"
        row = self.form(self.data, prefix=self.add_prefix(index), instance=self.model(), **self.form_kwargs)
        sent, loaded = self.data.get(key) or "", row.loaded_states
        found = self._find(sent, loaded)
        if found is not None:
            self._claimed[index] = found
            self.data[key] = "" if found.pk is None else str(found.pk)
        elif sent or loaded:
            self.data[key] = ""
            row.full_clean()
            if not loaded or row.sent_states() == loaded:
                self._left_out.add(index)
            self.data.pop(f"{self.add_prefix(index)}-{LOADED}", None)

    def _find(self, key: str, loaded: dict[str, str]) -> Any:
        free = [row for row in self._stored if not any(row is other for other in self._claimed.values())]
        if key:
            return next((row for row in free if str(row.pk) == key), None)
        # Without keys while the panel is a draft; by the time it comes back it may be published, and have one.
        return next((row for row in free if loaded and self._states(row) == loaded), None)

    def _states(self, row: Any) -> dict[str, str]:
        return self.form(instance=row, **self.form_kwargs).stored_states()

    def _should_delete_form(self, form: Any) -> bool:
        index = int(form.prefix.rpartition("-")[2])
        if index in self._left_out:
            return True
        found = self._claimed.get(index)
        if not super()._should_delete_form(form) or self.writable is not None:
            return False
        changed_by_others = found is not None and form.loaded_states and self._states(found) != form.loaded_states
        return not changed_by_others

    def save(self, commit: bool = True) -> list[Any]:
        """Save the rows into the page; rows without a key that this form never had stay, too."""
        manager = getattr(self.instance, self.rel_name)
        if self.writable is not None:
            return self._save_own_texts(manager)
        unknown = [row for row in self._stored if row.pk is None]
        unknown = [row for row in unknown if not any(row is other for other in self._claimed.values())]
        saved = super().save(commit=False)
        manager.add(*unknown)
        if commit:
            manager.commit()
        return saved

    def _save_own_texts(self, manager: Any) -> list[Any]:
        """Write the texts of the user's languages into rows that are there: none is added, moved or removed."""
        self.new_objects, self.changed_objects, self.deleted_objects = [], [], []
        for index, row in self._claimed.items():
            form = self.forms[index]
            names = {name for name, _language in form.translation_fields()} & set(form.cleaned_data)
            if names:
                for name in names:
                    setattr(row, name, form.cleaned_data[name])
                self.changed_objects.append((row, sorted(names)))
        manager.add(*(row for row, _names in self.changed_objects))
        return [row for row, _names in self.changed_objects]
