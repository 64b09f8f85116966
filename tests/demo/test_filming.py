"""From a video to a page: ingested once, with captions in every language, after what people upload."""

from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult

from demo.content.texts import languages, read_demo_clip
from demo.films import submit, tasks
from demo.films.render import RenderedFilm
from demo.films.voice import SentenceTiming
from home.models import ClipPage
from media_pipeline.models import Clip

CUES = tuple(SentenceTiming(700 + 2000 * n, 2250 + 2000 * n, n) for n in range(5))


@pytest.fixture
def made(tmp_path):
    path = tmp_path / "master.mp4"
    path.write_bytes(b"not a video, but nobody looks before the worker does")
    return RenderedFilm(path, CUES, 12.0)


def test_captions_are_the_sentences_at_their_times():
    rendered = RenderedFilm(
        Path("master.mp4"), (SentenceTiming(700, 2250, 0), SentenceTiming(3_601_004, 3_602_000, 4)), 4000
    )
    assert submit.sentences_vtt(read_demo_clip("eleven"), rendered, "nl").decode() == (
        "WEBVTT\n\n"
        "00:00:00.700 --> 00:00:02.250\nOp het veld zijn we met elf.\n\n"
        "01:00:01.004 --> 01:00:02.000\nZonder hem zijn we geen team.\n"
    )


def test_a_page_gets_its_clip_with_captions_in_all_languages(waiting_page, made):
    got = submit.submit_film(read_demo_clip("eleven"), made)
    page = ClipPage.objects.get(demo_key="clip-eleven")
    assert (page.clip, page.live, page.headline_pt) == (got, True, "Somos onze")
    assert (got.title, got.spoken_language, got.demo_key) == ("Somos onze", "pt", "clip-eleven")
    assert got.collection == page.get_parent().specific.collection
    assert sorted(got.captions.values_list("language", flat=True)) == sorted(languages())
    polish = got.captions.get(language="pl")
    assert next(row[:3] for row in polish.cues) == [700, 2250, "Na boisku jest nas jedenastu."]
    assert got.jobs.get().priority == submit.DEMO_PRIORITY


def test_a_second_video_is_not_ingested(waiting_page, made):
    first = submit.submit_film(read_demo_clip("eleven"), made)
    assert submit.submit_film(read_demo_clip("eleven"), made) is None
    assert list(Clip.objects.all()) == [first]


def test_a_page_that_is_gone_gets_no_clip(waiting_page):
    waiting_page.delete()
    assert submit.film_clip("eleven") is None


def test_videos_are_queued_twice_and_behind_everything(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tasks.queue_film("eleven")
    rows = DBTaskResult.objects.filter(task_path="demo.films.tasks.film_demo_clip").order_by("enqueued_at")
    assert [(row.args_kwargs["args"], row.priority) for row in rows] == [(["eleven"], tasks.RENDER_PRIORITY)] * 2
    assert rows[1].run_after - rows[1].enqueued_at > tasks.RETRY_DELAY / 2
