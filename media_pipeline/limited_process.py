"""Python code that opens what strangers sent, in a process of its own with the sandbox and limits of ffmpeg."""

import importlib.util
import sys
import sysconfig
import tempfile
from pathlib import Path

from media_pipeline import ffmpeg_tools
from media_pipeline.ffmpeg.errors import ErrorCode
from media_pipeline.ffmpeg.run.command import ProcessCommand, ProcessLimits, Runner, input_name

_PROGRAM = Path(__file__).with_name("limited_program.py")


def run_limited(
    module: str, data: bytes, limits: ProcessLimits | None = None, *, runner: Runner | None = None
) -> bytes:
    """Run ``python -m module`` in the sandbox, with ``data`` as its standard input. Returns its standard output.

    The process sees the module's top-level package, the installed libraries and ``data``: no settings, no database,
    no other files, no network. ``runner`` replaces the sandbox in tests.
    Raises MediaError: internal for an exit status other than 0, and what ``ProcessRunner`` raises (timeout,
    out_of_memory, too_much_work, no_sandbox).
    """
    with tempfile.TemporaryDirectory(prefix="limited-") as folder:
        stdin = Path(folder, "stdin")
        stdin.write_bytes(data)
        command = limited_command(module, stdin, limits or ProcessLimits())
        return (runner or ffmpeg_tools.process_runner())(command).stdout


def limited_command(module: str, stdin: Path, limits: ProcessLimits) -> ProcessCommand:
    """The process as a value. Raises ModuleNotFoundError for a package that is not there."""
    name = module.partition(".")[0]
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(name)
    package = Path(spec.origin).parent
    paths = sysconfig.get_paths()
    libraries = tuple(dict.fromkeys((paths["purelib"], paths["platlib"])))
    argv = (sys.executable, "-I", "-S", "-B", input_name(1), input_name(0), module, str(package), *libraries)
    readable = (package, Path(paths["stdlib"]), Path(paths["platstdlib"]), *map(Path, libraries))
    return ProcessCommand(argv, (stdin, _PROGRAM), None, limits, ErrorCode.INTERNAL, readable=readable)
