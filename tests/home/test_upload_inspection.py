"""A parser that fails, is stopped or finds no space is a refusal with a code, and only a failure is worth a line."""

import json
import logging

import pytest

from home.upload_errors import FileCode, RefusedFileError
from home.upload_inspection import inspect_upload
from media_pipeline import api

MODULE = "tests.media_pipeline.limited_double"
LIMITS = api.ProcessLimits(wall_s=1.0)


def inspect(**request):
    codes = {"unreadable": FileCode.PDF_DAMAGED, "too_much_work": FileCode.ARCHIVE_TOO_LARGE}
    return inspect_upload(MODULE, json.dumps(request).encode(), LIMITS, **codes)


def test_what_the_module_prints_comes_back():
    assert json.loads(inspect(text="a"))["text"] == "A"


@pytest.mark.parametrize(
    ("request_", "code", "lines"),
    [({"fail": True}, FileCode.PDF_DAMAGED, 1), ({"wait": True}, FileCode.ARCHIVE_TOO_LARGE, 0)],
)
def test_a_failure_and_too_much_work_are_refusals(caplog, request_, code, lines):
    with caplog.at_level(logging.WARNING), pytest.raises(RefusedFileError) as refusal:
        inspect(**request_)
    assert (refusal.value.code, len(caplog.records)) == (code, lines)
    assert [record.message for record in caplog.records if "ValueError: told to fail" not in record.message] == []


def test_no_space_for_the_upload_is_a_refusal(settings, tmp_path):
    (tmp_path / "file").touch()
    settings.MEDIA_PIPELINE = {**settings.MEDIA_PIPELINE, "WORK_DIR": tmp_path / "file"}
    with pytest.raises(RefusedFileError) as refusal:
        inspect(text="a")
    assert refusal.value.code == FileCode.FILE_NO_ROOM
