"""Every address of the site, asked for by people in every role, about things of their city, of another and of none."""

from http.cookies import SimpleCookie

import pytest
from django.contrib.messages import get_messages
from django.db import transaction
from django.test import Client
from django.urls import reverse

from home.access.clip_policy import CLIP_ADMIN_ACTIONS
from tests.home.access.rules import PLACES_OF, is_allowed, rules
from tests.home.access.world import DRAFT_TITLE, World, addresses
from tests.home.recording import recorded
from tests.sampling import sampled

ADDRESSES = tuple(addresses())
RULES = rules()
# These have nothing to show: they act.
BY_POST = {
    "wagtailadmin_logout", "wagtailadmin_api:pages:action", "wagtailadmin_editing_sessions:ping",
    "wagtailadmin_editing_sessions:release", "wagtailadmin_pages:lock", "wagtailadmin_pages:unlock",
    "wagtailadmin_workflows:enable", "wagtailadmin_workflows:enable_task", "wagtailadmin_workflows:remove",
    "wagtaildocs:edit_multiple", "wagtaildocs:delete_multiple", "wagtailimages:edit_multiple",
    "wagtailimages:delete_multiple", "wagtailadmin_pages:move_confirm",
}  # fmt: skip

SAMPLE_OF_ROLES = {"stranger", "nobody", "contributor", "editor", "translator"}
KNOW_THE_DRAFT = {"archive_editor", "translator", "page_editor", "administrator"}


@pytest.fixture
@recorded
def world(db, files):
    return World()


def test_every_address_has_a_rule():
    assert {address.name for address in ADDRESSES} == set(RULES)


@pytest.mark.parametrize("role", sampled(PLACES_OF, SAMPLE_OF_ROLES.__contains__, "roles of the whole archive"))
def test_who_may_do_what_where(world, role):
    client = Client()
    if role != "stranger":
        client.force_login(world.people[role])
    signed_in, found, expected, leaks = client.cookies.output(header=""), {}, {}, []
    for place in PLACES_OF[role]:
        for address in ADDRESSES:
            rule = RULES[address.name]
            if ":" not in rule and place != PLACES_OF[role][0]:
                continue  # the same everywhere
            client.cookies = SimpleCookie(signed_in)  # one of the addresses signs out
            with transaction.atomic():
                response = ask(client, address, world.values[place])
                found[address.name, place] = admits(response, address, rule)
                transaction.set_rollback(True)
            expected[address.name, place] = is_allowed(rule, role, place)
            if role not in KNOW_THE_DRAFT and says_title(response):
                leaks.append((address.name, place))
    assert {at: allowed for at, allowed in found.items() if allowed != expected[at]} == {}
    assert leaks == []


def ask(client, address, values):
    """The answer, read to its end so that files are closed. Fails where the site breaks."""
    namespace, _, name = address.name.rpartition(":")
    post = address.name in BY_POST or (namespace == "clips" and name in CLIP_ADMIN_ACTIONS)
    response = client.post(address.of(values), values["sent"]) if post else client.get(address.of(values))
    assert response.status_code < 500
    response.getvalue()
    return response


def says_title(response):
    """Whether the answer, or a message that the next page will show, names the draft."""
    said = [str(message) for message in get_messages(response.wsgi_request)]
    body = b"" if response.streaming else response.content
    return DRAFT_TITLE.encode() in body or any(DRAFT_TITLE in message for message in said)


def admits(response, address, rule):
    """Whether the site does what is asked for, or shows it."""
    if address.name.startswith("bulk:") and response.status_code == 200:
        return bool(response.context["items"])
    if response.status_code >= 400:
        return False
    refused = {reverse("wagtailadmin_login"), reverse("wagtailadmin_home")} if rule != "anybody" else set()
    return response.status_code != 302 or response["Location"].partition("?")[0] not in refused
