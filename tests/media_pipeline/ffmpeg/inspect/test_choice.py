"""Which streams are the film."""

from dataclasses import replace

import pytest

from media_pipeline.ffmpeg.inspect.choice import choose_streams, parse_programmes
from media_pipeline.ffmpeg.inspect.source import AudioStream, DroppedStream
from media_pipeline.ffmpeg.inspect.streams import base_language, parse_audio_role
from tests.media_pipeline.ffmpeg.samples import STEREO, video


def sound(index: int, language: str = "", **facts: object) -> AudioStream:
    return replace(STEREO, index=index, language=language, default=False, **facts)  # type: ignore[arg-type]


LARGE, SMALL = video(640, 360, index=0, default=False), video(160, 90, index=2, default=False)


def test_picture_and_sound_of_one_programme() -> None:
    chosen = choose_streams([SMALL, LARGE], [sound(3), sound(1)], [frozenset({2, 3}), frozenset({0, 1})])
    assert (chosen.video, chosen.audio) == (LARGE, sound(1))
    assert chosen.dropped == (DroppedStream("video", 2, "h264"), DroppedStream("audio", 3, "aac"))


def test_a_programme_without_sound_takes_what_belongs_to_none() -> None:
    programmes = [frozenset({0}), frozenset({2, 3})]
    assert choose_streams([LARGE, SMALL], [sound(3)], programmes).audio is None
    assert choose_streams([LARGE, SMALL], [sound(3), sound(4)], programmes).audio == sound(4)


@pytest.mark.parametrize(
    ("sounds", "language", "expected"),
    [
        ([sound(1, "en"), sound(2, "de")], "de", 2),
        ([sound(1, "en"), sound(2, "de")], "de-AT", 2),
        ([sound(1, "en"), sound(2, "fr")], "de", 1),
        ([sound(1, "en"), replace(sound(2, "fr"), default=True)], "de", 2),
        ([replace(sound(1, "en"), default=True), sound(2, "de")], "de", 2),
        ([sound(1, "de", role="described"), sound(2, "en")], "de", 2),
        ([sound(1, "de", role="commentary"), sound(2, "de")], "de", 2),
        ([sound(1, "de", known=False), sound(2, "en")], "de", 2),
        ([sound(1, "de", channels=1), sound(2, "de", channels=6)], "de", 2),
        ([sound(1, "de", role="described")], "de", 1),
    ],
)
def test_the_sound_in_the_spoken_language(sounds: list[AudioStream], language: str, expected: int) -> None:
    chosen = choose_streams([LARGE], sounds, language=language).audio
    assert chosen is not None
    assert chosen.index == expected


def test_a_person_may_choose_another_sound() -> None:
    sounds = [sound(1, "de"), sound(2, "en"), sound(3, "fr", known=False)]
    chosen = [choose_streams([LARGE], sounds, language="de", audio_index=index).audio for index in (2, 3, 9, None)]
    assert [one and one.index for one in chosen] == [2, 1, 1, 1]


@pytest.mark.parametrize(
    ("language", "index"), [("de", None), ("de", 1), ("en", 1), ("en", None), ("de", 3), ("en", 2)]
)
def test_two_sides_stay_together_whatever_the_language(language: str, index: int | None) -> None:
    """The second side alone is what a person chose."""
    sides = [sound(place, "de" if place < 3 else "en", codec="pcm_s16le", channels=1) for place in (1, 2, 3, 4)]
    chosen = choose_streams([LARGE], sides, language=language, audio_index=index).audio
    assert chosen is not None
    first = index or {"de": 1, "en": 3}[language]
    assert (chosen.index, chosen.second) == (first, None if first == 2 else first + 1)


def test_audio_description_is_kept_beside_the_sound() -> None:
    sounds = [sound(1, "en", role="described"), sound(2, "de", role="described"), sound(3, "de")]
    chosen = choose_streams([LARGE], sounds, language="de")
    assert (chosen.audio, chosen.described) == (sounds[2], sounds[1])
    assert [dropped.index for dropped in chosen.dropped] == [1]


def test_what_cannot_be_decoded_is_named_and_never_chosen() -> None:
    foreign = video(1920, 1080, index=4, codec="hap", known=False)
    cover = video(3000, 3000, index=5, codec="gif", known=False, cover=True)
    chosen = choose_streams([foreign, cover, LARGE], [sound(1), sound(6, known=False, codec="s302m")])
    assert (chosen.video, chosen.audio) == (LARGE, sound(1))
    assert chosen.dropped == (
        DroppedStream("video", 4, "hap", known=False),
        DroppedStream("audio", 6, "s302m", known=False),
    )


@pytest.mark.parametrize(
    ("programs", "expected"),
    [
        (None, []),
        ([{"program_id": 1, "streams": []}], []),
        ([{"streams": [{"index": 0}, {"index": 1}, {}]}, {"streams": [{"index": 2}]}], [{0, 1}, {2}]),
    ],
)
def test_programmes(programs: object, expected: list[set[int]]) -> None:
    assert parse_programmes(programs) == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("ger", "de"), ("deu", "de"), ("de-AT", "de"), ("GRE", "el"), ("cat", "ca"), ("und", ""), ("mul", ""), ("", ""),
     ("gsw", "gsw"), ("a1", ""), ("uk_UA", "uk")],
)  # fmt: skip
def test_languages(tag: str, expected: str) -> None:
    assert base_language(tag) == expected


@pytest.mark.parametrize(
    ("disposition", "title", "expected"),
    [
        ({}, "", "main"),
        ({"visual_impaired": 1}, "", "described"),
        ({"descriptions": 1}, "Deutsch", "described"),
        ({"comment": 1}, "", "commentary"),
        ({}, "English (Audio Description)", "described"),
        ({}, "Deutsch AD", "described"),
        ({}, "Hörfassung", "described"),
        ({}, "Audiodeskrypcja", "described"),
        ({}, "Тифлокоментар", "described"),
        ({}, "Director's commentary", "commentary"),
        ({}, "Regiekommentar", "commentary"),
        ({}, "Yönetmen yorumu", "commentary"),
        ({}, "Σχόλια του σκηνοθέτη", "commentary"),
        ({}, "Коментар режисера", "commentary"),
        ({}, "تعليق المخرج", "commentary"),
        ({}, "Madrid", "main"),
        ({}, "SoundHandler", "main"),
    ],
)
def test_what_a_track_is_for(disposition: dict[str, int], title: str, expected: str) -> None:
    assert parse_audio_role(disposition, title) == expected
