"""Paths -> the files to import, in order, and opening them without harm."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BufferedReader, FileIO
from pathlib import Path

from reader.clean import clean_text, strip_unsafe
from reader.errors import ImportItemError
from reader.ingest.detect import HEAD_BYTES, is_doubtful, is_known, is_taken
from reader.ingest.reasons import Reason, reason_of
from reader.model import ImportFailure

# A named pipe that nobody writes to must not stop the import; a terminal must not become ours.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)

_BUFFER = 1 << 16
_MAILDIR = ("cur", "new", "tmp")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A regular file to import."""

    path: Path


def discover(paths: Sequence[Path]) -> list[FoundFile | ImportFailure]:
    """Return the files of `paths`, sorted inside each folder, and what there is that is none.

    A path that is named may be a link and have any suffix. Inside folders files are taken by
    their suffix (`detect.is_taken`), those of doubtful ones by what is in them, and every
    message of a Maildir; hidden names are passed over, and links are not followed: one to a
    place inside the same folder is passed over, any other is a failure. Never raises.
    """
    return [found for path in paths for found in _discover(path)]


def open_regular(path: Path) -> BufferedReader:
    """Open a regular file for reading bytes. Raises ImportItemError for everything else."""
    shown = shown_path(path)
    try:
        kind = _refusal(path.stat().st_mode)
        if kind is not None:
            raise ImportItemError(shown, kind)
        file: BufferedReader = BufferedReader(FileIO(os.open(path, _FLAGS)), _BUFFER)
    except ValueError as error:
        raise ImportItemError(shown, Reason.NOT_FOUND) from error
    except OSError as error:
        raise ImportItemError(shown, reason_of(error)) from error
    # What the name means may have changed since it was looked at.
    kind = _refusal(os.fstat(file.fileno()).st_mode)
    if kind is not None:
        file.close()
        raise ImportItemError(shown, kind)
    return file


def is_maildir_message(path: Path) -> bool:
    """Tell whether a file lies where a Maildir keeps its messages."""
    folder = path.parent
    return folder.name in _MAILDIR[:2] and all((folder.parent / n).is_dir() for n in _MAILDIR)


def shown_path(path: Path) -> str:
    """Return a path fit to be shown and stored: one line, no control code, no surrogate."""
    return strip_unsafe(clean_text(str(path)))


def _discover(path: Path) -> Iterator[FoundFile | ImportFailure]:
    try:
        mode = path.stat().st_mode
    except ValueError:
        yield _failure(path, Reason.NOT_FOUND)
    except OSError as error:
        yield _failure(path, Reason.LINK_DANGLING if _dangles(path, error) else reason_of(error))
    else:
        refusal = _refusal(mode)
        if stat.S_ISDIR(mode):
            yield from _walk(path)
        elif refusal is not None:
            yield _failure(path, refusal)
        else:
            yield FoundFile(path)


def _walk(root: Path) -> Iterator[FoundFile | ImportFailure]:
    inside = os.path.realpath(root)
    # The next entry is at the end. A list of its own, because folders can be nested deeper
    # than calls.
    waiting: list[os.DirEntry[str] | Path] = [root]
    while waiting:
        entry = waiting.pop()
        if isinstance(entry, Path) or _is_folder(entry):
            folder = Path(entry)
            try:
                entries = _list_folder(folder)
            except OSError as error:
                yield _failure(folder, reason_of(error))
            else:
                waiting.extend(reversed(entries))
        else:
            yield from _look_at(entry, inside)


def _list_folder(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        shown = (entry for entry in entries if not entry.name.startswith("."))
        return sorted(shown, key=lambda entry: entry.name)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _look_at(entry: os.DirEntry[str], inside: str) -> Iterator[FoundFile | ImportFailure]:
    """Tell what an entry that is no folder gives: one file, one failure, or nothing."""
    path = Path(entry)
    try:
        if entry.is_symlink():
            refusal = _refused_link(path, inside)
        else:
            refusal = _refusal(entry.stat(follow_symlinks=False).st_mode)
            if refusal is None and _is_wanted(path):
                yield FoundFile(path)
    except OSError as error:
        refusal = Reason.LINK_DANGLING if _dangles(path, error) else reason_of(error)
    if refusal is not None:
        yield _failure(path, refusal)


def _is_wanted(path: Path) -> bool:
    if is_taken(path.name):
        return True
    if is_doubtful(path.name):
        return is_known(path.name, _head(path))
    return path.parent.name in _MAILDIR and is_maildir_message(path)


def _head(path: Path) -> bytes:
    """The first bytes of a file, b"" when it cannot be read."""
    try:
        with open_regular(path) as file:
            return file.read(HEAD_BYTES)
    except (ImportItemError, OSError):
        return b""


def _refused_link(path: Path, inside: str) -> Reason | None:
    """Return why a link cannot be passed over in silence: its target is not in the folder."""
    is_folder = stat.S_ISDIR(path.stat().st_mode)
    if not is_folder and not is_taken(path.name):
        return None
    target = os.path.realpath(path)
    holder = os.path.realpath(path.parent)
    if is_folder and os.path.commonpath((target, holder)) == target:
        return Reason.LINK_LOOP
    return None if os.path.commonpath((target, inside)) == inside else Reason.LINK_OUT


def _dangles(path: Path, error: OSError) -> bool:
    return isinstance(error, FileNotFoundError) and path.is_symlink()


def _refusal(mode: int) -> Reason | None:
    if stat.S_ISFIFO(mode):
        return Reason.FIFO
    if stat.S_ISSOCK(mode):
        return Reason.SOCKET
    if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
        return Reason.DEVICE
    return None if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else Reason.UNREADABLE


def _failure(path: Path, reason: Reason) -> ImportFailure:
    return ImportFailure(shown_path(path), "", reason)
