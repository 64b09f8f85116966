"""How a log line looks."""

import logging


class OneLineFormatter(logging.Formatter):
    """``time level logger message``; line breaks become ``\\n``, so that nobody can forge a second line."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S%z")

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line, a traceback included."""
        return super().format(record).replace("\r", "\\r").replace("\n", "\\n")
