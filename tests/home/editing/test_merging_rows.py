"""Rows of inline panels, while two people add, change and remove them."""

import pytest
from django.contrib.auth import get_user_model

from home.models import ClipPage, ClipRepost

from .desk import edit_url
from .test_merging import OpenForm, draft


@pytest.fixture
def page(editor, page):
    page.reposts.set([ClipRepost(shown_on="2024-01-01", source=name) for name in ("Radio", "Paper")])
    page.save()
    page.save_revision().publish()
    return page


@pytest.fixture
def two(page):
    return OpenForm("ana", edit_url(page)), OpenForm("bea", edit_url(page))


def sources(page: ClipPage) -> list[str]:
    return [row.source for row in draft(page).reposts.all()]


def new_row(form: OpenForm, source: str) -> dict[str, str]:
    count = int(form.sent["reposts-TOTAL_FORMS"])
    row = {"id": "", "shown_on": "2024-02-02", "source": source, "url": "", "ORDER": str(count + 1), "DELETE": ""}
    return {"reposts-TOTAL_FORMS": str(count + 1), **{f"reposts-{count}-{name}": value for name, value in row.items()}}


def test_rows_that_both_added_stay_and_are_no_twins(two, page):
    ana, bea = two
    assert bea.autosave(**new_row(bea, "Bea's"))["success"]
    assert ana.autosave(**new_row(ana, "Ana's"))["success"]
    assert sorted(sources(page)) == ["Ana's", "Bea's", "Paper", "Radio"]
    assert bea.autosave(headline_de="Neu")["success"]
    assert ana.autosave(headline_fr="Nouveau")["success"]
    assert sorted(sources(page)) == ["Ana's", "Bea's", "Paper", "Radio"]
    assert ana.save("publish").status_code == 302
    live = ClipPage.objects.get(pk=page.pk)
    assert sorted(row.source for row in live.reposts.all()) == ["Ana's", "Bea's", "Paper", "Radio"]
    assert bea.autosave(headline_el="Νέα")["success"]  # her row has a key by now, which her form does not know
    assert sorted(sources(page)) == ["Ana's", "Bea's", "Paper", "Radio"]


def test_fields_of_a_row_are_merged_and_conflict_by_themselves(two, page):
    ana, bea = two
    bea.save(**{"reposts-0-url": "https://example.org/", "reposts-1-source": "Newspaper"})
    ana.save(**{"reposts-0-source": "Community radio", "reposts-1-source": "Daily paper"})
    assert ana.versions() == [("Source", "Daily paper", "Newspaper")]
    assert "Version by bea" in ana.html.select_one(".conflicts").text
    assert ana.save(**ana.choose("theirs")).status_code == 302
    rows = [(row.source, row.url) for row in draft(page).reposts.all()]
    assert rows == [("Community radio", "https://example.org/"), ("Newspaper", "")]


def test_what_one_removed_is_gone_unless_the_other_changed_it(two, page):
    ana, bea = two
    bea.save(**{"reposts-0-DELETE": "1"})
    assert ana.save(headline_de="Neu").status_code == 302
    assert sources(page) == ["Paper"]
    ana, bea = OpenForm("ana", edit_url(page)), OpenForm("bea", edit_url(page))
    bea.save(**{"reposts-0-DELETE": "1"})
    assert ana.save(**{"reposts-0-source": "Newspaper"}).status_code == 302
    assert sources(page) == ["Newspaper"]
    ana, bea = OpenForm("ana", edit_url(page)), OpenForm("bea", edit_url(page))
    bea.save(**{"reposts-0-source": "Weekly"})
    assert ana.save(**{"reposts-0-DELETE": "1"}).status_code == 302
    assert sources(page) == ["Weekly"]
    assert get_user_model().objects.filter(username__in=["ana", "bea"]).count() == 2
