"""One event is one line, with time, level and source, and no second line can be forged."""

import logging
import re

from campaign_site.log_format import OneLineFormatter


def test_a_line_has_time_level_source_and_message() -> None:
    record = logging.LogRecord("media_pipeline.jobs.submit", logging.WARNING, "", 1, "job %d retried", (12,), None)
    line = OneLineFormatter().format(record)
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} WARNING media_pipeline\.jobs\.submit job 12 retried", line
    )


def test_line_breaks_are_written_out() -> None:
    record = logging.LogRecord("home", logging.INFO, "", 1, "title %s", ("a\r\n2026 ERROR forged",), None)
    assert OneLineFormatter().format(record).endswith(r"title a\r\n2026 ERROR forged")


def test_a_traceback_stays_on_the_line() -> None:
    try:
        raise ValueError("broken")
    except ValueError as problem:
        facts = (type(problem), problem, problem.__traceback__)
        record = logging.LogRecord("home", logging.ERROR, "", 1, "failed", (), facts)
    line = OneLineFormatter().format(record)
    assert "\n" not in line
    assert line.endswith(r"\nValueError: broken")
