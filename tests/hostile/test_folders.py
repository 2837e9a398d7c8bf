"""Folders with things in them that are no files, and names that are none to be shown."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from tests.hostile.attacks import FORBIDDEN
from tests.hostile.cases import CANARY_WORDS, CPU_SECONDS, around, before, prose, rss
from tests.hostile.running import Box, Run


def _text(folder: Path, name: str | bytes, title: str) -> None:
    path = os.path.join(os.fsencode(folder), os.fsencode(name))  # noqa: PTH118 - bytes
    with open(path, "wb") as file:  # noqa: PTH123 - bytes
        file.write(f"{before(title)}\n\n{prose(title, 1)}\n".encode())


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path)


def _bring_in(box: Box, folder: Path) -> Run:
    run = box.run("import", "--json", str(folder), limit=60)
    assert run.code in {0, 1}, run.err
    assert "Traceback" not in run.err + box.log()
    assert run.cpu <= CPU_SECONDS
    return run


def _titles(box: Box) -> set[str]:
    return {title for (title,) in box.rows("SELECT title FROM article")}


def test_what_is_no_file_is_passed_over(box: Box, canary_file: Path) -> None:
    folder = box.inputs / "odd"
    folder.mkdir()
    _text(folder, "a.txt", "odd-a")
    _text(folder, "z.txt", "odd-z")
    (folder / "out.txt").symlink_to(canary_file)
    (folder / "passwd.xml").symlink_to("/etc/passwd")
    (folder / "zero.xml").symlink_to("/dev/zero")
    (folder / "zero.rss").symlink_to("/dev/zero")
    (folder / "random.jsonl").symlink_to("/dev/urandom")
    (folder / "loop").symlink_to(folder)
    (folder / "nothing.html").symlink_to("nowhere")
    (folder / "self.txt").symlink_to("self.txt")
    os.mkfifo(folder / "pipe.txt")
    os.mkfifo(folder / "pipe.mbox")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "s.txt")[-100:] if len(str(folder)) > 90 else f"{folder}/s.txt")
        run = _bring_in(box, folder)
    assert _titles(box) == {before("odd-a"), before("odd-z")}
    assert CANARY_WORDS.encode() not in box.bytes_of_library()
    named = " ".join(one["path"] for one in run.json["failed"])
    for name in ("out.txt", "zero.rss", "pipe.txt", "loop", "nothing.html"):
        assert name in named


def test_names_that_are_none_to_be_shown(box: Box) -> None:
    folder = box.inputs / "names"
    folder.mkdir()
    names: tuple[str | bytes, ...] = (
        "\x1b]0;owned\x07.txt", "new\nline.txt", b"bad\xff\xfebytes.txt", "-rf.txt",
        "\u202etxt.txt", "[red]x[@click=app.quit].txt", "$(touch outside).txt", "a;b|c&d.txt",
        "\x9b31m.txt", "%s%n.txt",
    )  # fmt: skip
    for number, name in enumerate(names):
        _text(folder, name, f"names-{number}")
    _text(folder, "\x1b[2Jempty.txt", "x")
    (folder / "\x1b[2Jempty.txt").write_bytes(b"")
    run = _bring_in(box, folder)
    assert {before(f"names-{number}") for number in range(len(names))} <= _titles(box)
    assert not [cell for cell in box.cells() if FORBIDDEN.search(cell[2])]
    assert not FORBIDDEN.search(run.err)
    assert not FORBIDDEN.search("".join(one["path"] for one in run.json["failed"]))


def test_a_deep_folder_and_one_with_many_files(box: Box) -> None:
    folder = deep = box.inputs / "deep"
    for _ in range(150):
        deep = deep / "d"
    deep.mkdir(parents=True)
    _text(deep, "deep.txt", "deep")
    many = folder / "many"
    many.mkdir()
    for number in range(3_000):
        (many / f"{number}.exe").touch()
    (folder / "feed.rss").write_text(rss("deep-feed"))
    _bring_in(box, folder)
    assert {before("deep"), *around("deep-feed")} <= _titles(box)


def test_a_mail_folder_with_links_in_it(box: Box, canary_file: Path) -> None:
    folder = box.inputs / "Mail"
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    letter = f"Message-ID: <a@b.example>\nSubject: {before('maildir')}\n\n{prose('maildir', 1)}\n"
    (folder / "cur" / "1.host:2,S").write_text(letter)
    (folder / "new" / "2.host").symlink_to(canary_file)
    os.mkfifo(folder / "cur" / "3.host:2,")
    (folder / "cur" / "4.host:2,\x1b[2J").write_text("\x00" * 50)
    _bring_in(box, folder)
    assert _titles(box) >= {before("maildir")}
    assert CANARY_WORDS.encode() not in box.bytes_of_library()
