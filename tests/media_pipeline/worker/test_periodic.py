"""Each periodic task by itself: what fails or hangs stops nothing else, is logged once and remembered."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from media_pipeline import api
from media_pipeline.each import do_each
from media_pipeline.lifecycle import cleanup
from media_pipeline.models import PeriodicTaskRun
from media_pipeline.worker import periodic
from media_pipeline.worker.periodic import PeriodicRunner, PeriodicTask

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
LOGGER = "media_pipeline.worker.periodic"


class Chores:
    """Tasks that do what a test says; ``done`` lists them in the order in which they ended."""

    def __init__(self):
        self.done = []
        self.error = None
        self.gate = threading.Event()

    def sweep(self):
        if self.error is not None:
            raise self.error
        self.done.append("sweep")

    def wait(self):
        self.gate.wait()
        self.done.append("wait")

    def publish(self):
        self.done.append("publish")


@pytest.fixture
def chores():
    chores = Chores()
    yield chores
    chores.gate.set()


def runner(*tasks, **options):
    return PeriodicRunner(tasks=[PeriodicTask(task) for task in tasks], **options)


def lines(caplog):
    """What was logged, once each time it was."""
    return [record.getMessage() for record in caplog.records if record.name == LOGGER]


def kept(name):
    return PeriodicTaskRun.objects.get(pk=name)


def test_a_task_that_fails_stops_no_other_and_is_logged_once(chores, caplog):
    rounds = runner(chores.sweep, chores.publish)
    chores.error = ValueError("no broom")
    for _round in range(3):
        rounds.run_once()
    assert chores.done == ["publish"] * 3
    assert lines(caplog) == ["periodic task sweep failed"]
    assert (kept("sweep").last_success_at, kept("sweep").last_error) == (None, "ValueError: no broom")
    assert (kept("publish").last_error_at, kept("publish").is_failing) == (None, False)
    runner(chores.sweep).run_once()  # a restart
    chores.error = ValueError("no water")
    rounds.run_once()
    chores.error = None
    rounds.run_once()
    assert lines(caplog)[1:] == ["periodic task sweep failed", "periodic task sweep works again"]
    assert (kept("sweep").is_failing, kept("sweep").last_error) == (False, "ValueError: no water")
    assert kept("sweep").last_success_at > kept("sweep").last_error_at


def test_a_task_that_hangs_stops_no_other_and_is_not_begun_twice(chores, caplog):
    rounds = runner(chores.wait, chores.publish, patience_s=0)
    for _round in range(2):
        rounds.run_once()
        rounds._threads["publish"].join()
    assert lines(caplog)[0] == "periodic task wait takes long; the others go on"
    assert chores.done == ["publish", "publish"]
    chores.gate.set()
    rounds._threads["wait"].join()
    assert chores.done == ["publish", "publish", "wait"]


def test_a_task_has_its_own_time_and_comes_soon_again_when_it_failed(chores, settings):
    now = [0.0]
    tasks = [PeriodicTask(chores.sweep, every_s=3600), PeriodicTask(chores.publish)]
    rounds = PeriodicRunner(clock=lambda: now[0], tasks=tasks)
    for now[0] in (0.0, 60.0, 3599.0, 3600.0):
        rounds.run_once()
    assert chores.done == ["sweep", "publish", "publish", "publish", "sweep", "publish"]
    chores.done.clear()
    chores.error = ValueError("no broom")
    now[0] = 7200.0
    rounds.run_once()
    chores.error = None
    now[0] = 7260.0
    rounds.run_once()
    assert chores.done == ["publish", "sweep", "publish"]


def test_a_database_that_is_away_is_no_failure_of_a_task(chores, caplog):
    chores.error = OperationalError("database is locked")
    chores.error.__cause__ = locked()
    runner(chores.sweep, chores.publish).run_once()
    assert (chores.done, lines(caplog)) == (["publish"], [])
    assert PeriodicTaskRun.objects.filter(pk="sweep").exists() is False


def locked():
    """The driver's own error for a database that cannot be used now."""
    if connection.vendor == "sqlite":
        import sqlite3

        error = sqlite3.OperationalError("database is locked")
        error.sqlite_errorcode = sqlite3.SQLITE_BUSY
        return error
    from psycopg import errors

    return errors.AdminShutdown("terminating connection due to administrator command")


def test_every_chore_of_the_pipeline_is_a_task_of_its_own():
    names = [task.name for task in periodic.PERIODIC_TASKS]
    assert {"reap_jobs", *(clean.__name__ for clean in cleanup.CLEAN_UP_TASKS)} <= set(names)
    assert len(set(names)) == len(names)


def test_many_things_are_done_though_some_fail():
    def halve(number):
        if number % 2:
            raise ValueError("odd")
        return number // 2

    assert do_each([2, 4], halve) == [1, 2]
    seen = []
    with pytest.raises(ExceptionGroup) as failed:
        do_each([1, 2, 3], lambda number: seen.append(number) or halve(number), lambda number: f"number {number}")
    assert seen == [1, 2, 3]
    assert periodic.describe_error(failed.value) == (
        "ExceptionGroup: 2 of 3 failed (2 sub-exceptions) ValueError: odd (number 1); ValueError: odd (number 3)"
    )


def test_health_names_a_task_that_fails_and_one_that_nobody_does():
    assert api.health_report().periodic_tasks == ()
    now = timezone.now()
    PeriodicTaskRun.objects.create(name="reap_jobs", last_success_at=now, last_error_at=now - timedelta(days=1))
    PeriodicTaskRun.objects.create(name="remove_stale_uploads", last_success_at=now - timedelta(hours=1))
    PeriodicTaskRun.objects.create(name="a task of an older version", last_error_at=now, last_error="x")
    assert [task.name for task in api.health_report().periodic_tasks] == ["reap_jobs", "remove_stale_uploads"]
    assert api.health_report().problems == ()
    PeriodicTaskRun.objects.filter(pk="reap_jobs").update(last_success_at=now - timedelta(minutes=11))
    PeriodicTaskRun.objects.filter(pk="remove_stale_uploads").update(last_error_at=now, last_error="OSError: gone")
    assert api.health_report().problems == (
        "periodic task reap_jobs: has not ended for long; is a worker running?",
        "periodic task remove_stale_uploads: OSError: gone",
    )
