"""Lines -> paragraphs, and what among them is a sub-heading or a link to something else. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby, pairwise

from reader.model import Span

HEADING_WORDS = 16
"""The most words of a sub-heading or a link headline."""

_HEADING_CHARACTERS = 200
# Nobody breaks lines by hand further out; lines longer than this are paragraphs themselves.
_WIDEST_WRAP = 120
_LEAST_WRAPPED_LINES = 3
_END_MARKS = ".!?…:;,。！？،؟۔।—–-"
_QUOTES = "\"'”’“„»«›‹」』"
_BRACKETS = ")]}）"
_BULLETS = ("- ", "* ", "+ ", "• ", "· ", "‣ ", "▪ ", "– ", "— ")
_LABEL = re.compile(
    r"(?:read|see|watch|listen)\s+(?:more|also|next)|more\s+(?:on|from|stories|news)\b.{0,60}"
    r"|(?:related|recommended|further)\b.{0,30}|also\s+(?:read|see)|you\s+may\s+also\s+like",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:additional\s+)?(?:reporting|editing|writing|translation|compiled|translated|photographs?)"
    r"\s+by\s",
    re.IGNORECASE,
)
_SEPARATOR = "\n\n"


class Kind(Enum):
    """What a paragraph is known to be before its neighbours are looked at."""

    LOOSE = auto()
    FIXED = auto()
    TITLE = auto()
    HEADING = auto()
    LINK = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """Lines between two blank lines, without white space around each."""

    lines: tuple[str, ...]
    kind: Kind = Kind.LOOSE


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph on one line; spaces are single."""

    text: str
    kind: Kind = Kind.LOOSE


@dataclass(frozen=True, slots=True)
class Body:
    """Paragraphs joined by blank lines; `headings` lie in `text`, `related` is outside."""

    text: str
    headings: tuple[Span, ...]
    related: tuple[str, ...]


def split_blocks(text: str) -> list[Block]:
    """Split clean text at blank lines; a line with nothing visible is blank."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    groups = groupby(lines, key=is_visible)
    return [Block(tuple(group)) for visible, group in groups if visible]


def join_lines(blocks: Sequence[Block]) -> list[Paragraph]:
    """Turn blocks into paragraphs.

    With several blocks each is one paragraph, unless its lines are too long to be broken by
    hand or are a run of headlines. With one block each line is a paragraph, unless the lines
    fill a common width. A line that goes on in lower case is continued in any case.
    """
    if len(blocks) == 1:
        block = blocks[0]
        return list(_join_pairs(block, _width(block.lines)))
    return [paragraph for block in blocks for paragraph in _join_block(block)]


def arrange(paragraphs: Sequence[Paragraph]) -> Body:
    """Tell sub-headings and related links from the body.

    A short line without an end mark is a sub-heading where it stands alone, a link where it
    stands in a run. The first and the last paragraph are no sub-headings, and a text without
    a single ended sentence has none of either.
    """
    kinds = _kinds(paragraphs)
    related = tuple(p.text for p, kind in zip(paragraphs, kinds, strict=True) if kind is Kind.LINK)
    parts: list[str] = []
    headings: list[Span] = []
    end = 0
    for paragraph, kind in zip(paragraphs, kinds, strict=True):
        if kind is Kind.LINK:
            continue
        start = end + len(_SEPARATOR) if parts else 0
        end = start + len(paragraph.text)
        parts.append(paragraph.text)
        if kind is Kind.HEADING:
            headings.append(Span(start, end))
    return Body(_SEPARATOR.join(parts), tuple(headings), related)


def is_visible(line: str) -> bool:
    """Tell whether a line holds anything that can be seen."""
    first = line[:1]
    if first.isprintable() and first.strip():
        return True
    return any(unicodedata.category(char)[0] in "LNPSM" for char in line)


def ends_sentence(line: str) -> bool:
    """Tell whether a line ends with an end mark or a quotation mark."""
    bare = line.rstrip(_BRACKETS)
    return not bare or bare[-1] in _END_MARKS or bare[-1] in _QUOTES


def is_short(line: str) -> bool:
    """Tell whether a line is short enough for a headline and holds a letter."""
    if len(line) > _HEADING_CHARACTERS or len(line.split()) > HEADING_WORDS:
        return False
    return any(char.isalpha() for char in line)


def _kinds(paragraphs: Sequence[Paragraph]) -> list[Kind]:
    kinds = [paragraph.kind for paragraph in paragraphs]
    loose = [_may_be_headline(paragraph) for paragraph in paragraphs]
    if not any(ends_sentence(paragraph.text) for paragraph in paragraphs):
        return kinds
    for headline, group in groupby(range(1, len(kinds)), key=loose.__getitem__):
        run = list(group)
        if headline and len(run) > 1:
            first = _first_link(paragraphs, run[0])
            kinds[first : run[-1] + 1] = [Kind.LINK] * (run[-1] + 1 - first)
        elif headline and run[0] < len(kinds) - 1:
            kinds[run[0]] = Kind.HEADING
    return kinds


def _first_link(paragraphs: Sequence[Paragraph], start: int) -> int:
    """Return where a run of headlines begins: with `Read more:` above it, if that is there."""
    before = paragraphs[start - 1]
    is_label = (
        before.kind is Kind.LOOSE and _LABEL.fullmatch(before.text.rstrip(":…. ")) is not None
    )
    return start - 1 if is_label and start > 1 else start


def _may_be_headline(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return (
        paragraph.kind is Kind.LOOSE
        and is_short(text)
        and not ends_sentence(text)
        and not text.startswith(_BULLETS)
        and _CREDIT.match(text) is None
    )


def _join_block(block: Block) -> Iterable[Paragraph]:
    lines = block.lines
    if max(map(len, lines)) > _WIDEST_WRAP:
        return _join_pairs(block, None)
    if block.kind is Kind.LOOSE and _are_headlines(lines):
        return [Paragraph(line) for line in lines]
    return [Paragraph(" ".join(lines), block.kind)]


def _are_headlines(lines: Sequence[str]) -> bool:
    return len(lines) > 1 and not any(ends_sentence(line) or line[0].islower() for line in lines)


def _join_pairs(block: Block, width: int | None) -> Iterator[Paragraph]:
    """Join each line to the one before where it goes on."""
    joined = [block.lines[0]]
    for line, after in pairwise(block.lines):
        continued = after[0].islower() and not ends_sentence(line)
        if not continued and (width is None or not _fills(line, after, width)):
            yield Paragraph(" ".join(joined), block.kind)
            joined = []
        joined.append(after)
    yield Paragraph(" ".join(joined), block.kind)


def _width(lines: Sequence[str]) -> int | None:
    """Return the width the lines were broken at, None when they were not."""
    width = max(map(len, lines))
    if len(lines) < _LEAST_WRAPPED_LINES or width > _WIDEST_WRAP:
        return None
    pairs = list(pairwise(lines))
    full = sum(_fills(line, after, width) for line, after in pairs)
    open_ended = sum(not ends_sentence(line) for line, _ in pairs)
    return width if full * 5 >= len(pairs) * 4 and open_ended * 2 >= len(pairs) else None


def _fills(line: str, after: str, width: int) -> bool:
    """Tell whether the first word of `after` had no room left at the end of `line`."""
    return len(line) + 1 + len(after.split(" ", 1)[0]) > width
