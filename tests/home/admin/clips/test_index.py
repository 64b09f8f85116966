"""The list: whose clips it shows, what it says of them, and what it costs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from home.access.roles import sync_city_roles
from home.editing.clip_page_draft import create_clip_page
from media_pipeline.models import Clip, Job
from tests.home.archive import caption, person_in, queries_of

pytestmark = pytest.mark.postgres


def listed(client, **query):
    return [clip.title for clip in client.get(reverse("clips:index"), query).context["object_list"]]


def test_administrators_see_all_newest_first(client, admin, tree, make_clip):
    make_clip(title="first"), make_clip(tree["b"], title="second")
    assert listed(client) == ["second", "first"]


def test_editors_see_the_clips_of_their_city(client, editor, tree, make_clip):
    make_clip(title="ours")
    make_clip(tree["b"], title="theirs")
    make_clip(tree["b"], title="uploaded before the move", uploader=editor)
    assert listed(client) == ["ours"]


def test_contributors_see_their_own_clips(client, tree, make_clip):
    user = person_in(sync_city_roles(tree["a"])["contributor"])
    client.force_login(user)
    mine = make_clip(title="mine", uploader=user)
    make_clip(title="of a colleague")
    assert listed(client) == ["mine"]
    page = client.get(reverse("clips:inspect", args=[mine.pk]))
    assert page.context["allowed"] == {
        "retry", "as_sound", "sound", "cancel", "poster", "facts", "caption_add", "caption_remove", "page_add",
    }  # fmt: skip
    assert client.post(reverse("clips:withdraw", args=[mine.pk])).status_code in (302, 403)
    mine.refresh_from_db()
    assert mine.state != Clip.State.WITHDRAWN


def test_people_without_a_city_have_no_area(client, tree, make_clip):
    clip = make_clip()
    client.force_login(person_in())
    for address in (reverse("clips:index"), reverse("clips:inspect", args=[clip.pk]), reverse("clips:progress")):
        assert client.get(address).status_code in (302, 403)


def test_filters_and_search(client, admin, tree, make_clip):
    make_clip(title="Labels", spoken_language="en")
    make_clip(tree["b"], title="Etiquetes", spoken_language="ca", state=Clip.State.FAILED)
    assert listed(client, q="etiq") == ["Etiquetes"]
    assert listed(client, state="FAILED") == ["Etiquetes"]
    assert listed(client, spoken_language="en") == ["Labels"]
    assert listed(client, city=tree["b"].pk) == ["Etiquetes"]


def test_progress_says_step_and_percent(client, admin, make_clip):
    clip = make_clip(job=Job.Status.RUNNING, state=Clip.State.ENCODING)
    answer = client.get(reverse("clips:progress"), {"id": clip.pk})
    told = answer.json()["clips"][str(clip.pk)]
    assert (told["busy"], told["percent"]) == (True, 41)
    assert (told["progress"], told["text"]) == ("Converting the video: 41%", "Preparing")
    assert "no-store" in answer["Cache-Control"]


def test_progress_tells_nothing_of_clips_of_others_and_of_what_cannot_be_one(client, editor, tree, make_clip):
    ours, theirs = make_clip(), make_clip(tree["b"])
    others = [theirs.pk, "9" * 30, "9" * 5000, "-1", "x", ""]
    told = client.get(reverse("clips:progress"), {"id": [ours.pk, *others]}).json()
    assert list(told["clips"]) == [str(ours.pk)]


def test_a_ready_clip_is_published_by_its_page(client, admin, tree, make_clip):
    clip = make_clip(ready=True, job=Job.Status.DONE)
    create_clip_page(clip, tree["a"], headline="Etiketten", language="de", publish=True)
    told = client.get(reverse("clips:progress"), {"id": clip.pk}).json()["clips"][str(clip.pk)]
    assert (told["state"], told["busy"], told["problem"]) == ("PUBLISHED", False, "")


def test_the_list_costs_the_same_for_one_and_for_three(client, admin, tree, make_clip):
    def one_more(title):
        clip = make_clip(ready=True, job=Job.Status.DONE, title=title)
        caption(clip, "de")
        create_clip_page(clip, tree["a"], headline=title, language="de", publish=True)

    one_more("first")
    client.get(reverse("clips:index"))
    one = queries_of(client, reverse("clips:index"))
    one_more("second"), one_more("third")
    assert (queries_of(client, reverse("clips:index")), one) == (one, 10)


def test_the_list_loads_no_texts_cues_or_logs(client, admin, tree, make_clip):
    clip = make_clip(ready=True, job=Job.Status.RUNNING)
    caption(clip, "de"), caption(clip, "ca")
    create_clip_page(clip, tree["a"], headline="Etiketten", language="de", publish=True)
    with CaptureQueriesContext(connection) as queries:
        html = client.get(reverse("clips:index")).content.decode()
    for column in ("cues", "log_tail", "body_de", "summary_de"):
        loaded = [query for query in queries if re.search(rf'(?<!CAST\()"\w+"\."{column}"(?!\)::text)', query["sql"])]
        assert (column, loaded) == (column, [])
    assert [html.count(name) > 0 for name in ("Deutsch", "Català", "41%")] == [True] * 3


@pytest.mark.parametrize("word", ["ετικέτες", "ΕΤΙΚΈΤΕΣ", "мітки", "МІТКИ", "över", "ÖVER", "straße"])
def test_searches_find_every_alphabet_in_any_case(client, admin, make_clip, word):
    make_clip(title="Ετικέτες"), make_clip(title="МІТКИ"), make_clip(title="Över"), make_clip(title="Straße")
    assert [title.casefold() for title in listed(client, q=word)] == [word.casefold()]
