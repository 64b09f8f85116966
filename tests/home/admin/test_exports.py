"""Spreadsheets that people download: a title that begins like a formula is text, in every list and both formats."""

import csv
import datetime
import io

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import NoReverseMatch, get_resolver, reverse
from openpyxl import load_workbook
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from home.admin.exports import neutral_cell

SIGNS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
HOSTILE = '=HYPERLINK("http://evil.example";A1)'


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        *((f"{sign}1+1", f"'{sign}1+1") for sign in SIGNS),
        *((f"{lead}=1", f"'{lead}=1") for lead in (" ", "\u00a0", "\u3000")),
        *((f"{lead}=1", f"'{lead}'=1") for lead in ("\t", "\r", "\n")),
        ("\tx", "'\tx"),
        ("a;=1+1", "a;'=1+1"),
        ("a\n@x", "a\n'@x"),
        ("-", "'-"),
        ("+32 2 123 45", "'+32 2 123 45"),
    ],
)
def test_what_could_run_becomes_text(value, cell):
    assert neutral_cell(value) == cell
    assert neutral_cell(cell) == cell


@pytest.mark.parametrize(
    "value",
    ["", "A - B", "a=b; c", "-5", "+3,5", "-12.75", "7", 7, -7, 1.5, None, True, datetime.date(2030, 1, 1), "’=1", "…"],
)
def test_numbers_and_words_stay_what_they_are(value):
    assert neutral_cell(value) is value


def exporting_views(resolver, prefix=""):
    """Name and class of every view of the address table that can write spreadsheets."""
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            namespace = f"{prefix}{pattern.namespace}:" if getattr(pattern, "namespace", None) else prefix
            yield from exporting_views(pattern, namespace)
        else:
            view = getattr(pattern.callback, "view_class", None)
            if view and issubclass(view, SpreadsheetExportMixin) and pattern.name:
                yield f"{prefix}{pattern.name}", view


def addresses(pages):
    """Every address that can write spreadsheets; those of one thing for a page each."""
    for name, _view in exporting_views(get_resolver()):
        for arguments in ([], [pages[0].pk]):
            try:
                yield name, reverse(name, args=arguments)
            except NoReverseMatch:
                continue


def rows_of(client, address, kind):
    answer = client.get(address, {"export": kind})
    assert answer.status_code == 200
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if kind == "csv":
        return list(csv.reader(io.StringIO(data.decode())))
    cells = [list(row) for row in load_workbook(io.BytesIO(data)).active.iter_rows()]
    assert {cell.data_type for row in cells for cell in row} & {"f"} == set()
    return [[cell.value for cell in row] for row in cells]


@pytest.fixture
def hostile_pages(archive):
    """Titles, redirects and log entries that begin like formulas."""
    city = archive.city(HOSTILE, slug="city")
    page = archive.clip_page(city, headline=HOSTILE, slug="clip")
    Page.objects.filter(pk__in=[city.pk, page.pk]).update(locked=True)
    Redirect.objects.create(old_path="/old", redirect_link=HOSTILE)
    ContentType.objects.clear_cache()
    return [page, city]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_export_of_the_address_table_is_neutral(admin_client, hostile_pages, kind):
    seen = {}
    for name, address in addresses(hostile_pages):
        cells = [cell for row in rows_of(admin_client, address, kind) for cell in row if isinstance(cell, str)]
        assert [cell for cell in cells if cell.lstrip()[:1] in (*SIGNS, "\t", "\r") and cell.strip()] == [], name
        seen[name] = f"'{HOSTILE}" in cells
    assert {name for name, has_title in seen.items() if has_title} >= {
        "wagtailadmin_reports:aging_pages",
        "wagtailadmin_reports:locked_pages",
        "wagtailadmin_reports:site_history",
        "wagtailredirects:index",
    }
    assert len(seen) > 10
