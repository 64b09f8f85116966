"""What one can do to a clip from its page, and what one cannot do to clips of others."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from home.access.roles import sync_archive_role, sync_city_roles
from home.admin.clips.views.actions import add_draft_page, urlpatterns
from home.editing.clip_page_draft import create_clip_page
from home.models import ClipPage
from media_pipeline import api
from media_pipeline.models import Caption, Clip, Job, Poster
from tests.home.archive import person_in

ACTIONS = {pattern.name: [7] if pattern.name == "caption_remove" else [] for pattern in urlpatterns}
VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nHola\n"


def post(client, clip, action, *more, **data):
    return client.post(reverse(f"clips:{action}", args=[clip.pk, *more]), data)


def test_the_page_shows_everything(client, admin, tree, make_clip):
    clip = make_clip(ready=True, job=Job.Status.DONE, warnings=["partial"])
    Caption.objects.create(clip=clip, language="de", cues=[[0, 900, "Hallo", ""]], source_name="clip.de.srt")
    create_clip_page(clip, tree["a"], headline="Etiketten", language="de")
    answer = client.get(reverse("clips:inspect", args=[clip.pk]))
    text = answer.content.decode()
    assert answer.status_code == 200
    for part in ("clip.mp4", "clip.de.srt", clip.public_id, "partial", "0" * 64, "Deutsch"):
        assert part in text
    assert "delete" not in answer.context["allowed"]


def test_a_failure_is_told_in_words_with_links_to_its_codes(client, admin, make_clip):
    clip = make_clip(state=Clip.State.REJECTED, error_code="not_a_video", warnings=["no_audio"], job=Job.Status.FAILED)
    answer = client.get(reverse("clips:inspect", args=[clip.pk]))
    html, problem = answer.content.decode(), answer.context["problem"]
    assert (problem.code, problem.message in html.replace("&#x27;", "'")) == ("not_a_video", True)
    for code in ("not_a_video", "no_audio"):
        assert f'<a href="{reverse("clips:help_code", args=[code])}">{code}</a>' in html


@pytest.fixture
def question(make_clip):
    """A clip of which we ask whether sound alone is meant."""
    return make_clip(state=Clip.State.REJECTED, error_code="no_video_stream", job=Job.Status.FAILED)


def read(client, name, *args):
    return BeautifulSoup(client.get(reverse(f"clips:{name}", args=args)).content, "html.parser")


def test_a_question_is_asked_once_beside_its_answers(client, admin, question):
    page, words = read(client, "inspect", question.pk), api.error_message("no_video_stream").message
    asked = [each for each in page.find_all(string=words) if not each.find_parent(hidden=True)]
    assert [each.parent.name for each in asked] == ["h2"]
    assert (page.select_one("[data-text]").text, "open this clip" in page.text) == ("Needs your answer", False)
    answers = page.select("form[action$='/as_sound/'], form[action$='/retry/']")
    assert answers == page.select(".clip-question form")
    addresses = [form["action"] for form in answers] + [link["href"] for link in page.select(".clip-question a")]
    expected = [("as_sound", question.pk), ("add",), ("help_code", "no_video_stream")]
    assert addresses == [reverse(f"clips:{name}", args=args) for name, *args in expected]


def test_the_list_leads_from_a_question_to_where_it_is_answered(client, admin, question):
    link = read(client, "index").select_one("[data-problem] a")
    expected = (reverse("clips:inspect", args=[question.pk]), api.error_message("no_video_stream").message)
    assert (link["href"], link.text) == expected


def test_a_withdrawn_clip_is_restored_before_it_is_asked_about(client, admin, question):
    post(client, question, "withdraw")
    box = read(client, "inspect", question.pk).select_one(".clip-question")
    assert (box.form, "Restore it first" in box.text) == (None, True)


def test_a_preview_that_grows_is_played_by_its_playlist(client, admin, make_clip):
    clip = make_clip(ready=True, job=Job.Status.RUNNING)
    clip.package.growing = clip.package.early = True
    clip.package.save()
    Clip.objects.filter(pk=clip.pk).update(package=None, preview=clip.package, state=Clip.State.ENCODING)
    html = client.get(reverse("clips:inspect", args=[clip.pk])).content.decode()
    assert (f'data-growing="/media/{clip.public_id}/master.m3u8"' in html, "download.mp4" in html) == (True, False)


def test_retry_queues_again(client, admin, make_clip):
    clip = make_clip(state=Clip.State.FAILED, job=Job.Status.FAILED)
    post(client, clip, "retry")
    assert clip.jobs.filter(status=Job.Status.QUEUED).count() == 1


def test_stop_asks_the_running_job_to_stop(client, admin, make_clip):
    clip = make_clip(job=Job.Status.RUNNING)
    post(client, clip, "cancel")
    assert clip.jobs.get().cancel_requested is True


def test_a_withdrawn_clip_is_restored_and_not_retried(client, admin, make_clip):
    clip = make_clip(ready=True, job=Job.Status.DONE)
    post(client, clip, "withdraw")
    clip.refresh_from_db()
    assert clip.state == Clip.State.WITHDRAWN
    for action in ("retry", "as_sound", "withdraw"):
        post(client, clip, action)
    clip.refresh_from_db()
    assert (clip.state, clip.jobs.count(), clip.withdrawals.count()) == (Clip.State.WITHDRAWN, 1, 1)
    post(client, clip, "restore")
    clip.refresh_from_db()
    assert clip.state == Clip.State.READY


def test_who_withdrew_a_clip_when_and_why_is_kept(client, editor, make_clip):
    clip = make_clip(ready=True)
    post(client, clip, "withdraw", reason=" A pupil asked for it. ")
    html = client.get(reverse("clips:inspect", args=[clip.pk])).content.decode()
    assert ("A pupil asked for it." in html, "Only the archive" in html) == (True, False)
    post(client, clip, "restore")
    post(client, clip, "withdraw")
    rows = list(clip.withdrawals.values_list("reason", "withdrawn_by", "restored_by", "by_archive"))
    assert rows == [("", editor.pk, None, False), ("A pupil asked for it.", editor.pk, editor.pk, False)]
    editor.delete()
    assert list(clip.withdrawals.values_list("withdrawn_by", flat=True)) == [None, None]


def test_what_the_archive_withdrew_no_city_restores_or_deletes(client, tree, make_clip, admin_user):
    clip, people = make_clip(ready=True), {
        "city": person_in(sync_city_roles(tree["a"])["editor"], name="eva"),
        "archive": person_in(sync_archive_role("archive_editor"), name="ana"),
    }  # fmt: skip

    def acts(who, action):
        client.force_login(people[who])
        status = post(client, clip, action).status_code
        clip.refresh_from_db()
        return status, clip.state

    assert acts("city", "withdraw") == (302, Clip.State.WITHDRAWN)
    api.withdraw_clip(clip, by=admin_user, reason="Police", by_archive=True)
    assert [acts("city", action) for action in ("restore", "delete")] == [(302, Clip.State.WITHDRAWN)] * 2
    assert "Only the archive" in client.get(reverse("clips:inspect", args=[clip.pk])).content.decode()
    assert api.restore_clip(clip, by=people["city"], by_archive=False) is False
    assert acts("archive", "restore") == (302, Clip.State.READY)
    assert acts("archive", "withdraw") == (302, Clip.State.WITHDRAWN)
    assert acts("city", "restore") == (302, Clip.State.WITHDRAWN)


def test_the_worker_and_the_restoring_leave_a_twice_withdrawn_clip_withdrawn(make_clip):
    clip = make_clip(ready=True)
    api.withdraw_clip(clip, by_archive=False)
    api.withdraw_clip(clip, by_archive=True)
    assert api.restore_clip(clip, by_archive=False) is False
    clip.refresh_from_db()
    assert clip.state == Clip.State.WITHDRAWN
    assert api.restore_clip(clip) is True
    assert api.restore_clip(clip) is False


def test_captions_come_and_go(client, admin, make_clip):
    clip = make_clip(ready=True)
    shown = post(client, clip, "caption_add", language="ca", kind="subtitles", file=SimpleUploadedFile("a.vtt", VTT))
    assert clip.captions.count() == 0
    post(client, clip, "caption_add", read=shown.context["preview"].signed)
    caption = clip.captions.get()
    assert (caption.language, [cue[2] for cue in caption.cues], caption.source_name) == ("ca", ["Hola"], "a.vtt")
    post(client, clip, "caption_remove", caption.pk)
    assert clip.captions.count() == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "caption_empty"), (b"WEBVTT\n\nNOTE nothing\n", "caption_empty"), (b"\x00\x01\x02", "caption_no_header")],
)
def test_captions_that_say_nothing_are_refused_with_a_link_to_help(client, admin, make_clip, content, code):
    clip = make_clip(ready=True)
    file = SimpleUploadedFile("a.vtt", content)
    answer = post(client, clip, "caption_add", language="ca", kind="subtitles", file=file)
    codes = [error.code for error in answer.context["caption_form"].errors.as_data()["file"]]
    assert (answer.status_code, codes, clip.captions.count()) == (200, [code], 0)
    assert reverse("clips:help_code", args=[code]) in answer.content.decode()


def test_the_picture_is_chosen_among_the_clips_own(client, admin, make_clip):
    clip, other = make_clip(ready=True), make_clip(ready=True)
    facts = {"prefix": "poster", "widths": [640], "formats": ["jpg"], "width": 640, "height": 360, "at_s": 1}
    own = Poster.objects.create(clip=clip, package=clip.package, **facts)
    foreign = Poster.objects.create(clip=other, package=other.package, **facts)
    for nobody in (foreign.pk, "9" * 5000, "x"):
        assert post(client, clip, "poster", poster=nobody).status_code == 404
    post(client, clip, "poster", poster=own.pk)
    clip.refresh_from_db()
    assert clip.poster == own


def test_facts_are_corrected_or_refused(client, admin, tree, make_clip):
    clip = make_clip()
    post(client, clip, "facts", title="Labels", spoken_language="en", city=tree["b"].pk)
    clip.refresh_from_db()
    assert (clip.title, clip.spoken_language, clip.collection) == ("Labels", "en", tree["b"].collection)
    answer = post(client, clip, "facts", title="", spoken_language="xx", city=tree["b"].pk)
    assert sorted(answer.context["details_form"].errors) == ["spoken_language", "title"]
    clip.refresh_from_db()
    assert clip.title == "Labels"


def test_a_page_is_made_once(client, admin, tree, make_clip):
    clip = make_clip()
    post(client, clip, "page_add")
    post(client, clip, "page_add")
    assert list(ClipPage.objects.values_list("clip_id", "live")) == [(clip.pk, False)]


def test_pressing_twice_at_once_opens_one_page(rf, admin_user, make_clip):
    """The second request has looked at the clip before the first made its page."""
    clip, request = make_clip(), rf.post("/")
    request.user = admin_user
    opened = [add_draft_page(request, clip)["Location"] for _press in range(2)]
    assert opened == [reverse("wagtailadmin_pages:edit", args=[ClipPage.objects.get(clip=clip).pk])] * 2


def test_a_clip_of_a_page_or_of_its_unpublished_draft_is_not_deleted(client, admin, tree, make_clip):
    shown, next_one = make_clip(ready=True), make_clip(ready=True)
    page = create_clip_page(shown, tree["a"], headline="x", language="de", publish=True)
    page.clip = next_one
    page.save_revision()
    for clip in (shown, next_one):
        post(client, clip, "delete")
        assert Clip.objects.filter(pk=clip.pk).exists()


def test_an_old_version_opens_after_its_clip_was_deleted(client, admin, tree, make_clip):
    first, second = make_clip(ready=True), make_clip(ready=True)
    page = create_clip_page(first, tree["a"], headline="x", language="de", publish=True)
    old = page.latest_revision
    page.clip = second
    page.save_revision().publish()
    post(client, first, "delete")
    old.refresh_from_db()
    assert (Clip.objects.filter(pk=first.pk).exists(), old.as_object().clip) == (False, None)


def test_deleting_removes_row_and_master(client, admin, tree, django_capture_on_commit_callbacks, tmp_path):
    path = tmp_path / "clip.mp4"
    path.write_bytes(b"clip")
    clip = api.ingest_clip(path, title="x", spoken_language="de", collection=tree["a"].collection_id)
    stored = tmp_path / "masters" / clip.master.file.name
    assert stored.exists()
    with django_capture_on_commit_callbacks(execute=True):
        post(client, clip, "delete")
    assert (Clip.objects.filter(pk=clip.pk).exists(), stored.exists()) == (False, False)


@pytest.mark.parametrize("action", [*ACTIONS, "delete"])
def test_clips_of_others_are_out_of_reach(client, editor, tree, make_clip, action):
    clip = make_clip(tree["b"], ready=True, job=Job.Status.DONE)
    assert post(client, clip, action, *ACTIONS.get(action, [])).status_code == 404
    clip.refresh_from_db()
    assert (clip.state, clip.jobs.count()) == (Clip.State.READY, 1)


@pytest.mark.parametrize("action", ACTIONS)
def test_nothing_happens_by_a_link(client, admin, make_clip, action):
    clip = make_clip()
    answer = client.get(reverse(f"clips:{action}", args=[clip.pk, *ACTIONS[action]]))
    assert answer.status_code == (200 if action == "withdraw" else 405)  # that page asks why
    before = clip.state
    clip.refresh_from_db()
    assert (clip.state, clip.withdrawals.count()) == (before, 0)
