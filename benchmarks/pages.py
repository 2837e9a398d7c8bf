"""How much of the text of real pages is found, and what it costs: pages with the text that
people read on them, by words in fours.

The pages lie outside the project, in `shared/data/feeds` beside it. Run as
`python -m benchmarks.pages`.
"""

from __future__ import annotations

import gzip
import html
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from reader.errors import ImportItemError
from reader.ingest.html import read_html
from reader.ingest.page import read_page

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "feeds"
EXPECTED = DATA / "expected.json"

_LATEST = datetime(2100, 1, 1, tzinfo=UTC)
_TOGETHER = 4
_BODY = re.compile(
    r"<(content:encoded|description|content|summary)\b[^>]*>\s*(<!\[CDATA\[)?(.*?)(?:\]\]>\s*)?</\1>",
    re.DOTALL,
)
_LEAST = 1000


@dataclass(frozen=True, slots=True)
class Case:
    """A page, where it was, and the text of the article on it."""

    name: str
    data: bytes
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of 0..1, the mean of the pages; processor time in milliseconds a page."""

    pages: int
    precision: float
    recall: float
    milliseconds: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def read_cases() -> tuple[Case, ...]:
    """The pages whose text people have read, in the order of their names."""
    listed = json.loads(EXPECTED.read_text(encoding="utf-8"))["cases"]
    return tuple(
        Case(
            one["file"], gzip.decompress((DATA / one["file"]).read_bytes()), one["url"], one["text"]
        )
        for one in sorted(listed, key=lambda one: str(one["file"]))
        if one["kind"] == "html" and one["basis"] == "human"
    )


def score(cases: Sequence[Case]) -> Score:
    """Read all pages and compare. A page that cannot be read scores nothing."""
    shares = []
    before = time.process_time()
    texts = [_read(case) for case in cases]
    used = time.process_time() - before
    for case, text in zip(cases, texts, strict=True):
        found, expected = _fours(text), _fours(case.text)
        shared = (found & expected).total()
        shares.append((shared / max(found.total(), 1), shared / max(expected.total(), 1)))
    count = max(len(cases), 1)
    return Score(
        len(cases),
        sum(precision for precision, _ in shares) / count,
        sum(recall for _, recall in shares) / count,
        1000 * used / count,
    )


def _read(case: Case) -> str:
    try:
        return read_page(case.data, url=case.url, latest=_LATEST).text
    except ImportItemError:
        return ""


def _fours(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    last = max(len(words) - _TOGETHER, 0)
    return Counter(tuple(words[at : at + _TOGETHER]) for at in range(last + 1))


def bodies() -> Iterator[str]:
    """The HTML in the feeds beside the pages, of some length."""
    for path in sorted(DATA.rglob("*.xml")):
        text = path.read_bytes().decode("utf-8", "replace")
        for found in _BODY.finditer(text):
            body = found[3] if found[2] else html.unescape(found[3])
            if "<p" in body and len(body) > _LEAST:
                yield body


def milliseconds_a_body(found: Sequence[str]) -> float:
    """Processor time of reading one body, the best of three rounds."""
    rounds = []
    for _ in range(3):
        before = time.process_time()
        for body in found:
            read_html(body, base="https://news.example/")
        rounds.append(time.process_time() - before)
    return 1000 * min(rounds) / max(len(found), 1)


def main() -> int:
    if not EXPECTED.exists():
        print("no pages: shared/data/feeds is not beside the project")
        return 1
    cases = read_cases()
    score(cases[:1])
    found = score(cases)
    print(f"{found.pages} pages: F1 {found.f1:.3f} (precision {found.precision:.3f}, recall"
          f" {found.recall:.3f}), {found.milliseconds:.1f} ms a page")  # fmt: skip
    texts = list(bodies())
    size = sum(map(len, texts)) / max(len(texts), 1)
    print(
        f"{len(texts)} bodies of {size:,.0f} code points: {milliseconds_a_body(texts):.2f} ms each"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
