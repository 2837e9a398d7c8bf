"""Documents read in a process of their own: limits, kills, and going on after them."""

from __future__ import annotations

import io
import json
import mailbox
import signal
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from reader.errors import ImportItemError, WorkerError
from reader.feeds import Problem
from reader.ingest import FoundFile, Reason
from reader.model import Draft, ImportFailure, Pixels
from reader.service import parsing as module
from reader.service.library import Library
from reader.service.parsing import Parsing
from reader.service.parsing_wire import Document, ParseQuestion, parse_question_line
from reader.worker import parse
from tests.reader.service.site import WORDS, entries, page, rss

ROOT = Path(__file__).resolve().parents[3]
LATEST = datetime(2030, 1, 1, tzinfo=UTC)
URL = "http://skerry.example/feed"

FAKE = """#!{python}
import os, sys, time
print('{{"ready": true}}', flush=True)
for line in sys.stdin.buffer:
    {act}
"""


@pytest.fixture
def parsing(tmp_path: Path) -> Iterator[Parsing]:
    made = Parsing(tmp_path)
    yield made
    made.close()


def play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: str) -> None:
    """Let the process be one that does something else when it is asked."""
    fake = tmp_path / "fake"
    fake.write_text(FAKE.format(python=sys.executable, act=act))
    fake.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(fake))


def test_feeds_links_and_pages_are_read_one_after_another(parsing: Parsing) -> None:
    feed = parsing.parse_feed(rss(*entries("abc")), url=URL, charset="", latest=LATEST)
    assert (feed.title, [one.guid for one in feed.drafts]) == ("Skerry Post", ["a", "b", "c"])
    head = "<link rel='alternate' type='application/rss+xml' href='/feed'>"
    found = parsing.find_feeds(page(head=head), url="http://skerry.example/", charset="")
    assert [one.url for one in found] == [URL]
    draft = parsing.read_page(page(), url="http://skerry.example/p", charset="", latest=LATEST)
    assert WORDS in draft.text
    child = parsing._child
    with pytest.raises(ImportItemError) as caught:
        parsing.parse_feed(page(), url=URL, charset="", latest=LATEST)
    assert caught.value.reason == Reason.NOT_FEED
    assert parsing._child is child


def test_a_picture_comes_as_points(
    parsing: Parsing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = json.dumps({"end": [2, 1, b64encode(b"abcdef").decode()]})
    play(tmp_path, monkeypatch, f"sys.stdin.buffer.read(3); print({said!r}, flush=True)")
    assert parsing.read_picture(b"...", url=URL) == Pixels(2, 1, b"abcdef")


def test_a_large_document_goes_through_the_pipe(parsing: Parsing) -> None:
    body = rss(*((f"n{number}", WORDS * 20) for number in range(2000)))
    assert len(body) > 3_000_000
    feed = parsing.parse_feed(body, url=URL, charset="", latest=LATEST)
    assert len(feed.drafts) == 2000


def test_documents_can_share_one_limit(parsing: Parsing, monkeypatch: pytest.MonkeyPatch) -> None:
    def parse() -> None:
        parsing.parse_feed(rss(*entries("ab")), url=URL, charset="", latest=LATEST)

    body = rss(*((f"n{number}", WORDS * 20) for number in range(2000)))
    with parsing.one_limit():
        parse()
        assert parsing._left is not None
        assert 0 < parsing._left < module.CPU_SECONDS[0]
    monkeypatch.setattr(module, "CPU_SECONDS", (0.05, 0.05, 0.05))
    with parsing.one_limit():
        for _ in range(2):
            with pytest.raises(ImportItemError) as caught:
                parsing.parse_feed(body, url=URL, charset="", latest=LATEST)
            assert caught.value.reason == Problem.TOO_COSTLY
        assert parsing._child is None
    monkeypatch.undo()
    parse()


def test_a_process_that_was_killed_has_a_successor(parsing: Parsing) -> None:
    parsing.parse_feed(rss(), url=URL, charset="", latest=LATEST)
    assert parsing._child is not None
    parsing._child._child.kill()
    parsing._child._child._process.wait()
    feed = parsing.parse_feed(rss(*entries("a")), url=URL, charset="", latest=LATEST)
    assert len(feed.drafts) == 1


@pytest.mark.parametrize(
    "act",
    [
        "os.kill(os.getpid(), 9)",
        "print('{\"draft\": {\"ti', end='', flush=True); os._exit(0)",
        "print('{\"spent\": true}', flush=True); os._exit(0)",
    ],
)
def test_a_document_over_which_the_process_ends_takes_too_much(
    parsing: Parsing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    play(tmp_path, monkeypatch, act)
    for _ in range(2):
        with pytest.raises(ImportItemError) as caught:
            parsing.parse_feed(b"x", url=URL, charset="", latest=LATEST)
        assert caught.value.reason == Problem.TOO_COSTLY


def test_a_process_that_hangs_is_not_waited_for(
    parsing: Parsing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(tmp_path, monkeypatch, "time.sleep(60)")
    monkeypatch.setattr(module, "PATIENCE", 1.0)
    with pytest.raises(ImportItemError) as caught:
        parsing.find_feeds(b"x", url=URL, charset="")
    assert caught.value.reason == Problem.TOO_COSTLY


@pytest.mark.parametrize("program", ["/bin/false", "/nowhere/at/all"])
def test_a_process_that_does_not_start_is_told(
    parsing: Parsing, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(sys, "executable", program)
    with pytest.raises(WorkerError):
        parsing.parse_feed(b"x", url=URL, charset="", latest=LATEST)


def test_files_are_read_with_their_failures(parsing: Parsing, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(rss(*entries("ab")))
    items = list(parsing.read_file(FoundFile(path), source="Mine"))
    assert [(one.guid, one.source) for one in items if isinstance(one, Draft)] == [
        ("a", "Mine"),
        ("b", "Mine"),
    ]
    path.write_bytes(b"")
    assert list(parsing.read_file(FoundFile(path), file_format="feed")) == [
        ImportFailure(str(path), "", Reason.EMPTY)
    ]


def test_whoever_wants_no_more_of_a_file_can_ask_for_the_next(
    parsing: Parsing, tmp_path: Path
) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(rss(*((f"n{number}", WORDS * 20) for number in range(500))))
    items = parsing.read_file(FoundFile(path))
    assert isinstance(next(items), Draft)
    items.close()  # type: ignore[attr-defined]
    assert len(list(parsing.read_file(FoundFile(path)))) == 500


COSTLY = """
import json
question = json.loads(line)
skip = question["skip"]
for number in range(skip, {count}):
    if number in {bad}:
        os.kill(os.getpid(), 9)
    print(json.dumps({{"draft": {{"title": str(number)}}}}), flush=True)
print('{{"{last}": {{}}}}' if "{last}" == "end" else '{{"refused": ["cannot be read", "item"]}}')
sys.stdout.flush()
"""


def play_costly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bad: list[int], last: str = "end"
) -> None:
    act = COSTLY.format(count=8, bad=bad, last=last).strip().replace("\n", "\n    ")
    play(tmp_path, monkeypatch, act)


def read(parsing: Parsing) -> list[str]:
    return [
        one.title if isinstance(one, Draft) else f"! {one.item}: {one.reason}"
        for one in parsing.read_file(FoundFile(Path("/x")))
        if isinstance(one, Draft | ImportFailure)
    ]


def test_reading_goes_on_after_an_item_that_takes_too_much(
    parsing: Parsing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play_costly(tmp_path, monkeypatch, [0, 4])
    costly = Problem.TOO_COSTLY
    assert read(parsing) == [
        f"! item 1: {costly}", "1", "2", "3", f"! item 5: {costly}", "5", "6", "7",
    ]  # fmt: skip


@pytest.mark.parametrize(("bad", "last"), [([1, 3, 5, 6], "item 6"), ([1, 2, 3], "item 3")])
def test_a_file_with_many_such_items_is_left(
    parsing: Parsing,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    bad: list[int],
    last: str,
) -> None:
    play_costly(tmp_path, monkeypatch, bad)
    assert read(parsing)[-1] == f"! {last} and after: {Problem.TOO_COSTLY}"


LIMITS = """
import json
question = json.loads(line)
cpu = [question[name] for name in ("skip", "opening", "cpu")]
print(json.dumps({{"draft": {{"title": " ".join(map(str, cpu))}}}}), flush=True)
os.kill(os.getpid(), 9)
"""


def test_after_an_item_that_took_too_much_skipping_may_take_what_it_took(
    parsing: Parsing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(tmp_path, monkeypatch, LIMITS.format().strip().replace("\n", "\n    "))
    assert read(parsing)[::2] == ["0 5 5", "2 5 2", "4 5 1"]


def test_after_a_first_item_that_took_too_much_opening_gets_less(
    parsing: Parsing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = tmp_path / "asked"
    act = f"open({str(asked)!r}, 'ab').write(line); os.kill(os.getpid(), 9)"
    play(tmp_path, monkeypatch, act)
    read(parsing)
    questions = [json.loads(line) for line in asked.read_text().splitlines()]
    assert [(one["opening"], one["cpu"]) for one in questions] == [(5, 5), (2, 2)]


def test_time_is_given_anew_for_what_was_read_and_not_for_what_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "records.jsonl"
    good = '{"title": "One", "text": "Fine."}\n'
    path.write_text(good * 2 + "{\n" * 3 + good)
    question = ParseQuestion(Document.FILE, path=str(path), skip=1, cpu=2, opening=5)
    given: list[float] = []
    monkeypatch.setattr(parse, "limit_cpu", given.append)
    parse.serve_parse(io.BytesIO(parse_question_line(question).encode()), io.BytesIO())
    assert given == [5, 2, 2, 2, parse.IDLE]


def test_a_file_that_is_refused_in_the_middle_is_told(
    parsing: Parsing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play_costly(tmp_path, monkeypatch, [], last="refused")
    assert read(parsing)[-1] == "! item: cannot be read"


def test_an_import_survives_the_death_of_the_process(
    fresh: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed once in the middle of a mailbox: one message is named, the others come."""
    path = tmp_path / "letters.mbox"
    box = mailbox.mbox(path)
    for number in range(30):
        message = EmailMessage()
        message["Subject"] = f"Letter {number}"
        message["Message-ID"] = f"<{number}@skerry.example>"
        message["From"] = "Skerry <post@skerry.example>"
        message.set_content(f"{WORDS} This is letter {number}.\n")
        box.add(message)
    box.close()
    killed: list[int] = []

    def kill() -> bool:
        child = fresh._parsing._child
        if not killed and child is not None:
            killed.append(child._child._process.pid)
            child._child.kill()
        return False

    report = fresh.importing.import_paths([path], stop=kill)
    assert killed
    assert report.added + len(report.failed) >= 30
    assert len(report.failed) <= 1


def run(code: str, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, cwd=ROOT
    )


def test_the_processor_is_limited() -> None:
    code = (
        "import time\nfrom reader.worker.guard import limit_cpu\n"
        "for _ in range(3):\n    limit_cpu(0.2)\n    end = time.process_time() + 0.1\n"
        "    while time.process_time() < end: pass\n"
        "print('three', flush=True)\nwhile True: pass"
    )
    done = run(code, Path())
    assert (done.returncode, done.stdout) == (-signal.SIGPROF, "three\n")


def test_memory_is_limited() -> None:
    code = (
        "from reader.worker.guard import shut_in\nshut_in()\n"
        "try:\n    bytearray(600_000_000)\nexcept MemoryError:\n    print('no more')"
    )
    assert run(code, Path()).stdout == "no more\n"


REACHING = """
import os, socket, subprocess, sys
from pathlib import Path
from reader.worker.guard import allowed, shut_in
folder = Path(sys.argv[1])
allowed.path = str(folder / "named")
shut_in()
acts = {
    "named": lambda: (folder / "named").read_text(),
    "module": lambda: __import__("wave"),
    "other": lambda: (folder / "other").read_text(),
    "above": lambda: open("/etc/passwd").read(),
    "own": lambda: open("/proc/self/environ").read(),
    "written": lambda: (folder / "new").write_text("x"),
    "named again": lambda: (folder / "named").write_text("x"),
    "removed": lambda: (folder / "named").unlink(),
    "socket": lambda: socket.socket(),
    "look-up": lambda: socket.getaddrinfo("localhost", 80),
    "program": lambda: subprocess.run(["true"]),
    "shell": lambda: os.system("true"),
    "kill": lambda: os.kill(os.getpid(), 0),
}
for name, act in acts.items():
    try:
        act()
    except PermissionError:
        continue
    print(name)
"""


def test_nothing_is_within_reach_but_the_named_file(tmp_path: Path) -> None:
    for name in ("named", "other"):
        (tmp_path / name).write_text("x")
    done = run(REACHING, tmp_path)
    assert done.stdout.split() == ["named", "module"], done.stderr
    assert sorted(one.name for one in tmp_path.iterdir()) == ["named", "other"]


def test_a_file_is_within_reach_only_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(rss(*entries("ab")))
    code = (
        "import io\nfrom reader.service.parsing_wire import *\n"
        "from reader.worker.guard import allowed\nfrom reader.worker.parse import serve_parse\n"
        f"ask = [ParseQuestion(Document.FILE, path={str(path)!r}, cpu=5, opening=5),\n"
        "    ParseQuestion(Document.LINKS, opening=5)]\n"
        "lines = ''.join(map(parse_question_line, ask)).encode()\n"
        "serve_parse(io.BytesIO(lines), io.BytesIO())\n"
        f"print(allowed.may_read({str(path)!r}), allowed.may_read('/proc/self/environ'))"
    )
    assert run(code, tmp_path).stdout == "False False\n"


def test_the_process_loads_neither_store_nor_client(tmp_path: Path) -> None:
    code = (
        "import io, sys\nfrom reader.worker.parse import serve_parse\n"
        "serve_parse(io.BytesIO(), io.BytesIO())\nprint(*sys.modules)"
    )
    loaded = {name.split(".")[0] for name in run(code, tmp_path).stdout.split()}
    assert not loaded & {"lxml", "trafilatura", "urllib3", "sqlite3", "ssl"}


def test_modules_of_the_folder_one_is_in_are_not_run(
    parsing: Parsing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    assert parsing.parse_feed(rss(), url=URL, charset="", latest=LATEST).drafts == ()
    assert json.loads("1") == 1
