"""Details of a file in words."""

import pytest

from home.admin.clips import file_details
from media_pipeline.models import Master


@pytest.mark.parametrize(("rate", "words"), [("25", "25"), ("30000/1001", "29.97"), ("140000/5087", "27.52")])
def test_rates_are_read_as_the_probe_writes_them(rate, words):
    probe = {"video": {"codec": "h264", "width": 1920, "height": 1080, "fps_avg": rate}, "audio": {}}
    found = dict(file_details.original_file_rows(Master(original_name="a.mp4", size_bytes=1, probe=probe)))
    assert found["Frames per second"] == words
