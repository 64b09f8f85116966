"""Whose turn it is: by example, by what must hold for every queue, and through the task that the queue calls."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from media_pipeline import api
from media_pipeline.jobs import scheduling
from media_pipeline.jobs.scheduling import QueueLane, schedule_order
from media_pipeline.models import Clip, Job
from media_pipeline.worker.tasks import run_next_job, run_step
from tests.media_pipeline.owners import owner

pytestmark = pytest.mark.postgres


NOW = timezone.now()


def waiting(owner=1, cost_s=100.0, waited_s=0.0, **facts):
    """A job that waits, without a row."""
    created_at = NOW - timedelta(seconds=waited_s)
    return Job(clip=Clip(collection_id=owner), cost_s=cost_s, created_at=created_at, **{"step": "plan", **facts})


def in_order(*jobs, load=()):
    """The jobs, the next one first."""
    known = {job.pk: job for job in jobs}
    return [known[key] for key in schedule_order(jobs, dict(load), NOW)]


def test_short_videos_come_first():
    short, long = waiting(cost_s=30), waiting(cost_s=3000)
    assert in_order(long, short) == [short, long]


def test_cities_take_turns():
    busy, idle = waiting(owner=1, cost_s=30), waiting(owner=2, cost_s=300)
    assert in_order(busy, idle, load={1: 2000.0}) == [idle, busy]


def test_a_clip_that_someone_waits_for_comes_sooner():
    unseen, watched = waiting(cost_s=100), waiting(cost_s=300, watched_at=NOW)
    assert in_order(unseen, watched) == [watched, unseen]


def test_a_wait_after_a_failure_counts_from_its_end():
    failed, other = waiting(waited_s=300, not_before=NOW), waiting(waited_s=200)
    assert in_order(failed, other) == [other, failed]


def test_what_was_begun_is_finished_and_what_was_asked_for_first_is_first():
    begun, urgent, plain = waiting(step="stills", cost_s=9000), waiting(priority=5, cost_s=9000), waiting(cost_s=1)
    assert in_order(plain, begun, urgent) == [urgent, begun, plain]


@given(
    others=st.lists(st.builds(waiting, owner=st.integers(1, 3), cost_s=st.floats(1, 20_000)), min_size=1, max_size=20),
    load=st.dictionaries(st.integers(1, 3), st.floats(0, 3600)),
    cost_s=st.floats(1, 20_000),
)
def test_nobody_waits_without_end(others, load, cost_s):
    old = waiting(owner=1, cost_s=cost_s, waited_s=cost_s + 3600.0)
    assert in_order(*others, old, load=load)[0] == old


@given(st.lists(st.builds(waiting, owner=st.integers(1, 3), waited_s=st.floats(0, 9000)), max_size=20))
def test_an_order_loses_and_adds_nobody(jobs):
    assert set(in_order(*jobs)) == set(jobs)


def queued(name, *, city, cost_s, step=Job.Step.PROBE, **facts):
    clip = Clip.objects.create(title=name, spoken_language="en", collection_id=owner(city))
    return Job.objects.create(clip=clip, cost_s=cost_s, step=step, **facts)


@pytest.mark.django_db
def test_lanes_are_told_apart_by_step_and_cost():
    new = queued("new", city=1, cost_s=None)
    early = queued("early", city=1, cost_s=60, step=Job.Step.PREVIEW)
    huge = queued("huge", city=1, cost_s=9000, step=Job.Step.PREVIEW)
    late = queued("late", city=1, cost_s=60, step=Job.Step.ENCODE)
    lanes = [scheduling.lane_of(job) for job in (new, early, huge, late)]
    assert lanes == [QueueLane.QUICK, QueueLane.QUICK, QueueLane.LONG, QueueLane.LONG]
    assert set(scheduling.next_jobs(QueueLane.QUICK)) == {new.pk, early.pk}
    assert set(scheduling.next_jobs(QueueLane.LONG)) == {huge.pk, late.pk}


@pytest.mark.django_db
def test_what_a_city_got_lately_counts():
    encode = {"step": Job.Step.ENCODE}
    queued("running", city=1, cost_s=500, status=Job.Status.RUNNING)
    queued("done", city=1, cost_s=700, status=Job.Status.DONE, finished_at=timezone.now())
    queued("long ago", city=2, cost_s=9000, status=Job.Status.DONE, finished_at=timezone.now() - timedelta(hours=2))
    assert scheduling.owner_load(timezone.now()) == {owner(1): 1200.0}
    short, long = queued("short", city=1, cost_s=50, **encode), queued("long", city=2, cost_s=900, **encode)
    assert scheduling.next_jobs(QueueLane.LONG) == [long.pk, short.pk]


@pytest.mark.django_db
def test_looking_at_progress_is_noted(django_assert_num_queries):
    job = queued("seen", city=1, cost_s=50)
    with django_assert_num_queries(1):
        api.mark_watched([job.clip])
    assert timezone.now() - Job.objects.get(pk=job.pk).watched_at < scheduling.WATCHED_FOR


@pytest.mark.django_db
@pytest.mark.parametrize("count", [2, 30])
def test_a_turn_costs_two_queries(count, django_assert_num_queries):
    for number in range(count):
        queued(str(number), city=number % 3, cost_s=10 + number)
    with django_assert_num_queries(2):
        assert len(scheduling.next_jobs(QueueLane.QUICK)) == count


@pytest.mark.django_db(transaction=True)
def test_an_id_of_the_queue_does_the_job_whose_turn_it_is(small_video):
    slow = api.ingest_clip(small_video, title="Slow", spoken_language="en")
    quick = api.ingest_clip(small_video, title="Quick", spoken_language="en")
    Job.objects.filter(clip=slow).update(cost_s=5000, step=Job.Step.ENCODE)
    Job.objects.filter(clip=quick).update(cost_s=5, step=Job.Step.ENCODE)
    taken = []
    assert run_next_job(QueueLane.LONG, lambda pk: taken.append(pk) or "done") == "done"
    assert taken == [quick.jobs.get().pk]


@pytest.mark.django_db(transaction=True)
def test_a_late_id_puts_no_long_work_into_the_quick_lane(small_video):
    clip = api.ingest_clip(small_video, title="Begun", spoken_language="en")
    Job.objects.filter(clip=clip).update(cost_s=5000, step=Job.Step.ENCODE)
    assert run_step.call(str(clip.jobs.get().pk), str(QueueLane.QUICK)) == "skipped"
