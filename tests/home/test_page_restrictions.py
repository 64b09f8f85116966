"""A page behind a password: closed to visitors, open to those who entered the password."""

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

PASSWORD = "open sesame"


@pytest.fixture
def restriction(clip_page):
    return PageViewRestriction.objects.create(page=clip_page, restriction_type="password", password=PASSWORD)


def enter_password(client, restriction, password: str):
    url = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, restriction.page.pk])
    return client.post(url, {"password": password, "return_url": restriction.page.get_url()})


def test_visitors_are_asked_for_the_password(client, clip_page, restriction):
    asked = client.get(clip_page.get_url())
    assert (asked.status_code, clip_page.headline_en in asked.content.decode()) == (200, False)
    refused = enter_password(client, restriction, "wrong")
    assert (refused.status_code, list(refused.context["form"].errors)) == (200, ["password"])
    assert clip_page.headline_en not in client.get(clip_page.get_url()).content.decode()


def test_visitors_with_the_password_see_the_page(client, clip_page, restriction):
    entered = enter_password(client, restriction, PASSWORD)
    assert (entered.status_code, entered["Location"]) == (302, clip_page.get_url())
    shown = client.get(clip_page.get_url())
    assert (shown.status_code, clip_page.headline_en in shown.content.decode()) == (200, True)


def test_the_password_opens_one_page_and_no_list(client, archive, clip_page, restriction):
    other = archive.clip_page(clip_page.get_parent().specific, headline="Another page")
    PageViewRestriction.objects.create(page=other, restriction_type="password", password="another")
    enter_password(client, restriction, PASSWORD)
    assert "Another page" not in client.get(other.get_url()).content.decode()
    city = client.get(clip_page.get_parent().get_url()).content.decode()
    assert clip_page.get_url() not in city
