"""Markdown -> blocks of plain text: enough to read an article, not to render one. Pure."""

from __future__ import annotations

import re

from reader.ingest.paragraphs import Block, Kind, is_visible

_FRONT_MATTER_LINES = 200
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_UNDERLINE = re.compile(r"=+|-{2,}")
_QUOTE = re.compile(r"(?:>\s?)+")
_ITEM = re.compile(r"\s*(?:[-*+•]|[0-9]{1,3}[.)])\s+(.*)")
_DEFINITION = re.compile(r"\s{0,3}\[[^\[\]]{1,200}\]:\s+\S.*")
_KEY = re.compile(r"([A-Za-z][\w-]{0,40}):(?:\s+(.*))?")

_COMMENT = re.compile(r"<!--(?:(?!-->|<!--).){0,4000}-->", re.DOTALL)
_TARGET = r"\((?:[^()]|\([^()]{0,500}+\)){0,2000}+\)"
_IMAGE = re.compile(rf"!\[[^\[\]]{{0,1000}}\]{_TARGET}")
_LINK = re.compile(rf"\[([^\[\]]{{1,1000}})\](?:{_TARGET}|\[[^\[\]]{{0,200}}\])")
_LINK_ALONE = re.compile(rf"\[[^\[\]]{{1,1000}}\]{_TARGET}")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_CODE = re.compile(r"(?<!`)(`{1,2})(?!`)([^`\n]{1,1000})\1(?!`)")
_STARS = re.compile(r"(\*{1,3}|~~)(?=[^\s*~])([^*~\n]{1,2000})(?<=[^\s*~])\1")
_UNDERSCORES = re.compile(r"(?<!\w)(_{1,3})(?=[^\s_])([^\n_]{1,2000})(?<=[^\s_])\1(?!\w)")
# While marks are looked for, an escaped character is one of private use.
_HIDDEN = 0xE000
_SHOWN = re.compile("[\ue021-\ue07e]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Split off a block of `key: value` lines between `---` lines at the very beginning.

    A list, as `[a, b]` or as `- a` lines below its key, becomes one value with commas; other
    indented lines are passed over. A block with any other line is text.
    """
    lines = text.split("\n", _FRONT_MATTER_LINES)
    if lines[0].rstrip() != "---":
        return {}, text
    ends = [n for n, line in enumerate(lines[1:], start=1) if line.rstrip() in ("---", "...")]
    values = _read_values(lines[1 : ends[0]]) if ends else None
    return (values, "\n".join(lines[ends[0] + 1 :])) if values is not None else ({}, text)


def _read_values(lines: list[str]) -> dict[str, str] | None:
    values: dict[str, str] = {}
    key = ""
    for line in lines:
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        found = _KEY.fullmatch(line.rstrip())
        if found is not None:
            key = found[1]
            values[key] = _scalar(found[2] or "")
        elif key and bare.startswith("- "):
            values[key] = ", ".join(filter(None, (values[key], _scalar(bare[2:]))))
        elif not key or not line[0].isspace():
            return None
    return values


def _scalar(written: str) -> str:
    value = written.strip()
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(_unquoted(item.strip()) for item in value[1:-1].split(","))
    return _unquoted(value)


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def split_markdown(text: str) -> list[Block]:
    """Split clean Markdown into blocks of plain text.

    Headings, the items of lists and the lines of code blocks keep their kind, so that they
    are not taken for anything else; an item that is only a link is one to another article.
    """
    blocks = _Blocks()
    fenced = False
    for line in _COMMENT.sub("", text).split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
            blocks.close()
        elif fenced:
            blocks.add_alone(" ".join(line.split()), Kind.FIXED)
        else:
            _add_line(blocks, line)
    blocks.close()
    return [*blocks.done[:1], *map(_below_first, blocks.done[1:])]


def _below_first(block: Block) -> Block:
    """A second title is a sub-heading."""
    return Block(block.lines, Kind.HEADING) if block.kind is Kind.TITLE else block


class _Blocks:
    """The blocks so far, and the lines of the one that is still open."""

    def __init__(self) -> None:
        self.done: list[Block] = []
        self._open: list[str] = []
        self._kind = Kind.LOOSE

    def has_open(self) -> bool:
        return bool(self._open) and self._kind is Kind.LOOSE

    def add(self, line: str) -> None:
        self._open.append(line)

    def start(self, line: str, kind: Kind) -> None:
        self.close()
        self._open, self._kind = [line], kind

    def add_alone(self, line: str, kind: Kind) -> None:
        self.close()
        if is_visible(line):
            self.done.append(Block((line,), kind))

    def close(self, kind: Kind | None = None) -> None:
        """End the open block; `kind` is what an underline has made of it."""
        lines = tuple(filter(is_visible, map(plain, self._open)))
        if lines:
            self.done.append(Block(lines, kind or self._kind))
        self._open, self._kind = [], Kind.LOOSE


def _add_line(blocks: _Blocks, line: str) -> None:
    line = _QUOTE.sub("", line.strip(), count=1) if line.lstrip().startswith(">") else line.strip()
    underline = _UNDERLINE.fullmatch(line)
    if underline is not None and blocks.has_open():
        blocks.close(Kind.TITLE if line[0] == "=" else Kind.HEADING)
    elif not line or _is_rule(line) or _DEFINITION.fullmatch(line):
        blocks.close()
    elif (heading := _HEADING.fullmatch(line)) is not None:
        kind = Kind.TITLE if len(heading[1]) == 1 else Kind.HEADING
        blocks.add_alone(plain(_without_closing(heading[2])), kind)
    elif (item := _ITEM.fullmatch(line)) is not None:
        alone = _LINK_ALONE.fullmatch(item[1].strip()) is not None
        blocks.start(item[1], Kind.LINK if alone else Kind.FIXED)
    else:
        blocks.add(line)


def _is_rule(line: str) -> bool:
    marks = "".join(line.split())
    return len(marks) > 2 and marks[0] in "*-_" and set(marks) == {marks[0]}


def _without_closing(heading: str) -> str:
    bare = heading.rstrip("#")
    return bare if not bare or bare[-1].isspace() else heading


def plain(line: str) -> str:
    """Return a line of Markdown without its marks; links and emphasis leave their text."""
    line = _ESCAPED.sub(lambda found: chr(_HIDDEN + ord(found[1])), line)
    line = _LINK.sub(r"\1", _IMAGE.sub("", line))
    line = _AUTOLINK.sub(r"\1", line)
    line = _CODE.sub(r"\2", line)
    for _ in range(2):
        line = _UNDERSCORES.sub(r"\2", _STARS.sub(r"\2", line))
    return " ".join(_SHOWN.sub(lambda found: chr(ord(found[0]) - _HIDDEN), line).split())
