"""Receiving an uploaded file: nothing from people who are not signed in, nothing beyond the limit or the free space.

Django parses a form before any view has asked who sends it, so without this anybody could fill the disk. Our own web
server asks before the body is read (``campaign_site.server.body_limits``); others may not.
"""

import errno
import os
import shutil
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler

from home.access.visibility import is_signed_in
from media_pipeline import api


class OversizedFile(UploadedFile):
    """A file that was too large: its size is kept, so that a form can say what is wrong; its bytes are not."""

    def read(self, *args: Any) -> bytes:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def chunks(self, chunk_size: int | None = None) -> Any:
        return self.read()


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Django's handler for large files, with a size limit. Small files stay in memory and do not reach it."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Skip the file of someone who is not signed in; else note how much may be written."""
        if not is_signed_in(self.request):
            raise SkipFile
        super().new_file(*args, **kwargs)
        free = shutil.disk_usage(settings.FILE_UPLOAD_TEMP_DIR).free
        # A body that is on the disk already goes (see below) before the original is made of the file.
        self.max_bytes = min(free, api.upload_limit_bytes(copies=1 if self._stored_body() else 2))
        self.oversized = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write up to the limit; beyond it, free what was written and only count."""
        if start + len(raw_data) <= self.max_bytes:
            return super().receive_data_chunk(raw_data, start)
        if not self.oversized:
            self.file.truncate(0)
            self.oversized = True
        return None

    def file_complete(self, file_size: int) -> UploadedFile:
        """The file, or an OversizedFile."""
        if not self.oversized:
            return super().file_complete(file_size)
        self.file.close()
        return OversizedFile(None, self.file_name, self.content_type, file_size, self.charset)

    def upload_complete(self) -> None:
        """Free the space of the body, all of which has been read: on the disk every byte of it was there twice."""
        body = self._stored_body()
        if body is not None:
            body.truncate(0)

    def _stored_body(self) -> BinaryIO | None:
        """The file in which the web server has the whole body; None where it hands on what it reads."""
        body = self.request.META.get("wsgi.input")
        return body if getattr(body, "seekable", bool)() else None
