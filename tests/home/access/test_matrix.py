"""Every address of the site, asked for by people in every role, about things of their city, of another and of none."""

from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from home.access.clip_policy import CLIP_ADMIN_ACTIONS
from tests.home.access.rules import PLACES_OF, is_allowed, rules
from tests.home.access.world import World, addresses
from tests.home.recording import recorded

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


@pytest.fixture
@recorded
def world(db, files):
    return World()


def test_every_address_has_a_rule():
    assert {address.name for address in ADDRESSES} == set(RULES)


@pytest.mark.parametrize("role", PLACES_OF)
def test_who_may_do_what_where(world, role):
    client = Client()
    if role != "stranger":
        client.force_login(world.people[role])
    signed_in, found, expected = client.cookies.output(header=""), {}, {}
    for place in PLACES_OF[role]:
        for address in ADDRESSES:
            rule = RULES[address.name]
            if ":" not in rule and place != PLACES_OF[role][0]:
                continue  # the same everywhere
            client.cookies = SimpleCookie(signed_in)  # one of the addresses signs out
            with transaction.atomic():
                found[address.name, place] = admits(client, address, world.values[place], rule)
                transaction.set_rollback(True)
            expected[address.name, place] = is_allowed(rule, role, place)
    assert {at: allowed for at, allowed in found.items() if allowed != expected[at]} == {}


def admits(client, address, values, rule):
    """Whether the site does what is asked for, or shows it. Fails where it breaks."""
    namespace, _, name = address.name.rpartition(":")
    post = address.name in BY_POST or (namespace == "clips" and name in CLIP_ADMIN_ACTIONS)
    response = client.post(address.of(values), values["sent"]) if post else client.get(address.of(values))
    assert response.status_code < 500
    response.getvalue()  # to the end, so that files are closed
    if address.name.startswith("bulk:") and response.status_code == 200:
        return bool(response.context["items"])
    if response.status_code >= 400:
        return False
    refused = {reverse("wagtailadmin_login"), reverse("wagtailadmin_home")} if rule != "anybody" else set()
    return response.status_code != 302 or response["Location"].partition("?")[0] not in refused
