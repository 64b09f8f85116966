"""The sandbox: what a tool can see and do inside, tried with real processes, as root and as a normal user."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.run import sandbox, toolchain
from media_pipeline.ffmpeg.run.command import ProcessCommand, ProcessLimits, input_name
from media_pipeline.ffmpeg.run.process import ProcessRunner, probe_tier
from media_pipeline.ffmpeg.run.sandbox import SandboxTier, SandboxView
from tests.media_pipeline.ffmpeg.run.tiers import PROJECT, WALLED, every_tier, ffmpeg, shell

walled = pytest.mark.parametrize("tier", WALLED)
only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can take other users' parts")
SOMEBODY = 23456  # a user id that nobody has
TESTSRC = "testsrc2=size=128x72:rate=25:duration=1"


def run(tier: SandboxTier, script: str, *arguments: str, **options: object) -> tuple[int, bytes]:
    """Status and output of a script inside the sandbox, with arguments as $0, $1, ..."""
    ended = ProcessRunner(tier)(shell(script, *arguments, failure=None, **options))
    return ended.returncode, ended.stdout


@pytest.mark.parametrize(
    ("working", "expected"),
    [
        ({SandboxTier.BWRAP, SandboxTier.LANDLOCK}, SandboxTier.BWRAP),
        ({SandboxTier.BWRAP}, SandboxTier.BWRAP),
        ({SandboxTier.LANDLOCK}, SandboxTier.LANDLOCK),
        (set(), SandboxTier.RLIMITS),
    ],
)
def test_the_strongest_tier_that_works_is_taken(working: set[SandboxTier], expected: SandboxTier) -> None:
    assert sandbox.detect_tier(lambda tier: tier in working) == expected


def test_bare_limits_are_no_sandbox() -> None:
    assert probe_tier(SandboxTier.RLIMITS) is False


def test_a_tier_whose_program_is_missing_does_not_work() -> None:
    assert probe_tier(SandboxTier.BWRAP, (Path("/nowhere/bwrap"),)) is False
    with pytest.raises(MediaError) as error:
        ProcessRunner(SandboxTier.BWRAP, bwrap_paths=())(ProcessCommand(("/bin/true",)))
    assert error.value.code == ErrorCode.NO_SANDBOX


def test_argv_of_bare_limits() -> None:
    view = SandboxView(Path("/usr/bin/env"), inputs=(Path("/etc/passwd"),))
    argv = sandbox.sandbox_argv(SandboxTier.RLIMITS, ("ignored", "-i", "file:{in0}"), view, ProcessLimits(), 7)
    shim = str(Path(sandbox.__file__).with_name("landlock_exec.py"))
    assert argv == (
        *(sys.executable, "-I", "-S", "-B", shim, f"parent={os.getpid()}", "report=7"),
        *("cpu=60", "memory=3221225472", "file=2147483648", "files=256", "nice=10", "caps=none"),
        *("--", "/usr/bin/env", "-i", "file:/etc/passwd"),
    )


@walled
def test_neighbours_and_secrets_are_out_of_sight(tier: SandboxTier, tmp_path: Path) -> None:
    upload, neighbour = tmp_path / "upload", tmp_path / "neighbour"
    upload.write_text("upload")
    neighbour.write_text("secret")
    files = (str(neighbour), str(Path(__file__)), "/etc/passwd", f"/proc/{os.getpid()}/environ", "/etc/shadow")
    script = 'cat "$0"; for file in "$@"; do cat "$file" 2>/dev/null && echo "READ $file"; done; true'
    assert run(tier, script, input_name(0), *files, inputs=(upload,)) == (0, b"upload")


@walled
def test_nothing_can_be_written_but_the_output(tier: SandboxTier, tmp_path: Path) -> None:
    upload, outdir = tmp_path / "upload", tmp_path / "out"
    upload.write_text("upload")
    outdir.mkdir()
    script = 'echo changed > "$0"; echo x > "$1/beside"; echo x > /usr/lib/beside; rm -f "$0"; echo x > inside; true'
    run(tier, script, input_name(0), str(tmp_path), inputs=(upload,), outdir=outdir)
    assert upload.read_text() == "upload"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["inside", "out", "upload"]
    assert not Path("/usr/lib/beside").exists()


@every_tier
def test_network(tier: SandboxTier) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        port = server.getsockname()[1]
        status, _ = run(tier, f"exec 3<>/dev/tcp/127.0.0.1/{port}")
        if tier is SandboxTier.RLIMITS:  # the proof that the script would get through
            server.accept()[0].close()
        else:
            with pytest.raises(TimeoutError):
                server.accept()
    assert (status == 0) is (tier is SandboxTier.RLIMITS)


@walled
def test_other_processes_are_out_of_reach(tier: SandboxTier) -> None:
    victim = subprocess.Popen(["sleep", "60"])
    try:
        status, _ = run(tier, f"kill -9 {victim.pid}")
        assert (status != 0, victim.poll()) == (True, None)
    finally:
        victim.kill()
        victim.wait()


@every_tier
def test_no_capabilities_are_left(tier: SandboxTier) -> None:
    _, said = run(tier, "grep -E 'Cap(Prm|Eff|Amb):|NoNewPrivs' /proc/self/status")
    assert said.split()[1::2] == [b"0" * 16, b"0" * 16, b"0" * 16, b"1"]


@only_root
@every_tier
def test_root_reads_and_writes_what_belongs_to_the_web_servers_user(tier: SandboxTier, tmp_path: Path) -> None:
    upload, outdir = tmp_path / "private" / "upload", tmp_path / "private" / "out"
    outdir.mkdir(parents=True)
    upload.write_text("upload")
    for path, mode in ((upload, 0o400), (outdir, 0o700), (tmp_path / "private", 0o700)):
        path.chmod(mode)
        os.chown(path, SOMEBODY, SOMEBODY)
    script = 'cat "$0" > copy; grep CapEff /proc/$$/status || grep CapEff /proc/self/status; cat /etc/shadow; true'
    run(tier, script, input_name(0), inputs=(upload,), outdir=outdir)
    assert (outdir / "copy").read_text() == "upload"


@every_tier
@pytest.mark.parametrize("folder", ["venv with space/ü", "plain"])
def test_a_tool_is_found_in_any_folder(tier: SandboxTier, folder: str, tmp_path: Path) -> None:
    tools = toolchain.find_toolchain()
    place = tmp_path / folder / "bin"
    place.mkdir(parents=True)
    copied, linked = place / "ffprobe", place / "ffmpeg"
    shutil.copy(tools.ffprobe, copied)
    linked.symlink_to(tools.ffmpeg)
    for tool, name in ((copied, b"ffprobe"), (linked, b"ffmpeg")):
        assert ProcessRunner(tier)(ProcessCommand((str(tool), "-version"))).stdout.split()[0] == name


@every_tier
def test_libraries_beside_a_tool_come_with_it(tier: SandboxTier, tmp_path: Path) -> None:
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler here")
    library, main = tmp_path / "lib", tmp_path / "tool"
    library.mkdir()
    (tmp_path / "one.c").write_text('const char *word(void) { return "linked"; }')
    (tmp_path / "two.c").write_text("#include <stdio.h>\nconst char *word(void);\nint main(void) { puts(word()); }")
    shared_object = str(library / "libword.so")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", shared_object, str(tmp_path / "one.c")], check=True)
    link = [str(tmp_path / "two.c"), shared_object, f"-Wl,-rpath,{library}"]
    subprocess.run([compiler, "-o", str(main), *link], check=True)
    assert ProcessRunner(tier)(ProcessCommand((str(main),))).stdout == b"linked\n"


@every_tier
def test_the_packager_and_both_encoders_work_inside(tier: SandboxTier, tmp_path: Path) -> None:
    tools, runner = toolchain.find_toolchain(), ProcessRunner(tier)
    codecs = ["libx264", *(["libsvtav1"] if tools.supports_av1 else [])]
    for codec in codecs:
        runner(ffmpeg(TESTSRC, "-c:v", codec, "-pix_fmt", "yuv420p", f"{codec}.mp4", outdir=tmp_path))
    if tools.packager is None:
        pytest.skip("no packager here")
    streams = (f"in={codec}.mp4,stream=video,output={codec}-o.mp4,playlist_name={codec}.m3u8" for codec in codecs)
    playlist = ("--hls_master_playlist_output", "master.m3u8")
    runner(ProcessCommand((str(tools.packager), *streams, *playlist), outdir=tmp_path))
    assert (tmp_path / "master.m3u8").read_text().count("#EXT-X-STREAM-INF") == len(codecs)


AS_A_USER = """
import sys
from pathlib import Path
from media_pipeline.ffmpeg.run import process
from media_pipeline.ffmpeg.run.command import ProcessCommand, input_name
from media_pipeline.ffmpeg.run.sandbox import SandboxTier

ffmpeg, upload, outdir = sys.argv[1:]
for tier in (SandboxTier.BWRAP, SandboxTier.LANDLOCK):
    works = process.probe_tier(tier)
    command = ProcessCommand((ffmpeg, "-v", "error", "-nostdin", "-i", input_name(0), "-c", "copy", f"{tier}.mkv"),
                      (Path(upload),), Path(outdir))
    print(tier, works, process.ProcessRunner(tier)(command).returncode if works else "")
"""


@only_root
def test_the_sandbox_works_for_a_normal_user_too() -> None:
    python, tools = Path("/usr/bin/python3"), toolchain.find_toolchain()
    folder = Path("/var/tmp") / f"sandbox-{os.getpid()}"
    reachable = ["test", "-x", str(tools.ffmpeg), "-a", "-r", sandbox.__file__, "-a", "-x", str(python.resolve())]
    if subprocess.run(reachable, user=SOMEBODY, group=SOMEBODY, extra_groups=[]).returncode != 0:
        pytest.skip("a normal user cannot read the project or Python here")
    folder.mkdir()
    try:
        ProcessRunner()(ffmpeg(TESTSRC, "upload.mkv", outdir=folder))
        outdir = folder / "out"
        outdir.mkdir()
        for path in (folder, folder / "upload.mkv", outdir):
            os.chown(path, SOMEBODY, SOMEBODY)
        arguments = [str(tools.ffmpeg), str(folder / "upload.mkv"), str(outdir)]
        said = subprocess.run(
            [str(python), "-B", "-c", AS_A_USER, *arguments],
            user=SOMEBODY, group=SOMEBODY, extra_groups=[], cwd=PROJECT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        worked = {line.split()[0]: line.split()[1:] for line in said.stdout.splitlines()}
        expected = {tier.value: ["True", "0"] for tier in WALLED}
        assert {tier: worked[tier] for tier in expected} == expected
    finally:
        shutil.rmtree(folder)
