"""What is no backup of ours is refused before anything is changed."""

import hashlib
import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from campaign_site.backup.archive import read_backup_manifest
from campaign_site.backup.database import load_database, save_database
from campaign_site.backup.errors import BackupError
from home.models import Person


@pytest.fixture
def folder(tmp_path):
    """A backup as small as one can be."""
    if connection.vendor != "sqlite":
        pytest.skip("a backup of SQLite")
    folder = tmp_path / "backup"
    for name in ("masters", "published", "uploads"):
        (folder / name / "aa").mkdir(parents=True)
        (folder / name / "aa" / "file").write_bytes(b"original")
    with closing(sqlite3.connect(folder / "database.sqlite3")) as database:
        database.execute("CREATE TABLE django_migrations (id INTEGER)")
    write_manifest(folder)
    return folder


def write_manifest(folder, **changes):
    database = (folder / "database.sqlite3").read_bytes()
    facts = {
        "format": 1,
        "database": "database.sqlite3",
        "database_sha256": hashlib.sha256(database).hexdigest(),
        "files": {name: {"files": 1, "size_bytes": 8} for name in ("masters", "published", "uploads")},
        "not_included": [],
    }
    (folder / "manifest.json").write_text(json.dumps(facts | changes))


def another_database(folder, content):
    (folder / "database.sqlite3").write_bytes(content)
    write_manifest(folder)


def link_to_a_file(folder):
    (folder / "uploads" / "aa" / "file").unlink()
    (folder.parent / "8 bytes").write_bytes(b"a secret")
    (folder / "uploads" / "aa" / "file").symlink_to(folder.parent / "8 bytes")


def link_to_a_folder(folder):
    shutil.move(folder / "masters" / "aa", folder.parent / "aa")
    (folder / "masters" / "aa").symlink_to(folder.parent / "aa")
    write_manifest(folder, files={**json.loads((folder / "manifest.json").read_text())["files"], "masters": {}})


SPOILED = {
    "not a database": lambda folder: another_database(folder, b"garbage"),
    "a database of something else": lambda folder: another_database(folder, b""),
    "a list": lambda folder: (folder / "manifest.json").write_text("[]"),
    "no text": lambda folder: (folder / "manifest.json").write_bytes(b"\xff"),
    "another place": lambda folder: write_manifest(folder, database="../backup/database.sqlite3"),
    "no database": lambda folder: write_manifest(folder, database=None),
    "no folders": lambda folder: write_manifest(folder, files={}),
    "a list of folders": lambda folder: write_manifest(folder, files=["masters", "published", "uploads"]),
    "other folders": lambda folder: write_manifest(folder, files={"../..": {"files": 1, "size_bytes": 8}}),
    "a link to a file": link_to_a_file,
    "a link to a folder": link_to_a_folder,
    "a pipe": lambda folder: os.mkfifo(folder / "uploads" / "pipe"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", SPOILED)
def test_it_is_refused(folder, name):
    assert read_backup_manifest(folder)["format"] == 1
    SPOILED[name](folder)
    with pytest.raises(BackupError):
        read_backup_manifest(folder)


@pytest.mark.django_db(transaction=True)
def test_a_damaged_database_is_replaced_and_kept(tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("a database of SQLite")
    Person.objects.create(name="Aina")
    file, there = save_database(tmp_path), Path(connection.settings_dict["NAME"])
    connection.close()
    there.write_bytes(b"garbage" * 1000)
    load_database(file)
    assert list(Person.objects.values_list("name", flat=True)) == ["Aina"]
    (kept,) = [path for path in there.parent.glob(f"{there.name}.before-*") if path.read_bytes()[:7] == b"garbage"]
    kept.unlink()
