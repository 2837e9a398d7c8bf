"""Memory that is freed is kept for the next question.

Arrays of a question are a few hundred kilobytes each. The allocator of glibc takes pages for each
from the system and gives them back right away; to be given them anew, cleared, took as long as
all the rest of a question.
"""

from __future__ import annotations

import ctypes

_TRIM_THRESHOLD, _TRIM_BYTES = -1, 1 << 25
_MMAP_THRESHOLD, _MMAP_BYTES = -3, 1 << 22


def keep_freed_memory() -> None:
    """Have the process keep up to 32 MB of what it frees, and take smaller arrays than 4 MB from
    there. Where the allocator is another one, nothing happens."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_TRIM_THRESHOLD, _TRIM_BYTES)
        mallopt(_MMAP_THRESHOLD, _MMAP_BYTES)
