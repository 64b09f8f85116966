"""Names and directions of languages."""

from home.i18n import languages


def test_languages_are_named_for_their_speakers_and_for_the_reader():
    assert [languages.native_name(code) for code in ("ca", "ar", "ro", "xx")] == ["Català", "العربية", "Română", "xx"]
    assert [languages.language_name_in("ca", reader) for reader in ("de", "el")] == ["Katalanisch", "Καταλανικά"]
    assert [languages.country_name_in("GR", reader) for reader in ("en", "fr")] == ["Greece", "Grèce"]
    assert [languages.direction(code) for code in ("ar", "he", "tr", "xx")] == ["rtl", "rtl", "ltr", "ltr"]
