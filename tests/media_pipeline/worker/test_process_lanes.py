"""A new video beside one that is encoded, and a queue that is full: real workers with the settings of a new site."""

import pytest

from .test_process import LONG

pytestmark = pytest.mark.slow


def states(site):
    """The state of each clip, and whether it has a preview."""
    return site.rows("SELECT state, preview_id IS NOT NULL FROM media_pipeline_clip ORDER BY id")


def test_a_new_video_is_checked_while_another_is_encoded(new_site, long_video, small_video):
    site = new_site(long_video, small_video, AS_SHIPPED="1")
    site.start_encoding()
    site.rows("UPDATE media_pipeline_job SET not_before = NULL")
    site.wait_until(lambda: states(site)[1] == ("PROBED", 1))
    assert states(site)[0] == ("ENCODING", 1)


@LONG
def test_a_full_queue_is_worked_off_by_as_many_as_the_setting_says(new_site, small_video):
    site, most = new_site(*[small_video] * 4, AS_SHIPPED="1"), set()
    site.rows("UPDATE media_pipeline_job SET not_before = NULL")
    site.start("manage.py", "runworker")

    def all_are_ready():
        encodes = {line.split("encode-")[1][:32] for line in site.media_processes() if "encode-" in line}
        most.add(len(encodes))
        return states(site) == [("READY", 0)] * 4

    site.wait_until(all_are_ready)
    assert max(most) <= 1
    site.wait_for_the_end_of_tools()
