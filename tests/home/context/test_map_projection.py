"""The dots of the cities stand where the drawing's own projection (d3-geo) puts them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.context.map_projection import full_view_box, is_on_map, project_to_map, view_box_around

POINTS = json.loads((Path(__file__).parent / "golden" / "map_points.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point["name"])
def test_python_and_d3_agree(point):
    assert project_to_map(point["lat"], point["lon"]) == pytest.approx((point["x"], point["y"]), abs=0.051)


def test_view_box_is_the_drawing():
    assert full_view_box() == "0 0 820 690"


@pytest.mark.parametrize(
    ("place", "box"),
    [((410, 345), "205 172.5 410 345"), ((0, 0), "0 0 410 345"), ((820, 690), "410 345 410 345")],
)
def test_a_closer_look_stays_inside_the_drawing(place, box):
    assert view_box_around(*place) == box


def test_what_lies_outside_is_known():
    assert [is_on_map(51.23, 6.77), is_on_map(0, 0), is_on_map(64.1, -21.9)] == [True, False, False]


@given(st.floats(35, 60), st.floats(-9, 30))
def test_north_is_up_and_east_is_right(latitude, longitude):
    x, y = project_to_map(latitude, longitude)
    assert project_to_map(latitude + 1, longitude)[1] < y
    assert project_to_map(latitude, longitude + 1)[0] > x
