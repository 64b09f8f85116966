"""A drill: a site is saved, lost, and brought back on a fresh machine, with its key, with another one and with none."""

import json
import os
import secrets
import shutil
import subprocess
import sys

import pytest
from django.db import connection

from campaign_site.backup.database import has_no_tables, load_database, save_database
from campaign_site.backup.errors import BackupError
from home.models import Person
from tests.conftest import PROJECT

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

FILL = """
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from home.models import Picture
from media_pipeline.models import Clip, Master
from tests.home import archive as building

archive = building.build()
city = archive.city("Lille")
clips = [archive.clip_page(city, headline=name).clip for name in ("Stays", "Goes")]
for clip in clips:
    name = storages["masters"].save(f"aa/{clip.public_id}", ContentFile(b"original"))
    Master.objects.create(clip=clip, file=name, original_name="a.mp4", size_bytes=8, sha256="0" * 64)
get_user_model().objects.create_superuser("aina", "aina@example.org", "a long password")
storages["default"].save("documents/notes.txt", ContentFile(b"notes"))
print(json.dumps([clip.public_id for clip in clips]))
"""
WITHDRAW = """
from media_pipeline import api
from media_pipeline.models import Clip
api.withdraw_clip(Clip.objects.get(public_id=sys.argv[1]))
Clip.objects.exclude(public_id=sys.argv[1]).get().captions.all().delete()
print("null")
"""
LOOK = """
from django.test import Client
client = Client(headers={"host": "localhost"})
media = {name: client.get(f"/media/{name}/master.m3u8").status_code for name in sys.argv[1:]}
film = client.get(f"/media/{sys.argv[1]}/download.mp4").getvalue()
from django.core.files.storage import storages
from django.core.management import call_command
from media_pipeline.models import Caption, Clip, Master
from io import StringIO
print(json.dumps({
    "media": list(media.values()), "film": len(film), "captions": Caption.objects.count(),
    "sign_in": client.login(username="aina", password="a long password"),
    "masters": [storages["masters"].open(master.file.name).read().decode() for master in Master.objects.all()],
    "upload": storages["default"].open("documents/notes.txt").read().decode(),
}))
"""
BACK = {
    "media": [200, 410], "film": 10240, "sign_in": True, "masters": ["original", "original"], "upload": "notes",
    "captions": 4,
}  # fmt: skip


class Machine:
    """A site in a folder of its own. Its ledger, and nothing else of it, is on another disk."""

    def __init__(self, folder, ledger, **env):
        self.folder = folder
        self.env = {**os.environ, "DATA_DIR": str(folder), "DATABASE_URL": "", "DEMO": "no", "LEDGER_DIR": str(ledger)}
        self.env |= {"DJANGO_SETTINGS_MODULE": "campaign_site.settings.dev", "ALLOWED_HOSTS": "testserver", **env}

    def run(self, script, *arguments):
        code = f"import json, sys, django\ndjango.setup()\n{script}"
        done = self._start("-c", code, *arguments)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def manage(self, *arguments):
        return self._start("manage.py", *map(str, arguments))

    def _start(self, *arguments):
        return subprocess.run(
            [sys.executable, *arguments], cwd=PROJECT, env=self.env, capture_output=True, text=True, check=False
        )


@pytest.fixture
def lost(tmp_path):
    """``(clips, ledger)`` of a machine that was saved, went on for a day, and is gone."""
    if connection.vendor != "sqlite":
        pytest.skip("begins with the migrated database of SQLite")
    machine = Machine(tmp_path / "old", tmp_path / "elsewhere")
    machine.folder.mkdir()
    connection.close()
    shutil.copyfile(connection.settings_dict["NAME"], machine.folder / "polyphony.sqlite3")
    clips = machine.run(FILL)
    for _ in range(2):
        saved = machine.manage("backup", tmp_path / "backup", "--secrets", tmp_path / "keys")
        assert (saved.returncode, saved.stderr) == (0, "")
    machine.run(WITHDRAW, clips[1])
    (tmp_path / "key").write_bytes((machine.folder / "secret_key").read_bytes())
    shutil.rmtree(machine.folder)
    return clips, tmp_path / "elsewhere"


@pytest.mark.parametrize(
    "key",
    [
        "kept",
        pytest.param("rotated", marks=pytest.mark.thorough("keys")),
        pytest.param("lost", marks=pytest.mark.thorough("keys")),
    ],
)
def test_the_site_comes_back_and_what_was_withdrawn_since_stays_withdrawn(tmp_path, lost, key):
    clips, ledger = lost
    env = {"SECRET_KEY": secrets.token_urlsafe(64)} if key == "rotated" else {}
    machine = Machine(tmp_path / "new", ledger, **env)
    restored = machine.manage(
        "restore", tmp_path / "backup", *(["--secrets", tmp_path / "keys"] if key == "kept" else [])
    )
    assert (restored.returncode, restored.stdout.splitlines()[-1][:34]) == (0, "Restored: 2 clips (1 withdrawn), s"), (
        restored
    )
    assert machine.run(LOOK, *clips) == BACK
    if key == "kept":
        assert sorted(path.name for path in (tmp_path / "backup").iterdir()) == [
            "database.sqlite3", "manifest.json", "masters", "published", "uploads"
        ]  # fmt: skip
        assert (tmp_path / "keys" / "secret_key").stat().st_mode & 0o777 == 0o600
        assert (tmp_path / "backup" / "database.sqlite3").stat().st_mode & 0o777 == 0o600
        assert (machine.folder / "secret_key").read_bytes() == (tmp_path / "key").read_bytes()
        again = machine.manage("restore", tmp_path / "backup")
        assert (again.returncode, "--replace" in again.stderr) == (1, True)


@pytest.mark.postgres
def test_the_database_comes_back_as_it_was(tmp_path):
    if connection.vendor == "postgresql" and shutil.which("pg_dump") is None:
        pytest.skip("PostgreSQL's client programs are not installed")
    Person.objects.create(name="Aina")
    file = save_database(tmp_path)
    Person.objects.all().delete()
    Person.objects.create(name="Jan")
    load_database(file)
    assert list(Person.objects.values_list("name", flat=True)) == ["Aina"]
    assert (file.stat().st_mode & 0o777, has_no_tables()) == (0o600, False)


@pytest.mark.postgres
def test_a_database_that_cannot_be_loaded_leaves_the_one_that_is_there(tmp_path):
    if connection.vendor != "postgresql" or shutil.which("pg_dump") is None:
        pytest.skip("for PostgreSQL and its client programs")
    Person.objects.create(name="Aina")
    file = save_database(tmp_path)
    Person.objects.all().delete()
    Person.objects.create(name="Jan")
    os.truncate(file, file.stat().st_size * 9 // 10)
    with pytest.raises(BackupError):
        load_database(file)
    assert list(Person.objects.values_list("name", flat=True)) == ["Jan"]


def spoil_database(folder):
    with (folder / "database.sqlite3").open("r+b") as file:
        file.seek(100)
        file.write(b"x")


def cut_a_file(folder):
    next((folder / "masters").rglob("*/*")).write_bytes(b"orig")


@pytest.mark.thorough("damaged backups")
@pytest.mark.parametrize("spoil", [spoil_database, cut_a_file, lambda folder: (folder / "manifest.json").unlink()])
def test_a_damaged_backup_changes_nothing(tmp_path, lost, spoil):
    spoil(tmp_path / "backup")
    machine = Machine(tmp_path / "new", lost[1])
    refused = machine.manage("restore", tmp_path / "backup")
    assert (refused.returncode, refused.stderr.startswith("CommandError: "), refused.stderr.count("\n")) == (1, True, 1)
    assert not (machine.folder / "polyphony.sqlite3").exists()


@pytest.mark.thorough("places of backups")
def test_places_that_would_lose_the_point_are_refused(tmp_path, lost):
    machine = Machine(tmp_path / "new", tmp_path / "there")
    for arguments in (
        [tmp_path / "there", "--without-secrets"],
        [machine.folder / "masters" / "x", "--without-secrets"],
        [tmp_path / "here", "--secrets", tmp_path / "here" / "keys"],
    ):
        refused = machine.manage("backup", *arguments)
        assert (refused.returncode, refused.stderr.startswith("CommandError: ")) == (1, True)
        assert not (tmp_path / "here").exists()
