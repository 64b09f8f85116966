"""A page behind a password: closed to visitors, open to those who entered the password."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

PASSWORD = "open sesame"


def enter_password(client, restriction, password: str):
    url = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, restriction.page.pk])
    return client.post(url, {"password": password, "return_url": restriction.page.get_url()})


def test_the_password_of_one_page_tells_the_address_of_no_other(client, archive, clip_page):
    city = clip_page.get_parent().specific
    restriction = PageViewRestriction.objects.create(page=city, restriction_type="password", password=PASSWORD)
    pages = {
        "asks": city,
        "below it": clip_page,
        "a draft below it": archive.story(city, "Draft", live=False),
        "beside it": archive.city("Leuven"),
        "a draft beside it": archive.city("Ghent", live=False),
    }
    found = {}
    for name, page in pages.items():
        url = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, page.pk])
        asked, entered = client.get(url), client.post(url, {"password": PASSWORD})
        found[name] = (asked.status_code, entered.status_code, entered.get("Location"))
    told = {name: (200, 302, pages[name].get_url()) for name in ("asks", "below it")}
    assert found == dict.fromkeys(pages, (404, 404, None)) | told


@pytest.mark.postgres
def test_who_knew_the_old_password_is_asked_for_the_new_one(client, admin_client, clip_page):
    restriction = PageViewRestriction.objects.create(page=clip_page, restriction_type="password", password=PASSWORD)
    enter_password(client, restriction, PASSWORD)
    privacy = reverse("wagtailadmin_pages:set_privacy", args=[clip_page.pk])

    def sees_after(password):
        admin_client.post(privacy, {"restriction_type": "password", "password": password})
        (lock,) = PageViewRestriction.objects.filter(page=clip_page)
        assert lock.password == password
        return clip_page.headline_en in client.get(clip_page.get_url()).content.decode()

    assert [sees_after(PASSWORD), sees_after("another"), sees_after(PASSWORD)] == [True, False, False]


def test_no_cache_keeps_a_list_that_names_what_a_password_opened(client, archive, clip_page):
    restriction = PageViewRestriction.objects.create(page=clip_page, restriction_type="password", password=PASSWORD)
    listing = clip_page.get_parent().get_url()
    before = client.get(listing).get("Cache-Control")
    enter_password(client, restriction, PASSWORD)
    after = client.get(listing)
    assert (before, clip_page.headline_en in after.content.decode()) == (None, True)
    assert after["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_the_password_opens_one_page_and_names_it_to_those_who_entered_it(client, archive, clip_page):
    restriction = PageViewRestriction.objects.create(page=clip_page, restriction_type="password", password=PASSWORD)
    city = clip_page.get_parent().specific
    other = archive.clip_page(city, headline="Another page")
    PageViewRestriction.objects.create(page=other, restriction_type="password", password="another")
    asked = client.get(clip_page.get_url())
    assert (asked.status_code, clip_page.headline_en in asked.content.decode()) == (200, False)
    refused = enter_password(client, restriction, "wrong")
    assert (refused.status_code, list(refused.context["form"].errors)) == (200, ["password"])
    assert clip_page.headline_en not in client.get(clip_page.get_url()).content.decode()
    entered = enter_password(client, restriction, PASSWORD)
    assert (entered.status_code, entered["Location"]) == (302, clip_page.get_url())
    assert clip_page.headline_en in client.get(clip_page.get_url()).content.decode()
    assert "Another page" not in client.get(other.get_url()).content.decode()
    listed = client.get(city.get_url()).content.decode()
    assert (clip_page.get_url() in listed, "Another page" in listed) == (True, False)


def test_who_is_asked_for_a_password_costs_little_and_is_told_nothing(client, clip_page):
    PageViewRestriction.objects.create(page=clip_page.get_parent(), restriction_type="password", password=PASSWORD)
    with CaptureQueriesContext(connection) as queries:
        asked = client.get(clip_page.get_url())
    assert (set(asked.context_data), len(queries) <= 8) == ({"form", "action_url"}, True)


def test_links_in_texts_lead_to_no_draft(client, archive):
    draft_city = archive.city("Draft city", live=False)
    pages = {
        "shown": archive.standard("Shown"),
        "draft": archive.standard("Draft", live=False),
        "below a draft": archive.story(draft_city, "Story"),
        "asks": archive.standard("Asks"),
    }
    PageViewRestriction.objects.create(page=pages["asks"], restriction_type="login")
    links = "".join(f'<a linktype="page" id="{page.pk}">{name}</a>' for name, page in pages.items())
    text = archive.standard("Text", body_en=[("text", f"<p>{links}</p>")])
    html = client.get(text.get_url()).content.decode()
    linked = {name for name, page in pages.items() if f'<a href="{page.url}">{name}</a>' in html}
    assert (linked, pages["draft"].slug in html, draft_city.slug in html) == ({"shown", "asks"}, False, False)
