"""What a browser would send: forms filled in by field, for pages and snippets, in all languages."""

from typing import Any

from django.db import connection, models
from django.forms import Form
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.admin.panels import get_edit_handler
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.blocks import BlockField
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield


def blank(model: type[models.Model]) -> dict[str, str]:
    """Every input of the editor, left empty, as a browser sends it."""
    form_class = get_edit_handler(model).get_form_class()
    sent: dict[str, Any] = {name: inline_formset([]) for name in form_class.formsets}
    for name, field in form_class.base_fields.items():
        sent[name] = _nothing(field)
    return nested_form_data({name: value for name, value in sent.items() if value is not None})


def _nothing(field: Any) -> Any:
    if isinstance(field, BlockField):
        return streamfield([])
    if isinstance(field.widget, DraftailRichTextArea):
        return rich_text("")
    if field.initial is not None and not callable(field.initial) and not isinstance(field.initial, bool):
        return str(field.initial)
    return None if getattr(field.widget, "input_type", "") == "checkbox" else ""


def filled(model: type[models.Model], **values: Any) -> dict[str, str]:
    """``blank`` with ``values``; streams, rows and rich text by the functions of wagtail's own test tools."""
    ticked = {name: value for name, value in values.items() if isinstance(value, list)}
    rest = {name: value for name, value in values.items() if name not in ticked}
    return {**blank(model), **nested_form_data(rest), **ticked}


def add_url(parent: Page, model: type[Page]) -> str:
    return reverse("wagtailadmin_pages:add", args=["home", model.__name__.lower(), parent.pk])


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def saved(response: HttpResponse) -> HttpResponse:
    """Fail with the form's own words unless the view redirected."""
    if response.status_code != 302:
        form: Form = response.context["form"]
        rows = {name: [row.errors for row in rows] for name, rows in getattr(form, "formsets", {}).items()}
        raise AssertionError(f"not saved: {form.errors.as_json()} {rows}")
    return response


def create(client: Client, parent: Page, model: type[Page], *, action: str = "publish", **values: Any) -> Page:
    """Create a page by the editor; ``action`` is publish, submit or save (a draft)."""
    before = set(model.objects.values_list("pk", flat=True))
    button = {} if action == "save" else {f"action-{action}": "1"}
    saved(client.post(add_url(parent, model), filled(model, **values) | button))
    return model.objects.exclude(pk__in=before).get()


def edit(client: Client, page: Page, *, action: str = "publish", **values: Any) -> Page:
    """Send the whole form of ``page`` with ``values``; returns the page as it is in the database afterwards."""
    button = {} if action == "save" else {f"action-{action}": "1"}
    saved(client.post(edit_url(page), filled(type(page), slug=page.slug, **values) | button))
    return type(page).objects.get(pk=page.pk)


def errors(response: HttpResponse) -> dict[str, list[str]]:
    """The form's errors by field."""
    assert response.status_code == 200, response
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def bare(page: Page, name: str = "headline") -> str:
    """What the bare column of ``page`` holds in the database."""
    table, key = page._meta.db_table, page._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{name}" FROM "{table}" WHERE "{key}" = %s', [page.pk])
        return cursor.fetchone()[0]
