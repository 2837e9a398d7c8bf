"""Where whole addresses lie: a file of one's own, or the keyring."""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import sys
import time
import types
from pathlib import Path

import pytest

from reader.errors import LibraryDamagedError, LibraryUnwritableError
from reader.fetch.keyrings import KeyringUnusableError, SystemKeyring, system_keyring
from reader.fetch.secrets import FILE_NAME, Secrets, split_secrets

WHOLE = "https://ann:lighthouse@news.example/feed?token=beacon"
PUBLIC = split_secrets(WHOLE)[0]


class Ring:
    """A keyring; a locked one refuses everything."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._check()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._check()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._check()
        del self.kept[service, username]

    def _check(self) -> None:
        if self.locked:
            raise KeyringUnusableError("KeyringLocked")


@pytest.fixture
def plain(tmp_path: Path) -> Secrets:
    return Secrets(tmp_path, keyring=lambda: None)


def test_an_address_without_secrets_is_itself(plain: Secrets, tmp_path: Path) -> None:
    assert plain.get("https://news.example/") == "https://news.example/"
    assert list(tmp_path.iterdir()) == []


def test_what_is_put_is_found_by_another(plain: Secrets, tmp_path: Path) -> None:
    plain.put(PUBLIC, WHOLE)
    assert Secrets(tmp_path, keyring=lambda: None).get(PUBLIC) == WHOLE
    plain.put(PUBLIC, WHOLE + "2")
    assert plain.get(PUBLIC) == WHOLE + "2"
    plain.forget(PUBLIC)
    assert plain.get(PUBLIC) == ""
    plain.forget(PUBLIC)
    assert "lighthouse" not in (tmp_path / FILE_NAME).read_text()


def test_the_files_are_their_owners_alone(plain: Secrets, tmp_path: Path) -> None:
    mask = os.umask(0)
    try:
        plain.put(PUBLIC, WHOLE)
    finally:
        os.umask(mask)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_a_file_that_others_could_read_is_closed_to_them(
    plain: Secrets, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    plain.put(PUBLIC, WHOLE)
    path = tmp_path / FILE_NAME
    path.chmod(0o644)
    assert plain.get(PUBLIC) == WHOLE
    assert path.stat().st_mode & 0o777 == 0o600
    assert "could be read by others" in caplog.text
    assert "lighthouse" not in caplog.text


def test_a_link_in_the_place_of_the_file_is_refused(plain: Secrets, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text('{"keyring": "x", "addresses": {}}')
    (tmp_path / FILE_NAME).symlink_to(other)
    with pytest.raises(LibraryUnwritableError):
        plain.get(PUBLIC)


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", '{"keyring": 1, "addresses": {}}', '{"keyring": "x"}',
     '{"keyring": "x", "addresses": []}', '{"keyring": "x", "addresses": {"a": 1}}',
     "[" * 100_000, "\x80", "1" * 5000],
)  # fmt: skip
def test_a_file_of_something_else_is_left_alone(
    plain: Secrets, tmp_path: Path, content: str
) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(content.encode("latin-1"))
    path.chmod(0o600)
    for act in (lambda: plain.get(PUBLIC), lambda: plain.put(PUBLIC, WHOLE)):
        with pytest.raises(LibraryDamagedError) as caught:
            act()
        assert caught.value.path == path
    assert path.read_bytes() == content.encode("latin-1")


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(LibraryUnwritableError):
        Secrets(tmp_path / "missing", keyring=lambda: None).put(PUBLIC, WHOLE)


def test_what_a_killed_process_left_is_removed(plain: Secrets, tmp_path: Path) -> None:
    left = tmp_path / f"{FILE_NAME}.123.abcd0123"
    others = [tmp_path / f"{FILE_NAME}.{end}" for end in ("bak", "123", "1.abcd", "1.abcd0123.bak")]
    for path in (left, *others):
        path.write_text(WHOLE)
    plain.put(PUBLIC, WHOLE)
    assert not left.exists()
    assert all(path.exists() for path in others)


def pairs_of(count: int, length: int = 8) -> list[tuple[str, str]]:
    urls = (f"https://h.example/{number}?token={'x' * length}" for number in range(count))
    return [(split_secrets(url)[0], url) for url in urls]


def test_many_are_kept_at_the_cost_of_one(plain: Secrets, tmp_path: Path) -> None:
    pairs = pairs_of(2000)
    began = time.process_time()
    plain.put_many(pairs)
    assert all(plain.get(public) == whole for public, whole in pairs)
    assert time.process_time() - began < 0.5
    plain.put_many([])
    assert len(json.loads((tmp_path / FILE_NAME).read_text())["addresses"]) == 2000


def test_what_another_process_kept_is_seen(plain: Secrets, tmp_path: Path) -> None:
    other = Secrets(tmp_path, keyring=lambda: None)
    assert plain.get(PUBLIC) == ""
    for whole in (WHOLE, WHOLE.replace("lighthouse", "boathouses")):
        other.put(PUBLIC, whole)
        assert plain.get(PUBLIC) == whole


@pytest.mark.parametrize("ring", [None, Ring()])
def test_no_more_is_written_than_is_read(tmp_path: Path, ring: Ring | None) -> None:
    kept = Secrets(tmp_path, keyring=lambda: ring)
    kept.put(PUBLIC, WHOLE)
    before = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(LibraryUnwritableError, match="no room"):
        kept.put_many(pairs_of(2150, 7900))
    assert (tmp_path / FILE_NAME).read_bytes() == before
    assert ring is None or list(ring.kept.values()) == [WHOLE]
    assert kept.get(PUBLIC) == WHOLE


def _put_many(folder: Path, name: str) -> None:
    mine = Secrets(folder, keyring=lambda: None)
    for number in range(20):
        mine.put(f"https://{name}.example/{number}", f"https://a:b@{name}.example/{number}")


def test_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_put_many, args=(tmp_path, name)) for name in ("a", "b")]
    for writer in writers:
        writer.start()
    _put_many(tmp_path, "c")
    for writer in writers:
        writer.join()
    kept = json.loads((tmp_path / FILE_NAME).read_text())["addresses"]
    assert len(kept) == 60


# Moving


def test_both_addresses_are_known_until_the_first_is_forgotten(
    plain: Secrets, tmp_path: Path
) -> None:
    plain.put(PUBLIC, WHOLE)
    new = PUBLIC.replace("/feed", "/v2/feed")
    assert plain.copy(PUBLIC, new)
    another = Secrets(tmp_path, keyring=lambda: None)
    assert another.get(PUBLIC) == WHOLE
    assert another.get(new) == WHOLE.replace("/feed", "/v2/feed")
    plain.forget(PUBLIC)
    assert (plain.get(PUBLIC), bool(plain.get(new))) == ("", True)
    assert not plain.copy(PUBLIC, new)


def test_secrets_do_not_go_to_another_server(plain: Secrets, tmp_path: Path) -> None:
    plain.put(PUBLIC, WHOLE)
    assert plain.copy(PUBLIC, "https://other.example/feed")
    assert plain.get("https://other.example/feed") == "https://other.example/feed"
    plain.forget(PUBLIC)
    assert "lighthouse" not in (tmp_path / FILE_NAME).read_text()


def test_an_address_whose_secret_is_not_known_is_not_moved_to(plain: Secrets) -> None:
    plain.put(PUBLIC, WHOLE)
    assert not plain.copy(PUBLIC, "https://news.example/feed?token=hidden-0000")
    assert plain.get(PUBLIC) == WHOLE


def test_moving_without_secrets_changes_nothing(plain: Secrets, tmp_path: Path) -> None:
    assert plain.copy("https://a.example/", "https://b.example/")
    assert plain.copy("https://a.example/", "https://a.example/")
    assert plain.get("https://b.example/") == "https://b.example/"


# The keyring


def test_the_keyring_has_it_and_the_file_does_not(tmp_path: Path) -> None:
    ring = Ring()
    kept = Secrets(tmp_path, keyring=lambda: ring)
    kept.put(PUBLIC, WHOLE)
    assert "lighthouse" not in (tmp_path / FILE_NAME).read_text()
    assert list(ring.kept.values()) == [WHOLE]
    assert kept.get(PUBLIC) == WHOLE
    kept.forget(PUBLIC)
    assert ring.kept == {}


def test_two_libraries_share_a_keyring(tmp_path: Path) -> None:
    ring = Ring()
    one, other = (Secrets(tmp_path / name, keyring=lambda: ring) for name in ("one", "other"))
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    one.put(PUBLIC, WHOLE)
    other.put(PUBLIC, WHOLE)
    one.forget(PUBLIC)
    assert other.get(PUBLIC) == WHOLE


def test_a_locked_keyring_leaves_the_file(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    ring = Ring()
    ring.locked = True
    kept = Secrets(tmp_path, keyring=lambda: ring)
    kept.put(PUBLIC, WHOLE)
    assert kept.get(PUBLIC) == WHOLE
    assert "lighthouse" not in caplog.text


def test_what_is_in_a_keyring_that_is_closed_is_lost_for_now(tmp_path: Path) -> None:
    rings: list[Ring | None] = [Ring()]
    kept = Secrets(tmp_path, keyring=lambda: rings[0])
    kept.put(PUBLIC, WHOLE)
    assert rings[0] is not None
    rings[0].locked = True
    assert kept.get(PUBLIC) == ""
    assert not kept.copy(PUBLIC, PUBLIC + "&v=2")
    kept.forget(PUBLIC)
    assert kept.get(PUBLIC) == ""


def test_a_keyring_that_is_gone(tmp_path: Path) -> None:
    rings: list[Ring | None] = [Ring()]
    kept = Secrets(tmp_path, keyring=lambda: rings[0])
    kept.put(PUBLIC, WHOLE)
    rings[0] = None
    assert kept.get(PUBLIC) == ""
    kept.forget(PUBLIC)
    assert kept.get(PUBLIC) == ""


class KeyringPackage(types.ModuleType):
    """What the package keyring shows of itself."""

    def __init__(self, backend: object) -> None:
        super().__init__("keyring")
        self._backend = backend

    def get_keyring(self) -> object:
        if isinstance(self._backend, Exception):
            raise self._backend
        return self._backend


class PackageError(Exception):
    pass


class Backend:
    """A backend of the package; `priority` tells how good it is."""

    def __init__(self, priority: float) -> None:
        self.priority = priority
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PackageError(f"no {username}")


def install(monkeypatch: pytest.MonkeyPatch, backend: object) -> None:
    errors = types.ModuleType("keyring.errors")
    errors.KeyringError = PackageError  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", KeyringPackage(backend))
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)


def test_the_keyring_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, Backend(5))
    ring = system_keyring()
    assert isinstance(ring, SystemKeyring)
    ring.set_password("s", "u", "p")
    assert ring.get_password("s", "u") == "p"
    ring.delete_password("s", "u")
    assert ring.get_password("s", "u") is None
    with pytest.raises(KeyringUnusableError, match="PackageError"):
        ring.delete_password("s", "u")


class Unreal(Backend):
    __module__ = "keyring.backends.null"


@pytest.mark.parametrize("backend", [Backend(0), Backend(-1), Unreal(5), PackageError("x")])
def test_keyrings_that_keep_nothing(monkeypatch: pytest.MonkeyPatch, backend: object) -> None:
    install(monkeypatch, backend)
    assert system_keyring() is None


def test_no_keyring_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert system_keyring() is None
