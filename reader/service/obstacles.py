"""What keeps the index from being written, told from the errors it leads to."""

from __future__ import annotations

import errno

from reader.errors import (
    IndexingError,
    LibraryUnwritableError,
    Obstacle,
    SearchUnavailableError,
)

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


def why_indexing_failed(error: Exception) -> IndexingError:
    """The obstacle that an error of `Indexing.run` stands for."""
    match error:
        case OSError():
            return _of_the_system(error)
        case LibraryUnwritableError() if "full" in error.detail:
            return IndexingError(Obstacle.DISK_FULL)
        case LibraryUnwritableError():
            return IndexingError(Obstacle.NOT_WRITABLE, str(error.path))
        case SearchUnavailableError():
            return IndexingError(Obstacle.OTHER, f"the index cannot be used ({error.reason})")
        case _:
            return IndexingError(Obstacle.OTHER, f"{type(error).__name__}: {error}")


def _of_the_system(error: OSError) -> IndexingError:
    if error.errno in _NO_ROOM:
        return IndexingError(Obstacle.DISK_FULL)
    if error.errno in _FORBIDDEN:
        return IndexingError(Obstacle.NOT_WRITABLE, str(error.filename or "the index"))
    return IndexingError(Obstacle.OTHER, error.strerror or str(error))
