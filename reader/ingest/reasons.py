"""Why something did not become an article."""

from __future__ import annotations

import errno
from enum import StrEnum


class Reason(StrEnum):
    """Stable short names; `ImportFailure.reason` and `ImportItemError.reason` are one of them."""

    NOT_FOUND = "not found"
    PERMISSION = "permission denied"
    UNREADABLE = "cannot be read"
    LINK_LOOP = "link loop"
    LINK_DANGLING = "link to nothing"
    LINK_OUT = "link out of the folder"
    FIFO = "named pipe, not a file"
    SOCKET = "socket, not a file"
    DEVICE = "device, not a file"
    EMPTY = "empty"
    TOO_LARGE = "larger than 16 MiB"
    BINARY = "binary, not text"
    NOT_JSON = "not a JSON record"
    NOT_OBJECT = "not a JSON object"
    TOO_DEEP = "nested too deeply"
    BAD_FIELD = "field of the wrong type"
    NO_CONTENT = "neither title nor text"
    TOO_LARGE_DOCUMENT = "larger than 32 MiB"
    DAMAGED = "damaged"
    NOT_PICTURE = "not a PNG, JPEG, GIF, WebP, AVIF or BMP"
    TOO_MANY_POINTS = "it has more than 40 million points"
    NO_PICTURES = "what reads pictures is not installed"
    CUT = "ends in the middle"
    ENCRYPTED = "encrypted"
    NESTED = "archive inside an archive"
    EXPANDS = "expands without measure"
    TOO_MANY = "more than 10,000 members"
    NOTHING = "nothing in it that can be imported"
    NOT_FEED = "not a feed"
    NO_ADDRESS = "no web address"
    NO_TAGS = "not a line of tags and the id of a message"
    NO_PAGE = "leads to no page of the web"
    NO_COLUMNS = "no row of column names that are known"
    NOT_CSV = "not a row of CSV"
    NOT_CLOSED = "a quotation mark that is not closed: the rest of the file is lost"
    DROPPED = "more entries than are taken of one document"
    PROGRAM = "runs a program: not taken over"
    FILTER = "a filter over other feeds: not taken over"
    HOPELESS = "hardly anything but failures: the rest was not read"
    BUSY = "library busy"
    UNEXPECTED = "unexpected error"


PASSED = frozenset({Reason.NO_PAGE, Reason.PROGRAM, Reason.FILTER})
"""Reasons of what by design is not taken, so that nobody need look into it."""


def reason_of(error: OSError) -> Reason:
    """Return what an error of the file system means for the file."""
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return Reason.NOT_FOUND
        case PermissionError():
            return Reason.PERMISSION
        case _ if error.errno == errno.ELOOP:
            return Reason.LINK_LOOP
        case _:
            return Reason.UNREADABLE
