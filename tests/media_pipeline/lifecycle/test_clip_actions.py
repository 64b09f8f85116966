"""What people may do with clips, and what the commands do for them."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from media_pipeline import api
from media_pipeline.files import packages
from media_pipeline.models import Clip, Job, Package, Poster
from tests.media_pipeline.clips import fresh

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def failed(title, code, state="FAILED"):
    clip = Clip.objects.create(title=title, spoken_language="en", state=state, error_code=code)
    Job.objects.create(clip=clip, status="failed", error_code=code, priority=7)
    return clip


@pytest.fixture
def archive(db):
    return {
        "ours": failed("ours", "timeout"),
        "full": failed("full", "disk_full"),
        "theirs": failed("theirs", "not_a_video", state="REJECTED"),
        "stopped": failed("stopped", "cancelled"),
        "fine": Clip.objects.create(title="fine", spoken_language="en", state="READY"),
    }


@pytest.mark.parametrize(
    ("arguments", "named", "retried"),
    [
        ([], [], ["full", "ours"]),
        (["--code", "not_a_video"], [], ["theirs"]),
        ([], ["stopped", "fine"], ["fine", "stopped"]),
    ],
    ids=["what we failed on", "one code", "what is named"],
)
def test_retryjobs(archive, arguments, named, retried):
    out = StringIO()
    call_command("retryjobs", *arguments, *(archive[title].public_id for title in named), stdout=out)
    assert out.getvalue().splitlines()[-1] == f"Clips in the queue: {len(retried)}."
    assert sorted(Job.objects.filter(status="queued").values_list("clip__title", flat=True)) == retried


def test_retryjobs_skips_what_is_withdrawn(archive):
    out = StringIO()
    api.withdraw_clip(archive["ours"])
    call_command("retryjobs", stdout=out)
    call_command("retryjobs", archive["ours"].public_id, stdout=out)
    assert list(Job.objects.filter(status="queued").values_list("clip__title", flat=True)) == ["full"]
    assert out.getvalue().splitlines()[-2:] == [
        f"{archive['ours'].public_id} is withdrawn, not queued",
        "Clips in the queue: 0.",
    ]


def test_nobody_waits_for_a_clip_that_was_withdrawn(clip):
    api.withdraw_clip(clip)
    assert api.process_now(clip).state == "WITHDRAWN"
    assert clip.jobs.get().status == "queued"


def test_retryjobs_names_an_id_that_no_clip_has(archive):
    with pytest.raises(CommandError, match="No clip has the ID nobody"):
        call_command("retryjobs", archive["fine"].public_id, "nobody")


def test_a_retry_begins_with_a_clean_state_and_the_old_priority(archive):
    job = api.retry_job(archive["ours"])
    assert (fresh(archive["ours"]).state, fresh(archive["ours"]).error_code) == ("RECEIVED", "")
    assert (job.step, job.attempts, job.priority) == ("probe", 0, 7)
    assert api.retry_job(archive["ours"]) == job


@pytest.mark.parametrize(("title", "state"), [("ours", "FAILED"), ("theirs", "REJECTED")])
def test_restoring_tells_refused_from_failed(archive, title, state):
    api.restore_clip(archive[title])  # not withdrawn: nothing changes
    assert fresh(archive[title]).state == state
    api.withdraw_clip(archive[title])
    assert fresh(archive[title]).state == "WITHDRAWN"
    api.restore_clip(archive[title])
    assert fresh(archive[title]).state == state


def test_the_queue_has_an_age(clip):
    Job.objects.update(created_at=timezone.now() - datetime.timedelta(seconds=90))
    assert api.queue_age_s() >= 90
    assert api.health_report().queued == 1
    Job.objects.update(status="done")
    assert api.queue_age_s() == 0.0


def test_health_says_that_nobody_works(clip):
    assert api.health_report().ok is True
    Job.objects.update(created_at=timezone.now() - datetime.timedelta(hours=1))
    assert api.health_report().problems == ("worker: videos are in the queue, but no worker is running",)


def test_health_names_what_is_missing(clip, settings):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"FFMPEG_BIN": "/nowhere/ffmpeg", "MIN_FREE_BYTES": 1 << 60}
    health = api.health_report()
    assert (health.ok, health.ffmpeg) == (False, "")
    assert [problem.partition(":")[0] for problem in health.problems] == ["ffmpeg", "work", "masters", "published"]


def test_without_ffmpeg_it_is_our_failure_at_once(clip, settings):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"FFMPEG_BIN": "/nowhere/ffmpeg"}
    status = api.process_now(clip)
    assert (status.state, status.error.code) == ("FAILED", "no_ffmpeg")
    assert clip.jobs.get().attempts == 1


def posters(clip, key, *rows):
    package = Package.objects.create(clip=clip, key=key, duration_s=9, size_bytes=1)
    return [
        Poster.objects.create(clip=clip, package=package, prefix="p", width=1, height=1, at_s=at_s, score=score)
        for at_s, score in rows
    ]


def test_an_editor_chooses_the_poster(clip):
    best, other = posters(clip, "one", (1.0, 9.0), (5.0, 3.0))
    api.choose_poster(clip, other)
    assert fresh(clip).poster == other
    another_clip = Clip.objects.create(title="x", spoken_language="en")
    with pytest.raises(ValueError, match="another clip"):
        api.choose_poster(another_clip, best)


@pytest.mark.parametrize(("chosen", "follows"), [(0, 2.0), (1, 6.0)], ids=["the best", "an editor's choice"])
def test_a_new_package_keeps_what_an_editor_chose(clip, chosen, follows):
    old = posters(clip, "one", (1.0, 9.0), (5.0, 3.0))
    posters(clip, "two", (2.0, 8.0), (6.0, 4.0))
    Clip.objects.update(poster=old[chosen])
    packages.activate_package(clip, Package.objects.get(key="two"))
    now = fresh(clip)
    assert (now.poster.at_s, now.state, now.package.key) == (follows, "READY", "two")
    assert Package.objects.get(key="one").retired_at is not None
