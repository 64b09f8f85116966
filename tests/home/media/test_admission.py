"""Who gets the files of a clip: by its state, its page and the person."""

import pytest
from wagtail.models import PageViewRestriction

from home.access.roles import sync_city_roles
from media_pipeline import api
from media_pipeline.models import Clip, Package
from tests.home.archive import KEY, VIDEO, new_clip, person_in, ready_clip
from tests.home.media.addresses import address, answer, body, every_address


def statuses(client, clip: Clip) -> set[int]:
    return {answer(client, url).status_code for url in every_address(clip)}


def put_behind_password(page) -> None:
    city = page.get_parent()
    PageViewRestriction.objects.create(page=city, restriction_type="password", password="open sesame")


@pytest.mark.parametrize(
    ("change", "status"),
    [
        pytest.param(lambda page: None, 200, id="public"),
        pytest.param(lambda page: api.withdraw_clip(page.clip), 410, id="withdrawn"),
        pytest.param(lambda page: page.unpublish(), 410, id="unpublished"),
        pytest.param(put_behind_password, 404, id="behind a password"),
    ],
)
def test_every_address_answers_for_what_became_of_the_page(client, clip_page, change, status):
    change(clip_page)
    assert statuses(client, clip_page.clip) == {status}


def test_a_clip_that_never_was_public_is_unknown(client, archive):
    city = archive.city()
    draft, in_the_making = archive.clip_page(city, live=False), archive.clip_page(city, new_clip())
    for clip in (draft.clip, in_the_making.clip, ready_clip()):
        assert statuses(client, clip) == {404}


def test_an_editor_may_preview_and_nobody_may_keep_it(client, archive, admin_user):
    clip = archive.clip_page(archive.city(), live=False).clip
    client.force_login(person_in())
    assert statuses(client, clip) == {404}
    client.force_login(admin_user)
    response = client.get(address(clip))
    assert (response.status_code, body(response)) == (200, VIDEO)
    assert response["Cache-Control"] == "private, no-store"


def test_a_first_version_is_for_its_people_alone_and_gone_for_the_public_once_withdrawn(client, archive):
    city = archive.city()
    clip = ready_clip(uploader=person_in(sync_city_roles(city)["contributor"]))
    Package.objects.filter(clip=clip).update(early=True)
    Clip.objects.filter(pk=clip.pk).update(state="ENCODING", package=None, preview=clip.package, poster=None)
    archive.clip_page(city, clip)
    first_version = Clip.objects.get(pk=clip.pk)
    assert statuses(client, first_version) == {404}
    client.force_login(first_version.uploader)
    base = f"/media/{first_version.public_id}/"
    playlist = answer(client, base + "master.m3u8")
    assert (KEY in playlist.content.decode(), playlist["Cache-Control"]) == (True, "private, no-store")
    for url in (address(first_version), base + "download.mp4", base + "subs/de.subtitles.m3u8"):
        assert (url, answer(client, url).status_code) == (url, 200)
    client.logout()
    api.withdraw_clip(first_version)
    assert statuses(client, first_version) == {410}


def test_a_preview_that_grows_is_asked_for_again_each_time(client, archive):
    city = archive.city()
    clip = ready_clip(uploader=person_in(sync_city_roles(city)["contributor"]))
    Package.objects.filter(clip=clip).update(early=True, growing=True)
    Clip.objects.filter(pk=clip.pk).update(state="ENCODING", package=None, preview=clip.package, poster=None)
    archive.clip_page(city, clip)
    growing = Clip.objects.get(pk=clip.pk)
    assert statuses(client, growing) == {404}
    client.force_login(growing.uploader)
    answers = [answer(client, address(growing)) for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 200]
    assert answers[0]["ETag"] != answers[1]["ETag"]
    again = answer(client, address(growing), **{"If-None-Match": answers[0]["ETag"]})
    assert (again.status_code, again["Cache-Control"]) == (200, "private, no-store")
