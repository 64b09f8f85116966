"""The same page in other languages."""

import pytest

from home.i18n import language_switch


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/en/cities/", "/de/cities/"),
        ("/en", "/de"),
        ("/", "/de/"),
        ("/c/abc/", "/de/c/abc/"),
        ("/entry/", "/de/entry/"),
    ],
)
def test_only_the_first_segment_is_the_language(path, wanted):
    assert language_switch.path_in_language(path, "de") == wanted


def test_hreflang_is_empty_where_nothing_is_written():
    assert language_switch.hreflang_alternates("https://x", "/en/a/", [], "en") == []
    found = language_switch.hreflang_alternates("https://x", "/en/a/", ["de", "fr"], "pl")
    assert found == [
        ("de", "https://x/de/a/"), ("fr", "https://x/fr/a/"), ("x-default", "https://x/de/a/"),
    ]  # fmt: skip
