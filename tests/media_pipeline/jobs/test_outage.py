"""A database that is away or locked: waited for with growing pauses and few lines, and no job pays for it."""

import resource
import sqlite3

import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError, connection
from django.db.models import QuerySet

from media_pipeline import database_outage
from media_pipeline.database_outage import OutageLog, call_until_answered, is_outage
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.jobs import lease
from media_pipeline.models import Clip, Job
from media_pipeline.steps.context import StepContext
from media_pipeline.worker import run_job
from tests.database_outages import database_outage_of_tests
from tests.media_pipeline.moments import after, armed, before

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
LOGGER = "media_pipeline.database_outage"


@pytest.fixture
def outage(db):
    with database_outage_of_tests() as outage:
        yield outage


def lines(caplog):
    return [record.getMessage() for record in caplog.records if record.name == LOGGER]


def write():
    return Job.objects.update(priority=3)


def test_a_database_that_is_away_is_waited_for_with_growing_pauses_and_two_lines(clip, outage, caplog):
    outage.begin()
    assert call_until_answered(write, pause=outage.pause(4)) == 1
    bounds = [(0.25, 0.5), (0.5, 1), (1, 2), (2, 4)]
    assert [low <= seconds <= high for seconds, (low, high) in zip(outage.pauses, bounds, strict=True)] == [True] * 4
    said = lines(caplog)
    assert [line.partition(",")[0].partition(" after")[0] for line in said] == [
        "the database cannot be used",
        "the database can be used again",
    ]


def test_a_process_that_is_told_to_stop_does_not_wait(clip, outage):
    outage.begin()
    with pytest.raises(OperationalError):
        call_until_answered(write, pause=lambda _seconds: True)


def test_pauses_are_bounded_by_the_lease(settings):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"LEASE_S": 60}
    pauses = database_outage.growing_pauses()
    assert max(next(pauses) for _attempt in range(2000)) <= 10


def test_an_outage_is_a_line_a_minute_however_often_it_is_met(caplog):
    now = [1000.0]
    log = OutageLog(clock=lambda: now[0])
    for now[0] in [1000.0 + tenth / 10 for tenth in range(1801)]:
        log.note(OperationalError("connection refused\nIs the server running?"))
    assert lines(caplog) == [
        f"the database cannot be used, for {seconds} s by now: connection refused Is the server running?"
        for seconds in (0, 60, 120, 180)
    ]
    for _thread in range(2):
        log.note_answer()
    assert lines(caplog)[4:] == ["the database can be used again after 180 s"]
    for now[0] in (5000.0, 9000.0):  # where nobody says that it is back
        log.note(OperationalError("refused"))
    assert lines(caplog)[5:] == ["the database cannot be used, for 0 s by now: refused"] * 2


@pytest.fixture
def readonly(db):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's own ways to fail")
    connection.cursor().execute("PRAGMA query_only=ON")
    yield
    connection.cursor().execute("PRAGMA query_only=OFF")


@pytest.fixture
def full_disk(clip):
    """No file may grow, so that SQLite cannot begin those beside the database."""
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's own ways to fail")
    connection.close()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("trouble", ["readonly", "full_disk"])
def test_a_database_that_cannot_be_written_is_an_outage(clip, trouble, request):
    request.getfixturevalue(trouble)
    with pytest.raises(OperationalError) as raised:
        write()
    assert is_outage(raised.value)


def test_a_fault_is_no_outage():
    def with_cause(error, cause):
        error.__cause__ = cause
        return error

    fault = with_cause(ProgrammingError("no such table"), None)
    assert [is_outage(error) for error in (fault, ValueError("x"), OSError("x"))] == [False] * 3
    if connection.vendor == "sqlite":
        damaged = sqlite3.DatabaseError("malformed")
        damaged.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        assert is_outage(with_cause(OperationalError("malformed"), damaged)) is False
        return
    from psycopg import errors

    away = [errors.TooManyConnections, errors.AdminShutdown, errors.CannotConnectNow, errors.ConnectionFailure]
    assert [is_outage(with_cause(OperationalError("x"), kind("x"))) for kind in away] == [True] * 4
    assert is_outage(with_cause(InterfaceError("the connection is closed"), None))
    assert is_outage(with_cause(OperationalError("x"), errors.DeadlockDetected("x"))) is False


def test_a_transaction_that_another_undid_is_tried_again_at_once(db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    from psycopg import errors

    tries = []

    def work():
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError("deadlock detected") from errors.DeadlockDetected("deadlock detected")
        return "done"

    assert call_until_answered(work, pause=lambda _seconds: pytest.fail("no reason to wait")) == "done"
    tries.clear()
    with pytest.raises(OperationalError):
        call_until_answered(lambda: tries.clear() or work(), pause=lambda _seconds: None)


def back_when_met(outage, times=2):
    """A moment: the database is back when a worker has met the outage so often."""
    met = []

    def count(_frame):
        met.append(1)
        if len(met) == times:
            outage.end()

    return before(database_outage, "note_outage", count)


def once(action):
    """The action, the first time only."""
    left = [action]
    return lambda frame: left.pop()(frame) if left else None


def row(clip):
    return clip.jobs.get()


def test_a_claim_waits_for_the_database(clip, outage):
    key = row(clip).pk
    outage.begin()
    with armed(back_when_met(outage)):
        leased = lease.claim_job(key)
    assert (row(clip).status, row(clip).lease, row(clip).attempts) == ("running", leased.job.lease, 1)


def test_a_claim_whose_answer_was_lost_is_still_a_claim(clip, outage):
    """The row is written, and the database is away before the worker hears of it."""
    key, begun = row(clip).pk, once(outage.begin)
    with armed(after(QuerySet, "update", begun), back_when_met(outage)):
        leased = lease.claim_job(key)
    assert (row(clip).status, row(clip).lease, row(clip).attempts) == ("running", leased.job.lease, 1)


def test_a_running_step_goes_on_and_renews_its_lease(clip, outage, caplog, settings):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"HEARTBEAT_S": 0}
    now = [0.0]
    leased = lease.claim_job(row(clip).pk, clock=lambda: now[0])
    begun = row(clip).heartbeat_at
    outage.begin()
    for now[0] in (second / 10 for second in range(10, 900)):
        assert (leased.should_stop(), leased.reason) == (False, None)
    outage.end()
    now[0] += 10
    assert (leased.should_stop(), leased.reason) == (False, None)
    assert (row(clip).heartbeat_at > begun, row(clip).lease, row(clip).attempts) == (True, leased.job.lease, 1)
    assert len(lines(caplog)) == 2


def test_a_step_whose_end_meets_the_outage_is_done_once(clip, outage):
    """Also where it lasted long: nothing is made again, and no attempt is counted."""
    runs = []
    with armed(
        before(StepContext, "write_rows", outage.begin),
        back_when_met(outage),
        before(run_job, "run_current_step", lambda _frame: runs.append(1)),
    ):
        assert run_job.run_job(row(clip).pk) == "done"
    assert (len(runs), row(clip).step, row(clip).status, row(clip).attempts) == (1, "plan", "queued", 0)


def test_a_step_that_meets_the_outage_on_its_way_begins_again_without_an_attempt(clip, outage):
    with armed(before(run_job, "run_current_step", once(outage.begin)), back_when_met(outage)):
        outcome = run_job.run_job(row(clip).pk)
    assert (outcome, row(clip).attempts, row(clip).log_tail.count("failed")) == ("done", 0, 0)


def test_a_failure_that_meets_the_outage_is_written_when_it_is_over(clip, outage):
    leased = lease.claim_job(row(clip).pk)
    outage.begin()
    with armed(back_when_met(outage)):
        assert run_job._write_problem(leased, MediaError(ErrorCode.NOT_A_VIDEO)) == "failed"
    assert list(Clip.objects.values_list("state", "error_code")) == [("REJECTED", "not_a_video")]
