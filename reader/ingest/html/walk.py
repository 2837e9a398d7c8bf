"""Tags and text -> paragraphs, headings, lists, tables and the marks on words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from reader.clean import clean_text
from reader.ingest.html.addresses import absolute, link_target
from reader.ingest.html.attributes import columns_of, first_number, is_hidden, number_of
from reader.ingest.html.elements import (
    BLOCKS,
    CELLS,
    DROPPED,
    HEADINGS,
    INLINE,
    ITEMS,
    LISTS,
    MEDIA,
    PREFORMATTED,
    STRUCTURE,
)
from reader.ingest.html.flow import Flow
from reader.ingest.html.line import Inline, Line, is_invisible
from reader.ingest.html.media import Medium, medium, picture
from reader.ingest.html.preformatted import paragraphs_of_lines
from reader.ingest.html.scan import Scanner, read_attributes, read_href, unescape
from reader.ingest.html.tables import Cell, Table, put_table
from reader.model import MarkupKind

MOST_OPEN = 200
"""How many elements that shape paragraphs may be open at once; deeper ones only part them."""

MOST_CELLS = 50_000
"""How many cells of tables are kept apart in a text."""

MOST_ATTACHMENTS = 50
"""How many addresses of what a text shows are kept."""

# Marks in a row are limited; where letters beyond Latin stand, looking closely is needed.
_MARKS_IN_A_ROW = re.compile("[\u0300-\u1fff\u20d0-\U0010ffff]{9}")
_RAISED = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_RAISABLE = re.compile(r"[0-9+\-−n]+|\([0-9]+\)")
_ROW_OR_TABLE = frozenset(("tr", "table"))
_TABLE = frozenset(("table",))
_OF_TABLE = _ROW_OR_TABLE | CELLS
_LONGEST_PICTOGRAM = 8


@dataclass(slots=True)
class _Open:
    """An open element that shapes paragraphs; `first` is the first paragraph in it."""

    name: str
    depth: int
    first: int = 0
    table: Table | None = None
    outer: Flow | None = None


class Walker:
    """Reads one text. Afterwards `flow` has the paragraphs, `shown` what is shown in order, by
    its address."""

    def __init__(self, text: str, base: str) -> None:
        self.flow = Flow()
        self.shown: dict[str, Medium] = {}
        self._base = base
        self._scanner = Scanner(text)
        # A text that is clean needs it nowhere but where characters are written as references.
        self._is_clean = _is_clean(text)
        self._line = Line()
        self._open: list[_Open] = []
        self._depth = 0
        self._in_paragraph = False
        self._preformatted = 0
        self._headings = 0
        self._raised = False
        self._cells = 0
        self._ignored: dict[str, int] = {}

    def run(self) -> None:
        for text, is_end, name, attributes in self._scanner.tokens():
            if text:
                self._text(text)
            if not name:
                continue
            if is_end:
                self._end(name)
            else:
                self._start(name, attributes)
        self._flush()
        while self._open:
            self._pop()
        if not self.flow.blocks:
            for one in self.shown.values():
                if one.is_other:
                    self._tell(one)
                    self._flush()

    def _text(self, text: str) -> None:
        if "&" in text:
            text = clean_text(unescape(text))
        elif not self._is_clean:
            text = clean_text(text)
        if self._preformatted:
            self._line.add_exactly(text.replace("\t", "    ").replace("\xa0", " "))
            return
        if self._raised and _RAISABLE.fullmatch(text):
            text = text.translate(_RAISED)
        self._line.add(text)

    def _start(self, name: str, attributes: str) -> None:
        if attributes and is_hidden(attributes):
            self._scanner.skip(name, attributes)
            if name not in INLINE:
                self._boundary()
        elif name in INLINE:
            self._start_inline(name, attributes)
        elif name in BLOCKS:
            self._start_block(name)
        elif name in STRUCTURE:
            self._start_structure(name, attributes)
        elif name in DROPPED:
            self._scanner.skip(name, attributes)
        elif name in MEDIA:
            content = self._scanner.take(name, attributes)
            self._show(medium(name, attributes, content, self._base))
        else:
            self._start_other(name, attributes)

    def _end(self, name: str) -> None:
        if name in INLINE:
            self._line.end(name)
        elif name in BLOCKS:
            self._end_block(name)
        elif name in STRUCTURE:
            self._end_structure(name)
        elif name == "q":
            self._line.add("”")
        elif name == "sup":
            self._raised = False
        elif name == "rt":
            self._line.add(")")

    def _start_inline(self, name: str, attributes: str) -> None:
        kind = INLINE[name]
        target = ""
        if kind is MarkupKind.LINK:
            self._line.end(name)
            target = link_target(read_href(attributes), self._base)
            if not target:
                return
        elif kind is MarkupKind.CODE and self._preformatted:
            return
        self._line.begin(Inline(name, kind, target, self._depth))

    def _start_other(self, name: str, attributes: str) -> None:
        if name == "br":
            self._break()
        elif name == "img":
            self._image(attributes)
        elif name == "input":
            self._box(read_attributes(attributes))
        elif name == "hr":
            self._boundary()
            self.flow.put_rule()
        elif name == "q":
            self._line.add("“")
        elif name == "sup":
            self._raised = True
        elif name == "rt":
            self._line.add("(")
        elif name == "base":
            self._base = absolute(read_href(attributes), self._base)

    def _break(self) -> None:
        if self._preformatted:
            self._line.add_exactly("\n")
        elif self._headings:
            self._line.add(" ")
        elif not self._line.is_empty:
            self._line.breaks += 1
            if self._line.breaks > 1:
                self._flush()

    def _image(self, attributes: str) -> None:
        values = read_attributes(attributes)
        alternative = clean_text(values.get("alt", "")).strip()
        if _is_pictogram(alternative):
            self._line.add(alternative)
        else:
            self._show(picture(values, self._base))

    def _show(self, one: Medium | None) -> None:
        if one is None:
            return
        if len(self.shown) < MOST_ATTACHMENTS:
            self.shown.setdefault(one.url, one)
        if not one.is_other:
            self._tell(one)

    def _tell(self, one: Medium) -> None:
        """Put the words for something shown where it stands, leading to it."""
        if one.words:
            self._line.begin(Inline("img", MarkupKind.LINK, one.url, self._depth))
            self._line.add(f" [{one.words}] ")
            self._line.end("img")

    def _box(self, values: dict[str, str]) -> None:
        if values.get("type", "").lower() == "checkbox":
            self._line.add(" [x] " if "checked" in values else " [ ] ")

    def _start_block(self, name: str) -> None:
        self._boundary()
        if name == "p":
            self._in_paragraph = True
        self._depth += 1

    def _end_block(self, name: str) -> None:
        if name == "p" and not self._in_paragraph:
            self._flush()
            return
        self._boundary()
        if name != "p":
            self._depth = max(self._depth - 1, 0)
        self._line.end_deeper(self._depth)

    def _boundary(self) -> None:
        """Begin or end what cannot lie inside a paragraph."""
        self._flush()
        if self._in_paragraph:
            self._in_paragraph = False
            self._depth = max(self._depth - 1, 0)

    def _flush(self) -> None:
        if self._line.is_empty:
            self._line.breaks = 0
        elif self._preformatted:
            self._line.breaks = 1
        else:
            text, marks = self._line.take()
            if not is_invisible(text):
                self.flow.put(text, marks, is_heading=self._headings > 0)

    def _start_structure(self, name: str, attributes: str) -> None:
        self._boundary()
        is_too_much = len(self._open) >= MOST_OPEN or (name in CELLS and self._cells >= MOST_CELLS)
        if is_too_much or not self._make_place(name):
            self._ignored[name] = self._ignored.get(name, 0) + 1
            return
        opened = _Open(name, self._depth)
        self._depth += 1
        if name in ITEMS:
            self._start_item(name, attributes)
        elif name in LISTS:
            self.flow.begin_list(first_number(name, attributes))
        elif name in HEADINGS:
            self._headings += 1
        elif name in PREFORMATTED:
            self._preformatted += 1
        else:
            self._start_holder(opened, attributes)
        self._open.append(opened)

    def _start_holder(self, opened: _Open, attributes: str) -> None:
        if opened.name == "table":
            opened.table = Table()
        elif opened.name == "blockquote":
            opened.first = self.flow.begin_range()
        else:
            table = self._table()
            if opened.name == "tr" or not table.rows:
                table.rows.append([])
            if opened.name != "tr":
                self._cells += 1
                opened.outer, self.flow = self.flow, Flow()
                columns = columns_of(attributes)
                table.rows[-1].append(Cell(self.flow, opened.name == "th", columns))

    def _make_place(self, name: str) -> bool:
        """Close what an element cannot lie in; tell whether it is where it belongs."""
        if name in ITEMS:
            at = self._find(LISTS)
        elif name in CELLS:
            at = self._find(_ROW_OR_TABLE)
        elif name == "tr":
            at = self._find(_TABLE)
        elif name in HEADINGS:
            at = self._find(HEADINGS)
            if at >= 0:
                self._close_from(at)
            return True
        else:
            return True
        self._close_from(at + 1 if at >= 0 else len(self._open))
        return at >= 0

    def _find(self, names: frozenset[str]) -> int:
        """Return the place of the innermost open element of these, -1 for none.

        Only those of a table are looked for outside the cell that is open.
        """
        for at in range(len(self._open) - 1, -1, -1):
            name = self._open[at].name
            if name in names:
                return at
            if name in CELLS and not names & _OF_TABLE:
                break
        return -1

    def _close_from(self, at: int) -> None:
        while len(self._open) > at:
            self._pop()

    def _table(self) -> Table:
        return next(opened.table for opened in reversed(self._open) if opened.table is not None)

    def _start_item(self, name: str, attributes: str) -> None:
        if name == "li":
            self.flow.begin_item(number_of(attributes, "value"))
        else:
            self.flow.begin_term(is_definition=name == "dd")

    def _end_structure(self, name: str) -> None:
        self._boundary()
        if self._ignored.get(name):
            self._ignored[name] -= 1
            return
        names = next((group for group in (HEADINGS, CELLS) if name in group), frozenset((name,)))
        at = self._find(names)
        if at >= 0:
            self._close_from(at)

    def _pop(self) -> None:
        self._boundary()
        opened = self._open.pop()
        name = opened.name
        if name in ITEMS:
            self.flow.end_item()
        elif name in LISTS:
            self.flow.end_list()
        elif name in HEADINGS:
            self._headings -= 1
        elif name in PREFORMATTED:
            self._end_preformatted()
        elif name == "blockquote":
            self.flow.end_range(opened.first, MarkupKind.QUOTE)
        elif opened.outer is not None:
            self.flow = opened.outer
        elif opened.table is not None:
            put_table(opened.table, self.flow)
        self._depth = opened.depth
        self._line.end_deeper(self._depth)

    def _end_preformatted(self) -> None:
        self._preformatted -= 1
        if not self._preformatted and not self._line.is_empty:
            self.flow.put_group(paragraphs_of_lines(*self._line.take()), MarkupKind.PRE)


def _is_clean(text: str) -> bool:
    """Tell whether it is plain to see that cleaning would change nothing."""
    shown = text.replace("\n", " ").replace("\t", " ").replace("\xa0", " ")
    if not shown.isprintable():
        return False
    return shown.isascii() or (
        unicodedata.is_normalized("NFC", shown) and _MARKS_IN_A_ROW.search(shown) is None
    )


def _is_pictogram(alternative: str) -> bool:
    """Tell whether the words for a picture are one sign: it stands in a sentence like a word."""
    return (
        0 < len(alternative) <= _LONGEST_PICTOGRAM
        and not alternative.isascii()
        and not any(map(str.isalnum, alternative))
    )
