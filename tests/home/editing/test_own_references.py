"""What a form newly refers to by number: own pictures, documents and pages, and what everybody may read."""

import json

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Page
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from home.access.roles import sync_city_roles
from home.models import CityPage, ClipPage, NewsPage, Picture, StoryPage
from tests.home import archive as building

from .desk import add_url, create, edit, edit_url, errors, filled, saved

pytestmark = pytest.mark.usefixtures("reference_indexed")
REFUSED = ["You can’t use this picture, document or page. Choose another one."]
TEXT, SECRET = "body_en", "zebrafish"


def document(collection, title="Notes"):
    file = ContentFile(b"x", f"{title}.txt")
    return get_document_model().objects.create(title=title, file=file, collection=collection)


def picture(collection):
    return Picture.objects.create(title="Sea", file=get_test_image_file(), collection=collection)


@pytest.fixture
def things(archive, city, other_city):
    """Something of each kind by whom it belongs to."""

    def of(place, collection):
        draft = archive.story(place, f"Draft {place.pk}", live=False, history=False)
        return {"picture": picture(collection), "document": document(collection), "page": draft}

    root = Collection.get_first_root_node()
    return {
        "own": of(city, city.collection),
        "foreign": of(other_city, other_city.collection),
        "archive": of(archive.cities, root) | {"page": archive.standard("Shown", history=False)},
    }


@pytest.fixture
def colleague(client, city):
    client.force_login(building.person_in(sync_city_roles(city)["editor"]))
    return client


def uses(things):
    """What a form sends to refer to each of ``things``, by the field, whose name is that of the error."""
    link = f'<p><a linktype="document" id="{things["document"].pk}">here</a></p>'
    page_link = f'<p><a linktype="page" id="{things["page"].pk}">here</a></p>'
    pictures = [("picture", {"picture": things["picture"].pk, "alt": "", "caption": ""})]
    return {
        "field": (StoryPage, "picture", things["picture"].pk),
        "block": (StoryPage, TEXT, streamfield([("document", things["document"].pk)])),
        "block of blocks": (StoryPage, TEXT, streamfield(pictures)),
        "link in a block": (StoryPage, TEXT, streamfield([("text", rich_text(link))])),
        "link to a page": (StoryPage, TEXT, streamfield([("text", rich_text(page_link))])),
    }


USES = ("field", "block", "block of blocks", "link in a block", "link to a page")


@pytest.mark.parametrize("use", USES)
def test_what_belongs_to_others_is_refused_and_what_is_ones_own_is_not(colleague, city, things, use):
    found = {}
    for owner, theirs in things.items():
        model, field, value = uses(theirs)[use]
        sent = filled(model, original_language="en", headline_en="Hello", **{field: value})
        response = colleague.post(add_url(city, model), sent | {"action-publish": "1"})
        found[owner] = errors(response).get(field) if response.status_code == 200 else None
    # A page of the archive that everybody reads is nobody's secret.
    archive = None if use == "link to a page" else REFUSED
    assert found == {"own": None, "foreign": REFUSED, "archive": archive}


@pytest.mark.parametrize("use", USES)
def test_no_answer_names_what_was_refused(colleague, archive, city, other_city, things, use):
    """Neither the form that is shown again, also for another fault, nor a conflict, nor a text that came too late."""
    for thing, kind in ((things["foreign"]["picture"], "Picture"), (things["foreign"]["document"], "Document")):
        thing.title = SECRET
        thing.save()
        thing.file.name = f"{SECRET}{kind}"
        type(thing).objects.filter(pk=thing.pk).update(file=thing.file.name)
    Page.objects.filter(pk=things["foreign"]["page"].pk).update(title=SECRET, draft_title=SECRET, slug=SECRET)
    own, theirs = archive.story(city, history=False), archive.story(other_city, history=False)
    _model, field, value = uses(things["foreign"])[use]
    sent = filled(StoryPage, original_language="en", headline_en="Hello", slug=own.slug, **{field: value})
    answers = {
        "again": colleague.post(edit_url(own), sent),
        "another fault": colleague.post(edit_url(own), sent | {"told_on": "x", "original_language": "xx"}),
        "conflict": colleague.post(edit_url(own), sent | {"loaded_state": json.dumps({field: "0" * 16})}),
        "too late": colleague.post(edit_url(theirs), sent),
    }
    assert {at: answer.status_code for at, answer in answers.items()} == dict.fromkeys(answers, 200) | {"too late": 409}
    assert [at for at, answer in answers.items() if SECRET in answer.content.decode()] == []


def test_no_answer_names_a_clip_of_others(colleague, city, other_city):
    clip = building.ready_clip(title=SECRET, collection=other_city.collection)
    sent = filled(ClipPage, original_language="en", headline_en="Hello", clip=str(clip.pk))
    answer = colleague.post(add_url(city, ClipPage), sent)
    assert (errors(answer)["clip"], SECRET in answer.content.decode()) == (
        ["You can’t use this clip. Choose one of yours."],
        False,
    )


@pytest.mark.postgres
def test_a_document_in_a_row_is_refused_too(colleague, city, things):
    def send(owner):
        rows = inline_formset([{"document": things[owner]["document"].pk, "label_en": "Read"}])
        sent = filled(NewsPage, original_language="en", headline_en="Hello", date="2026-01-01", documents=rows)
        return colleague.post(add_url(city, NewsPage), sent | {"action-publish": "1"})

    refused = send("foreign")
    rows = refused.context["form"].formsets["documents"]
    assert [row.errors.get("document") for row in rows.forms] == [REFUSED]
    saved(send("own"))


@pytest.mark.postgres
def test_what_others_put_there_stays(admin_client, client, city, things):
    body = streamfield([("document", things["foreign"]["document"].pk)])
    texts = {"original_language": "en", "headline_en": "Hello"}
    page = create(admin_client, city, StoryPage, **texts, body_en=body, picture=things["archive"]["picture"].pk)
    client.force_login(building.person_in(sync_city_roles(city)["editor"]))
    texts = texts | {"headline_en": "Changed", "body_en": body, "picture": things["archive"]["picture"].pk}
    assert edit(client, page, **texts).headline_en == "Changed"
    edit(client, page, **texts | {"picture": "", "body_en": streamfield([])})
    # What an earlier version had may come back.
    assert edit(client, page, **texts).picture == things["archive"]["picture"]


def test_the_city_itself_publishes_no_document_of_another(colleague, city, things):
    link = f'<p><a linktype="document" id="{things["foreign"]["document"].pk}">here</a></p>'
    sent = filled(CityPage, slug=city.slug, headline_en="Here", history_en=rich_text(link)) | {"action-publish": "1"}
    assert errors(colleague.post(edit_url(city), sent))["history_en"] == REFUSED
    document = things["foreign"]["document"]
    assert colleague.get(document.url).status_code == 404
    assert Page.objects.get(pk=city.pk).title == city.title
