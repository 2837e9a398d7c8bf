"""Reads documents from outside, under limits."""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import process_time
from typing import Any, BinaryIO

from reader.errors import ImportItemError
from reader.feeds import ParsedFeed
from reader.ingest import FoundFile, Reason, read_file
from reader.model import ImportFailure
from reader.service.item_wire import Item, feed_record, item_record, line_of
from reader.service.parsing_wire import (
    END,
    READY,
    REFUSED,
    SPENT,
    USED,
    Document,
    ParseQuestion,
    read_parse_question,
)
from reader.worker.guard import allowed, limit_cpu

log = logging.getLogger(__name__)


IDLE = 5
"""Seconds that taking in the next question may cost."""


def serve_parse(source: BinaryIO, target: BinaryIO) -> None:
    """Answer one question after another, until a document has used up the memory."""

    def tell(record: Mapping[str, Any]) -> None:
        target.write(line_of(record).encode())
        target.flush()

    tell({READY: True})
    while (asked := read_parse_question(source)) is not None:
        began = process_time()
        for record in _guarded(*asked):
            is_last = END in record or REFUSED in record
            tell({**record, USED: process_time() - began} if is_last else record)
            if SPENT in record:
                return
        del asked
        limit_cpu(IDLE)


def _guarded(question: ParseQuestion, data: bytes) -> Iterator[Mapping[str, Any]]:
    """The lines of an answer. The boundary of reading: whatever goes wrong is one of them."""
    allowed.path = question.path
    limit_cpu(question.opening)
    try:
        yield from _answer(question, data)
    except ImportItemError as error:
        yield {REFUSED: [error.reason, error.item]}
    except MemoryError:
        yield {SPENT: True}
    except Exception:
        log.exception("could not read %r %r", question.kind, question.url or question.path)
        yield {REFUSED: [Reason.UNEXPECTED, ""]}


def _answer(question: ParseQuestion, data: bytes) -> Iterator[Mapping[str, Any]]:
    match question.kind:
        case Document.FEED:
            yield from _feed(question, data)
        case Document.LINKS:
            from reader.ingest.feed import find_feeds

            found = find_feeds(data, url=question.url, charset=question.charset)
            yield {END: [[one.url, one.title] for one in found]}
        case Document.PAGE:
            from reader.ingest.page import read_page

            latest = question.latest_moment
            yield item_record(
                read_page(data, url=question.url, charset=question.charset, latest=latest)
            )
            yield {END: {}}
        case Document.PICTURE:
            from reader.ingest.picture import read_picture

            picture = read_picture(data)
            points = b64encode(picture.points).decode()
            yield {END: [picture.width, picture.height, points]}
        case Document.FILE:
            for item in _file(question):
                yield item_record(item)
                # A document can be nothing but failures: together they get no more.
                if not isinstance(item, ImportFailure):
                    limit_cpu(question.cpu)
            yield {END: {}}


def _feed(question: ParseQuestion, data: bytes) -> Iterator[Mapping[str, Any]]:
    from reader.ingest.feed import parse_feed

    latest = question.latest_moment
    feed: ParsedFeed = parse_feed(data, url=question.url, charset=question.charset, latest=latest)
    items: tuple[Item, ...] = (*feed.drafts, *feed.failures)
    yield from map(item_record, items)
    yield {END: feed_record(feed)}


def _file(question: ParseQuestion) -> Iterator[Item]:
    return read_file(
        FoundFile(Path(question.path)),
        source=question.source,
        file_format=question.file_format,
        skip=question.skip,
        skipped=lambda: limit_cpu(question.cpu),
    )
