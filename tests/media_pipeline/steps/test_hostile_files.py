"""All that was collected of hostile, broken and odd videos and captions, through the real path.

The material is beside the project and may be missing. Its manifest says what must happen.
"""

import json
from operator import attrgetter, itemgetter

import pytest

from media_pipeline import api
from media_pipeline.ffmpeg.errors import MediaError, WarningCode
from media_pipeline.models import Clip
from tests.conftest import SHARED
from tests.sampling import sampled

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
BAD, ODD = SHARED / "bad_inputs", SHARED / "real_odd"
REST = "hostile and odd videos through the whole pipeline"
ENDS_WELL = {"normalise", "sanitise", "warn"}
NOT_VIDEOS = {".tsv", ".xml", ".vtt"}


def bad_inputs(kind):
    """One of each category and outcome as a sample."""
    manifest = BAD / "manifest.json"
    known = json.loads(manifest.read_text()) if manifest.exists() else []
    entries = {entry["name"]: entry for entry in known if entry["kind"] == kind}
    first = {(entry["category"], entry["expected"]): name for name, entry in reversed(entries.items())}
    return sampled(entries.values(), lambda entry: entry["name"] in first.values(), REST, name=itemgetter("name"))


def odd_videos():
    found = sorted(ODD.iterdir()) if ODD.is_dir() else []
    videos = [path for path in found if path.suffix not in NOT_VIDEOS]
    return sampled(videos, lambda path: path in videos[::6], REST, name=attrgetter("name"))


def run(path):
    return api.process_now(api.ingest_clip(path, title="x", spoken_language="de")).as_json()


def left_behind(media):
    return [path for path in (media / "work").rglob("*") if path.is_file()]


@pytest.fixture
def marker():
    return (BAD / "_marker" / "marker.txt").read_bytes().strip()


@pytest.mark.parametrize("entry", bad_inputs("video"))
def test_videos_end_as_the_manifest_says(entry, media, settings, marker):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"PREVIEW": False, "CODECS": ("h264",)}
    told = run(BAD / entry["path"])
    code = told["error"]["code"] if told["error"] else ""
    if entry["expected"] == "reject":
        assert (told["state"], code) == ("REJECTED", entry["code"])
    elif entry["expected"] in ENDS_WELL:
        assert (told["state"], code) == ("READY", "")
        assert {entry["code"]} - {""} <= set(told["warnings"])
    else:
        assert told["state"] in ("READY", "REJECTED")
    assert set(told["warnings"]) <= set(WarningCode)
    assert left_behind(media) == []
    published = [path for path in (media / "published").rglob("*") if path.is_file()]
    assert bool(published) == (told["state"] == "READY")
    assert [path.name for path in published if marker in path.read_bytes()] == []
    assert marker.decode() not in "".join(Clip.objects.get().jobs.values_list("log_tail", flat=True))


@pytest.mark.parametrize("path", odd_videos())
def test_odd_videos_of_other_projects_end_well(path, media, settings):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"PREVIEW": False, "CODECS": ("h264",)}
    told = run(path)
    assert told["state"] in ("READY", "REJECTED")
    assert left_behind(media) == []


@pytest.mark.parametrize("entry", bad_inputs("caption"))
def test_captions_end_as_the_manifest_says(entry):
    path = BAD / entry["path"]
    clip = Clip.objects.create(title="x", spoken_language="de")
    caption, code = None, ""
    try:
        caption = api.add_caption(clip, "de", "subtitles", path.read_bytes(), path.name)
    except MediaError as refusal:
        code = refusal.code.value
    if caption is None:
        assert (entry["expected"] in ("reject", "either"), code) == (True, entry["code"])
        return
    assert entry["expected"] in ("sanitise", "either")
    assert {entry["code"]} & set(WarningCode) <= set(caption.warnings)  # "either" names the refusal
    written = api.caption_text(caption, "vtt") + api.caption_text(caption, "srt")
    dangers = ("<script", "<img", "<a ", "javascript:", "url(", "STYLE", "<font", "\u202e", "\u200b", "\0")
    assert [danger for danger in dangers if danger in written] == []
