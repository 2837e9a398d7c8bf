"""The child processes, spoken to over plain text streams."""

from __future__ import annotations

import errno
import io
import json
import os
import sys
from array import array
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Never

import pytest

import reader.ingest.feed
from reader.errors import (
    IndexingError,
    LibraryBusyError,
    SearchUnavailableError,
    UpdateBusyError,
    WorkerError,
)
from reader.feeds import Subscription, UpdateProgress, UpdateReport
from reader.ingest import Reason
from reader.model import ArticleId
from reader.service.fetching_wire import (
    BY_ITSELF,
    Add,
    Added,
    FullText,
    Move,
    Moved,
    ReadFullText,
    Save,
    Saved,
    Told,
    Trouble,
    Update,
    order_line,
    read_told,
    stop_line,
)
from reader.service.indexing import IndexProgress, IndexStage, IndexState, IndexTold
from reader.service.library import Library
from reader.service.parsing_wire import (
    END,
    READY,
    REFUSED,
    SPENT,
    USED,
    Document,
    ParseQuestion,
    parse_question_line,
)
from reader.service.wire import (
    Question,
    SearchAnswer,
    question_line,
    read_answer,
    read_progress,
)
from reader.text import explain
from reader.worker import guard, parse
from reader.worker.__main__ import main
from reader.worker.fetch import serve_fetch
from reader.worker.index import NICENESS, serve_index
from reader.worker.search import serve_search
from tests.reader.service.site import Site, entries, page, rss


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    article = tmp_path / "article.txt"
    article.write_text("Storm over Bergen\n\nThe storm struck Bergen at night.\n")
    library = Library.open(tmp_path / "library")
    library.importing.import_paths([article])
    yield library
    library.close()


@pytest.fixture(autouse=True)
def same_niceness(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Keeps this process as it is; what was asked for."""
    asked: list[int] = []
    monkeypatch.setattr(os, "nice", asked.append)
    return asked


def ask(library: Library, *questions: Question) -> list[SearchAnswer]:
    target = io.BytesIO()
    serve_search(library, io.StringIO("".join(map(question_line, questions))), target)
    target.seek(0)
    answers = [read_answer(target) for _ in questions]
    assert not target.read()
    return [answer for answer in answers if answer is not None]


def test_questions_are_answered_in_order(library: Library) -> None:
    library.indexing.run()
    first, second = ask(library, Question(1, "storm", None), Question(2, "calm sort:title", 9))
    assert first.view is not None
    assert second.view is not None
    assert (first.generation, first.view.ids) == (1, array("q", [1]))
    assert (second.generation, second.view.total) == (2, 0)


def test_trouble_is_an_answer_and_the_next_question_is_heard(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    (answer,) = ask(library, Question(1, "storm", None))
    assert isinstance(answer.error, SearchUnavailableError)

    def fail(*_: object) -> Never:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(library.searching, "view", fail)
    answers = ask(library, Question(2, "storm", None), Question(3, "storm", None))
    errors = [answer.error for answer in answers]
    assert [type(error) for error in errors] == [WorkerError, WorkerError]
    assert "a fault of ours" in str(errors[0])


def test_indexing_tells_progress_and_ends_with_its_input(
    library: Library, same_niceness: list[int]
) -> None:
    read, write = os.pipe()
    target = io.StringIO()

    class Ending(io.StringIO):
        """Ends the input once the state has been told."""

        def write(self, text: str) -> int:
            if "state" in text:
                os.close(write)
            return target.write(text)

    with os.fdopen(read) as source:
        serve_index(library, source, Ending())
    told = [read_progress(line) for line in target.getvalue().splitlines()]
    first, last = (IndexProgress(done, 1, rebuilding=True) for done in (0, 1))
    assert told == [first, replace(last, stage=IndexStage.NAMES), last, IndexState.DONE]
    assert same_niceness == [NICENESS]
    assert library.searching.view("storm").total == 1


def test_stale_articles_are_named_anew_after_what_waits(library: Library) -> None:
    library.indexing.run()
    library.recognising.choose()
    read, write = os.pipe()
    told: list[IndexTold] = []

    class Ending(io.StringIO):
        """Ends the input once all is done."""

        def write(self, text: str) -> int:
            told.append(read_progress(text))
            if told.count(IndexState.DONE) == 2:
                os.close(write)
            return len(text)

    with os.fdopen(read) as source:
        serve_index(library, source, Ending())
    names = IndexProgress(1, 1, rebuilding=False, stage=IndexStage.NAMES)
    assert told == [IndexState.DONE, names, names, IndexState.DONE]
    assert library.recognising.waiting() == library.store.outbox.pending() == 0


def test_a_recogniser_that_is_gone_is_logged_once(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    library.store.settings.put("recogniser", "nobody")
    read, write = os.pipe()
    told: list[IndexTold] = []

    class Importing(io.StringIO):
        """Brings one more article at first."""

        def write(self, text: str) -> int:
            told.append(read_progress(text))
            if told.count(IndexState.DONE) == 2:
                os.close(write)
            elif told[-1] is IndexState.DONE:
                (tmp_path / "more.txt").write_text("More\n\nMore of it.\n")
                library.importing.import_paths([tmp_path / "more.txt"])
                os.write(write, b"\n")
            return len(text)

    with os.fdopen(read) as source:
        serve_index(library, source, Importing())
    names = [one for one in told if isinstance(one, IndexProgress) and one.missing]
    assert [one.missing for one in names] == ["nobody", "nobody"]
    assert caplog.text.count("no recogniser is called 'nobody'") == 1


def test_a_poke_looks_again(library: Library) -> None:
    read, write = os.pipe()
    states: list[str] = []

    class Counting(io.StringIO):
        def write(self, text: str) -> int:
            if "state" in text:
                states.append(text)
                os.write(write, b"\n") if len(states) == 1 else os.close(write)
            return len(text)

    with os.fdopen(read) as source:
        serve_index(library, source, Counting())
    assert len(states) == 2


def told_of_two_failures(
    library: Library, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> list[IndexTold]:
    """What is told when indexing fails, and fails again at a poke."""

    def fail(**_: object) -> Never:
        raise error

    monkeypatch.setattr(library.indexing, "run", fail)
    read, write = os.pipe()
    told: list[IndexTold] = []

    class Listening(io.StringIO):
        def write(self, text: str) -> int:
            told.append(read_progress(text))
            os.write(write, b"\n") if len(told) == 1 else os.close(write)
            return len(text)

    with os.fdopen(read) as source:
        serve_index(library, source, Listening())
    return told


def test_a_library_that_is_busy_is_told(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    told = told_of_two_failures(library, monkeypatch, LibraryBusyError(Path("x")))
    assert told == [IndexState.BUSY, IndexState.BUSY]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "x"), "no space left"),
        (ZeroDivisionError("a fault of ours"), "a fault of ours"),
    ],
)
def test_indexing_that_fails_is_told_and_the_process_lives_on(
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    words: str,
) -> None:
    first, second = told_of_two_failures(library, monkeypatch, error)
    for one in (first, second):
        assert isinstance(one, IndexingError)
        assert words in explain(one)
    assert words in caplog.text
    assert ("Traceback" in caplog.text) is isinstance(error, ZeroDivisionError)


def test_a_library_that_cannot_be_opened_ends_the_process(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite3").write_bytes(b"rubbish" * 99)
    assert main(["search", str(tmp_path)]) == 1


def test_the_door_opens_the_library_and_serves(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(sys, "stdin", io.StringIO(question_line(Question(4, "", None))))
    monkeypatch.setattr(sys, "stdout", target)
    assert main(["search", str(library.folder)]) == 0
    target.seek(0)
    answer = read_answer(target.buffer)
    assert answer is not None
    assert answer.generation == 4


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Keeps this process without limits; the seconds that were asked for."""
    asked: list[int] = []
    monkeypatch.setattr(parse, "limit_cpu", asked.append)
    return asked


def parsed(*questions: tuple[ParseQuestion, bytes]) -> list[dict[str, Any]]:
    """The lines of the process that reads documents."""
    source = io.BytesIO()
    for question, data in questions:
        asked = replace(question, size=len(data), latest=LATEST)
        source.write(parse_question_line(asked).encode() + data)
    source.seek(0)
    target = io.BytesIO()
    parse.serve_parse(source, target)
    return [json.loads(line) for line in target.getvalue().splitlines()]


LATEST = "2030-01-01T00:00:00+00:00"
URL = "http://skerry.example/feed"


def test_documents_are_read_one_after_another(unlimited: list[int], tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(rss(*entries("a")))
    head = "<link rel='alternate' type='application/rss+xml' href='/feed'>"
    feed = ParseQuestion(Document.FEED, URL, opening=5)
    ready, first, end, links, main, whole, item, last = parsed(
        (feed, rss(*entries("a"))),
        (replace(feed, kind=Document.LINKS), page(head=head)),
        (replace(feed, kind=Document.PAGE), page()),
        (ParseQuestion(Document.FILE, path=str(path), cpu=5, opening=5), b""),
    )
    assert ready == {READY: True}
    assert first["draft"]["guid"] == item["draft"]["guid"] == "a"
    assert end[END]["title"] == "Skerry Post"
    assert links[END] == [[URL, ""]]
    assert main["draft"]["title"] == "Lamps on the quay"
    assert whole[END] == last[END] == {}
    assert all(one[USED] >= 0 for one in (end, links, whole, last))
    assert set(unlimited) == {5, parse.IDLE}


def test_what_cannot_be_read_is_told_and_the_next_is_read(
    unlimited: list[int], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    feed = ParseQuestion(Document.FEED, URL)
    refused = parsed((feed, page()), (feed, rss()))[1]
    assert refused[REFUSED] == [Reason.NOT_FEED, ""]
    assert refused[USED] >= 0

    def fail(*_: object, **__: object) -> Never:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(reader.ingest.feed, "parse_feed", fail)
    assert parsed((feed, rss()))[1][REFUSED] == [Reason.UNEXPECTED, ""]
    assert "a fault of ours" in caplog.text


def test_a_process_without_memory_ends(
    unlimited: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> Never:
        raise MemoryError

    monkeypatch.setattr(reader.ingest.feed, "parse_feed", fail)
    feed = ParseQuestion(Document.FEED, URL)
    assert parsed((feed, rss()), (feed, rss())) == [{READY: True}, {SPENT: True}]


def fetched(library: Library, *lines: str, every: float = 0) -> list[tuple[int, Told]]:
    """What the process that fetches tells of orders; it ends when as many are told as came."""
    read, write = os.pipe()
    told: list[tuple[int, Told]] = []

    class Listening(io.StringIO):
        def write(self, text: str) -> int:
            told.append(read_told(text))
            ends = [one for one in told if not isinstance(one[1], UpdateProgress)]
            if len(ends) == max(len(lines), 1):
                os.close(write)
            return len(text)

    os.write(write, "".join(lines).encode())
    with os.fdopen(read) as source:
        serve_fetch(library, source, Listening(), every=every)
    return told


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        yield made


def test_orders_of_the_screen_are_carried_out(library: Library, site: Site) -> None:
    body = rss(*entries("ab")).replace(b"http://skerry.example/", site.url("/").encode())
    url = site.has("/feed", body)
    ((_, added),) = fetched(library, order_line(1, Add(url)))
    assert added == Added("Skerry Post", 2)
    site.has("/a", page(), "text/html")
    ids = {library.reading.get_article(one).row.title: one for one in (2, 3)}
    told = fetched(
        library,
        order_line(2, ReadFullText(ids["Title a"])),
        order_line(3, Save(site.url("/a"))),
        order_line(4, Move("skerry", site.has("/new", body))),
        order_line(5, Update()),
        order_line(6, Update(("nobody",))),
    )
    ends = {number: one for number, one in told if not isinstance(one, UpdateProgress)}
    assert ends[2] == FullText(ArticleId(ids["Title a"]), True)
    assert isinstance(ends[3], Saved)
    assert ends[4] == Moved("Skerry Post", site.url("/new"))
    assert isinstance(ends[5], UpdateReport)
    assert isinstance(ends[6], Trouble)
    assert "nobody" in ends[6].text


def test_a_fault_is_told_and_logged(
    library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> Never:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(library.updating, "run", fail)
    ((_, told),) = fetched(library, order_line(1, Update()))
    assert isinstance(told, Trouble)
    assert "a fault of ours" in told.text
    assert "a fault of ours" in caplog.text


def test_feeds_that_are_due_are_asked_without_an_order(library: Library, site: Site) -> None:
    url = site.has("/feed", rss(*entries("ab")))
    library.store.feeds.add(Subscription(url, "Skerry Post"), private=True)
    told = fetched(library, every=0.01)
    assert told[-1][0] == BY_ITSELF
    assert isinstance(told[-1][1], UpdateReport)


@pytest.mark.parametrize("error", [UpdateBusyError(), ZeroDivisionError("a fault of ours")])
def test_a_look_that_fails_is_no_end(
    library: Library, monkeypatch: pytest.MonkeyPatch, error: Exception, site: Site
) -> None:
    run = library.updating.run
    errors = [error]

    def fail_once(*words: Any, **options: Any) -> UpdateReport:
        if errors:
            raise errors.pop()
        return run(*words, **options)

    monkeypatch.setattr(library.updating, "run", fail_once)
    url = site.has("/feed", rss(*entries("ab")))
    library.store.feeds.add(Subscription(url, "Skerry Post"), private=True)
    assert isinstance(fetched(library, every=0.01)[-1][1], UpdateReport)


def test_an_interrupt_counts_for_what_came_before_it(library: Library, site: Site) -> None:
    library.store.feeds.add(Subscription(site.hangs("/feed"), "Skerry Post"), private=True)
    number, told = fetched(library, order_line(1, Update()) + stop_line())[-1]
    assert number == 1
    assert isinstance(told, UpdateReport)
    assert told.interrupted


def test_what_is_within_reach_while_a_document_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard.allowed, "path", str(tmp_path))
    guard._refuse("open", (str(tmp_path / "inside"), "r", os.O_RDONLY))
    guard._refuse("open", (os.__file__, "r", os.O_RDONLY))
    guard._refuse("open", (3, "w", os.O_WRONLY))
    guard._refuse("import", ("json", None, None, None, None))
    for event, arguments in (
        ("open", ("/etc/passwd", "r", os.O_RDONLY)),
        ("open", (f"{tmp_path}-beside", "r", os.O_RDONLY)),
        ("open", (os.fsencode(tmp_path / "inside"), "w", os.O_WRONLY | os.O_CREAT)),
        ("socket.connect", ()),
        ("subprocess.Popen", ()),
    ):
        with pytest.raises(PermissionError):
            guard._refuse(event, arguments)


def test_the_door_leads_to_the_other_tasks(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut: list[bool] = []
    monkeypatch.setattr(guard, "shut_in", lambda: shut.append(True))
    for task, told in (("index", "state"), ("parse", READY), ("fetch", "")):
        target = io.TextIOWrapper(io.BytesIO())
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
        monkeypatch.setattr(sys, "stdout", target)
        assert main([task, str(library.folder), *(["0"] if task == "fetch" else [])]) == 0
        target.seek(0)
        assert told in target.read() or task == "index"
    assert shut == [True]
