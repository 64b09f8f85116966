"""Addresses as people paste them: ours, foreign ones, broken ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.oembed.clip_url import ClipUrl, InvalidUrlError, hosts_of, parse_clip_url

ID = "abcdefghijk"
HOSTS = hosts_of("https://archive.example", "http://localhost:8000")


def pasted(text: str) -> ClipUrl | None:
    return parse_clip_url(text, hosts=HOSTS, languages=["en", "de", "ar"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"https://archive.example/c/{ID}/", ClipUrl(public_id=ID)),
        (f"https://archive.example/c/{ID}", ClipUrl(public_id=ID)),
        (f"http://archive.example/c/{ID}/", ClipUrl(public_id=ID)),
        (f"http://archive.example:80/c/{ID}/", ClipUrl(public_id=ID)),
        (f"https://archive.example:443/c/{ID}/", ClipUrl(public_id=ID)),
        (f"HTTPS://Archive.Example/c/{ID}/", ClipUrl(public_id=ID)),
        (f"  http://localhost:8000/embed/{ID}/\n", ClipUrl(public_id=ID)),
        (f"http://localhost:8000/c/{ID}/use/?start=1", ClipUrl(public_id=ID, query={"start": "1"})),
        (f"http://localhost:8000/c/{ID}/?t=1m30s&cc=de", ClipUrl(public_id=ID, query={"t": "1m30s", "cc": "de"})),
        (f"http://localhost:8000/c/{ID}/#t=42", ClipUrl(public_id=ID, query={"t": "42"})),
        (f"http://localhost:8000/c/{ID}/#t=10,20", ClipUrl(public_id=ID, query={"t": "10", "end": "20"})),
        (f"http://localhost:8000/c/{ID}/#t=npt:10,20", ClipUrl(public_id=ID, query={"t": "10", "end": "20"})),
        (f"http://localhost:8000/c/{ID}/#t=,20", ClipUrl(public_id=ID, query={"end": "20"})),
        (f"http://localhost:8000/c/{ID}/?t=5#t=42", ClipUrl(public_id=ID, query={"t": "5"})),
        (f"http://localhost:8000/c/{ID}/#main", ClipUrl(public_id=ID)),
        ("https://archive.example/de/cities/lille/clip/", ClipUrl(path="cities/lille/clip/", language="de")),
        ("https://archive.example/ar/cities/lille/clip", ClipUrl(path="cities/lille/clip/", language="ar")),
        ("https://archive.example/de/a%C3%A7/", ClipUrl(path="aç/", language="de")),
    ],
)
def test_addresses_of_ours(text, expected):
    assert pasted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"https://elsewhere.example/c/{ID}/",
        f"https://archive.example:8443/c/{ID}/",
        f"http://localhost/c/{ID}/",
        f"https://archive.example.elsewhere.example/c/{ID}/",
        "https://archive.example/c/abcdefghij0/",  # no zero in ids
        "https://archive.example/c/short/",
        f"https://archive.example/c/{ID}/report/",
        "https://archive.example/",
        "https://archive.example/de/",
        "https://archive.example/fr/cities/",  # no interface in French here
        "https://archive.example/admin/pages/3/",
        "https://archive.example/de/..%5C%00/",
    ],
)
def test_readable_addresses_that_are_no_clip_here(text):
    assert pasted(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "archive.example/c/abcdefghijk/",
        "//archive.example/c/abcdefghijk/",
        "javascript:alert(1)",
        "ftp://archive.example/c/abcdefghijk/",
        "https://",
        "https:///c/abcdefghijk/",
        "https://archive.example:port/c/abcdefghijk/",
        "https://archive.example:99999/c/abcdefghijk/",
        "https://[::1/c/abcdefghijk/",
        "https://archive.example@elsewhere.example/c/abcdefghijk/",
        "https://archive.example/c/abc defghijk/",
        "https://archive.example/" + "x" * 2000,
    ],
)
def test_what_is_no_address(text):
    with pytest.raises(InvalidUrlError):
        pasted(text)


@given(st.text(max_size=60) | st.from_regex(r"https?://archive\.example[:/?#]{0,2}.{0,40}", fullmatch=True))
def test_any_text_is_an_answer_or_unreadable(text):
    try:
        found = pasted(text)
    except InvalidUrlError:
        return
    assert found is None or bool(found.public_id) != bool(found.path)
