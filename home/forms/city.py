"""The form of a city: languages to tick, a country to choose."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from home.i18n.fields import language_choices
from home.i18n.languages import country_name
from home.i18n.territories import COUNTRY_CODES

from .translated import TranslatedPageForm


def country_choices() -> list[tuple[str, str]]:
    """``(code, name)`` of all countries, named and sorted in the active language; an empty one first."""
    named = [(code, country_name(code)) for code in COUNTRY_CODES]
    return [("", "---------"), *sorted(named, key=lambda pair: pair[1].casefold())]


class CityPageForm(TranslatedPageForm):
    """``languages`` is stored as a list of codes in the order of the setting."""

    languages = forms.MultipleChoiceField(
        label=_("languages of the city"), choices=language_choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "country" in self.fields:
            field = self.fields["country"]
            self.fields["country"] = forms.ChoiceField(
                choices=country_choices, label=field.label, required=field.required
            )
