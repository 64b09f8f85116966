"""Modules of ours run in the sandbox: bytes in, bytes out, and nothing else of the machine."""

import json

import pytest

from media_pipeline import api

MODULE = "tests.media_pipeline.limited_double"


def run(limits=None, **request):
    return api.run_limited(MODULE, json.dumps(request).encode(), limits)


def test_a_module_answers_on_standard_output():
    answer = json.loads(run(text="héllo"))
    assert (answer["text"], answer["pillow"], answer["database"]) == ("HÉLLO", True, False)


def test_a_module_that_fails_is_an_internal_error():
    with pytest.raises(api.MediaError) as problem:
        run(fail=True)
    assert problem.value.code == api.ErrorCode.INTERNAL
    assert "ValueError: told to fail" in problem.value.stderr_tail


def test_a_module_that_never_ends_is_stopped():
    with pytest.raises(api.MediaError) as problem:
        run(api.ProcessLimits(wall_s=1.0), wait=True)
    assert problem.value.code == api.ErrorCode.TIMEOUT


def test_a_package_that_does_not_exist():
    with pytest.raises(ModuleNotFoundError):
        api.run_limited("no_such_package.module", b"")
