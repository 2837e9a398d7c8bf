"""Reading documents from outside in a process that may use little and reach nothing.

A document can be made to take hours or gigabytes in the best of libraries. It is read in a
child process under limits of the system; one that goes beyond them is named, and the next is
read in another process.
"""

from __future__ import annotations

import json
import select
from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from reader.errors import ImportItemError, WorkerError
from reader.feeds import FoundFeed, ParsedFeed, Problem
from reader.ingest import FoundFile, shown_path
from reader.model import Draft, ImportFailure, Pixels
from reader.service.child import Child
from reader.service.item_wire import Item, read_feed, read_item
from reader.service.parsing_wire import (
    END,
    REFUSED,
    SPENT,
    USED,
    Document,
    ParseQuestion,
    parse_question_line,
)

CPU_SECONDS = (5, 2, 1)
"""How long a document may take; in a file, each item, less after one that took too long."""

PATIENCE = 30.0
"""Seconds without an item after which the process is taken to hang."""

_CHUNK = 1 << 16


class Parsing:
    """Reads documents for one thread; the process starts with the first of them.

    Every method raises ImportItemError for a document that cannot be read, and WorkerError
    where no process can be had.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._child: _ParseChild | None = None
        self._left: float | None = None
        """Seconds that are left of a limit that documents share."""

    @contextmanager
    def one_limit(self) -> Iterator[None]:
        """Within: feeds and pages may take together what one of them may."""
        self._left = CPU_SECONDS[0]
        try:
            yield
        finally:
            self._left = None

    def parse_feed(self, data: bytes, *, url: str, charset: str, latest: datetime) -> ParsedFeed:
        """A feed with its entries; none of them is taken to be later than `latest`."""
        question = _question(Document.FEED, data, url, charset, latest)
        items, end = self._answer(question, data)
        return read_feed(end, items)

    def find_feeds(self, data: bytes, *, url: str, charset: str) -> tuple[FoundFeed, ...]:
        """The feeds that a page names."""
        _, end = self._answer(_question(Document.LINKS, data, url, charset), data)
        return tuple(FoundFeed(*one) for one in end)

    def read_page(self, data: bytes, *, url: str, charset: str, latest: datetime) -> Draft:
        """The main text of a page."""
        question = _question(Document.PAGE, data, url, charset, latest)
        items, _ = self._answer(question, data)
        return next(item for item in items if isinstance(item, Draft))

    def read_picture(self, data: bytes, *, url: str) -> Pixels:
        """A picture, made small enough for a screen."""
        _, end = self._answer(_question(Document.PICTURE, data, url, ""), data)
        width, height, points = end
        return Pixels(width, height, b64decode(points))

    def read_file(
        self, found: FoundFile, *, source: str | None = None, file_format: str | None = None
    ) -> Iterator[Item]:
        """Every item of a file, as `reader.ingest.read_file` gives them; raises nothing for it.

        An item that takes too much is named, and reading goes on after it, a few times.
        """
        question = ParseQuestion(
            Document.FILE, path=str(found.path), source=source, file_format=file_format
        )
        shown = shown_path(found.path)
        done, tries, delivered = 0, 0, False
        while True:
            began = done
            # What went well before may cost again what it cost then.
            cpu, opening = CPU_SECONDS[tries], CPU_SECONDS[0 if delivered else tries]
            for record in self._ask(replace(question, skip=done, cpu=cpu, opening=opening)):
                if END in record:
                    return
                if REFUSED in record:
                    reason, where = record[REFUSED]
                    yield ImportFailure(shown, where, reason)
                    return
                done, delivered = done + 1, True
                yield read_item(record)
            done, tries = done + 1, tries + 1
            # The file as a whole may be what takes too much.
            is_last = tries == len(CPU_SECONDS) or 0 < began == done - 1
            where = f"item {done}{' and after' if is_last else ''}"
            yield ImportFailure(shown, where, Problem.TOO_COSTLY)
            if is_last:
                return

    def close(self) -> None:
        """End the process."""
        child, self._child = self._child, None
        if child is not None:
            child.close()

    def _answer(self, question: ParseQuestion, data: bytes) -> tuple[list[Item], Any]:
        """The items of a whole answer and how it ended."""
        items: list[Item] = []
        limit = question.opening if self._left is None else self._left
        self._use(limit)  # unless there is an answer that tells
        for record in self._ask(replace(question, opening=limit), data) if limit > 0 else ():
            self._use(-limit + record[USED] if USED in record else 0)
            if END in record:
                return items, record[END]
            if REFUSED in record:
                reason, where = record[REFUSED]
                raise ImportItemError(question.url, reason, where)
            items.append(read_item(record))
        raise ImportItemError(question.url, Problem.TOO_COSTLY)

    def _use(self, seconds: float) -> None:
        if self._left is not None:
            self._left = max(0.0, self._left - seconds)

    def _ask(self, question: ParseQuestion, data: bytes = b"") -> Iterator[Mapping[str, Any]]:
        """The lines of an answer. That of a document that takes too much has no last line."""
        child = self._child_that_hears(parse_question_line(question), data)
        done = False
        try:
            while not done and (record := child.record()) is not None and SPENT not in record:
                done = END in record or REFUSED in record
                yield record
        finally:
            if not done:  # it is dead or hangs, or nobody wants the rest of its answer
                self.close()

    def _child_that_hears(self, line: str, data: bytes) -> _ParseChild:
        """A process that was sent a question: the one that runs, else another."""
        if self._child is not None:
            try:
                self._child.send(line, data)
            except OSError:
                self.close()
            else:
                return self._child
        try:
            self._child = _ParseChild(self._folder)
            self._child.send(line, data)
        except OSError as error:
            self.close()
            raise WorkerError(str(error)) from error
        return self._child


class _ParseChild:
    """The process, and its lines as they come. Raises OSError when it does not start."""

    def __init__(self, folder: Path) -> None:
        self._child = Child("parse", folder)
        self._kept = bytearray()
        self._coming = select.poll()
        self._coming.register(self._child.output, select.POLLIN)
        if self.record() is None:
            self._child.close()
            raise OSError("the process that reads documents does not start")

    def send(self, line: str, data: bytes) -> None:
        self._child.send(line, data)

    def record(self) -> Mapping[str, Any] | None:
        """The next line, None when the process ended or nothing came for long."""
        searched = 0
        while (end := self._kept.find(b"\n", searched)) < 0:
            searched = len(self._kept)
            chunk = self._child.read_some(_CHUNK) if self._coming.poll(PATIENCE * 1000) else b""
            if not chunk:
                return None
            self._kept += chunk
        line = bytes(self._kept[:end])
        del self._kept[: end + 1]
        record: Mapping[str, Any] = json.loads(line)
        return record

    def close(self) -> None:
        self._child.close()


def _question(
    kind: Document, data: bytes, url: str, charset: str, latest: datetime | None = None
) -> ParseQuestion:
    moment = latest.isoformat() if latest else ""
    return ParseQuestion(kind, url, charset, moment, len(data), opening=CPU_SECONDS[0])
