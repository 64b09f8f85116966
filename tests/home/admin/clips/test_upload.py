"""Uploading a clip by the form: what is kept, what is refused, and what the person reads."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from home.models import ClipPage
from media_pipeline.models import Clip, Job

TITLE = "Wir alle tragen Etiketten"


def posted(city, content=b"clip", **over):
    facts = {"title": TITLE, "spoken_language": "de", "city": city.pk, "with_page": "on"}
    return facts | {"file": SimpleUploadedFile("IMG 1.MOV", content, "video/quicktime")} | over


def test_an_upload_is_sealed_queued_and_has_a_draft_page(client, admin, tree, tmp_path):
    answer = client.post(reverse("clips:add"), posted(tree["a"]))
    clip = Clip.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("clips:inspect", args=[clip.pk]))
    assert (clip.title, clip.spoken_language, clip.collection) == (TITLE, "de", tree["a"].collection)
    assert (clip.uploader, clip.master.original_name, clip.master.size_bytes) == (admin, "IMG 1.MOV", 4)
    assert (tmp_path / "masters" / clip.master.file.name).read_bytes() == b"clip"
    assert list(clip.jobs.values_list("status", "step")) == [(Job.Status.QUEUED, Job.Step.PROBE)]
    page = ClipPage.objects.get()
    assert (page.live, page.headline_de, page.headline_en, page.original_language) == (False, TITLE, None, "de")
    assert (page.get_parent().pk, page.slug) == (tree["a"].pk, "wir-alle-tragen-etiketten")


def test_no_page_when_none_is_wanted(client, admin, tree):
    client.post(reverse("clips:add"), posted(tree["a"], with_page=""))
    assert (Clip.objects.count(), ClipPage.objects.count()) == (1, 0)


def test_an_empty_file_is_refused_and_what_was_typed_stays(client, admin, tree):
    form = client.post(reverse("clips:add"), posted(tree["a"], b"")).context["form"]
    assert ([error.code for error in form.errors.as_data()["file"]], Clip.objects.count()) == (["empty_file"], 0)
    assert (form["title"].value(), form["spoken_language"].value()) == (TITLE, "de")


@pytest.mark.parametrize("missing", ["file", "title", "spoken_language", "city"])
def test_nothing_is_kept_of_an_incomplete_form(client, admin, tree, missing):
    data = posted(tree["a"])
    del data[missing]
    answer = client.post(reverse("clips:add"), data)
    assert (list(answer.context["form"].errors), Clip.objects.count()) == ([missing], 0)


def test_an_editor_uploads_clips_for_the_own_city_only(client, editor, tree):
    answer = client.get(reverse("clips:add"))
    assert list(answer.context["form"].fields["city"].queryset) == [tree["a"]]
    assert answer.context["form"].initial["city"] == tree["a"].pk
    refused = client.post(reverse("clips:add"), posted(tree["b"]))
    assert (list(refused.context["form"].errors), Clip.objects.count()) == (["city"], 0)
