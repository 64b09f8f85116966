"""A recording door to processes: it runs the real thing, remembers what was asked, and can be told to fail."""

from media_pipeline.ffmpeg.errors import MediaError
from media_pipeline.ffmpeg.run import process


class RecordingRunner:
    """Carries out commands like ``run_process`` and keeps them in ``commands``.

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
        finished = process.run_process(command, on_progress=on_progress, should_stop=should_stop)
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
