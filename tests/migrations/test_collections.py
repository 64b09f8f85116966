"""A database from before clips belonged to collections comes over whole: clips, cities, groups and waiting tasks.

The rows are a few of a real one. Content types and permissions are written by name, since their keys differ.
"""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT

ROWS = json.loads((Path(__file__).parent / "fixtures" / "before_collections.json").read_text(encoding="utf-8"))
BEFORE = (("home", "0001"), ("media_pipeline", "0003"), ("django_tasks_database",), ("wagtailimages",))
MIGRATE = """
import sys, django, django.core.management
django.setup()
for target in sys.argv[1:]:
    django.core.management.call_command("migrate", *target.split(), interactive=False, verbosity=0)
"""

pytestmark = [pytest.mark.thorough("an older database"), pytest.mark.slow, pytest.mark.xdist_group("migrations")]


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """A connection to the migrated database."""
    folder = tmp_path_factory.mktemp("before")
    migrate(folder, *map(" ".join, BEFORE))
    with sqlite3.connect(folder / "polyphony.sqlite3") as connection:
        for table, rows in ROWS.items():
            insert(connection, table, rows)
    migrate(folder, "")
    with sqlite3.connect(folder / "polyphony.sqlite3") as connection:
        yield connection


def migrate(folder, *targets):
    """Run all in one process: setting up Django takes seconds."""
    env = {**os.environ, "DATA_DIR": str(folder), "DATABASE_URL": "", "DEMO": "no"}
    env["DJANGO_SETTINGS_MODULE"] = "campaign_site.settings.dev"
    subprocess.run([sys.executable, "-c", MIGRATE, *targets], cwd=PROJECT, env=env, check=True)


def insert(connection, table, rows):
    """Put ``rows`` in the place of what the first migrations wrote into ``table``."""
    connection.execute(f"DELETE FROM {table}")
    names = {
        "content_type_id": dict(connection.execute("SELECT app_label || '.' || model, id FROM django_content_type")),
        "permission_id": dict(
            connection.execute(
                "SELECT app_label || '.' || codename, p.id FROM auth_permission p"
                " JOIN django_content_type c ON c.id = p.content_type_id"
            )
        ),
    }
    for row in rows:
        values = {column: names[column][value] if column in names else value for column, value in row.items()}
        columns = ", ".join(f'"{column}"' for column in values)
        places = ", ".join("?" for _ in values)
        connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", tuple(values.values()))


def answer(database, question):
    return database.execute(question).fetchall()


def test_each_clip_belongs_to_its_city_and_the_others_to_the_archive(database):
    assert answer(
        database,
        "SELECT clip.title, c.name FROM media_pipeline_clip clip JOIN wagtailcore_collection c"
        " ON c.id = clip.collection_id ORDER BY clip.id",
    ) == [("Of Lille", "Lille"), ("Of Genk", "Genk"), ("Of a deleted city", "Root"), ("Of no city", "Root")]


def test_cities_have_collections_in_a_whole_tree(database):
    assert answer(database, "SELECT path, depth, numchild, name FROM wagtailcore_collection ORDER BY path") == [
        ("0001", 1, 2, "Root"), ("00010001", 2, 0, "Lille"), ("00010002", 2, 0, "Genk"),
    ]  # fmt: skip
    assert answer(
        database,
        "SELECT p.title, c.name FROM home_citypage city JOIN wagtailcore_page p ON p.id = city.page_ptr_id"
        " JOIN wagtailcore_collection c ON c.id = city.collection_id ORDER BY p.id",
    ) == [("Lille", "Lille"), ("Genk", "Genk")]


def test_the_group_of_a_city_keeps_its_people_and_gets_its_role(database):
    assert answer(
        database,
        "SELECT c.name, r.role, g.name FROM home_cityrole r JOIN auth_group g ON g.id = r.group_id"
        " JOIN wagtailcore_collection c ON c.id = r.collection_id ORDER BY c.name, r.role",
    ) == [
        ("Genk", "contributor", "Genk: contributors"), ("Genk", "editor", "Genk: editors"),
        ("Lille", "contributor", "Lille: contributors"), ("Lille", "editor", ROWS["auth_group"][-1]["name"]),
    ]  # fmt: skip
    assert answer(
        database,
        "SELECT u.username FROM auth_user u JOIN auth_user_groups m ON m.user_id = u.id"
        " JOIN home_cityrole r ON r.group_id = m.group_id",
    ) == [("editor_lille",)]


def test_editors_may_withdraw_the_clips_of_their_city(database):
    assert answer(
        database,
        "SELECT c.name FROM wagtailcore_groupcollectionpermission g JOIN auth_permission p ON p.id = g.permission_id"
        " JOIN wagtailcore_collection c ON c.id = g.collection_id JOIN home_cityrole r ON r.group_id = g.group_id"
        " WHERE p.codename = 'withdraw_clip' AND r.role = 'editor' ORDER BY c.name",
    ) == [("Genk",), ("Lille",)]
