"""Whole addresses of feeds that hold a user name, a password or a token.

The library knows such an address in its public form alone. The whole one lies in the keyring of
the system, where the package keyring is installed and finds a real one, else in a file beside
the library that only its owner can read.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import logging
import os
import re
import secrets
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from reader.errors import LibraryDamagedError, LibraryUnwritableError
from reader.fetch.hiding import hides, public_form, restore, split_secrets
from reader.fetch.keyrings import Keyring, KeyringUnusableError, system_keyring

__all__ = ["FILE_NAME", "Secrets", "public_form", "split_secrets"]

FILE_NAME = "secrets.json"
_LOCK_NAME = "secrets.lock"
_OWNER_ONLY = 0o600
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_LARGEST = 16 * 1024 * 1024
"""Bytes of the file that are read, and so the most that are written."""

_UNFINISHED = re.compile(rf"{re.escape(FILE_NAME)}\.[0-9]+\.[0-9a-f]{{8}}")

_Stamp: TypeAlias = tuple[int, int, int, int]
"""What is another one whenever a file was written."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Content:
    """What the file holds. `service` names this library in the keyring; an address without a
    whole one has it there."""

    service: str
    addresses: dict[str, str | None] = field(default_factory=dict, repr=False)


class Secrets:
    """The whole addresses of one library, by their public forms.

    Processes may use it at once. Every method raises LibraryDamagedError where the file is none
    of ours and LibraryUnwritableError where the system refuses, or where the file would be too
    large to be read again; what `put`, `put_many`, `copy` and `forget` did is on the disk on
    return.
    """

    def __init__(
        self, folder: Path, keyring: Callable[[], Keyring | None] = system_keyring
    ) -> None:
        self._path = folder / FILE_NAME
        self._lock = folder / _LOCK_NAME
        self._keyring = keyring
        self._known: tuple[_Stamp, _Content] | None = None

    def get(self, public: str) -> str:
        """The whole address of `public`, which is itself where it has no secret.

        "" where the secret is lost: it is in a keyring that cannot be read now, or nothing is
        kept of an address that hides one.
        """
        content = self._read_once()
        if public not in content.addresses:
            return "" if hides(public) else public
        whole = content.addresses[public]
        return self._from_keyring(content.service, public) if whole is None else whole

    def put(self, public: str, whole: str) -> None:
        """Keep the whole address of `public`."""
        self.put_many([(public, whole)])

    def put_many(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Keep the whole address of each public one: all of them, or none if it raises."""
        with self._changing() as content:
            new = dict(pairs)
            self._encoded(replace(content, addresses={**content.addresses, **new}))
            for public, whole in new.items():
                kept = self._to_keyring(content.service, public, whole)
                content.addresses[public] = None if kept else whole

    def forget(self, public: str) -> None:
        """Keep nothing of `public` any more."""
        with self._changing() as content:
            if public in content.addresses and content.addresses.pop(public) is None:
                self._drop_from_keyring(content.service, public)

    def copy(self, public: str, new: str) -> bool:
        """Keep for `new`, where a feed moves from `public`, the secrets of the latter too.

        They go where they belong: to the same server only. False, and nothing is changed, where
        `new` hides a secret that is not known.
        """
        whole = self.get(public)
        moved = restore(new, whole)
        if not moved or not whole:
            return False
        if moved != new:
            self.put(new, moved)
        return True

    def _from_keyring(self, service: str, public: str) -> str:
        keyring = self._keyring()
        if keyring is None:
            return ""
        try:
            return keyring.get_password(service, public) or ""
        except KeyringUnusableError as error:
            log.warning("the keyring cannot be read: %s", error)
            return ""

    def _to_keyring(self, service: str, public: str, whole: str) -> bool:
        keyring = self._keyring()
        if keyring is None:
            return False
        try:
            keyring.set_password(service, public, whole)
        except KeyringUnusableError as error:
            log.warning("the keyring takes nothing: %s", error)
            return False
        return True

    def _drop_from_keyring(self, service: str, public: str) -> None:
        keyring = self._keyring()
        if keyring is None:
            return
        try:
            keyring.delete_password(service, public)
        except KeyringUnusableError as error:
            log.warning("the keyring gives nothing up: %s", error)

    @contextlib.contextmanager
    def _changing(self) -> Iterator[_Content]:
        """What the file holds, to be changed and written while nobody else does."""
        with self._locked():
            content = self._read()
            yield content
            self._write(content)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        with self._refusals():
            handle = os.open(self._lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _OWNER_ONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    @contextlib.contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise LibraryUnwritableError(self._path, error.strerror or str(error)) from error

    def _read_once(self) -> _Content:
        """What the file holds; it is read again only where it has changed. Not to be changed."""
        with self._refusals():
            try:
                stamp = _stamp(os.lstat(self._path))
            except FileNotFoundError:
                return self._read()
        if self._known is None or self._known[0] != stamp:
            self._known = stamp, self._read()
        return self._known[1]

    def _read(self) -> _Content:
        with self._refusals():
            try:
                # A link would let somebody else say what is read.
                handle = os.open(self._path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            except FileNotFoundError:
                return _Content(f"dateline-{secrets.token_hex(8)}")
            with os.fdopen(handle, "rb") as file:
                self._keep_private(file.fileno())
                data = file.read(_LARGEST + 1)
        return self._content(data)

    def _keep_private(self, handle: int) -> None:
        """Close the file to others. Raises OSError where it is somebody else's."""
        if os.fstat(handle).st_mode & _OTHERS:
            os.fchmod(handle, _OWNER_ONLY)
            log.warning("%s could be read by others: change the passwords in it", self._path)

    def _content(self, data: bytes) -> _Content:
        try:
            table = json.loads(data) if len(data) <= _LARGEST else None
        except (ValueError, RecursionError) as error:
            raise LibraryDamagedError(self._path, "the file is not JSON") from error
        service = table.get("keyring") if isinstance(table, dict) else None
        addresses = table.get("addresses") if isinstance(table, dict) else None
        if not isinstance(service, str) or not isinstance(addresses, dict):
            raise LibraryDamagedError(self._path, "the file holds no addresses")
        if not all(whole is None or isinstance(whole, str) for whole in addresses.values()):
            raise LibraryDamagedError(self._path, "the file holds no addresses")
        return _Content(service, addresses)

    def _encoded(self, content: _Content) -> bytes:
        """The bytes of the file. Raises LibraryUnwritableError for more than are ever read."""
        table = {"keyring": content.service, "addresses": content.addresses}
        data = json.dumps(table, indent=1).encode()
        if len(data) > _LARGEST:
            raise LibraryUnwritableError(self._path, "no room for so many addresses with secrets")
        return data

    def _write(self, content: _Content) -> None:
        data = self._encoded(content)
        unfinished = self._path.with_name(f"{FILE_NAME}.{os.getpid()}.{secrets.token_hex(4)}")
        with self._refusals():
            for left in self._path.parent.glob(f"{FILE_NAME}.*"):
                if _UNFINISHED.fullmatch(left.name):
                    left.unlink(missing_ok=True)  # of a killed process: we hold the lock
            try:
                _write_durably(unfinished, data)
                unfinished.replace(self._path)
                _sync_folder(self._path.parent)
            finally:
                unfinished.unlink(missing_ok=True)


def _stamp(status: os.stat_result) -> _Stamp:
    return status.st_dev, status.st_ino, status.st_size, status.st_ctime_ns


def _write_durably(path: Path, data: bytes) -> None:
    """Make a file that only its owner can read, from its first moment. Raises OSError."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    with os.fdopen(os.open(path, flags, _OWNER_ONLY), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
