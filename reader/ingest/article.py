"""Blocks and stated facts -> Draft: what all formats have in common. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from reader.clean import clean_line
from reader.ingest.dateline import Dateline, find_dateline
from reader.ingest.dates import date_in_name
from reader.ingest.headers import Meta, count_header_lines, with_headers
from reader.ingest.paragraphs import Block, Kind, Paragraph, arrange, join_lines
from reader.ingest.titles import derive_title, is_title
from reader.model import Draft, Published

_MOST_DATELINES = 3
_TITLE_BEFORE_HEADERS = 200


@dataclass(frozen=True, slots=True)
class _Opening:
    """What the datelines at the beginning say together."""

    raw: str = ""
    published: Published | None = None
    place: str = ""
    agency: str = ""

    def joined(self, other: Dateline) -> _Opening:
        return _Opening(
            " ".join(filter(None, (self.raw, other.raw))),
            self.published or other.published,
            self.place or other.place,
            self.agency or other.agency,
        )


def take_head(blocks: Sequence[Block], meta: Meta, latest: datetime) -> tuple[Meta, list[Block]]:
    """Take the title line and the header lines below it off the blocks."""
    meta, rest = _take_title(list(blocks), meta, latest)
    while meta.title and len(rest) > 1:
        count = count_header_lines(rest[0].lines) if rest[0].kind is Kind.LOOSE else 0
        if count < len(rest[0].lines):
            break
        meta = with_headers(meta, rest[0].lines, latest)
        rest = rest[1:]
    return meta, rest


def _take_title(blocks: list[Block], meta: Meta, latest: datetime) -> tuple[Meta, list[Block]]:
    if not blocks:
        return meta, blocks
    first, rest = blocks[0], blocks[1:]
    if first.kind is Kind.TITLE:
        title = clean_line(" ".join(first.lines))
        return replace(meta, title=meta.title or title), rest
    if first.kind is not Kind.LOOSE or _is_dateline(first, latest):
        return meta, blocks
    return _take_title_line(first, rest, meta, latest)


def _take_title_line(
    first: Block, rest: list[Block], meta: Meta, latest: datetime
) -> tuple[Meta, list[Block]]:
    line, below = first.lines[0], first.lines[1:]
    count = count_header_lines(first.lines)
    if count and (count == len(first.lines) or count > 1):
        return with_headers(meta, first.lines[:count], latest), _without(first, count, rest)
    count = count_header_lines(below)
    if (count and len(line) <= _TITLE_BEFORE_HEADERS) or (not below and rest and is_title(line)):
        meta = replace(meta, title=meta.title or clean_line(line))
        return with_headers(meta, below[:count], latest), _without(first, count + 1, rest)
    return meta, [first, *rest]


def _without(first: Block, count: int, rest: list[Block]) -> list[Block]:
    lines = first.lines[count:]
    return [Block(lines), *rest] if lines else rest


def _is_dateline(block: Block, latest: datetime) -> bool:
    if len(block.lines) > 1:
        return False
    found = find_dateline(block.lines[0], latest)
    return found is not None and found.end == len(block.lines[0])


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
        dateline=" ".join(filter(None, (*meta.unread, opening.raw))),
        place=clean_line(meta.place or opening.place),
        agency=clean_line(opening.agency),
        source=meta.source,
        url=meta.url,
        authors=meta.authors,
        lang=meta.lang,
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
            return opening, [Paragraph(text[found.end :]), *paragraphs[1:]]
        paragraphs = paragraphs[1:]
    return opening, paragraphs


def _derive(paragraphs: Sequence[Paragraph]) -> str:
    running = [p for p in paragraphs if p.kind in (Kind.LOOSE, Kind.FIXED)] or paragraphs
    return derive_title(running[0].text) if running else ""
