"""Wagtail's and Django's screens around an account are in the reader's language, as ours are."""

import json
import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth import get_user_model
from django.shortcuts import render
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language_info
from wagtail.models import PageViewRestriction

from home.models import PasswordAttempts
from tests.mails import sent_mails

LOGIN = "/admin/login/"
PASSWORD, NEW_PASSWORD = "quite a long secret", "another long secret"
READ_ATTRIBUTES = ("alt", "aria-label", "placeholder", "title")
LANGUAGE_NAMES = "|".join(get_language_info(code)["name_local"] for code, _name in settings.LANGUAGES)
# Names, time zones, keys of a keyboard, addresses, numbers; and an entry of the menu that Wagtail says in the language
# in which a process showed it first.
SAME_IN_ALL = re.compile(
    rf"Polyphony|(- )?Wagtail|{LANGUAGE_NAMES}|[\w-]+/[\w/-]+|(Ctrl|Esc)\b.*|https?:.*|\w+\d+|[\d\W]*"
    "|What's new in Wagtail .*"
)
WORDS_ALIKE = {
    "ca": {"Clips", "Contrast", "Documents", "Error 404"},
    "de": {"Clips", "Workflows"},
    "el": {"Email"},
    "es": {"Clips", "Error 404"},
    "fr": {"Application", "Clips", "Collections", "Documents", "Images", "Notifications", "Pages", "Sites"},
    "it": {"Account", "Account - Wagtail", "Email", "Home", "Password", "Password:"},
    "nl": {"Account", "Account - Wagtail", "Clips", "Contrast", "Help", "Sites", "Workflows"},
    "pl": {"Email"},
    "pt": {"Clips", "Sites"},
    "uk": {"Email"},
}
_numbers = count(1)


def screens(language: str, page: Any) -> Iterator[tuple[str, str]]:
    """Yield the name and the HTML (or text) of what somebody with this browser sees."""
    somebody = f"somebody{next(_numbers)}"
    user = get_user_model().objects.create_superuser(somebody, f"{somebody}@example.org", PASSWORD)
    browser = Client(headers={"accept-language": language})

    def get(address: str) -> str:
        return browser.get(address, follow=True).content.decode()

    def post(address: str, **data: Any) -> str:
        return browser.post(address, data, follow=True).content.decode()

    yield "sign-in", get(LOGIN)
    yield "nothing entered", post(LOGIN)
    yield "wrong password", post(LOGIN, username=somebody, password="wrong")
    guesses = [post(LOGIN, username="guessed", password="wrong") for _guess in range(6)]
    yield "too many wrong passwords", guesses[-1]
    PasswordAttempts.objects.all().delete()
    yield from password_reset(user, get, post)
    browser.force_login(get_user_model().objects.create_user(f"{somebody}-visitor"))
    yield "no access to the admin", get("/admin/")
    browser.force_login(user)
    account = reverse("wagtailadmin_account")
    yield "account", get(account)
    passwords = {"password-old_password": "wrong", "password-new_password1": "password", "password-new_password2": "x"}
    yield "account refused", post(account, **passwords, **{"locale-preferred_language": "xx", "name_email-email": "x"})
    yield "unknown page of the admin", get("/admin/unknown/")
    yield "signed out", post(reverse("wagtailadmin_logout"))
    yield from locked_page(page, get, post, f"/{language}" + page.get_url().removeprefix("/en"))
    browser.handler.enforce_csrf_checks = True
    yield "form without its token", post(LOGIN)
    with translation.override(language):
        yield "failure", render(None, "500.html").content.decode()


def password_reset(user: Any, get: Any, post: Any) -> Iterator[tuple[str, str]]:
    ask = reverse("wagtailadmin_password_reset")
    yield "password forgotten", get(ask)
    yield "no address", post(ask, email="nobody")
    yield "mail sent", post(ask, email=user.email)
    message = sent_mails()[-1]
    yield "mail", f"{message.subject}\n{message.body}"
    link = re.search(r"(/admin/\S+)/\S+/", message.body)[0]
    yield "invalid link", get(f"{link[:-2]}/")
    yield "new password", get(link)
    enter = f"{link[: link.rindex('/', 0, -1)]}/set-password/"
    yield "short and common password", post(enter, new_password1="password", new_password2="password")
    yield "other password", post(enter, new_password1=NEW_PASSWORD, new_password2="x")
    yield "password like the name", post(enter, new_password1=user.email, new_password2=user.email)
    ask_often = [post(ask, email=user.email) for _request in range(4)]
    yield "mail asked for too often", ask_often[-1]


def locked_page(page: Any, get: Any, post: Any, address: str) -> Iterator[tuple[str, str]]:
    lock = PageViewRestriction.objects.create(page=page, restriction_type="password", password=PASSWORD)
    yield "locked page", get(address)
    unlock = reverse("wagtailcore_authenticate_with_password", args=[lock.pk, page.pk])
    yield "wrong password of a page", post(unlock, password="wrong", return_url="/")
    guesses = [post(unlock, password="wrong", return_url="/") for _guess in range(20)]
    yield "too many wrong passwords of a page", guesses[-1]
    PageViewRestriction.objects.filter(pk=lock.pk).update(restriction_type="login")
    yield "page for people who signed in", get(address)
    yield "wrong sign-in for a page", post(reverse("wagtailcore_login"), username="x", password="x")
    lock.delete()


def visible_texts(screen: str) -> set[str]:
    """What is read or heard, with the menu that Wagtail's script builds."""
    soup = BeautifulSoup(screen, "html.parser")
    labels = {json.loads(label) for label in re.findall(r'"label": (".*?[^\\]")', screen)}
    for hidden in soup(["script", "style"]):
        hidden.extract()
    read = {tag[name] for name in READ_ATTRIBUTES for tag in soup.find_all(attrs={name: True})}
    buttons = {tag["value"] for tag in soup.find_all("input", type="submit")}
    texts = {*soup.stripped_strings, *labels, *read, *buttons}
    return {" ".join(line.split()) for text in texts for line in text.splitlines()}


def test_no_english_is_left(clip_page, languages):
    english = {name: visible_texts(screen) for name, screen in screens("en", clip_page)}
    left = {}
    for language in set(languages) - {"en"}:
        for name, screen in screens(language, clip_page):
            same = english[name] & visible_texts(screen) - WORDS_ALIKE.get(language, set())
            if found := {text for text in same if not SAME_IN_ALL.fullmatch(text)}:
                left[language, name] = found
    assert left == {}


def test_password_mail_names_the_site_and_links_to_it_alone(client, admin_user):
    client.post(reverse("wagtailadmin_password_reset"), {"email": admin_user.email}, headers={"accept-language": "de"})
    message = sent_mails()[-1]
    assert message.subject == "Polyphony: Passwort zurücksetzen"
    links = re.findall(rf"{settings.BASE_URL}(/admin/\S+)", message.body)
    assert len(links) == message.body.count("//") == 1
    form = client.get(links[0], follow=True).redirect_chain[-1][0]
    client.post(form, {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD})
    assert client.login(username=admin_user.get_username(), password=NEW_PASSWORD)
