"""What is kept of a file while it is still travelling: nothing from strangers, and nothing past the limit or the disk.

Django parses a form before any view has asked who sends it, so without this anybody could fill the disk.
"""

import errno
import os
import shutil
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler

from home.access.visibility import is_signed_in
from media_pipeline import api


class DroppedFile(UploadedFile):
    """A file that did not fit: its size is true, so that a form can say what was wrong; its bytes are gone."""

    def read(self, *args: Any) -> bytes:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def chunks(self, chunk_size: int | None = None) -> Any:
        return self.read()


class FilmUploadHandler(TemporaryFileUploadHandler):
    """Django's own for large files, behind a door. Small ones stay in memory and never come here."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Skip a stranger's file; else note how much may be written."""
        if not is_signed_in(self.request):
            raise SkipFile
        super().new_file(*args, **kwargs)
        free = shutil.disk_usage(settings.FILE_UPLOAD_TEMP_DIR).free
        self.room = min(free, api.upload_limit_bytes())
        self.dropped = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write, until there is more than fits; then give back what was written, and only count."""
        if start + len(raw_data) <= self.room:
            return super().receive_data_chunk(raw_data, start)
        if not self.dropped:
            self.file.truncate(0)
            self.dropped = True
        return None

    def file_complete(self, file_size: int) -> UploadedFile:
        """The file, or what is known of one that did not fit."""
        if not self.dropped:
            return super().file_complete(file_size)
        self.file.close()
        return DroppedFile(None, self.file_name, self.content_type, file_size, self.charset)
