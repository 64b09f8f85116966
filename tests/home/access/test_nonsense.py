"""Every address of the site, sent what none of its forms sends, by people who may do much: never a fault of ours."""

import gc
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from django.db import transaction
from django.forms import BaseForm, BaseFormSet
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from home.models import Person, Picture
from tests.home.access.world import Address, World, addresses
from tests.home.recording import recorded
from tests.sampling import sampled

# Wagtail leaves a picture open that it reads for a request which then fails: the collector closes it.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning"
)


def _names(text: str) -> list[str]:
    return text.split()


# What Wagtail's lists, choosers and pages read besides the fields of their forms.
PARAMETERS = _names("""
    action child_of collection_id content_type created_at_after created_at_before description format has_child_pages id
    label latest_revision_created_at_from limit live locale match_subclass mode multiple new_parent_page next
    object_type offset order ordering owner p page_type parent_page_id position q result_id revision search
    select_format status tag target_pages term timestamp_after title type uploaded_by_user url user user_perms username
    width
    """)
# In bytes: half a letter is none in UTF-8.
VALUES = {
    "words": b"abc", "a number below": b"-1", "none": b"0", "a fraction": b"1e400", "nothing": b"", "zero": b"a\0b",
    "digits of elsewhere": "²٣".encode(), "a key too long": b"9" * 30, "half a letter": b"\xed\xa0\x80",
    "much": b"x" * 10_240,
}  # fmt: skip
# What differs from address to address: of the rest, the sample shows that it is caught.
EVERYWHERE = {"words", "nothing", "a key too long"}
ON_POSTGRES = {"a key too long", "zero"}
FORM = "application/x-www-form-urlencoded"
# They say that they do not implement it.
MEANT = {"oembed", "oembed_in"}
# Where something broke once, each in a way of its own. ``make test-all`` tries all addresses.
SAMPLE = _names("""
    wagtailadmin_choose_page_chosen_multiple clips:progress wagtailadmin_dismissibles
    wagtailadmin_choose_page_external_link wagtailadmin_explore wagtailadmin_login wagtailadmin_pages:choose_parent
    wagtailadmin_pages:copy wagtailadmin_pages:delete wagtailadmin_pages:edit wagtailadmin_pages:move
    wagtailadmin_pages:set_privacy wagtailadmin_pages:unpublish wagtailadmin_pages:workflow_action
    wagtailadmin_workflows:edit wagtailadmin_workflows:enable wagtaildocs:edit wagtailimages_chooser:choose
    wagtailredirects:add wagtailredirects:process_import wagtailsnippets_home_person:list wagtailusers_users:edit
    bulk:wagtailcore.page:move bulk:home.theme:delete clips:add page_edit
    """)


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """Let the collector close what Wagtail leaves open here, and not in another test, where it is an error."""
    yield
    gc.collect()


@pytest.fixture
@recorded
def world(db, files):
    return World()


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(
            name, marks=pytest.mark.postgres if name in ON_POSTGRES else pytest.mark.thorough("kinds of nonsense")
        )
        if name not in {"words", "nothing"}
        else name
        for name in VALUES
    ],
)
@pytest.mark.parametrize("role", sampled(("administrator", "editor"), "administrator".__eq__, "nonsense of an editor"))
def test_nonsense_is_no_fault_of_ours(world, request, role, value):
    everywhere = value in EVERYWHERE and request.config.getoption("--thorough")
    places = [address for address in addresses() if everywhere or address.name in SAMPLE]
    client = Client(raise_request_exception=False)
    client.force_login(world.people[role])
    signed_in, broken = client.cookies.output(header=""), []
    for address in places:
        client.cookies = SimpleCookie(signed_in)  # one of the addresses signs out
        for method, sent in requests(client, address, world.values["own"], VALUES[value]):
            with transaction.atomic():
                status = sent().status_code
                transaction.set_rollback(True)
            if status >= 500 and address.name not in MEANT:
                broken.append((address.name, method, status))
    assert broken == []


def requests(client: Client, address: Address, values: dict[str, Any], value: bytes) -> Iterator[tuple[str, Any]]:
    """A form with ``value`` in every field, and ``value`` in all that may stand in an address; or one without any."""
    path = address.of(values)
    if not value:
        yield "empty form", lambda: read(client.post(path))
        for json in (b"{", b"1", b'["x"]'):
            yield f"JSON {json!r}", lambda json=json: read(client.post(path, json, content_type="application/json"))
            yield (
                f"change by {json!r}",
                lambda json=json: read(client.patch(path, json, content_type="application/json")),
            )
    names = [*PARAMETERS, *(name for field in fields(client.get(path)) for name in (field, f"{field}-count"))]
    yield "form", lambda: read(client.post(path, "&".join(pairs(names, value)), content_type=FORM))
    if len(value) < 1000:
        joint = "&" if "?" in path else "?"
        yield "address", lambda: read(client.get(path + joint + "&".join(pairs(PARAMETERS, value))))


def pairs(names: list[str], value: bytes) -> list[str]:
    return [f"{name}={quote_from_bytes(value)}" for name in names]


def read(response: HttpResponseBase) -> HttpResponseBase:
    """The answer, read to its end so that files are closed."""
    response.getvalue()
    return response


def fields(response: HttpResponseBase) -> set[str]:
    """Names of the fields of the forms that a page shows."""
    read(response)
    contexts = response.context if isinstance(response.context, list) else filter(None, [response.context])
    found = [value for context in contexts for value in context.flatten().values()]
    forms = [thing for thing in found if isinstance(thing, BaseForm)]
    forms += [formset.management_form for formset in found if isinstance(formset, BaseFormSet)]
    return {form.add_prefix(name) for form in forms for name in form.fields}


@pytest.mark.parametrize("role", ["administrator", "editor"])
def test_keys_beyond_what_a_column_holds_are_not_found(world, role):
    client, broken = Client(raise_request_exception=False), []
    client.force_login(world.people[role])
    signed_in, values = client.cookies.output(header=""), world.values["own"]
    for address in addresses():
        path = address.of(huge(values))
        if path != address.of(values):
            client.cookies = SimpleCookie(signed_in)
            with transaction.atomic():
                broken += [address.name for ask in (client.get, client.post) if read(ask(path)).status_code >= 500]
                transaction.set_rollback(True)
    assert broken == []


def huge(values: dict[str, Any]) -> dict[str, Any]:
    """The same with keys that no column can hold."""
    return {
        name: huge(value) if isinstance(value, dict) else 10**25 if isinstance(value, int) else value
        for name, value in values.items()
    }


def test_a_damaged_form_is_told_in_a_sentence(world):
    client = Client()
    client.force_login(world.people["editor"])
    address = reverse("wagtailadmin_choose_page_external_link")
    for accepted in ("text/html", "*/*"):
        answer = client.post(address, headers={"accept": accepted, "accept-language": "de"})
        assert (answer.status_code, "unvollständig" in answer.content.decode()) == (400, True)


def test_what_is_searched_is_sorted_and_chosen_by_tag(admin_client, files):
    """Both ended in an error, of people who did nothing unusual."""
    Person.objects.create(name="Aina")
    people = reverse("wagtailsnippets_home_person:list")
    pictures = reverse("wagtailimages_chooser:choose_results")
    assert admin_client.get(people, {"q": "aina", "ordering": "name"}).status_code == 200
    assert admin_client.get(pictures, {"q": "x", "tag": "school"}).status_code == 200
    assert Picture.get_searchable_search_fields()
