"""What can be done to a clip: role by role, city by city, in every state; what cannot be done changes nothing."""

import pytest
from django.db import transaction
from django.urls import reverse

from home.access.clip_policy import CLIP_ADMIN_ACTIONS, allowed_actions
from home.access.roles import sync_archive_role, sync_city_roles
from media_pipeline import api
from media_pipeline.models import Caption, Clip, Job
from tests.home import archive as building

STATES = ("ready", "with a page", "withdrawn by the city", "withdrawn by the archive", "both, with a page")
OWN_WORK = {"cancel", "poster", "facts", "caption_add", "caption_remove", "retry", "as_sound", "sound"}
AT_ANY_TIME = OWN_WORK - {"retry", "as_sound", "sound"}
# By who and state; for those who are not here: nothing.
ALLOWED = {
    "editor": {
        "ready": OWN_WORK | {"withdraw", "delete", "page_add"},
        "with a page": OWN_WORK | {"withdraw"},
        "withdrawn by the city": AT_ANY_TIME | {"restore", "delete", "page_add"},
        "withdrawn by the archive": AT_ANY_TIME | {"page_add"},
        "both, with a page": AT_ANY_TIME,
    },
    "archive editor": {
        "ready": OWN_WORK | {"withdraw", "delete", "page_add"},
        "with a page": OWN_WORK | {"withdraw"},
        "withdrawn by the city": AT_ANY_TIME | {"restore", "delete", "page_add"},
        "withdrawn by the archive": AT_ANY_TIME | {"restore", "delete", "page_add"},
        "both, with a page": AT_ANY_TIME | {"restore"},
    },
    "uploader": {
        "ready": OWN_WORK | {"page_add"},
        "with a page": OWN_WORK,
        "withdrawn by the city": AT_ANY_TIME | {"page_add"},
        "withdrawn by the archive": AT_ANY_TIME | {"page_add"},
        "both, with a page": AT_ANY_TIME,
    },
}


@pytest.fixture
def people(archive):
    city, other = archive.city("Lille", history=False), archive.city("Leuven", history=False)
    groups = sync_city_roles(city)
    return city, {
        "editor": building.person_in(groups["editor"], name="editor"),
        "editor of another city": building.person_in(sync_city_roles(other)["editor"], name="other"),
        "archive editor": building.person_in(sync_archive_role("archive_editor"), name="archive"),
        "uploader": building.person_in(groups["contributor"], name="uploader"),
        "contributor": building.person_in(groups["contributor"], name="contributor"),
        "uploader who left": building.person_in(sync_city_roles(other)["contributor"], name="left"),
    }


def clip_in(state, archive, city, uploader):
    clip = building.ready_clip(collection=city.collection, uploader=uploader)
    Job.objects.create(clip=clip, status=Job.Status.DONE)
    if "page" in state:
        archive.clip_page(city, clip, history=False)
    if "city" in state or "both" in state:
        api.withdraw_clip(clip, by_archive=False)
    if "archive" in state or "both" in state:
        api.withdraw_clip(clip, by_archive=True)
    return Clip.objects.get(pk=clip.pk)


@pytest.mark.parametrize("state", STATES)
def test_actions_by_role_and_state(archive, people, state):
    city, users = people
    found = {
        who: allowed_actions(user, clip_in(state, archive, city, user if "uploader" in who else None))
        for who, user in users.items()
    }
    assert found == {who: ALLOWED.get(who, {}).get(state, set()) for who in users}


@pytest.mark.parametrize("who", ["editor", "uploader", "contributor", "editor of another city", "uploader who left"])
@pytest.mark.parametrize("state", STATES)
def test_what_is_not_allowed_changes_nothing(client, archive, people, state, who):
    city, users = people
    clip = clip_in(state, archive, city, users[who] if "uploader" in who else None)
    client.force_login(users[who])
    allowed, changed = allowed_actions(users[who], clip), set()
    for action in CLIP_ADMIN_ACTIONS:
        extra = [clip.captions.first().pk] if action == "caption_remove" else []
        before = everything(clip)
        with transaction.atomic():
            client.post(
                reverse(f"clips:{action}", args=[clip.pk, *extra]),
                {"title": "Changed", "poster": clip.poster_id, "track": 1},
            )
            if everything(clip) != before:
                changed.add(action)
            transaction.set_rollback(True)
    assert changed - allowed == set()
    assert {"withdraw", "restore", "delete", "caption_remove"} & allowed <= changed


def everything(clip):
    """All that these actions could change."""
    return (
        list(Clip.objects.values_list().filter(pk=clip.pk)),
        list(clip.withdrawals.values_list()),
        list(Caption.objects.filter(clip=clip).values_list("pk", flat=True)),
        list(Job.objects.filter(clip=clip).values_list("status", "cancel_requested")),
        list(clip.pages.values_list("pk", flat=True)),
    )
