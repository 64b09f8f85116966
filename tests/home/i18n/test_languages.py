"""Names and directions of languages."""

import pytest
from django.utils.translation import override

from home.i18n import languages


def test_languages_are_named_for_their_speakers():
    assert [languages.native_name(code) for code in ("ca", "ar", "ro", "xx")] == ["Català", "العربية", "Română", "xx"]
    assert [languages.direction(code) for code in ("ar", "he", "tr", "xx")] == ["rtl", "rtl", "ltr", "ltr"]


@pytest.mark.parametrize(
    ("reader", "language", "country"),
    [("de", "Katalanisch", "Griechenland"), ("el", "Καταλανικά", "Ελλάδα"), ("fr", "catalan", "Grèce")],
)
def test_languages_and_countries_are_named_for_the_reader(reader, language, country):
    with override(reader):
        assert (languages.language_name("ca"), languages.country_name("GR")) == (language, country)
