"""The keyring of the system, by the package keyring where it is installed."""

from __future__ import annotations

from typing import Any, Protocol

_UNREAL = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
"""Backends that keep nothing, or keep it in plain files of their own."""


class KeyringUnusableError(Exception):
    """The keyring is locked, or its service does not answer. Never leaves `reader.fetch`."""


class Keyring(Protocol):
    """A store of passwords. Every method raises KeyringUnusableError."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


class SystemKeyring:
    """A backend of the package keyring, with one kind of error."""

    def __init__(self, backend: Any, errors: tuple[type[Exception], ...]) -> None:
        self._backend = backend
        self._errors = errors

    def get_password(self, service: str, username: str) -> str | None:
        found = self._call("get_password", service, username)
        return found if isinstance(found, str) else None

    def set_password(self, service: str, username: str, password: str) -> None:
        self._call("set_password", service, username, password)

    def delete_password(self, service: str, username: str) -> None:
        self._call("delete_password", service, username)

    def _call(self, name: str, *values: str) -> object:
        try:
            answer: object = getattr(self._backend, name)(*values)
        except self._errors as error:
            # Its message may hold what was to be kept.
            raise KeyringUnusableError(type(error).__name__) from None
        return answer


def system_keyring() -> Keyring | None:
    """The keyring of the system; None where there is none to rely on."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    errors = (KeyringError, OSError, RuntimeError)
    try:
        backend = keyring.get_keyring()
    except errors:
        return None
    if type(backend).__module__.startswith(_UNREAL) or backend.priority <= 0:
        return None
    return SystemKeyring(backend, errors)
