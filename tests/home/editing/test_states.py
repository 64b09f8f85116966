"""What counts as unchanged: the value that is stored, and the same value once a browser had it."""

import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.utils.translation import override
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.images.tests.utils import get_test_image_file

from home.forms.plain_text import readable_value
from home.forms.states import field_state
from home.models import Picture, StandardPage

MADRID = ZoneInfo("Europe/Madrid")
NOON = datetime.datetime(2024, 5, 1, 12, 0, 41, tzinfo=MADRID)


@pytest.mark.parametrize(
    ("stored", "sent"),
    [
        (None, ""),
        ("Dues\nlínies ", "Dues\r\nlínies"),
        (Decimal("42.18000"), Decimal("42.18")),
        (NOON, NOON.replace(second=0).astimezone(datetime.UTC)),
        (["es", "ca"], ["ca", "es"]),
        (3, "3"),
    ],
)
def test_what_a_browser_changes_by_itself_is_no_change(stored, sent):
    field = forms.CharField()
    assert field_state(field, stored) == field_state(field, sent) != field_state(field, "else")


def test_rich_text_and_blocks_are_compared_by_what_they_say():
    field = forms.CharField(widget=get_rich_text_editor_widget(features=["bold", "ul"]))
    plain, keyed = "<p>Un <b>text</b></p>", '<p data-block-key="abc12">Un <b>text</b></p>'
    assert field_state(field, plain) == field_state(field, keyed) != field_state(field, "<p>Un text</p>")
    body = StandardPage._meta.get_field("body_de")
    by_script = [{"type": "text", "value": plain}, {"type": "heading", "value": "A"}]
    by_browser = [
        {"type": "text", "value": keyed, "id": "66c2ec23-0b4d-4c94-8e7c-5a8ee4bb4b23"},
        {"type": "heading", "value": "A", "id": "0f0be4a8-0e0a-4d1c-9fd5-6fdb2a5e1f1e"},
    ]
    first, second, turned = (body.to_python(raw) for raw in (by_script, by_browser, by_script[::-1]))
    form_field = body.formfield()
    assert field_state(form_field, first) == field_state(form_field, second) != field_state(form_field, turned)


def test_values_are_shown_in_words(files, db):
    picture = Picture.objects.create(title="Sea", file=get_test_image_file())
    body = StandardPage._meta.get_field("body_de").to_python(
        [
            {"type": "heading", "value": "A"},
            {"type": "picture", "value": {"picture": picture.pk, "alt": "", "caption": ""}},
        ]
    )
    choices = forms.ChoiceField(choices=[("sky", "Sky blue")])
    values = [(choices, "sky"), (forms.BooleanField(), False), (forms.DateField(), datetime.date(2024, 5, 1))]
    with override("en"):
        assert [readable_value(field, value) for field, value in values] == ["Sky blue", "No", "1 May 2024"]
        assert readable_value(forms.CharField(), body) == "A\n[Picture: Sea]"
