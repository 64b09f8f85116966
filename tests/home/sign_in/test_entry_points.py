"""Every place that takes a password is slowed down, says for how long, and lets the owner in by mail."""

import datetime
import re
from threading import Event
from types import SimpleNamespace

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from home.models import PasswordAttempts
from home.sign_in.forms import PAUSED
from tests.mails import sent_mails

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
PASSWORD, NEW_PASSWORD = "quite a long secret", "another long secret"
LOGIN = "/admin/login/"
WAIT = "Too many attempts. Please wait: {}."
OR_MAIL = " Or reset your password: the link in the email signs you in."


@pytest.fixture(autouse=True)
def stopped_clock(monkeypatch):
    """No second passes but by ``pass_time``."""
    now = timezone.now()
    monkeypatch.setattr("home.sign_in.attempts.timezone", SimpleNamespace(now=lambda: now))


@pytest.fixture
def owner():
    return get_user_model().objects.create_superuser("owner", "owner@example.org", PASSWORD)


def sender(number=1):
    return Client(REMOTE_ADDR=f"203.0.113.{number}")


def pass_time(seconds):
    """Let everything counted so far have happened earlier."""
    PasswordAttempts.objects.update(last_at=F("last_at") - datetime.timedelta(seconds=seconds))


def sign_in(client, name="owner", password=PASSWORD, address=LOGIN):
    """The errors of the form; None when the person is in."""
    answer = client.post(address, {"username": name, "password": password})
    return None if answer.status_code == 302 else answer.context["form"].non_field_errors()


def guess(times, name="owner", address=LOGIN, senders=None):
    return [sign_in(sender(senders or number + 1), name, "wrong", address) for number in range(times)]


@pytest.mark.parametrize("address", [LOGIN, "/en/_util/login/"])
@pytest.mark.parametrize("name", ["owner", "nobody of this name"])
def test_an_account_is_slowed_down_wherever_the_guesses_come_from(owner, archive, name, address):
    first, last = guess(4, name, address)[-1], guess(2, name, address)[-1]
    assert "Please wait" not in first[0]
    assert last == [WAIT.format("15 seconds") + OR_MAIL]
    assert sign_in(sender(200), name, PASSWORD, address) == last
    pass_time(15)
    assert sign_in(sender(201), name, "wrong", address) == first
    assert sign_in(sender(202), name, "wrong", address) == [WAIT.format("30 seconds") + OR_MAIL]


def test_the_owner_who_waits_gets_in_and_begins_anew(owner):
    guess(5)
    pass_time(15)
    assert sign_in(sender()) is None
    assert [error for error in guess(4) if "wait" in error[0]] == []


def test_one_sender_is_slowed_down_whatever_the_names_and_an_own_account_does_not_help(owner):
    get_user_model().objects.create_superuser("mallory", "m@example.org", PASSWORD)
    client = sender()
    for number in range(20):
        sign_in(client, f"name {number}", "wrong")
        if number == 10:
            assert sign_in(sender(), "mallory") is None
    assert sign_in(client, "name 99") == [WAIT.format("15 seconds") + OR_MAIL]
    assert sign_in(sender(2)) is None


def test_the_mail_lets_the_owner_in_while_others_keep_guessing(owner):
    guess(9)
    client = sender()
    client.post(reverse("wagtailadmin_password_reset"), {"email": owner.email})
    link = re.search(r"/admin/password_reset/confirm/\S+", sent_mails()[-1].body)[0]
    form = client.get(link, follow=True).redirect_chain[-1][0]
    answer = client.post(form, {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert client.get("/admin/").status_code == 200
    assert sign_in(sender(3), password=NEW_PASSWORD) is None


@pytest.mark.parametrize("address", ["owner@example.org", "nobody@example.org"])
def test_mails_are_few_and_no_answer_says_who_has_an_account(owner, address):
    ask = reverse("wagtailadmin_password_reset")
    answers = [sender(number).post(ask, {"email": address}) for number in range(5)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 200, 200]
    assert len(sent_mails()) == (3 if address == owner.email else 0)
    assert answers[-1].context["form"].errors["email"] == [
        "This was requested several times. Please use the link in the latest email, or wait: 1 minute."
    ]


class WaitingMailServer(BaseEmailBackend):
    """A mail server that takes nothing before it is told to."""

    may_take, taken = Event(), Event()

    def send_messages(self, messages):
        self.may_take.wait()
        mail.outbox += messages
        self.taken.set()


def test_no_answer_waits_for_the_mail_server(owner, settings):
    settings.EMAIL_BACKEND = f"{__name__}.WaitingMailServer"
    answer = sender().post(reverse("wagtailadmin_password_reset"), {"email": owner.email})
    assert (answer.status_code, mail.outbox) == (302, [])
    WaitingMailServer.may_take.set()
    WaitingMailServer.taken.wait()
    assert [message.to for message in mail.outbox] == [[owner.email]]


def test_a_link_signs_nobody_out(owner):
    client = sender()
    client.force_login(owner)
    assert client.get(reverse("wagtailadmin_logout")).status_code == 405
    assert client.get("/admin/").status_code == 200
    client.post(reverse("wagtailadmin_logout"))
    assert client.get("/admin/").status_code == 302


def test_who_was_sent_by_no_page_lands_on_the_first_one(owner, archive):
    form = {"username": owner.get_username(), "password": PASSWORD}
    assert sender().post(reverse("wagtailcore_login"), form)["Location"] == "/"


def test_the_old_password_cannot_be_guessed_in_an_open_browser(owner):
    client = sender()
    client.force_login(owner)
    fields = {"password-new_password1": NEW_PASSWORD, "password-new_password2": NEW_PASSWORD}
    for _guess in range(5):
        client.post(reverse("wagtailadmin_account"), {"password-old_password": "wrong", **fields})
    answer = client.post(reverse("wagtailadmin_account"), {"password-old_password": PASSWORD, **fields})
    assert WAIT.format("15 seconds") in answer.content.decode()
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)
    assert sign_in(sender(2)) is None


@pytest.fixture(params=["page", "collection"])
def locked(request, clip_page):
    """Where the password of a page or a collection is entered, and what is behind it."""
    if request.param == "page":
        lock = PageViewRestriction.objects.create(page=clip_page, restriction_type="password", password=PASSWORD)
        return reverse("wagtailcore_authenticate_with_password", args=[lock.pk, clip_page.pk]), clip_page.get_url()
    collection = Collection.get_first_root_node().add_child(name="Locked")
    lock = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="password", password=PASSWORD
    )
    document = Document.objects.create(title="x", file="documents/x.pdf", collection=collection)
    return reverse("wagtaildocs_authenticate_with_password", args=[lock.pk]), document.url


def enter(client, locked, password):
    address, behind = locked
    return client.post(address, {"password": password, "return_url": behind})


def test_the_password_of_a_page_is_slowed_down_for_one_sender_and_the_right_one_opens(locked):
    for _guess in range(20):
        assert enter(sender(), locked, "wrong").context["form"].errors["password"] != [WAIT.format("15 seconds")]
    refused = enter(sender(), locked, PASSWORD)
    assert (refused.status_code, refused.context["form"].errors["password"]) == (200, [WAIT.format("15 seconds")])
    assert refused.context["form"].errors.as_data()["password"][0].code == PAUSED
    assert enter(sender(2), locked, PASSWORD)["Location"] == locked[1]
    pass_time(15)
    assert enter(sender(), locked, PASSWORD)["Location"] == locked[1]


def test_no_address_outside_is_followed_and_none_is_needed(locked):
    address, behind = locked
    for wanted in ("https://evil.example/", "//evil.example", ""):
        answer = sender().post(address, {"password": PASSWORD, "return_url": wanted})
        assert answer["Location"] == (behind if "_util" in address else "/")


def test_what_is_stored_names_nobody(owner):
    guess(3)
    assert {(len(row.key), set(row.key) <= set("0123456789abcdef")) for row in PasswordAttempts.objects.all()} == {
        (64, True)
    }


def test_whatever_asks_for_a_password_counts():
    """Also what may come one day: a header, a command, another form."""
    get_user_model().objects.create_user("plain", password=PASSWORD)
    for _attempt in range(5):
        assert authenticate(username="plain", password="wrong") is None
    assert PasswordAttempts.objects.get().failures == 5


def test_every_view_named_after_passwords_and_signing_in_is_known_here():
    """A new one must be looked at: is it slowed down?"""
    words = re.compile("login|password|authenticate|sign_in", re.IGNORECASE)
    names = {name for name in all_names(get_resolver()) if words.search(name)}
    slowed = {
        "wagtailadmin_login", "wagtailcore_login", "wagtailadmin_password_reset",
        "wagtailcore_authenticate_with_password", "wagtaildocs_authenticate_with_password",
    }  # fmt: skip
    asks_for_none = {
        "wagtailadmin_password_reset_done", "wagtailadmin_password_reset_confirm",
        "wagtailadmin_password_reset_complete",
    }  # fmt: skip
    assert names == slowed | asks_for_none


def all_names(resolver):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from all_names(pattern)
        elif isinstance(pattern.name, str):
            yield pattern.name
