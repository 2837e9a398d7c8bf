"""Where the allocator is another one than that of glibc, nothing is asked of it."""

from __future__ import annotations

import ctypes

import pytest

from index.whoosh_backend import allocator


class Library:
    """A C library without `mallopt`, or with one that notes what it is told."""

    def __init__(self) -> None:
        self.told: list[int] = []


class GlibcLibrary(Library):
    def mallopt(self, setting: int, value: int) -> int:
        self.told.append(setting)
        return 1


@pytest.mark.parametrize(("library", "told"), [(Library(), []), (GlibcLibrary(), [-1, -3])])
def test_settings_are_made_where_there_are_any(
    monkeypatch: pytest.MonkeyPatch, library: Library, told: list[int]
) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: library)
    allocator.keep_freed_memory()
    assert library.told == told
