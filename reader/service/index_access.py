"""The one way from the service to the index: opened when first asked, errors translated."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from index.errors import IndexUnusableError
from index.factory import destroy_index, open_index
from reader.errors import SearchUnavailableError

if TYPE_CHECKING:
    from index.api import SearchIndex


class IndexAccess:
    """Holds the open index of a library folder. One thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._index: SearchIndex | None = None

    def get(self) -> SearchIndex:
        """The open index. Raises SearchUnavailableError when it has to be rebuilt first."""
        if self._index is None:
            try:
                self._index = open_index(self.path)
            except IndexUnusableError as error:
                raise SearchUnavailableError(error.reason) from error
        return self._index

    def another(self) -> IndexAccess:
        """The same for another thread."""
        return IndexAccess(self.path)

    @contextmanager
    def asking(self) -> Iterator[SearchIndex]:
        """The index for as long as the block takes. Raises SearchUnavailableError when it
        cannot be used or turns out to be damaged; what was open is let go then."""
        try:
            yield self.get()
        except IndexUnusableError as error:
            self.close()
            raise SearchUnavailableError(error.reason) from error

    def check_writable(self) -> None:
        """Try whether `replace` may change the folder of the index and the one around it.
        Raises OSError."""
        for folder in (self.path, self.path.parent):
            if folder.is_dir():
                try:
                    TemporaryFile(dir=folder).close()
                except OSError as error:
                    # Named after the folder: the file has a name by chance.
                    raise OSError(error.errno, error.strerror, str(folder)) from error

    def replace(self) -> SearchIndex:
        """Put an empty index in the place of whatever is there."""
        self.close()
        destroy_index(self.path)
        self._index = open_index(self.path, create=True)
        return self._index

    def close(self) -> None:
        if self._index is not None:
            self._index.close()
            self._index = None
