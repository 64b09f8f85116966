"""A new film beside a long one, and a queue that is full: real workers with the settings of a new site."""

import time

import pytest

from .test_process import LONG, Site, long_film, site  # noqa: F401 - fixtures

pytestmark = pytest.mark.slow
ENCODING = "encode-"


@pytest.fixture
def shipped(site: Site) -> Site:  # noqa: F811
    """A site with the default ladder, first versions and a process for quick work."""
    site.environment["AS_SHIPPED"] = "1"
    return site


def state_of(site, public_id):  # noqa: F811
    ((state, preview),) = site.rows(
        f"SELECT state, preview_id FROM media_pipeline_clip WHERE public_id = '{public_id}'"
    )
    return state, preview is not None


def test_a_new_film_is_looked_at_while_a_long_one_is_made(shipped, long_film, small_film):  # noqa: F811
    long = shipped.receive(long_film)
    shipped.start("runworker")
    shipped.wait_until(lambda: state_of(shipped, long)[0] == "ENCODING")
    shipped.rows("SELECT 1")
    new = shipped.receive(small_film)
    shipped.wait_until(lambda: state_of(shipped, new) == ("PROBED", True))
    assert state_of(shipped, long)[0] == "ENCODING"
    shipped.wait_until(lambda: {state_of(shipped, one)[0] for one in (long, new)} == {"READY"})


@LONG
def test_a_full_queue_is_worked_off_by_as_many_as_the_setting_says(shipped, small_film):
    many = [shipped.receive(small_film) for _ in range(4)]
    shipped.start("runworker")
    most, deadline = 0, time.monotonic() + 120
    while {state_of(shipped, one)[0] for one in many} != {"READY"} and time.monotonic() < deadline:
        encodes = {line.split(ENCODING)[1][:32] for line in shipped.media_processes() if ENCODING in line}
        most = max(most, len(encodes))
        time.sleep(0.02)
    assert [state_of(shipped, one) for one in many] == [("READY", False)] * 4
    assert most <= 1
    assert shipped.no_media_process_is_left()
