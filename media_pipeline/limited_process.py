"""Python code that opens what strangers sent, in a process of its own with the sandbox and limits of ffmpeg."""

import importlib.util
import sys
import sysconfig
import tempfile
from pathlib import Path

from media_pipeline import ffmpeg_tools
from media_pipeline.conf import conf
from media_pipeline.ffmpeg.errors import ErrorCode
from media_pipeline.ffmpeg.run.command import ProcessCommand, ProcessLimits, Runner, input_name
from media_pipeline.files.atomic_write import INCOMING_FOLDER

_PROGRAM = Path(__file__).with_name("limited_program.py")


def run_limited(
    module: str, data: bytes, limits: ProcessLimits | None = None, *, runner: Runner | None = None
) -> bytes:
    """Run ``python -m module`` in the sandbox, with ``data`` as its standard input. Returns its standard output.

    The process sees the module's top-level package, the installed libraries and ``data``: no settings, no database,
    no other files, no network. ``runner`` replaces the sandbox in tests.
    Raises MediaError: internal for an exit status other than 0, and what ``ProcessRunner`` raises (timeout,
    out_of_memory, too_much_work, no_sandbox). ModuleNotFoundError for a package that does not exist.
    """
    name = module.partition(".")[0]
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(name)
    package, paths = Path(spec.origin).parent, sysconfig.get_paths()
    libraries = tuple(dict.fromkeys((paths["purelib"], paths["platlib"])))
    # Where what a killed process leaves is cleaned, as it is not in the folder of the system.
    incoming = conf().work_dir / INCOMING_FOLDER
    incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=incoming, prefix="limited-", suffix=".part") as folder:
        stdin = Path(folder, "stdin")
        stdin.write_bytes(data)
        command = ProcessCommand(
            (sys.executable, "-I", "-S", "-B", input_name(1), input_name(0), module, str(package), *libraries),
            inputs=(stdin, _PROGRAM),
            limits=limits or ProcessLimits(),
            failure=ErrorCode.INTERNAL,
            readable=(package, Path(paths["stdlib"]), Path(paths["platstdlib"]), *map(Path, libraries)),
        )
        return (runner or ffmpeg_tools.process_runner())(command).stdout
