"""Nothing that strangers or editors send takes more than linear work to read: no expression, and no function.

The work is not timed: the kernel ends the process that needs more processor time than linear work ever does.
Expressions are found in the source and attacked with inputs made from themselves: a new one needs no entry in a table.
"""

import os
import signal
import subprocess
import sys

import pytest

from tests.house.regex_attack import expressions
from tests.house.sources import PROJECT

ENVIRONMENT = {**os.environ, "DJANGO_SETTINGS_MODULE": "campaign_site.settings.test"}


def run(module, *arguments):
    """The status of an attack, and what it was about when it ended."""
    command = [sys.executable, "-m", f"tests.house.{module}", *arguments]
    ran = subprocess.run(command, cwd=PROJECT, env=ENVIRONMENT, capture_output=True, text=True)
    last = (ran.stdout.splitlines() or [""])[-1]
    return ran.returncode, last, ran.stderr[-500:]


def test_every_use_of_an_expression_is_known():
    """By a method on its name, or in ``regex_attack.IN_TABLES``; else nobody knows how to attack it."""
    found = expressions()
    assert [each.name for each in found if not each.methods] == []
    assert len(found) > 80


@pytest.mark.thorough("hostile texts of a megabyte")
def test_no_expression_is_more_than_linear():
    assert run("regex_attack") == (0, "done", "")


@pytest.mark.parametrize(
    "slow",
    [
        r"(a+)+$",
        *(
            pytest.param(slow, marks=pytest.mark.thorough("hostile texts of a megabyte"))
            for slow in (
                r"\s+$",
                r"^(?:.*a)*$",
                r"[A-Z0-9-]+=",  # was in media_playlist: searched from every place anew
                r"^[ \t]*(\S+?)[ \t]*-->[ \t]*(\S+)(?:[ \t]+(.*))?[ \t]*$",  # was in captions
                r"(^|/)(vbaproject\.bin|basic/.*\.xml|scripts/.+)$",  # was in documents
                r"<[^<>]*attachedTemplate[^<>]*>",
            )
        ),
    ],
)
def test_the_attack_finds_expressions_that_are(slow):
    status, _last, _error = run("regex_attack", slow)
    assert status == -signal.SIGPROF


def test_no_reader_is_more_than_linear():
    assert run("parser_attack") == (0, "done", "")


@pytest.mark.thorough("hostile texts of a megabyte")
def test_no_reader_is_more_than_linear_after_any_beginning():
    assert run("parser_attack", "--all") == (0, "done", "")
