"""Articles and notes as Markdown: CommonMark, with `==` around highlights and footnotes for what
was written on them, as Pandoc and several readers of notes take them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TypeAlias

from reader.export.facts import facts, note_lines, tag_words
from reader.export.flow import Block, BlockKind, Flow, Run, link_target
from reader.model import MarkupKind, PlacedNote

Labels: TypeAlias = Mapping[int, str]
"""What footnotes are called, by the numbers of highlights that have one."""

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
_BEGINS = re.compile(r"^(\s*)([-+=](?=\s|$|[-=])|\d{1,9}(?=[.)](?:\s|$)))")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_ITEM = re.compile(r"^\s*(?:[•◦▪*-]|(\d{1,4})[.)])\s")


def escape(text: str) -> str:
    """Text as Markdown shows it literally."""
    text = _ENTITY.sub(r"\\&", _SPECIAL.sub(r"\\\1", text)).replace("==", r"\=\=")
    return _BEGINS.sub(_disarmed, text)


def _disarmed(found: re.Match[str]) -> str:
    """What would begin a list or a heading, so that it does not."""
    if found[2].isdecimal():
        return f"{found[1]}{found[2]}\\"
    return f"{found[1]}\\{found[2]}"


def article_markdown(flow: Flow) -> str:
    """One article with its highlights and notes; ends with an empty line."""
    article = flow.article
    head = [f"# {escape(article.row.title)}"]
    told = [*facts(article), tag_words(article)]
    head.append(" · ".join(escape(fact) for fact in told if fact))
    if url := link_target(article.url):
        head.append(f"<{_address(url)}>")
    labels = _labels(flow)
    blocks = [*head, *(_quoted(note) for note in flow.on_whole), *_body(flow.blocks, labels)]
    blocks.append("\n".join(f"- {escape(line)}" for line in article.related))
    blocks += _footnotes(flow, labels)
    return "\n\n".join(block for block in blocks if block) + "\n\n"


def notes_markdown(flow: Flow) -> str:
    """The highlights and notes of one article alone; "" where there are none."""
    notes = (*flow.on_whole, *flow.notes, *flow.lost)
    if not notes:
        return ""
    article = flow.article
    head = [f"## {escape(article.row.title)}", " · ".join(map(escape, facts(article)))]
    if url := link_target(article.url):
        head.append(f"<{_address(url)}>")
    return "\n\n".join(filter(None, [*head, *(_alone(note) for note in notes)])) + "\n\n"


def _alone(placed: PlacedNote) -> str:
    quote = "\n".join(f"> {escape(line)}" for line in placed.note.anchor.quote.splitlines())
    words = "  \n".join(map(escape, note_lines(placed)))
    gone = "" if placed.span is not None else "*(no longer in the text)*"
    return "\n\n".join(filter(None, (quote, gone, words)))


def _quoted(placed: PlacedNote) -> str:
    return "\n".join(f"> {escape(line)}" for line in note_lines(placed))


def _labels(flow: Flow) -> Labels:
    # With the id of the article: one file may hold many, and a footnote is found in all of it.
    return {
        number: f"{flow.article.row.id}-{number}"
        for number, placed in enumerate(flow.notes, 1)
        if note_lines(placed)
    }


def _footnotes(flow: Flow, labels: Labels) -> Iterator[str]:
    for number, label in labels.items():
        lines = note_lines(flow.notes[number - 1])
        yield f"[^{label}]: " + "\n    ".join(map(escape, lines))
    yield from map(_alone, flow.lost)


def _body(blocks: Iterable[Block], labels: Labels) -> Iterator[str]:
    items: list[str] = []
    for block in blocks:
        if block.kind is BlockKind.ITEM:
            items.append(_item(block, labels))
            continue
        if items:
            yield "\n".join(items)
            items = []
        yield _block(block, labels)
    if items:
        yield "\n".join(items)


def _block(block: Block, labels: Labels) -> str:
    if block.kind in (BlockKind.PRE, BlockKind.TABLE):
        text = block.text.strip("\n")
        longest = max((len(found) for found in re.findall("`+", text)), default=0)
        fence = "`" * max(3, longest + 1)
        return f"{fence}\n{text}\n{fence}"
    line = _line(block.lines[0], labels)
    match block.kind:
        case BlockKind.HEADING:
            return f"## {line}"
        case BlockKind.QUOTE:
            return f"> {line}"
        case _:
            return line


def _item(block: Block, labels: Labels) -> str:
    found = _ITEM.match(block.text)
    if found is None:
        return f"  {_line(block.lines[0], labels)}"
    mark = f"{found[1]}." if found[1] else "-"
    return f"{mark} {_line(_without(block.lines[0], found.end()), labels)}"


def _without(runs: Iterable[Run], size: int) -> Iterator[Run]:
    """The runs of a line less its first code points."""
    for run in runs:
        cut = min(size, len(run.text))
        size -= cut
        if cut < len(run.text):
            yield Run(run.text[cut:], run.styles, run.target, run.noted, run.ends)


def _line(runs: Iterable[Run], labels: Labels) -> str:
    parts: list[str] = []
    for noted, some in groupby(runs, lambda run: run.noted):
        alike = [*some]
        parts += [_noted(_joined(alike, labels), labels)] if noted else map(_run, alike)
    return "".join(parts).strip()


def _joined(runs: Iterable[Run], labels: Labels) -> list[Run]:
    """The same with those in one that look the same: a word cannot end one emphasis and begin
    another."""
    found: list[Run] = []
    for run in runs:
        before = found[-1] if found else None
        same = before is not None and (before.styles, before.target) == (run.styles, run.target)
        if before is not None and same and not _footnotes_of(before, labels):
            found[-1] = replace(run, text=before.text + run.text)
        else:
            found.append(run)
    return found


def _noted(runs: Sequence[Run], labels: Labels) -> str:
    """Runs of highlights that touch or overlap, between two signs: four in a row are none."""
    last = runs[-1]
    inner = "".join(_run(run, _footnotes_of(run, labels)) for run in runs[:-1]) + _run(last)
    if not (bare := inner.strip()):
        return inner
    before, behind = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
    return f"{before}=={bare}=={_footnotes_of(last, labels)}{behind}"


def _footnotes_of(run: Run, labels: Labels) -> str:
    return "".join(f"[^{labels[one]}]" for one in run.ends if one in labels)


def _run(run: Run, footnotes: str = "") -> str:
    inner = run.text.strip()
    if not inner:
        return run.text + footnotes
    before = run.text[: len(run.text) - len(run.text.lstrip())]
    behind = run.text[len(run.text.rstrip()) :]
    shown = _code(inner) if MarkupKind.CODE in run.styles else escape(inner)
    for kind, sign in ((MarkupKind.EMPHASIS, "*"), (MarkupKind.STRONG, "**")):
        shown = f"{sign}{shown}{sign}" if kind in run.styles else shown
    shown = f"[{shown}](<{_address(run.target)}>)" if run.target else shown
    return f"{before}{shown}{footnotes}{behind}"


def _code(text: str) -> str:
    longest = max((len(found) for found in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    room = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{room}{text}{room}{fence}"


def _address(target: str) -> str:
    """An address that nothing in it can leave."""
    return target.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20").replace("\n", "")
