"""What is asked of the process that reads documents, and how its answers end.

A question is one JSON object a line, followed by the bytes of the document where it has any.
An answer is a line for each item (see `item_wire`), and a last one that says how it ended.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

READY = "ready"
"""The key of the line with which the process says that it listens."""

END = "end"
"""The key of the last line of an answer that is whole."""

REFUSED = "refused"
"""The key of the last line of an answer to a document that cannot be read: [reason, item]."""

SPENT = "spent"
"""The key of the last line of a process that has no memory left."""


USED = "used"
"""The key, in the line of `END` or `REFUSED`, of the seconds that the answer took to compute."""


class Document(StrEnum):
    """What a document is to be read as."""

    FEED = "feed"
    LINKS = "links"
    PAGE = "page"
    PICTURE = "picture"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class ParseQuestion:
    """A document to read: `size` bytes that follow, or the file at `path`.

    `opening` is how many seconds a document may take up to its first item, `cpu` each further
    one of a file. `skip` items of a file were read before.
    """

    kind: Document
    url: str = ""
    charset: str = ""
    latest: str = ""
    size: int = 0
    path: str = ""
    source: str | None = None
    file_format: str | None = None
    skip: int = 0
    cpu: int = 0
    opening: float = 0

    @property
    def latest_moment(self) -> datetime:
        return datetime.fromisoformat(self.latest)


def parse_question_line(question: ParseQuestion) -> str:
    return json.dumps(asdict(question)) + "\n"


def read_parse_question(source: BinaryIO) -> tuple[ParseQuestion, bytes] | None:
    """The next question with its document, None at the end."""
    line = source.readline()
    if not line.endswith(b"\n"):
        return None
    record = json.loads(line)
    question = ParseQuestion(**record | {"kind": Document(record["kind"])})
    return question, source.read(question.size)
