"""rolegroup: the groups of roles and their members, from the shell."""

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command


@pytest.fixture
def city(archive):
    return archive.city("L'Hospitalet", slug="l-hospitalet")


def test_the_command_makes_the_group_and_its_members(city, capsys):
    User.objects.create_user("aina")
    call_command("rolegroup", "editor", "--city", city.slug, "--user", "aina")
    call_command("rolegroup", "translator", "--language", "de")
    call_command("rolegroup", "archive_editor")
    assert capsys.readouterr().out.splitlines() == [
        "The group is called L'Hospitalet: editors and has 1 members.",
        "The group is called Archive: translators, Deutsch and has 0 members.",
        "The group is called Archive: archive editors and has 0 members.",
    ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("editor", "--city", "nowhere"), "There is no city with the slug nowhere"),
        (("editor",), "need a --city"),
        (("translator", "--city", "l-hospitalet"), "only they have one"),
        (("translator",), "needs a --language"),
        (("translator", "--language", "xx"), "needs a --language of this site"),
        (("archive_editor", "--language", "de"), "only it has one"),
        (("contributor", "--city", "l-hospitalet", "--user", "nobody"), "There is no user called nobody"),
    ],
)
def test_the_command_refuses_what_does_not_fit(city, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("rolegroup", *arguments)
