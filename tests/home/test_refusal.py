"""The answers that refuse."""

import pytest

from home.access.visibility import Visibility
from home.refusal import Reason, not_found_page, not_found_text, refuse, refuse_download


@pytest.fixture
def request_for(rf, archive):
    return lambda path="/en/x/": rf.get(path)


def test_a_line_for_programs(request_for):
    for reason, status, line in ((Reason.NOT_FOUND, 404, b"Not found.\n"), (Reason.GONE, 410, b"No longer shown.\n")):
        answer = refuse(request_for(), reason, as_text=True)
        assert (answer.status_code, answer.content, answer["Cache-Control"]) == (status, line, "no-store")
    assert not_found_text(request_for()).content == b"Not found.\n"


def test_a_page_for_people(request_for):
    for answer, status in ((not_found_page(request_for()), 404), (refuse(request_for(), Reason.GONE), 410)):
        assert (answer.status_code, answer["Cache-Control"]) == (status, "no-store")
        assert '<html lang="en"' in answer.content.decode()


def test_a_forbidden_download_is_explained_in_the_language_asked_for(request_for):
    answer = refuse_download(request_for("/media/x/download.mp4?save&lang=de"), "/c/abcdefghijk/")
    assert (answer.status_code, answer["Content-Language"], answer["Cache-Control"]) == (403, "de", "no-store")
    assert 'href="/c/abcdefghijk/"' in answer.content.decode()


@pytest.mark.parametrize(
    ("visibility", "reason"),
    [(Visibility.GONE, Reason.GONE), (Visibility.UNKNOWN, Reason.NOT_FOUND), (Visibility.PREPARING, Reason.NOT_FOUND)],
)
def test_the_reason_follows_the_visibility(visibility, reason):
    assert Reason.of(visibility) is reason


def test_an_address_without_a_language_keeps_itself_when_the_language_changes(client, archive):
    answer = client.get("/c/11111111111/?lang=tr")
    links = [entry.url for entry in answer.context["languages"] if entry.code in ("de", "tr")]
    assert links == ["/c/11111111111/?lang=de", "/c/11111111111/?lang=tr"]
    assert (answer["Content-Language"], '<html lang="tr"' in answer.content.decode()) == ("tr", True)
    inside = client.get("/tr/nothing/here/")
    assert [entry.url for entry in inside.context["languages"] if entry.code == "de"] == ["/de/nothing/here/"]
