"""The recipe's key, its choices, and values as JSON and back."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_pipeline.ffmpeg.errors import WarningCode
from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.ffmpeg.json_values import from_json, to_json
from media_pipeline.ffmpeg.plan.ladder import plan_recipe
from media_pipeline.ffmpeg.plan.policy import AV1_ON_TOP, H264_ONLY, LadderPolicy
from media_pipeline.ffmpeg.plan.recipe import Recipe, SoundTreatment
from tests.media_pipeline.ffmpeg.samples import TOOLS, source, video

RECIPE = plan_recipe(source(), H264_ONLY, TOOLS, sound=SoundTreatment(3.2), master="ab" * 32)


def test_the_key_names_the_output() -> None:
    assert RECIPE.key() == plan_recipe(source(), H264_ONLY, TOOLS, sound=SoundTreatment(3.2), master="ab" * 32).key()
    assert (len(RECIPE.key()), int(RECIPE.key(), 16) > 0) == (24, True)


def test_words_do_not_change_the_key() -> None:
    assert replace(RECIPE, reasons=("because",), warnings=(WarningCode.PARTIAL,)).key() == RECIPE.key()


@pytest.mark.parametrize(
    "other",
    [
        replace(RECIPE, master="cd" * 32),
        replace(RECIPE, encoder="9.1"),
        replace(RECIPE, revision=RECIPE.revision + 1),
        replace(RECIPE, duration_s=11.0),
        replace(RECIPE, audio=None),
        replace(RECIPE, rungs=RECIPE.rungs[1:]),
        replace(RECIPE, threads=7),
        replace(RECIPE, picture=replace(RECIPE.picture, full_range=True)),
    ],
)
def test_all_that_changes_the_output_changes_the_key(other: Recipe) -> None:
    assert other.key() != RECIPE.key()


@pytest.mark.parametrize(
    ("size", "policy", "expected"),
    [
        ((1920, 1080), H264_ONLY, ("720-h264", "240-h264", "1080-h264")),
        ((1920, 1080), AV1_ON_TOP, ("720-h264", "240-h264", "1080-av1")),
        ((240, 136), H264_ONLY, ("136-h264", "136-h264", "136-h264")),
        ((1920, 1080), LadderPolicy(h264_sides=(1080,)), ("1080-h264", "1080-h264", "1080-h264")),
    ],
)
def test_rungs_for_purposes(size: tuple[int, int], policy: LadderPolicy, expected: tuple[str, str, str]) -> None:
    recipe = plan_recipe(source(video(*size)), policy, TOOLS)
    assert (recipe.download.name, recipe.smallest.name, recipe.largest.name) == expected


def test_recipes_and_sources_survive_a_job_row() -> None:
    assert from_json(Recipe, to_json(RECIPE)) == RECIPE
    assert from_json(Source, to_json(source())) == source()


def test_fields_of_later_versions_take_their_default() -> None:
    row = to_json(RECIPE)
    del row["hold_s"]
    row["of_a_later_version"] = 1
    assert from_json(Recipe, row) == RECIPE


@pytest.mark.parametrize("broken", [{"rungs": "x"}, {"video_stream": "zero"}])
def test_rows_of_another_shape_are_errors(broken: dict[str, object]) -> None:
    with pytest.raises((TypeError, KeyError)):
        from_json(Recipe, {**to_json(RECIPE), **broken})


def test_what_has_no_json_is_an_error() -> None:
    with pytest.raises(TypeError):
        to_json(object())


@given(st.fractions(min_value=0), st.floats(allow_nan=False, allow_infinity=False), st.booleans())
def test_numbers_stay_exact(fps: Fraction, seconds: float, flag: bool) -> None:
    rung = replace(RECIPE.rungs[0], fps=fps, ten_bit=flag)
    recipe = replace(RECIPE, rungs=(rung,), duration_s=seconds)
    assert from_json(Recipe, to_json(recipe)) == recipe
