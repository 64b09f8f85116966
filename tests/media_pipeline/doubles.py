"""Runners used in place of that of the pipeline: both run the real tools, and both know more than it does."""

import hashlib
import os
import pickle
from contextlib import suppress

from media_pipeline import ffmpeg_tools
from media_pipeline.ffmpeg.errors import MediaError
from media_pipeline.ffmpeg.run import process


class ReplayingRunner:
    """Runs a command once for the bytes that it reads; from then on it copies what the tool wrote and said.

    For tests of our own code around the tools, which needs true results and not the same work again. Results are files
    in ``folder``, so that forked processes share them.
    """

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, command, *, on_progress=None, should_stop=None):
        before = self._files(command)
        read = [path.read_bytes() for path in command.inputs if path.is_file()]
        kept = self.folder / hashlib.sha256(repr((command.argv, before, read)).encode()).hexdigest()
        if kept.exists() and not (should_stop and should_stop()):
            result, written = pickle.loads(kept.read_bytes())
            with suppress(OSError):  # the disk is full or read-only: that is for the tool itself
                for name, data in written.items():
                    path = command.outdir / name
                    path.parent.mkdir(exist_ok=True)
                    path.write_bytes(data)
                return result
        result = process.run_process(command, on_progress=on_progress, should_stop=should_stop)
        written = dict(self._files(command).items() - before.items())
        aside = kept.with_suffix(f".{os.getpid()}")
        aside.write_bytes(pickle.dumps((result, written)))
        aside.replace(kept)
        return result

    @staticmethod
    def _files(command):
        """The bytes of every file in the folder the command works in, by name."""
        files = sorted(command.outdir.rglob("*")) if command.outdir else ()
        return {str(path.relative_to(command.outdir)): path.read_bytes() for path in files if path.is_file()}


class RecordingRunner:
    """Runs commands as the pipeline does and keeps them in ``commands``.

    ``failures`` maps the name of an output or binary to what happens in place of a run: a MediaError to raise, or
    a function that gets the command after it ran. Each is used up once.
    """

    def __init__(self, **failures):
        self.commands = []
        self.failures = failures

    def __call__(self, command, *, on_progress=None, should_stop=None):
        self.commands.append(command)
        name = self.purpose(command)
        failure = self.failures.pop(name, None)
        if isinstance(failure, MediaError):
            raise failure
        finished = ffmpeg_tools.process_runner()(command, on_progress=on_progress, should_stop=should_stop)
        if failure is not None:
            failure(command)
        return finished

    @staticmethod
    def purpose(command):
        """What a command is for, by what it writes."""
        line = " ".join(command.argv)
        if "packager" in command.argv[0]:
            return "package"
        if "show_format" in line:
            return "probe"
        for sign, name in {
            "libvmaf=": "trial",
            "peak=true": "measured",
            "ebur128": "loudness",
            "download.mp4": "download",
            "storyboard": "survey",
            "poster-1": "posters",
            "-h264.mp4": "encode",
        }.items():
            if sign in line and "ffprobe" not in command.argv[0]:
                return name
        return "look"

    @property
    def purposes(self):
        """What was asked for, in order, looks at files left out."""
        return [name for name in map(self.purpose, self.commands) if name not in ("look", "probe")]
