"""The first account is made once, and its password is nobody else's to read."""

import stat
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import authenticate, get_user_model
from django.db.models.signals import pre_save
from pytest_django import Settings

from campaign_site.env import load_environment
from campaign_site.setup.account import make_first_account
from campaign_site.setup.banner import greeting


@pytest.mark.django_db
def test_first_account_can_sign_in(tmp_path: Path, settings: Settings) -> None:
    settings.DATA_DIR = tmp_path
    assert make_first_account() is True
    file = tmp_path / "first_account.txt"
    facts = dict(line.split(": ") for line in file.read_text().splitlines())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert authenticate(username=facts["user"], password=facts["password"]).is_superuser
    assert (tmp_path / "demo_wanted").exists() is apps.is_installed("demo")


@pytest.mark.django_db
def test_no_account_is_made_where_somebody_can_sign_in(tmp_path: Path, settings: Settings) -> None:
    settings.DATA_DIR = tmp_path
    get_user_model().objects.create_user("somebody")
    assert make_first_account() is False
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_the_demo_is_wanted_before_there_is_an_account(tmp_path: Path, settings: Settings) -> None:
    settings.DATA_DIR = tmp_path

    def interrupted(**_facts: object) -> None:
        raise KeyboardInterrupt

    pre_save.connect(interrupted, sender=get_user_model())
    try:
        with pytest.raises(KeyboardInterrupt):
            make_first_account()
    finally:
        pre_save.disconnect(interrupted, sender=get_user_model())
    assert (tmp_path / "demo_wanted").exists() is apps.is_installed("demo")
    assert make_first_account() is True


@pytest.mark.parametrize(("module", "shown"), [("dev", [True, False]), ("production", [False, False])])
def test_its_password_is_shown_once_and_in_no_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, shown: list[bool]
) -> None:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", f"campaign_site.settings.{module}")
    (tmp_path / "stamps").mkdir()
    (tmp_path / "first_account.txt").write_text("user: admin\npassword: a-secret\n")
    env = load_environment({"DATA_DIR": str(tmp_path)})
    texts = [greeting(env, []) for _ in shown]
    assert ["a-secret" in text for text in texts] == shown
    assert "/admin/" in texts[0]
