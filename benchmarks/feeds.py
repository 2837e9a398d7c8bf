"""Scores of the feed parser on documents of other projects; run as `python -m benchmarks.feeds`.

The documents lie outside the project, in `shared/data/feeds` beside it, with `expected.json`.
Options: `--errors N` prints the first N differences, `--data FOLDER` names another folder.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import resource
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from reader.errors import ImportItemError
from reader.feeds import ParsedFeed
from reader.ingest.feed import parse_feed
from reader.model import Draft

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "feeds"
BASE = "http://127.0.0.1:8097/feed.xml"
FIELDS = ("title", "link", "id", "date", "text", "literal", "count", "feed title")
_TAG = re.compile(r"<[^<>]*>")
_HEADER = re.compile(rb"^Header:\s*([\w-]+):\s*([^\r\n]+)", re.MULTILINE)
_CHARSET = re.compile(r"charset\s*=\s*([\w-]+)")


@dataclass(slots=True)
class Score:
    """Of each field how many values were right and how many there are, and what was not.

    `seconds` are those of the processor.
    """

    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def note(self, name: str, *, right: bool, said: str) -> None:
        self.total[name] += 1
        self.right[name] += right
        if not right:
            self.wrong.append(f"{name}: {said}")

    def share(self, name: str) -> float:
        """Return the share that is right, 1 where there is nothing to be right about."""
        return self.right[name] / self.total[name] if self.total[name] else 1.0


def score(folder: Path = DATA) -> Score:
    """Parse every feed of the folder and compare."""
    result = Score()
    cases = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["cases"]
    for case in cases:
        if case["kind"] == "feed":
            _score_case(result, folder, case)
    return result


def _score_case(result: Score, folder: Path, case: Mapping[str, Any]) -> None:
    data = (folder / case["file"]).read_bytes()
    base, charset = headers(data)
    started = time.process_time()
    parsed = None
    latest = datetime.now(UTC) + timedelta(days=2)
    with contextlib.suppress(ImportItemError):
        parsed = parse_feed(data, url=base, charset=charset, latest=latest)
    result.seconds += time.process_time() - started
    for name, right, said in compare(case, parsed, base):
        result.note(name, right=right, said=f"{case['file']}: {said}")


def headers(data: bytes) -> tuple[str, str]:
    """Return the address and the encoding that a document of feedparser's is served with."""
    base, charset = BASE, ""
    for name, value in _HEADER.findall(data[:4096]):
        written = value.decode("ascii", "replace")
        if name.lower() == b"content-location":
            base = urljoin(BASE, written.strip())
        elif name.lower() == b"content-type" and (found := _CHARSET.search(written)):
            charset = found[1]
    return base, charset


def compare(
    case: Mapping[str, Any], parsed: ParsedFeed | None, base: str
) -> Iterator[tuple[str, bool, str]]:
    """Each field that is expected: its name, whether it is right, and what was said."""
    drafts = parsed.drafts if parsed else ()
    if "entries" in case:
        told = len(drafts)
        yield "count", told == case["entries"], f"{told} != {case['entries']}"
    if case.get("title") is not None:
        title = parsed.title if parsed else ""
        yield "feed title", same(title, case["title"]), f"{title!r} != {case['title']!r}"
    for number, item in enumerate(case.get("items", ())):
        draft = drafts[number] if number < len(drafts) else None
        yield from _compare_item(item, draft, base)
    for literal in case.get("literals", ()):
        yield from _compare_literal(literal, parsed)


def _compare_item(
    item: Mapping[str, Any], draft: Draft | None, base: str
) -> Iterator[tuple[str, bool, str]]:
    title = "" if draft is None or draft.title_derived else draft.title
    if item.get("title") is not None:
        yield "title", same(title, item["title"]), f"{title!r} != {item['title']!r}"
    if item.get("link") is not None:
        url = draft.url if draft else ""
        yield (
            "link",
            url == (item["link"] and urljoin(base, item["link"].strip())),
            f"{url!r} != {item['link']!r}",
        )
    if item.get("id") is not None:
        guid = draft.guid if draft else ""
        yield "id", guid == " ".join(item["id"].split()), f"{guid!r} != {item['id']!r}"
    if item.get("date") is not None:
        date = (
            draft.published.at.strftime("%Y-%m-%dT%H:%M:%SZ") if draft and draft.published else ""
        )
        yield "date", date == item["date"], f"{date!r} != {item['date']!r}"
    if item.get("has_text"):
        yield "text", draft is not None and bool(draft.text), "no text"


def _compare_literal(
    literal: Mapping[str, Any], parsed: ParsedFeed | None
) -> Iterator[tuple[str, bool, str]]:
    said = said_of(literal, parsed)
    if said is not None:
        right = same(said, literal["value"]) or (
            literal["field"] == "author" and bool(said) and said in literal["value"]
        )
        yield "literal", right, f"{literal['where']} {said!r} != {literal['value']!r}"


def said_of(literal: Mapping[str, Any], parsed: ParsedFeed | None) -> str | None:
    """Return what was read where a literal is expected, None where nothing is kept of it."""
    name = literal["field"]
    if literal["where"] == "feed":
        found = (
            {"title": parsed.title, "link": parsed.site} if parsed else {"title": "", "link": ""}
        )
        return found.get(name)
    drafts = parsed.drafts if parsed else ()
    if not drafts:
        return ""
    draft = drafts[0]
    return {
        "title": draft.title,
        "link": draft.url,
        "id": draft.guid,
        "author": ", ".join(draft.authors),
        "summary": draft.text,
    }.get(name)


def same(said: str, expected: str) -> bool:
    """Compare as text: tags, references and white space aside."""
    return _folded(said) in (
        _folded(expected),
        _folded(_TAG.sub("", expected)),
        _folded(_plain(expected)),
    )


def _plain(written: str) -> str:
    return unescape(_TAG.sub("", unescape(written)))


def _folded(text: str) -> str:
    text = "".join(unescape(text).split())
    return text if len(text) < 250 else text[:250]


def lines(result: Score) -> Iterable[str]:
    """The table."""
    for name in FIELDS:
        total, right = result.total[name], result.right[name]
        yield f"{name:12} {right:5} of {total:5}  {result.share(name):7.2%}"
    yield f"{result.seconds:.2f} s of processor time"


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--data", type=Path, default=DATA)
    arguments = parser.parse_args()
    if not (arguments.data / "expected.json").is_file():
        print(f"not there: {arguments.data}")
        return
    result = score(arguments.data)
    print(*lines(result), *result.wrong[: arguments.errors], sep="\n")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
