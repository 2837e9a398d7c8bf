"""Folders and files as they are found on real disks."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import ImportItemError
from reader.feeds import Subscription
from reader.ingest import FoundFile, Reason, discover
from reader.ingest.reasons import reason_of
from reader.ingest.walk import open_regular, shown_path
from reader.model import Draft, ImportFailure, Tagged
from tests.reader.files import drafts

TEXT = "The tram was late.\n"


def put(path: Path, data: str | bytes = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def seen(*paths: Path) -> list[tuple[str, str]]:
    """Names with "" for a file, else with the reason."""
    return [
        (found.path.name, "")
        if isinstance(found, FoundFile)
        else (Path(found.path).name, found.reason)
        for found in discover(paths)
    ]


def outcomes(*paths: Path) -> list[tuple[str, str]]:
    return [
        (item.origin, "") if isinstance(item, Draft) else (Path(item.path).name, item.reason)
        for item in drafts(paths)
        if not isinstance(item, Subscription | Tagged)
    ]


def test_folders_are_read_in_order_and_in_depth(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/y.jsonl", "c/d/e.TXT", "C.txt"):
        put(tmp_path / name)
    for name in (".hidden.txt", ".git/x.txt", "notes.log", "photo.jpg", "README"):
        put(tmp_path / name)
    (tmp_path / "nothing").mkdir()
    assert seen(tmp_path) == [(n, "") for n in ("C.txt", "y.jsonl", "z.md", "b.txt", "e.TXT")]


def test_what_is_named_is_taken_whatever_its_name(tmp_path: Path) -> None:
    named = [put(tmp_path / name) for name in ("notes.log", ".hidden", "README")]
    assert seen(*named) == [("notes.log", ""), (".hidden", ""), ("README", "")]
    link = tmp_path / "link.txt"
    link.symlink_to(named[0])
    assert seen(link) == [("link.txt", "")]


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    file = put(tmp_path / "a.txt")
    dangling = tmp_path / "dangling"
    dangling.symlink_to(tmp_path / "gone")
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert seen(tmp_path / "none.txt", file / "below", dangling, loop) == [
        ("none.txt", Reason.NOT_FOUND),
        ("below", Reason.NOT_FOUND),
        ("dangling", Reason.LINK_DANGLING),
        ("loop", Reason.LINK_LOOP),
    ]
    assert seen(tmp_path / "n\0ul", tmp_path / ("x" * 300)) == [
        ("nul", Reason.NOT_FOUND),
        ("x" * 300, Reason.UNREADABLE),
    ]


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    outside = put(tmp_path / "outside" / "o.txt")
    root = tmp_path / "root"
    inside = put(root / "a" / "inside.txt")
    links = {
        "b-same.txt": inside,
        "c-out.txt": outside,
        "d-folder-out": outside.parent,
        "e-up": root,
        "f-folder-inside": inside.parent,
        "g-none.txt": tmp_path / "gone",
        "h-loop.txt": root / "h-loop.txt",
        "i-odd-suffix": outside,
        ".hidden": tmp_path / "gone",
    }
    for name, target in links.items():
        (root / name).symlink_to(target)
    (root / "a" / "up").symlink_to(root)
    assert seen(root) == [
        ("inside.txt", ""),
        ("up", Reason.LINK_LOOP),
        ("c-out.txt", Reason.LINK_OUT),
        ("d-folder-out", Reason.LINK_OUT),
        ("e-up", Reason.LINK_LOOP),
        ("g-none.txt", Reason.LINK_DANGLING),
        ("h-loop.txt", Reason.LINK_LOOP),
    ]


def test_what_is_no_file_is_named_and_never_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a-pipe.txt")
    put(tmp_path / "b.txt")
    # The path of a socket has to be short.
    short = Path(tempfile.mkdtemp(dir="/tmp"))
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(short / "s"))
            assert seen(short) == [("s", Reason.SOCKET)]
    finally:
        shutil.rmtree(short)
    assert seen(tmp_path) == [("a-pipe.txt", Reason.FIFO), ("b.txt", "")]
    assert seen(tmp_path / "a-pipe.txt", Path("/dev/zero")) == [
        ("a-pipe.txt", Reason.FIFO),
        ("zero", Reason.DEVICE),
    ]


@pytest.mark.parametrize("path", [Path("/dev/zero"), Path("/dev/null"), Path("/dev/tty")])
def test_devices_are_refused_even_when_opened(path: Path) -> None:
    if path.exists():
        with pytest.raises(ImportItemError) as caught:
            open_regular(path)
        assert caught.value.reason == Reason.DEVICE


def test_a_pipe_is_refused_at_once_when_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(ImportItemError) as caught:
        open_regular(pipe)
    assert caught.value.reason == Reason.FIFO


class TurnsIntoAFolder(type(Path())):  # type: ignore[misc]
    """A path that is a file when looked at and a folder when opened."""

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
        found: os.stat_result = os.stat(__file__)  # noqa: PTH116
        return found


def test_a_file_that_has_changed_since_it_was_found(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ImportItemError) as caught:
        open_regular(TurnsIntoAFolder(tmp_path / "pipe"))
    assert caught.value.reason == Reason.FIFO
    with pytest.raises(ImportItemError) as caught:
        open_regular(TurnsIntoAFolder(tmp_path))
    assert caught.value.reason == Reason.UNREADABLE
    with pytest.raises(ImportItemError) as caught:
        open_regular(tmp_path / "n\0ul")
    assert caught.value.reason == Reason.NOT_FOUND


def test_a_file_that_vanishes_is_named(tmp_path: Path) -> None:
    put(tmp_path / "a.txt")
    put(tmp_path / "b.txt")
    items = drafts([tmp_path])
    first = next(items)
    assert isinstance(first, Draft)
    (tmp_path / "b.txt").unlink()
    assert list(items) == [ImportFailure(str(tmp_path / "b.txt"), "", Reason.NOT_FOUND)]


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    """A folder with a file and a folder that the running user may not read."""
    root = Path(tempfile.mkdtemp(dir="/tmp"))
    root.chmod(0o755)
    put(root / "a.txt").chmod(0)
    put(root / "b" / "b.txt")
    put(root / "c.txt").chmod(0o644)
    (root / "b").chmod(0)
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    try:
        yield root
    finally:
        if was == 0:
            os.seteuid(was)
        (root / "b").chmod(0o755)
        shutil.rmtree(root)


def test_what_may_not_be_read_is_named(closed_folder: Path) -> None:
    assert outcomes(closed_folder) == [
        ("a.txt", Reason.PERMISSION),
        ("b", Reason.PERMISSION),
        (str(closed_folder / "c.txt"), ""),
    ]
    assert outcomes(closed_folder / "b" / "b.txt") == [("b.txt", Reason.PERMISSION)]


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no such file here")
def test_an_error_while_reading_is_named() -> None:
    assert outcomes(Path("/proc/self/mem")) == [("mem", Reason.UNREADABLE)]


def test_a_folder_deeper_than_calls_can_be(tmp_path: Path) -> None:
    depth = 1200
    was = Path.cwd()
    os.chdir(tmp_path)
    try:
        for _ in range(depth):
            os.mkdir("d")  # noqa: PTH102
            os.chdir("d")
        Path("a.txt").write_text(TEXT)
        assert seen(tmp_path) == [("a.txt", "")]
        Path("a.txt").unlink()
        for _ in range(depth):
            os.chdir("..")
            os.rmdir("d")  # noqa: PTH106
    finally:
        os.chdir(was)


def test_names_are_shown_without_control_codes(tmp_path: Path) -> None:
    file = put(tmp_path / "bad\x1b]0;x\x07\nname\udcff.txt", b"")
    (item,) = drafts([file])
    assert isinstance(item, ImportFailure)
    assert item.path == f"{tmp_path}/badname\ufffd.txt"
    assert shown_path(Path("a\u202eb")) == "ab"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (FileNotFoundError(2, ""), Reason.NOT_FOUND),
        (NotADirectoryError(20, ""), Reason.NOT_FOUND),
        (PermissionError(13, ""), Reason.PERMISSION),
        (OSError(5, ""), Reason.UNREADABLE),
    ],
)
def test_reasons(error: OSError, reason: Reason) -> None:
    assert reason_of(error) is reason
