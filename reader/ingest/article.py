"""Blocks and stated facts -> Draft: what all formats have in common. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from reader.clean import clean_line
from reader.ingest.dateline import Dateline, find_dateline
from reader.ingest.dates import date_in_name
from reader.ingest.headers import Meta, make_meta, read_header_line, read_header_lines
from reader.ingest.paragraphs import Block, Kind, Paragraph, arrange, join_lines
from reader.ingest.titles import derive_title, is_title
from reader.model import Draft, Published

_MOST_DATELINES = 3
_MOST_HEADER_BLOCKS = 5
_TITLE_BEFORE_HEADERS = 200


@dataclass(frozen=True, slots=True)
class _Opening:
    """What the datelines at the beginning say together."""

    raw: str = ""
    published: Published | None = None
    place: str = ""
    agency: str = ""
    of_change: bool = False

    def joined(self, other: Dateline) -> _Opening:
        better = other.published is not None and (self.published is None or self.of_change)
        return _Opening(
            " ".join(filter(None, (self.raw, other.raw))),
            other.published if better else self.published,
            self.place or other.place,
            self.agency or other.agency,
            other.of_change if better else self.of_change,
        )


def take_head(
    blocks: Sequence[Block], stated: Mapping[str, str], latest: datetime
) -> tuple[Meta, list[Block]]:
    """Take the title line and the header lines around it off the blocks.

    `stated` are fields known already; they count before what the lines say.
    """
    head = _Head(dict(stated), list(blocks))
    for _ in range(_MOST_HEADER_BLOCKS):
        if not (_take_title(head, latest) or _take_headers(head)):
            break
    return make_meta(head.values, latest), head.blocks


@dataclass(slots=True)
class _Head:
    """The fields found so far and the blocks still to look at."""

    values: dict[str, str]
    blocks: list[Block]
    titled: bool = False

    def take(self, lines: int, values: Mapping[str, str]) -> bool:
        """Drop lines of the first block; values that are known already stay."""
        first, rest = self.blocks[0], self.blocks[1:]
        left = first.lines[lines:]
        self.blocks = [Block(left, first.kind), *rest] if left else rest
        self.values = {**values, **self.values}
        return True


def _take_headers(head: _Head) -> bool:
    """Take a first block that is nothing but header lines, or begins with several."""
    if not head.blocks or head.blocks[0].kind is not Kind.LOOSE:
        return False
    lines = head.blocks[0].lines
    values, count = read_header_lines(lines)
    if count == 0 or (count < len(lines) and count < 2):
        return False
    return head.take(count, values)


def _take_title(head: _Head, latest: datetime) -> bool:
    """Take the title, once, with header lines directly below it."""
    if head.titled or not head.blocks:
        return False
    first = head.blocks[0]
    if first.kind is Kind.TITLE:
        head.titled = True
        return head.take(len(first.lines), {"title": " ".join(first.lines)})
    if first.kind is not Kind.LOOSE or read_header_line(first.lines[0]) is not None:
        return False
    line, below = first.lines[0], first.lines[1:]
    values, count = read_header_lines(below)
    announced = count > 0 and len(line) <= _TITLE_BEFORE_HEADERS and not line.endswith(".")
    # Without a blank line below, only a dateline tells where the text begins.
    ends = find_dateline(below[0], latest) is not None if below else len(head.blocks) > 1
    if not (announced or (ends and is_title(line))) or _is_dateline(line, latest):
        return False
    head.titled = True
    return head.take(1 + count, {"title": line, **values})


def _is_dateline(line: str, latest: datetime) -> bool:
    found = find_dateline(line, latest)
    return found is not None and found.end == len(line)


def make_draft(meta: Meta, blocks: Sequence[Block], *, name: str, latest: datetime) -> Draft:
    """Make the draft of an article whose head was taken off.

    `name` is a file name without its suffix, which may state the day, or "". Text and title
    of the draft are empty when there is nothing to see.
    """
    opening, paragraphs = _take_datelines(join_lines(blocks) if blocks else [], latest)
    body = arrange(paragraphs)
    title = meta.title or _derive(paragraphs)
    return Draft(
        title=title,
        title_derived=not meta.title,
        text=body.text,
        headings=body.headings,
        related=tuple(clean_line(line) for line in body.related),
        published=meta.published or opening.published or date_in_name(name, latest),
        dateline=" ".join(filter(None, (meta.unread, opening.raw))),
        place=clean_line(meta.place or opening.place),
        agency=clean_line(opening.agency),
        source=meta.source,
        url=meta.url,
        guid=meta.guid,
        authors=meta.authors,
        lang=meta.lang,
        tags=meta.tags,
    )


def _take_datelines(
    paragraphs: list[Paragraph], latest: datetime
) -> tuple[_Opening, list[Paragraph]]:
    """Take datelines off the first paragraphs, as long as each is nothing else."""
    opening = _Opening()
    for _ in range(_MOST_DATELINES):
        if not paragraphs or paragraphs[0].kind is not Kind.LOOSE:
            break
        text = paragraphs[0].text
        found = find_dateline(text, latest)
        if found is None or (found.end == len(text) and len(paragraphs) == 1):
            break
        opening = opening.joined(found)
        if found.end < len(text):
            return opening, [Paragraph(text[found.end :].lstrip()), *paragraphs[1:]]
        paragraphs = paragraphs[1:]
    return opening, paragraphs


def _derive(paragraphs: Sequence[Paragraph]) -> str:
    running = [p for p in paragraphs if p.kind in (Kind.LOOSE, Kind.FIXED)] or paragraphs
    return derive_title(running[0].text) if running else ""
