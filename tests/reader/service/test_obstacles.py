"""Why indexing failed, from whatever error it met."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from reader.errors import LibraryUnwritableError, Obstacle, SearchUnavailableError
from reader.service.obstacles import why_indexing_failed


@pytest.mark.parametrize(
    ("error", "obstacle", "detail"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "x"), Obstacle.DISK_FULL, ""),
        (OSError(errno.EDQUOT, "Quota exceeded"), Obstacle.DISK_FULL, ""),
        (LibraryUnwritableError(Path("l"), "database or disk is full"), Obstacle.DISK_FULL, ""),
        (OSError(errno.EROFS, "Read-only", "index/x"), Obstacle.NOT_WRITABLE, "index/x"),
        (PermissionError(errno.EACCES, "Denied"), Obstacle.NOT_WRITABLE, "the index"),
        (LibraryUnwritableError(Path("l"), "readonly database"), Obstacle.NOT_WRITABLE, "l"),
        (OSError(errno.EIO, "Input/output error"), Obstacle.OTHER, "Input/output error"),
        (OSError("odd"), Obstacle.OTHER, "odd"),
        (SearchUnavailableError("half"), Obstacle.OTHER, "the index cannot be used (half)"),
        (ZeroDivisionError("ours"), Obstacle.OTHER, "ZeroDivisionError: ours"),
    ],
)
def test_an_error_is_an_obstacle(error: Exception, obstacle: Obstacle, detail: str) -> None:
    assert why_indexing_failed(error).args == (obstacle, detail)
