"""Details of a file in words."""

import pytest
from django.utils.translation import override

from home.admin.clips import file_details
from media_pipeline.models import Master, Package, Rendition


@pytest.mark.parametrize(("rate", "words"), [("25", "25"), ("30000/1001", "29.97"), ("140000/5087", "27.52")])
def test_rates_are_read_as_the_probe_writes_them(rate, words):
    probe = {"video": {"codec": "h264", "width": 1920, "height": 1080, "fps_avg": rate}, "audio": {}}
    found = dict(file_details.original_file_rows(Master(original_name="a.mp4", size_bytes=1, probe=probe)))
    assert found["Frames per second"] == words


@pytest.mark.parametrize(("language", "size"), [("de", "H.264 1920 × 1080"), ("ar", "H.264 \u20661920 × 1080\u2069")])
def test_the_width_stands_first_in_every_direction_of_writing(language, size):
    probe = {"video": {"codec": "h264", "width": 1920, "height": 1080}, "audio": {}}
    with override(language):
        assert size in dict(file_details.original_file_rows(Master(size_bytes=1, probe=probe))).values()


VIDEO = {"codec": "hevc", "display_width": 640, "display_height": 360, "fps_avg": "25", "duration_s": 10.0}


@pytest.mark.parametrize(
    ("claimed", "wrong", "words"),
    [
        (VIDEO, [], None),
        ({**VIDEO, "duration_s": 605.0, "fps_avg": "1/4"}, [], None),
        (
            {**VIDEO, "duration_s": 605.0, "fps_avg": "1/4"},
            ["duration_s", "fps_avg"],
            "Length: 10:05; Frames per second: 0.25",
        ),
        ({**VIDEO, "duration_s": 10.3}, ["duration_s"], None),
        ({**VIDEO, "display_width": 480}, ["display_size"], "Video: HEVC (H.265) 480 × 360"),
        (None, None, None),
    ],
    ids=["same", "not judged wrong", "too long", "in the same words", "narrow", "not kept"],
)
def test_what_the_header_says_stands_beside_what_was_measured(claimed, wrong, words):
    probe = {"container": "matroska", "video": VIDEO, "claimed": claimed, "wrong_claims": wrong, "audio": {}}
    found = dict(file_details.original_file_rows(Master(size_bytes=1, probe=probe)))
    assert (found["File format"], found["Video"]) == ("Matroska, WebM", "HEVC (H.265) 640 × 360")
    assert found.get("Its header says") == words


def test_a_drawn_picture_is_not_in_the_file():
    drawn = {"codec": "waveform", "width": 1280, "height": 720, "fps_avg": "10"}
    probe = {"container": "mp3", "video": drawn, "audio": {"codec": "mp3", "channels": 2}}
    found = dict(file_details.original_file_rows(Master(size_bytes=1, probe=probe)))
    assert (found["File format"], found["Audio"], "Video" in found) == ("MP3", "MP3, channels: 2", False)


@pytest.mark.django_db
@pytest.mark.parametrize(("measured", "words"), [({"vmaf": 94.56, "quality": 31}, "AV1 · VMAF 94.6"), (None, "AV1")])
def test_the_best_picture_says_how_good_it_is_meant_to_be(make_clip, measured, words):
    package = make_clip(ready=True).package
    package.renditions.all().delete()
    kept = {
        "package": package,
        "kind": Rendition.Kind.VIDEO,
        "frame_rate": 30,
        "size_bytes": 1,
        "bandwidth": 1,
        "average_bandwidth": 1,
    }
    for number, (codec, width, height) in enumerate([("av1", 1920, 1080), ("av1", 854, 480), ("h264", 1280, 720)]):
        Rendition.objects.create(**kept, codec=codec, width=width, height=height, media_name=f"{number}.mp4")
    Package.objects.filter(pk=package.pk).update(
        recipe={"rungs": [{"codec": "av1", "width": 1920, "height": 1080}], "measured": measured}
    )
    package.refresh_from_db()
    assert [row["codec"] for row in file_details.rendition_rows(package)] == [words, "H.264", "AV1"]
