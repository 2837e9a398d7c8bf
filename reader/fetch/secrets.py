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
import secrets
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reader.errors import LibraryDamagedError, LibraryUnwritableError
from reader.fetch.hiding import public_form, restore, split_secrets
from reader.fetch.keyrings import Keyring, KeyringUnusableError, system_keyring

__all__ = ["FILE_NAME", "Secrets", "public_form", "split_secrets"]

FILE_NAME = "secrets.json"
_LOCK_NAME = "secrets.lock"
_OWNER_ONLY = 0o600
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_LARGEST = 16 * 1024 * 1024
"""Bytes of the file that are read."""

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
    of ours and LibraryUnwritableError where the system refuses; what `put`, `forget` and
    `rename` did is on the disk on return.
    """

    def __init__(
        self, folder: Path, keyring: Callable[[], Keyring | None] = system_keyring
    ) -> None:
        self._path = folder / FILE_NAME
        self._lock = folder / _LOCK_NAME
        self._keyring = keyring

    def get(self, public: str) -> str:
        """The whole address of `public`, which is itself where it has no secret.

        "" where the secret is lost: it is in a keyring that cannot be read now.
        """
        content = self._read()
        if public not in content.addresses:
            return public
        whole = content.addresses[public]
        return self._from_keyring(content.service, public) if whole is None else whole

    def put(self, public: str, whole: str) -> None:
        """Keep the whole address of `public`."""
        with self._changing() as content:
            kept = self._to_keyring(content.service, public, whole)
            content.addresses[public] = None if kept else whole

    def forget(self, public: str) -> None:
        """Keep nothing of `public` any more."""
        with self._changing() as content:
            if public in content.addresses and content.addresses.pop(public) is None:
                self._drop_from_keyring(content.service, public)

    def rename(self, public: str, new: str) -> bool:
        """Let a feed that has moved from `public` to `new` take its secrets along.

        They go where they belong: user name and password to the same server only. False, and
        nothing is changed, where `new` hides a secret that is not known.
        """
        whole = self.get(public)
        moved = restore(new, whole)
        if not moved or not whole:
            return False
        if moved != new:
            self.put(new, moved)
        if public != new:
            self.forget(public)
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

    def _write(self, content: _Content) -> None:
        table = {"keyring": content.service, "addresses": content.addresses}
        unfinished = self._path.with_name(f"{FILE_NAME}.{os.getpid()}.{secrets.token_hex(4)}")
        with self._refusals():
            for left in self._path.parent.glob(f"{FILE_NAME}.*"):
                left.unlink(missing_ok=True)  # by a process that was killed: we hold the lock
            try:
                _write_durably(unfinished, json.dumps(table, indent=1).encode())
                unfinished.replace(self._path)
                _sync_folder(self._path.parent)
            finally:
                unfinished.unlink(missing_ok=True)


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
