"""Captions are kept as cues and written afresh."""

import pytest

from media_pipeline import api
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.models import Caption, Clip

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

SRT = b"1\r\n00:00:01,000 --> 00:00:02,500\r\nBon dia, <i>ciutat</i>!\r\n"
VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nBon dia, <i>ciutat</i>!\n"


@pytest.fixture
def clip(db):
    return Clip.objects.create(title="A video", spoken_language="ca")


def test_srt_in_vtt_out(clip):
    caption = api.add_caption(clip, "ca", "subtitles", SRT, "../video ca.srt")
    assert (caption.source_name, caption.warnings) == ("video ca.srt", [])
    assert caption.cues == [[1000, 2500, "Bon dia, <i>ciutat</i>!", ""]]
    assert api.caption_text(caption, "vtt") == VTT
    assert api.caption_text(Caption.objects.get(), "srt") == SRT.decode().replace("\r\n", "\n")


def test_the_same_language_and_kind_is_replaced(clip):
    api.add_caption(clip, "ca", "subtitles", SRT, "one.srt")
    api.add_caption(clip, "ca", "subtitles", SRT.replace(b"Bon dia", b"Adeu"), "two.srt")
    api.add_caption(clip, "ca", "captions", SRT, "three.srt")
    assert list(Caption.objects.values_list("language", "kind", "source_name")) == [
        ("ca", "captions", "three.srt"),
        ("ca", "subtitles", "two.srt"),
    ]


def test_a_code_page_of_the_language_is_guessed_and_said(clip, settings):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"LEGACY_ENCODINGS": {"el": "cp1253"}}
    caption = api.add_caption(clip, "el", "subtitles", SRT.decode().replace("Bon dia", "Καλημέρα").encode("cp1253"))
    assert caption.cues[0][2] == "Καλημέρα, <i>ciutat</i>!"
    assert caption.warnings == ["caption_encoding_guessed"]


def test_a_file_that_is_no_caption_file_changes_nothing(clip):
    api.add_caption(clip, "ca", "subtitles", SRT, "one.srt")
    with pytest.raises(MediaError) as refusal:
        api.add_caption(clip, "ca", "subtitles", b"", "two.srt")
    assert refusal.value.code is ErrorCode.CAPTION_EMPTY
    assert Caption.objects.get().source_name == "one.srt"


def test_an_unknown_kind_is_a_mistake(clip):
    with pytest.raises(ValueError, match="lyrics"):
        api.add_caption(clip, "ca", "lyrics", SRT)
