"""Every search of the admin finds words of every alphabet, written in capitals or not."""

import io

import pytest
from django.conf import settings as site_settings
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image
from wagtail.documents import get_document_model

from home.models import Person, Picture
from tests.home import archive as building

pytestmark = pytest.mark.postgres
WORDS = ("Ετικέτα", "МІТКИ", "Öffnung", "Łódź")


@pytest.fixture
def indexed(settings):
    """What is saved is found at once."""
    immediate = {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
    settings.TASKS = {**site_settings.TASKS, "default": immediate}


def make_picture(_archive, word):
    data = io.BytesIO()
    Image.new("RGB", (40, 40)).save(data, "PNG")
    return Picture.objects.create(title=word, file=ContentFile(data.getvalue(), "picture.png"))


# What each list shows, made with a word by which it is found.
LISTS = {
    "wagtailadmin_pages:search": lambda archive, word: archive.standard(word),
    "wagtailimages:index": make_picture,
    "wagtaildocs:index": lambda _archive, word: get_document_model().objects.create(
        title=word, file=ContentFile(b"x", "notes.txt")
    ),
    "wagtailusers_users:index": lambda _archive, word: get_user_model().objects.create_user(
        f"user {ord(word[0])}", last_name=word
    ),
    "wagtailsnippets_home_theme:list": lambda _archive, word: building.theme(word),
    "wagtailsnippets_home_person:list": lambda _archive, word: Person.objects.create(name=word),
    "clips:index": lambda _archive, word: building.new_clip(title=word),
    "clip_chooser:choose_results": lambda _archive, word: building.new_clip(title=word),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", LISTS)
def test_words_of_every_alphabet_are_found_in_any_case(admin_client, archive, indexed, address):
    for word in WORDS:
        LISTS[address](archive, word)
    found = {}
    for word in WORDS:
        for written in (word.upper(), word.lower()):
            html = admin_client.get(reverse(address), {"q": written}).content.decode()
            found[written] = [
                other for other in WORDS if other in html.replace(written, "") or written == other in html
            ]
    assert found == {written: [word] for word in WORDS for written in (word.upper(), word.lower())}
