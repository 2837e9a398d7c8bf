"""What hostile articles send to the terminal: the bytes on a real pty, and the clipboard."""

from __future__ import annotations

import base64
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from fcntl import ioctl
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal, needs_tmux, run_dateline

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

SECRET = base64.b64encode(b"stolen clipboard").decode()
ATTACKS = (
    f"\x1b]52;c;{SECRET}\x07",
    f"\x1b]52;c;{SECRET}\x1b\\",
    f"\x9d52;c;{SECRET}\x9c",
    "\x1b]0;owned title\x07",
    "\x1b[2J\x1b[31mred",
    "\x9b31mred",
    "\x1bP+q544e\x1b\\",
    "\u202edesrever\u2066",
    "[@click=app.quit]press[/]",
    "[/x] [bold]loud[/bold] [/]",
    "\x00\x07\x08\x7f",
)
MARKER = "Zebra"


@pytest.fixture
def hostile(tmp_path: Path, library: Path) -> Path:
    """A library whose articles carry every attack in every field."""
    folder = tmp_path / "articles"
    folder.mkdir()
    records = [
        {
            "title": f"{MARKER} {number} {attack} end",
            "text": f"{attack} President Anna {attack} Berg met NATO in Oslo. {attack}\n\nEnd.",
            "source": f"Source {attack}",
            "authors": [f"Author {attack}"],
            "url": f"https://example.org/{attack}",
            "published": "2023-07-23",
        }
        for number, attack in enumerate(ATTACKS)
    ]
    lines = "".join(json.dumps(record) + "\n" for record in records)
    (folder / "hostile.jsonl").write_text(lines + "{broken \x1b]52;c;eA==\x07\n")
    (folder / "evil\x1b]0;name\x07.txt").write_bytes(b"\x00\x01")
    run_dateline("import", str(folder), library=library)
    return library


def is_clean(text: str) -> bool:
    """No control but line ends and tabs, no direction override."""
    return not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("search", MARKER),
        ("show", *map(str, range(1, len(ATTACKS) + 1))),
        ("sources",),
        ("entities",),
        ("export", "--format", "markdown"),
        ("export", "--format", "jsonl"),
        ("search", MARKER, "--explain", "--json"),
        ("search", "souce\x1b]52;c;eA==\x07:x"),
        ("list", "--after", "\x1b[2J"),
        ("tag", "+a\x1b[2Jb", "--", "*"),
        ("show", "\x1b]0;x\x07"),
        ("\x1b]52;c;eA==\x07",),
    ],
)
def test_the_command_line_prints_no_control(hostile: Path, words: tuple[str, ...]) -> None:
    run = run_dateline(*words, library=hostile)
    assert is_clean(run.stdout), run.stdout
    assert is_clean(run.stderr), run.stderr


def test_a_report_of_hostile_names_prints_no_control(hostile: Path, tmp_path: Path) -> None:
    run = run_dateline("import", str(tmp_path / "articles"), library=hostile)
    assert run.returncode == 1
    assert is_clean(run.stderr), run.stderr


KEYS = (
    "j", "j", "\r", " ", "}", "e", "\x10", MARKER, "\x1b", "\x1b", "?", "\x1b", "\x1b", "/",
    MARKER, "\r", "t", "+x", "\r", "y", "Y", "m", "f", "u", "u", ":", "nonsense \x1b", "\x1b",
    "j", "k", "\x11",
)  # fmt: skip


def test_the_screen_writes_only_its_own_sequences(hostile: Path) -> None:
    written = drive(hostile, KEYS)
    assert MARKER.encode() in written
    assert SECRET.encode() not in written.replace(_copied(written), b"")
    text = written.decode("utf-8", "replace")
    assert not re.search(r"[\u202a-\u202e\u2066-\u2069\x80-\x9f]", text)
    assert "\x1b]0;owned" not in text
    assert "\x1bP+q" not in text
    assert not re.search(r"[\x00\x08\x7f]", text)
    assert "Traceback" not in text


def _copied(written: bytes) -> bytes:
    """The clipboard sequence that the keys for copying make, which is ours."""
    found = re.findall(rb"\x1b\]52;c;[A-Za-z0-9+/=]*\x07", written)
    return b"".join(found[:1]) or b"\x00no clipboard\x00"


def drive(library: Path, keys: tuple[str, ...]) -> bytes:
    """Run the reader on a pty, press keys, and return every byte it wrote."""
    main, side = pty.openpty()
    ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 140, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "reader", "--library", str(library)],
        stdin=side,
        stdout=side,
        stderr=side,
        env={**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
        start_new_session=True,
    )
    os.close(side)
    written = _read(main, until=MARKER.encode(), seconds=30)
    for key in keys:
        if process.poll() is None:
            os.write(main, key.encode())
        written += _read(main, until=None, seconds=0.3)
    end = time.monotonic() + 20
    while process.poll() is None and time.monotonic() < end:
        written += _read(main, until=None, seconds=0.3)
    code = process.poll()
    process.kill()
    process.wait()
    os.close(main)
    assert code == 0, written[-2000:]
    return written


def _read(handle: int, *, until: bytes | None, seconds: float) -> bytes:
    written, end = b"", time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if not select.select([handle], [], [], left)[0]:
            break
        try:
            written += os.read(handle, 65536)
        except OSError:
            break
        if until is not None and until in written:
            break
    return written


@needs_tmux
def test_no_article_reaches_the_clipboard(hostile: Path, terminal: Callable[..., Terminal]) -> None:
    screen = terminal(width=120, height=40)
    screen.wait_for(MARKER)
    for key in ("j", "j", "j", "Enter", "j", "G", "e", "?", "Escape", "Escape"):
        screen.send(key)
    screen.wait_for(MARKER)
    assert screen.buffers() == ""
    screen.send("C-q")
    assert screen.wait_for_end() == 0
