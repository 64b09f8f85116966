"""Which browser the tests get, on machines with and without one; apt is a script that writes down what it is asked."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign_site.setup import chromium

INSTALL = "install chromium-headless-shell"


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a machine's programs, run by root; the file "asked" beside it has what apt was asked for."""
    programs = tmp_path / "bin"
    programs.mkdir()
    add(programs, "apt-get", f'shift 5; echo "$@" >> {tmp_path}/asked; test "$*" != "$REFUSED"')
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    chromium.find_chromium.cache_clear()
    yield programs
    chromium.find_chromium.cache_clear()


def add(programs: Path, name: str, script: str = "") -> None:
    (programs / name).write_text(f"#!/bin/sh\n{script}\n")
    (programs / name).chmod(0o755)


def asked(programs: Path) -> list[str]:
    file = programs.parent / "asked"
    return file.read_text().splitlines() if file.exists() else []


def test_the_shell_comes_before_a_browser(machine: Path) -> None:
    add(machine, "chromium")
    assert chromium.find_chromium() == str(machine / "chromium")
    chromium.find_chromium.cache_clear()
    add(machine, chromium.SHELL)
    assert chromium.install_chromium()
    assert (chromium.find_chromium(), asked(machine)) == (str(machine / chromium.SHELL), [])


def test_a_machine_without_a_browser_gets_the_shell(machine: Path) -> None:
    assert not chromium.install_chromium()  # this apt installs nothing
    assert asked(machine) == ["update", INSTALL]


def test_where_the_shell_is_no_package_the_browser_is_installed(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFUSED", INSTALL)
    assert not chromium.install_chromium()
    assert asked(machine) == ["update", INSTALL, "install chromium"]


def test_a_browser_of_debian_gets_the_shell_beside_it_in_its_version(machine: Path) -> None:
    add(machine, "chromium")
    add(machine, "dpkg-query", "printf 150.0-1")
    assert chromium.install_chromium()
    assert asked(machine) == [f"{INSTALL}=150.0-1"]


@pytest.mark.parametrize("dpkg", ["exit 1", None])
def test_where_the_shell_cannot_be_installed_the_browser_serves(machine: Path, dpkg: str | None) -> None:
    add(machine, "google-chrome")
    if dpkg:
        add(machine, "dpkg-query", dpkg)
    assert chromium.install_chromium()
    assert asked(machine) == []


def test_who_is_not_root_installs_nothing(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert (chromium.install_chromium(), asked(machine)) == (False, [])
