"""Static files under names with a hash of their content, each also compressed with Brotli and gzip."""

from collections.abc import Iterable, Iterator
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage. Files are also there under their own names, for what does not ask for the hashed one, but
    only the hashed ones are compressed: that halves the time of the set-up.
    """

    def compress_files(self, paths: Iterable[str]) -> Iterator[Any]:
        """Compress those of ``paths`` that are hashed names."""
        yield from super().compress_files(set(paths) & set(self.hashed_files.values()))
