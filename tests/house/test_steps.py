"""A step of the set-up runs when something it depends on changed, and only then."""

from collections.abc import Callable
from pathlib import Path

import pytest

from campaign_site.env import load_environment
from campaign_site.setup import firstrun
from campaign_site.setup.steps import SetupError, SetupStep, call, digest, run_steps
from tests.house.sources import PROJECT


def step(folder: Path, runs: list[str]) -> SetupStep:
    """A step that copies ``source`` to ``made`` and notes that it ran."""

    def work() -> None:
        runs.append((folder / "source").read_text())
        (folder / "made").write_text("x")

    return SetupStep("Copy", folder / "stamps" / "copy", (folder / "source", "fact"), (folder / "made",), work)


def test_runs_again_only_after_a_change(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runs: list[str] = []
    (tmp_path / "source").write_text("one")
    run_steps([step(tmp_path, runs)])
    run_steps([step(tmp_path, runs)])
    (tmp_path / "source").write_text("two")
    run_steps([step(tmp_path, runs)])
    assert runs == ["one", "two"]
    assert capsys.readouterr().out.splitlines() == [
        "[ 1/1] Copy … done in 0 s",
        "[ 1/1] Copy … nothing to do",
        "[ 1/1] Copy … done in 0 s",
    ]


def test_runs_again_when_its_output_is_gone(tmp_path: Path) -> None:
    runs: list[str] = []
    (tmp_path / "source").write_text("one")
    run_steps([step(tmp_path, runs)])
    (tmp_path / "made").unlink()
    run_steps([step(tmp_path, runs)])
    assert runs == ["one", "one"]


def test_a_failure_leaves_no_stamp(tmp_path: Path) -> None:
    def fail() -> None:
        raise SetupError("no")

    broken = SetupStep("Break", tmp_path / "stamp", (), (), fail)
    with pytest.raises(SetupError):
        run_steps([broken])
    assert not broken.is_done()


def test_an_interrupted_stage_is_not_vouched_for_by_an_older_stamp(tmp_path: Path) -> None:
    source, made = tmp_path / "source", tmp_path / "made"

    def stage_of(text: str, action: Callable[[], None]) -> SetupStep:
        source.write_text(text)
        return SetupStep("Make", tmp_path / "stamp", (source,), (made,), action)

    def break_off() -> None:
        made.write_text("half")
        raise KeyboardInterrupt

    stage_of("one", lambda: made.write_text("whole") and None).run()
    with pytest.raises(KeyboardInterrupt):
        stage_of("two", break_off).run()
    assert not stage_of("one", lambda: None).is_done()


def test_digest_sees_names_and_contents(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    seen = {digest((folder,))}
    (folder / "a").write_text("1")
    seen.add(digest((folder,)))
    (folder / "a").rename(folder / "b")
    seen.add(digest((folder,)))
    (folder / "b").write_text("2")
    seen.add(digest((folder,)))
    assert len(seen) == 4


def test_a_failing_programme_is_shown_with_its_last_lines() -> None:
    with pytest.raises(SetupError) as caught:
        call(["sh", "-c", "echo one; echo two >&2; exit 3"], hint="Try again.")
    assert (
        str(caught.value) == "sh -c echo one; echo two >&2; exit 3 ended with status 3:\n    one\n    two\nTry again."
    )


def test_a_missing_programme_is_named() -> None:
    with pytest.raises(SetupError, match=r"^/nowhere/x cannot be started: No such file or directory\.$"):
        call(["/nowhere/x"])


@pytest.mark.parametrize(("debug", "collects"), [("no", True), ("yes", False)])
def test_static_files_are_collected_unless_somebody_works_on_them(tmp_path: Path, debug: str, collects: bool) -> None:
    env = load_environment({"DATA_DIR": str(tmp_path), "DEBUG": debug})
    steps = {each.title: each for each in firstrun.data_steps(env)}
    assert ("Static files" in steps) == collects
    if collects:
        assert PROJECT / "home" / "static" in steps["Static files"].inputs
