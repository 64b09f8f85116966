"""Files of a clip: by state, by range, by name, and never by path."""

from datetime import timedelta
from io import SEEK_END, BytesIO

import pytest
from django.core.files.storage import storages
from django.test import RequestFactory
from django.urls import resolve
from hypothesis import given
from hypothesis import strategies as st
from waitress.buffers import ReadOnlyFileBasedBuffer

from home.media.delivery import FileSlice
from media_pipeline.models import Package
from tests.home.archive import KEY, VIDEO
from tests.home.media.addresses import FILE, address, answer, body, every_address


@pytest.fixture
def clip(clip_page):
    return clip_page.clip


def test_a_public_clip_is_delivered_whole(client, clip):
    response = client.get(address(clip))
    assert (response.status_code, body(response)) == (200, VIDEO)
    wanted = {
        "Content-Type": "video/mp4",
        "Content-Length": str(len(VIDEO)),
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, max-age=86400, immutable",
        "Content-Language": "fr",
    }
    assert {name: response[name] for name in wanted} == wanted


@pytest.mark.parametrize(("name", "content_type"), [
    ("v720.m3u8", "application/vnd.apple.mpegurl"),
    ("poster-1-320.webp", "image/webp"),
    ("poster-1-320.jpg", "image/jpeg"),
    ("download.mp4", "video/mp4"),
])  # fmt: skip
def test_each_kind_of_file_says_what_it_is(client, clip, name, content_type):
    assert answer(client, address(clip, name))["Content-Type"] == content_type


def test_a_range_gives_these_bytes_and_beyond_the_end_is_416(client, clip):
    response = client.get(address(clip), headers={"Range": "bytes=1000-1999"})
    assert (response.status_code, body(response)) == (206, VIDEO[1000:2000])
    assert response["Content-Range"] == f"bytes 1000-1999/{len(VIDEO)}"
    assert response["Content-Length"] == "1000"
    beyond = client.get(address(clip), headers={"Range": f"bytes={len(VIDEO)}-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(VIDEO)}")


def test_head_gives_the_same_headers_without_a_body_and_other_methods_are_refused(client, clip):
    head, get = client.head(address(clip)), client.get(address(clip))
    assert (head.status_code, body(head)) == (200, b"")
    assert dict(head.items()) == dict(get.items())
    body(get)
    assert client.post(address(clip)).status_code == 405


def test_if_range_keeps_the_range_of_the_same_version_and_sends_all_of_another(client, clip):
    whole = client.head(address(clip))
    same = [whole["ETag"], whole["Last-Modified"]]
    for version in (*same, '"another"', 'W/"weak"', "Thu, 01 Jan 1970 00:00:00 GMT", "nonsense"):
        response = client.get(address(clip), headers={"Range": "bytes=0-9", "If-Range": version})
        expected = (206, VIDEO[:10]) if version in same else (200, VIDEO)
        assert (version, response.status_code, body(response)) == (version, *expected)


def test_a_known_version_is_not_sent_again(client, clip):
    for url in every_address(clip):
        etag = answer(client, url)["ETag"]
        again = client.get(url, headers={"If-None-Match": etag})
        assert (url, again.status_code, body(again)) == (url, 304, b"")


def test_a_file_that_was_written_anew_is_another_version(client, clip):
    """A repair writes other bytes below the same names; nobody may join the halves of two versions."""
    before = answer(client, address(clip))
    Package.objects.filter(clip=clip).update(written_at=clip.package.written_at + timedelta(seconds=1))
    now = answer(client, address(clip))
    assert [now[name] == before[name] for name in ("ETag", "Last-Modified")] == [False, False]
    for known in ({"Range": "bytes=0-9", "If-Range": before["ETag"]}, {"If-None-Match": before["ETag"]}):
        response = client.get(address(clip), headers=known)
        assert (response.status_code, body(response)) == (200, VIDEO)


@pytest.mark.parametrize("name", [
    "secret.mp4", "nothing.mp4", "v720.mp4.bak", "../../x", "..%2f..%2fmasters%2fx", "%2e%2e/%2e%2e/settings.py",
    "v720.mp4/", "/etc/passwd", "poster-1-640.png", "V720.MP4",
    "audio.m3u8",  # has a row and no file
])  # fmt: skip
def test_only_files_of_the_package_are_served(client, clip, name):
    response = answer(client, f"/media/{clip.public_id}/{KEY}/{name}")
    assert (name, response.status_code) == (name, 404)


@pytest.mark.parametrize("path", ["/media/", "/media/x", "/media/11111111111/master.m3u8", "/media/../manage.py"])
def test_unknown_addresses_answer_404_at_once(client, archive, path):
    assert client.get(path).status_code == 404


def test_download_can_be_kept_under_a_readable_name(client, clip):
    url = f"/media/{clip.public_id}/download.mp4"
    assert answer(client, url).get("Content-Disposition") is None
    kept = answer(client, url + "?save")["Content-Disposition"]
    assert kept.startswith("attachment; filename=")
    assert f"(Polyphony {clip.public_id}).mp4" in kept


def test_captions_are_written_from_their_cues(client, clip):
    kinds = {"vtt": "text/vtt", "srt": "application/x-subrip", "ttml": "application/ttml+xml", "txt": "text/plain"}
    for ending, kind in kinds.items():
        response = client.get(f"/media/{clip.public_id}/captions/de.subtitles.{ending}")
        assert (response["Content-Type"], response["Content-Language"]) == (f"{kind}; charset=utf-8", "de")
    response = client.get(f"/media/{clip.public_id}/captions/de.subtitles.vtt")
    assert "<b>Bonjour</b> &amp; de" in response.content.decode()
    for unknown in ("pl.subtitles", "de.chapters"):
        assert client.get(f"/media/{clip.public_id}/captions/{unknown}.vtt").status_code == 404


def test_the_server_in_front_may_send_the_bytes(client, clip, settings):
    settings.MEDIA_ACCEL = "/protected/"
    response = client.get(address(clip))
    assert response["X-Accel-Redirect"] == f"/protected/{clip.public_id}/{KEY}/{FILE}"
    assert (response.content, "Accept-Ranges" in response) == (b"", False)  # nginx would say it twice
    part = client.get(address(clip), headers={"Range": "bytes=0-9"})
    assert (part.status_code, "X-Accel-Redirect" in part, part["Accept-Ranges"]) == (200, True, "bytes")


@pytest.mark.parametrize(
    ("method", "asked"),
    [
        ("head", {}),
        ("head", {"Range": "bytes=0-9"}),
        *(("get", {"Range": f"bytes={wanted}"}) for wanted in ("0-1,5-6", "x", "99999-")),
        ("get", {"Range": "bytes=0-9", "If-Range": '"another"'}),
        ("get", {"If-Match": '"another"'}),
        ("get", {"If-Unmodified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}),
    ],
)
def test_what_it_would_answer_in_another_way_is_answered_here(client, clip, settings, method, asked):
    ask = getattr(client, method)
    without = ask(address(clip), headers=asked)
    settings.MEDIA_ACCEL = "/protected/"
    response = ask(address(clip), headers=asked)
    expected = (without.status_code, without.headers, without.getvalue())
    assert (response.status_code, response.headers, response.getvalue()) == expected


def test_a_missing_file_is_missed_here(client, clip, settings):
    settings.MEDIA_ACCEL = "/protected/"
    storages["published"].delete(f"{clip.public_id}/{KEY}/{FILE}")
    assert client.get(address(clip)).status_code == 404


def test_each_file_costs_the_same_few_queries(client, clip, django_assert_max_num_queries):
    for url in every_address(clip):
        with django_assert_max_num_queries(6):
            body(client.get(url))


def test_a_visitor_who_leaves_closes_the_file(client, clip):
    response = client.get(address(clip))
    handle = response._resource_closers[0].__self__.handle
    assert next(iter(response.streaming_content)) == VIDEO
    response.close()
    assert handle.closed


def test_files_are_handed_to_the_web_server_as_files(clip):
    """Its main loop sends them, so that a slow reader costs no thread."""
    files = set()
    for url in every_address(clip):
        for headers in ({}, {"Range": "bytes=1-"}):
            view = resolve(url)  # the test client would take the file away
            response = view.func(RequestFactory().get(url, headers=headers), *view.args, **view.kwargs)
            if response.streaming:
                files.add(url)
                handed_over = ReadOnlyFileBasedBuffer(response.file_to_stream, response.block_size)
                length = int(response["Content-Length"])
                assert (url, handed_over.prepare(length), len(handed_over.get())) == (url, length, length)
                response.file_to_stream.close()
    assert len(files) >= 5


@given(st.integers(0, 300), st.integers(0, 300), st.lists(st.tuples(st.integers(0, 400), st.integers(-1, 400))))
def test_a_slice_reads_as_the_same_bytes_in_a_file_of_their_own(first, length, reads):
    data = VIDEO[:600]
    part, alone = FileSlice(BytesIO(data), first, length), BytesIO(data[first : first + length])
    for position, size in reads:
        assert part.seek(position) == alone.seek(position)
        assert (part.read(size), part.tell()) == (alone.read(size), alone.tell())
    assert part.seek(0, SEEK_END) == alone.seek(0, SEEK_END)
