"""Every search of the admin finds words of every alphabet, written in capitals or not."""

import io

import pytest
from django.conf import settings as site_settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection
from django.db.migrations import Migration
from django.urls import reverse
from modelsearch.models import IndexEntry
from PIL import Image
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model

from home.i18n.case_folding import FOLDED_COLUMN, fold
from home.i18n.search import index_again
from home.models import Person, Picture
from tests.home import archive as building

pytestmark = pytest.mark.postgres
WORDS = {
    "Größe": ["GRÖSSE", "GRÖẞE", "größe", "grösse"],
    "Ετικέτες": ["ΕΤΙΚΈΤΕΣ", "ΕΤΙΚΕΤΕΣ", "ετικέτες", "ετικέτεσ"],
    "Dışarı": ["DIŞARI", "dışarı"],
    "İzmir": ["İZMİR", "IZMIR", "izmir", "i̇zmir"],
    "Мітки": ["МІТКИ", "мітки"],
    "Łódź": ["ŁÓDŹ", "łódź"],
}


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
    "wagtailadmin_pages:search": lambda archive, word: archive.standard(word, slug=f"page-{ord(word[0])}"),
    "wagtailimages:index": make_picture,
    "wagtaildocs:index": lambda _archive, word: get_document_model().objects.create(
        title=word, file=ContentFile(b"x", "notes.txt")
    ),
    "wagtailusers_users:index": lambda _archive, word: get_user_model().objects.create_user(
        f"user {ord(word[0])}", last_name=word
    ),
    "wagtailusers_groups:index": lambda _archive, word: Group.objects.create(name=word),
    "wagtailadmin_tag_autocomplete": lambda _archive, word: Tag.objects.create(name=word),
    "wagtailadmin_choose_page_search": lambda archive, word: archive.standard(word, slug=f"page-{ord(word[0])}"),
    "wagtailimages_chooser:choose_results": make_picture,
    "wagtailredirects:index": lambda _archive, word: Redirect.objects.create(old_path=f"/{word}", redirect_link="/x"),
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
    assert {asked: found(admin_client, address, asked) for ways in WORDS.values() for asked in ways} == {
        asked: [word] for word, ways in WORDS.items() for asked in ways
    }


def found(client, address, asked):
    """Return the words that a search shows; "term" is what the box for tags asks."""
    response = client.get(reverse(address), {"q": asked, "term": asked})
    shown = response.content.decode("unicode_escape" if "json" in response["Content-Type"] else "utf-8")
    return [word for word in WORDS if word in shown]


@pytest.mark.django_db(transaction=True)
def test_what_was_indexed_before_letters_were_folded_is_indexed_again(admin_client, archive):
    page = archive.standard("Größe")
    kind = ContentType.objects.get_for_model(page)
    IndexEntry.objects.create(content_type=kind, object_id=page.pk, title="Größe", autocomplete="Größe", body="")
    answers = []
    for plan in (
        [],
        [(Migration("0007_folded_search", "home"), True)],
        [(Migration("0007_folded_search", "home"), False)],
    ):
        index_again(plan=plan)
        answers.append(found(admin_client, "wagtailadmin_pages:search", "GRÖSSE"))
    assert answers == [[], [], ["Größe"]]


@pytest.mark.django_db
def test_both_databases_fold_the_letters_of_all_languages_as_python_does():
    column = FOLDED_COLUMN[connection.vendor].format("%s")
    letters = [chr(number) for number in (*range(0x20, 0x588), *range(0x600, 0x700), *range(0x1E00, 0x2000))]
    with connection.cursor() as cursor:
        by_database = {letter: cursor.execute(f"SELECT {column}", [letter]).fetchone()[0] for letter in letters}
    assert {letter: by_database[letter] for letter in letters if by_database[letter] != fold(letter)} == {}
