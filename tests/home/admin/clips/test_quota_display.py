"""What people read about space before they upload, and what they read when there is none left."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from home.admin.clips import quota_display
from media_pipeline import api
from media_pipeline.models import Clip
from tests.home.admin.clips.test_upload import posted
from tests.home.archive import person_in


def test_no_quotas_are_shown_without_limits(client, admin, tree, make_clip):
    make_clip()
    assert b"<progress max" not in client.get(reverse("clips:index")).content.split(b"listing-results")[0]
    form = client.get(reverse("clips:add")).content
    assert (b"clip-quota" in form, b"Maximum file size right now: 8\xc2\xa0GB." in form) == (False, True)


def test_the_list_and_the_form_say_how_much_is_used(client, editor, tree, make_clip, settings):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"QUOTA_USER_BYTES": 70, "QUOTA_CITY_BYTES": 28}
    make_clip(uploader=editor), make_clip(), make_clip(tree["b"])
    rows = quota_display.quota_usage_rows(editor)
    assert [(row.name, row.percent) for row in rows] == [("Your uploads", 10), ("Augsburg", 50)]
    for name in ("clips:index", "clips:add"):
        page = client.get(reverse(name)).content.decode()
        assert 'id="clip-quota-2">Augsburg: 0.1\xa0kB of 0.1\xa0kB used</span>' in page
        assert '<progress max="100" value="50" aria-labelledby="clip-quota-2">' in page


def test_only_the_fullest_cities_are_shown(admin, tree, make_clip, settings):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"QUOTA_CITY_BYTES": 100}
    make_clip(tree["b"])
    assert [row.name for row in quota_display.quota_usage_rows(admin, max_cities=1)] == ["Barcelona"]


def test_quota_rows_cost_the_same_for_one_clip_and_for_three(admin, make_clip, settings, django_assert_num_queries):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"QUOTA_USER_BYTES": 70, "QUOTA_CITY_BYTES": 28}
    for _ in range(3):
        make_clip(uploader=admin)
        with django_assert_num_queries(3):
            quota_display.quota_usage_rows(admin)


@pytest.mark.parametrize(
    ("given", "code"), [({"QUOTA_USER_BYTES": 7}, "quota_user"), ({"MIN_FREE_BYTES": 1 << 60}, "disk_full")]
)
def test_that_there_is_no_space_is_shown_before_anything_is_sent(client, editor, make_clip, settings, given, code):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | given
    make_clip(uploader=editor)
    page = client.get(reverse("clips:add")).content.decode()
    assert str(api.upload_error_message(code).message) in page
    assert reverse("clips:help_code", args=[code]) in page
    assert ("data-most-bytes" in page, "Your file is safe" in page) == (False, False)


def test_the_city_with_most_space_left_decides(client, editor, make_clip, settings):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"QUOTA_CITY_BYTES": 10}
    for most_bytes in (10, 3):
        limit = quota_display.upload_limit(editor)
        assert (limit.most_bytes, limit.closed) == (most_bytes, None)
        make_clip()
    limit = quota_display.upload_limit(editor)
    assert (limit.most_bytes, limit.closed.code) == (0, "quota_city")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"QUOTA_USER_BYTES": 3}, "quota_user"),
        ({"QUOTA_CITY_BYTES": 3}, "quota_city"),
        ({"MAX_UPLOAD_BYTES": 3}, "too_large"),
        ({"MIN_FREE_BYTES": 1 << 60}, "disk_full"),
    ],
)
def test_the_forms_refusal_links_to_help(client, admin, tree, settings, tmp_path, given, code):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | given
    answer = client.post(reverse("clips:add"), posted(tree["a"]))
    (error,) = answer.context["form"].errors.as_data()["file"]
    assert (error.code, Clip.objects.count()) == (code, 0)
    words, address = api.upload_error_message(code), reverse("clips:help_code", args=[code])
    assert f'{words.message} {words.advice} (<a href="{address}">{code}</a>)' in answer.content.decode()
    assert [path for path in (tmp_path / "masters").rglob("*") if path.is_file()] == []


def test_the_quota_does_not_limit_images(client, admin, settings):
    """Only videos count: someone whose quota is used up can still upload an image."""
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"QUOTA_USER_BYTES": 1}
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1
    answer = client.post(reverse("wagtailimages:add"), {"title": "x", "file": SimpleUploadedFile("a.png", b"x" * 100)})
    assert [error.code for error in answer.context["form"].errors.as_data()["file"]] == ["not_an_image"]


def test_a_user_without_cities_has_their_own_quota(settings, make_clip):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"QUOTA_USER_BYTES": 100, "QUOTA_CITY_BYTES": 100}
    person = person_in()
    assert [row.name for row in quota_display.quota_usage_rows(person)] == ["Your uploads"]
