"""Articles as HTML: one page that loads nothing from elsewhere, or bodies of XHTML for EPUB."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from reader.export.facts import facts, note_lines, tag_words
from reader.export.flow import Block, BlockKind, Flow, Run, link_target
from reader.model import MarkupKind, PlacedNote

STYLE = """\
body { max-width: 38rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.55;
  font-family: Georgia, serif; color: #222; background: #fdfcf9; }
h1, h2, h3, nav, .facts, .notes { font-family: system-ui, sans-serif; }
.facts, .gone { color: #666; font-size: .9em; }
mark { background: #fbe7a1; color: inherit; }
pre { overflow-x: auto; white-space: pre-wrap; background: #f0ece2; padding: .6rem; }
blockquote { border-left: .2rem solid #bbb; margin-left: 0; padding-left: 1rem; }
.notes, .note { border-left: .2rem solid #d9b36c; padding-left: 1rem; }
article { margin-top: 4rem; }
@media (prefers-color-scheme: dark) {
  body { color: #d5d8dc; background: #16191d; } a { color: #7fa7c9; }
  mark { background: #5a4a1c; } pre { background: #1b1f24; } .facts, .gone { color: #999; }
}
"""

_TAGS = ((MarkupKind.CODE, "code"), (MarkupKind.EMPHASIS, "em"), (MarkupKind.STRONG, "strong"))


def page_head(title: str, entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The beginning of a page; `entries` are the anchors of its articles and their titles."""
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    yield "style-src 'unsafe-inline'\">\n"
    yield f"<title>{escape(title)}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
    yield f"<h1>{escape(title)}</h1>\n<nav>\n<ol>\n"
    for anchor, name in entries:
        yield f'<li><a href="#{escape(anchor)}">{escape(name)}</a></li>\n'
    yield "</ol>\n</nav>\n"


def page_foot() -> str:
    return "</body>\n</html>\n"


def article_html(flow: Flow, anchor: str) -> str:
    """One article as an element of a page."""
    return f'<article id="{escape(anchor)}">\n{article_body(flow, anchor)}</article>\n'


def article_body(flow: Flow, anchor: str) -> str:
    """What is inside of it, well-formed as XML too."""
    article = flow.article
    told = " · ".join(escape(one) for one in (*facts(article), tag_words(article)) if one)
    parts = [f"<h2>{escape(article.row.title)}</h2>\n", f'<p class="facts">{told}</p>\n']
    if url := link_target(article.url):
        parts.append(f'<p class="facts"><a href="{escape(url)}">{escape(url)}</a></p>\n')
    parts += [f'<div class="note">{_words(one)}</div>\n' for one in flow.on_whole]
    parts += _blocks(flow.blocks, anchor)
    if article.related:
        lines = "".join(f"<li>{escape(line)}</li>\n" for line in article.related)
        parts.append(f"<ul>\n{lines}</ul>\n")
    parts.append(_notes(flow, anchor))
    return "".join(parts)


def _blocks(blocks: Sequence[Block], anchor: str) -> Iterator[str]:
    in_list = False
    for block in blocks:
        is_item = block.kind is BlockKind.ITEM
        if is_item is not in_list:
            yield "<ul>\n" if is_item else "</ul>\n"
            in_list = is_item
        yield _block(block, anchor)
    if in_list:
        yield "</ul>\n"


def _block(block: Block, anchor: str) -> str:
    lines = "\n".join("".join(_run(run, anchor) for run in line) for line in block.lines)
    match block.kind:
        case BlockKind.HEADING:
            return f"<h3>{lines}</h3>\n"
        case BlockKind.QUOTE:
            return f"<blockquote><p>{lines}</p></blockquote>\n"
        case BlockKind.PRE | BlockKind.TABLE:
            return f"<pre>{lines}</pre>\n"
        case BlockKind.ITEM:
            return f"<li>{lines.strip()}</li>\n"
        case _:
            return f"<p>{lines}</p>\n"


def _run(run: Run, anchor: str) -> str:
    shown = escape(run.text)
    for kind, tag in _TAGS:
        shown = f"<{tag}>{shown}</{tag}>" if kind in run.styles else shown
    if run.target:
        shown = f'<a href="{escape(run.target)}">{shown}</a>'
    if not run.noted:
        return shown
    sups = (f'<sup><a href="#{anchor}-n{one}">{one}</a></sup>' for one in run.ends)
    return f"<mark>{shown}</mark>{''.join(sups)}"


def _notes(flow: Flow, anchor: str) -> str:
    lines = [
        f'<li id="{anchor}-n{number}">{_quote(one)}{_words(one)}</li>\n'
        for number, one in enumerate(flow.notes, 1)
    ]
    gone = [
        f'<li><p class="gone">no longer in the text:</p>{_quote(one)}{_words(one)}</li>\n'
        for one in flow.lost
    ]
    return f'<ol class="notes">\n{"".join([*lines, *gone])}</ol>\n' if lines or gone else ""


def _quote(placed: PlacedNote) -> str:
    return f"<blockquote><p>{escape(placed.note.anchor.quote)}</p></blockquote>"


def _words(placed: PlacedNote) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in note_lines(placed))
