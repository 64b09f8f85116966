"""addclip and clipstatus: what scripts are promised."""

import json

import pytest
from django.core.management import call_command

from home.models import ClipPage
from media_pipeline import api
from media_pipeline.models import Clip, Job, Master
from tests.browser.videos import draw_video

FIELDS = [
    "id",
    "state",
    "error",
    "url",
    "playlist",
    "download",
    "duration",
    "renditions",
    "warnings",
    "sounds",
    "unused",
    "quality",
]


@pytest.fixture(scope="session")
def video(tmp_path_factory):
    return draw_video(tmp_path_factory.mktemp("videos") / "video.mp4", size="320x180", seconds=2)


@pytest.fixture
def shell(archive, capsys):
    """Runs a command with --json: ``shell("addclip", FILE, ...) -> (exit status, the object)``."""

    def run(*arguments) -> tuple[int, dict]:
        capsys.readouterr()
        status = 0
        try:
            call_command(*map(str, arguments), "--json")
        except SystemExit as end:
            status = end.code
        found = json.loads(capsys.readouterr().out.strip().splitlines()[-1])
        assert list(found) == FIELDS
        return status, found

    archive.city("Lille", slug="lille")
    return run


def wanted(path, **changed: str) -> list[str]:
    options = {"city": "lille", "title": "La place libre", "language": "fr", **changed}
    return ["addclip", path, *(f"--{name}={value}" for name, value in options.items())]


def nothing_stored() -> bool:
    return not (Clip.objects.exists() or Master.objects.exists() or ClipPage.objects.exists() or Job.objects.exists())


def test_without_wait_the_clip_is_queued_as_a_draft(shell, video):
    status, found = shell(*wanted(video))
    clip = Clip.objects.get()
    page = ClipPage.objects.get()
    assert (status, found["id"], found["state"], found["error"]) == (0, clip.public_id, "RECEIVED", None)
    assert (found["playlist"], found["download"], found["renditions"]) == (None, None, [])
    assert (page.clip, page.headline_fr, page.original_language, page.live) == (clip, "La place libre", "fr", False)
    assert (page.get_parent().slug, clip.collection) == ("lille", page.get_parent().specific.collection)
    assert found["url"] == f"http://localhost:8000{page.get_url().replace('/en/', '/fr/')}"
    assert video.exists()


@pytest.mark.slow
def test_with_wait_it_is_made_published_and_plays(shell, video, client):
    status, found = shell(*wanted(video), "--publish", "--wait")
    assert (status, found["state"], found["error"]) == (0, "PUBLISHED", None)
    assert found["duration"] == pytest.approx(2, abs=0.1)
    rungs = [(rung["codec"], rung["width"], rung["height"]) for rung in found["renditions"]]
    assert rungs == [("av1", 320, 180), ("h264", 320, 180)]
    for address in (found["url"], found["playlist"], found["download"]):
        response = client.get(address.removeprefix("http://localhost:8000"))
        assert (address, response.status_code) == (address, 200)
        _ = b"".join(response.streaming_content) if response.streaming else response.content
    again = shell("clipstatus", found["id"])
    assert again == (0, found)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content", "state", "code"),
    [
        ("holiday.mp4", lambda video: b"Dear editor, the video is attached. " * 60, "REJECTED", "not_a_video"),
        ("cut.mp4", lambda video: video[: len(video) // 2], "REJECTED", "damaged_no_index"),
        ("wrong-ending.txt", lambda video: video, "READY", None),
    ],
)
def test_what_a_file_is_decides_and_not_its_name(shell, video, tmp_path, name, content, state, code):
    path = tmp_path / name
    path.write_bytes(content(video.read_bytes()))
    status, found = shell(*wanted(path), "--wait")
    assert (status, found["state"], found["error"] and found["error"]["code"]) == (2 if code else 0, state, code)
    assert (found["playlist"] is None, Master.objects.get().original_name, path.exists()) == (bool(code), name, True)


@pytest.mark.slow
def test_without_ffmpeg_the_original_is_kept_for_later(shell, video, settings, tmp_path):
    settings.MEDIA_PIPELINE = {**settings.MEDIA_PIPELINE, "FFMPEG_BIN": str(tmp_path / "no-ffmpeg")}
    status, found = shell(*wanted(video), "--wait")
    assert (status, found["state"], found["error"]["code"]) == (1, "FAILED", "no_ffmpeg")
    assert Master.objects.get().size_bytes == video.stat().st_size


@pytest.mark.parametrize(
    ("given", "status", "state", "code"),
    [({"QUOTA_CITY_BYTES": 3}, 2, "REJECTED", "quota_city"), ({"MIN_FREE_BYTES": 1 << 60}, 1, "FAILED", "disk_full")],
)
def test_without_space_nothing_is_kept_half(shell, video, settings, given, status, state, code):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | given
    words = api.upload_error_message(code)
    error = {"code": code, "message": f"{words.message} {words.advice}"}
    ended, found = shell(*wanted(video))
    assert (ended, found["id"], found["state"], found["error"]) == (status, None, state, error)
    assert nothing_stored()


@pytest.mark.parametrize(("changed", "code"), [
    ({"city": "atlantis"}, "unknown_city"),
    ({"language": "tlh"}, "unknown_language"),
    ({"title": "  "}, "no_title"),
    ({"path": "none.mp4"}, "file_missing"),
    ({"path": "."}, "no_file"),
    ({"path": "empty.mp4"}, "empty_file"),
])  # fmt: skip
def test_a_submission_that_cannot_be_used_is_refused(shell, video, tmp_path, changed, code):
    (tmp_path / "empty.mp4").touch()
    options = {"path": video} | changed
    status, found = shell(*wanted(tmp_path / options.pop("path"), **options))
    assert (status, found["id"], found["state"], found["error"]["code"]) == (2, None, "REJECTED", code)
    assert found["error"]["message"]
    assert nothing_stored()


def test_an_unknown_id_is_refused(shell):
    status, found = shell("clipstatus", "11111111111")
    assert (status, found["id"], found["error"]["code"]) == (2, None, "unknown_clip")


def test_people_get_sentences(shell, capsys, tmp_path):
    with pytest.raises(SystemExit) as end:
        call_command(*wanted(str(tmp_path / "none.mp4")))
    assert end.value.code == 2
    assert "file_missing: File not found" in capsys.readouterr().out
