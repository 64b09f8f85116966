"""Drafts, revisions, reverting, comparing: no language gets lost, whoever looks on in which language."""

import json

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import translation
from wagtail.documents import get_document_model
from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import rich_text, streamfield

from home.i18n.fields import content_languages
from home.models import ClipPage, NewsPage

from .desk import bare, create, edit, edit_url, filled, saved


def test_a_draft_leaves_the_live_page_alone(editor, page, reads_admin_in):
    reads_admin_in("de")
    body = streamfield([("text", rich_text("<p>Neu</p>"))])
    sent = {"headline_ca": "U v2", "headline_de": "Eins v2", "headline_es": "Uno", "headline_ar": "واحد"}
    after = edit(editor, page, action="save", original_language="ca", body_de=body, **sent)
    assert (after.headline_ca, after.headline_de, after.headline_es, after.headline_ar) == ("U", "Eins", None, "واحد")
    assert after.has_unpublished_changes
    draft = after.get_latest_revision_as_object()
    assert {name: getattr(draft, name) for name in sent} == sent
    assert "Neu" in str(draft.body_de[0].value.source)
    assert after.draft_title == "U v2"


@pytest.mark.parametrize("language", ["en", "de", "ca", "ar"])
def test_a_revision_is_the_same_in_every_admin_language(page, language):
    with translation.override("el"):
        expected = ClipPage.objects.get(pk=page.pk).serializable_data()
    with translation.override(language):
        content = ClipPage.objects.get(pk=page.pk).save_revision().content
    differing = {"latest_revision", "latest_revision_created_at", "live_revision", "last_published_at"}
    assert {k: v for k, v in content.items() if k not in differing} == {
        k: v for k, v in expected.items() if k not in differing
    }
    assert (content["headline"], content["title"], json.loads(content["body"])) == ("U", "U", [])


@pytest.mark.parametrize("language", ["en", "de", "ca", "uk"])
def test_the_bare_column_repeats_the_original_whoever_publishes(editor, page, reads_admin_in, language):
    reads_admin_in(language)
    after = edit(editor, page, original_language="ca", headline_ca="Dos", headline_de="Zwei")
    assert (bare(after), after.title, after.headline_de) == ("Dos", "Dos", "Zwei")
    with translation.override(language):
        after.save_revision().publish()
    assert bare(after) == "Dos"


def test_a_language_younger_than_a_revision_stays_empty(page):
    revision = page.save_revision()
    del revision.content["headline_uk"]
    with translation.override("uk"):
        old = revision.as_object()
    assert (old.headline_uk, old.headline_ca) == (None, "U")


def test_reverting_restores_every_language(editor, page, reads_admin_in):
    first = page.latest_revision
    edit(editor, page, original_language="ca", headline_ca="Dos", headline_de="Zwei")
    reads_admin_in("fr")
    url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk])
    form = editor.get(url).context["form"]
    before = {name: form[name].value() for name in ("headline_ca", "headline_de", "headline_ar", "headline_en")}
    assert before == {"headline_ca": "U", "headline_de": "Eins", "headline_ar": "واحد", "headline_en": None}
    body = streamfield([("text", rich_text("<p>Körper</p>"))])
    sent = {name: value or "" for name, value in before.items()} | {"original_language": "ca", "slug": page.slug}
    button = {"action-publish": "1", "revision": first.pk}
    saved(editor.post(edit_url(page), filled(ClipPage, body_de=body, **sent) | button))
    after = ClipPage.objects.get(pk=page.pk)
    assert (after.headline_ca, after.headline_de, after.headline_ar) == ("U", "Eins", "واحد")
    assert "Körper" in str(after.body_de[0].value.source)
    assert bare(after) == "U"


def test_comparing_names_the_language_that_changed(editor, page):
    first = page.latest_revision_id
    after = edit(editor, page, original_language="ca", headline_ca="U", headline_ar="واحد", headline_de="Zwei")
    url = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first, after.latest_revision_id])
    response = editor.get(url)
    labels = [comparison.field_label() for comparison in response.context["comparison"]]
    assert labels == ["Headline [de]", "Story behind the clip [de]"]
    assert "Zwei" in response.content.decode()


def test_inputs_that_were_not_sent_are_not_wiped(editor, page):
    kept = ("headline_de", "headline_ar", "body_de", "original_language", "slug")
    sent = filled(ClipPage, headline_ca="Dos")
    sent = {name: value for name, value in sent.items() if not name.startswith(kept)}
    saved(editor.post(edit_url(page), sent | {"action-publish": "1"}))
    after = ClipPage.objects.get(pk=page.pk)
    assert (after.headline_ca, after.headline_de, after.headline_ar) == ("Dos", "Eins", "واحد")
    assert (after.original_language, after.slug, after.title) == ("ca", "u", "Dos")
    assert "Körper" in str(after.body_de[0].value.source)


@pytest.mark.parametrize("reader", ["en", "de", "ar"])
def test_inputs_that_were_sent_empty_are_wiped(editor, page, reads_admin_in, reader):
    reads_admin_in(reader)
    after = edit(editor, page, original_language="ca", headline_ca="U")
    assert (after.headline_de, after.headline_ar, len(after.body_de)) == (None, None, 0)


def test_rows_keep_languages_that_were_not_sent(editor, city):
    document = get_document_model().objects.create(title="Programme", file=ContentFile(b"%PDF-1.4", name="p.pdf"))
    rows = _row(document, label_ca="Programa", label_de="Programm")
    page = create(editor, city, NewsPage, original_language="ca", headline_ca="Nova", date="2021-03-21", **rows)
    row = page.documents.get()
    assert (row.label_ca, row.label_de, bare(row, "label")) == ("Programa", "Programm", "Programa")
    sent = filled(NewsPage, original_language="ca", headline_ca="Nova", date="2021-03-21", slug=page.slug)
    sent |= _row(document, pk=row.pk, label_ca="Programa nou", left_out=("label_de",))
    saved(editor.post(edit_url(page), sent | {"action-publish": "1"}))
    row.refresh_from_db()
    assert (row.label_ca, row.label_de, bare(row, "label")) == ("Programa nou", "Programm", "Programa nou")


def _row(document, pk="", left_out=(), **labels) -> dict[str, str]:
    texts = {f"label_{code}": "" for code in content_languages()} | labels
    inputs = {"id": str(pk), "document": str(document.pk), "ORDER": "1", "DELETE": "", **texts}
    count = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "1" if pk else "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "1000"}
    sent = count | {f"0-{name}": value for name, value in inputs.items() if name not in left_out}
    return {f"documents-{name}": value for name, value in sent.items()}


def test_history_usage_and_log_open(editor, page):
    for name in ("history", "usage", "workflow_history", "move", "delete", "copy"):
        assert editor.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk])).status_code == 200
    labels = set(PageLogEntry.objects.filter(page=page.pk).values_list("label", flat=True))
    assert labels == {"U"}
