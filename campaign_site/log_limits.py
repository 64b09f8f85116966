"""What strangers can make the log say: at most one short line per minute and kind, without a traceback.

Whoever sends nonsense all day must not fill the disk, nor hide what matters between a million lines.
"""

import logging
from threading import Lock

INTERVAL_S = 60.0
MAX_MESSAGE_CHARS = 300
# Refused requests: a wrong Host header, a forged form, too many fields, a path outside its folder.
STRANGERS = ("django.security",)


class LimitedLines(logging.Filter):
    """For a handler: records of ``STRANGERS`` lose their traceback, are cut, and are counted instead of repeated."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = Lock()
        self._last_at: dict[str, float] = {}
        self._left_out: dict[str, int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written; it then says how many were left out since the last one of its kind."""
        if not record.name.startswith(STRANGERS):
            return True
        with self._lock:
            if record.created - self._last_at.get(record.name, float("-inf")) < INTERVAL_S:
                self._left_out[record.name] = self._left_out.get(record.name, 0) + 1
                return False
            self._last_at[record.name] = record.created
            left_out = self._left_out.pop(record.name, 0)
        message = record.getMessage()[:MAX_MESSAGE_CHARS]
        record.msg = f"{message} (and {left_out} more)" if left_out else message
        record.args, record.exc_info, record.exc_text = (), None, None
        return True
