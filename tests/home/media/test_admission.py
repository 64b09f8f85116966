"""Who gets the files of a clip: by its state, its page and the person."""

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import PageViewRestriction

from media_pipeline import api
from media_pipeline.models import Clip, Package
from tests.home.archive import KEY, VIDEO, new_clip, ready_clip
from tests.home.media.addresses import address, answer, body, every_address


def statuses(client, clip: Clip) -> set[int]:
    return {answer(client, url).status_code for url in every_address(clip)}


def test_every_address_of_a_public_clip_answers(client, clip):
    assert statuses(client, clip) == {200}


def test_a_withdrawn_clip_is_gone_everywhere(client, clip):
    api.withdraw_clip(clip)
    assert statuses(client, clip) == {410}


def test_an_unpublished_clip_is_gone_everywhere(client, clip_page):
    clip_page.unpublish()
    assert statuses(client, clip_page.clip) == {410}


def test_a_clip_that_never_was_public_is_unknown(client, archive):
    draft = archive.clip_page(archive.city(), live=False)
    assert statuses(client, draft.clip) == {404}
    assert statuses(client, ready_clip()) == {404}


def test_a_clip_that_is_being_made_has_no_files(client, archive):
    page = archive.clip_page(archive.city(), new_clip())
    assert statuses(client, page.clip) == {404}


def test_a_clip_behind_a_password_is_unknown(client, clip_page):
    city = clip_page.get_parent()
    PageViewRestriction.objects.create(page=city, restriction_type="password", password="open sesame")
    assert statuses(client, clip_page.clip) == {404}


def test_an_editor_may_preview_and_nobody_may_keep_it(client, archive):
    clip = archive.clip_page(archive.city(), live=False).clip
    client.force_login(get_user_model().objects.create_superuser("editor", password=None))
    response = client.get(address(clip))
    assert (response.status_code, body(response)) == (200, VIDEO)
    assert response["Cache-Control"] == "private, no-store"


@pytest.fixture
def first_version(archive):
    """A clip with a live page that has only its first version yet."""
    clip = ready_clip(uploader=get_user_model().objects.create_user("uploader", password=None))
    Package.objects.filter(clip=clip).update(early=True)
    Clip.objects.filter(pk=clip.pk).update(state="ENCODING", package=None, preview=clip.package, poster=None)
    archive.clip_page(archive.city(), clip)
    return Clip.objects.get(pk=clip.pk)


def test_a_first_version_is_for_its_people_alone(client, first_version):
    assert statuses(client, first_version) == {404}
    client.force_login(first_version.uploader)
    playlist = answer(client, f"/media/{first_version.public_id}/master.m3u8")
    assert (playlist.status_code, KEY in playlist.content.decode(), playlist["Cache-Control"]) == (
        200,
        True,
        "private, no-store",
    )
    assert answer(client, address(first_version)).status_code == 200
    assert answer(client, f"/media/{first_version.public_id}/download.mp4").status_code == 200
    assert answer(client, f"/media/{first_version.public_id}/subs/de.subtitles.m3u8").status_code == 200


def test_a_first_version_of_a_withdrawn_clip_is_gone_for_the_public(client, first_version):
    api.withdraw_clip(first_version)
    assert statuses(client, first_version) == {410}


def test_somebody_signed_in_without_permission_may_not(client, archive):
    clip = archive.clip_page(archive.city(), live=False).clip
    client.force_login(get_user_model().objects.create_user("somebody"))
    assert statuses(client, clip) == {404}
