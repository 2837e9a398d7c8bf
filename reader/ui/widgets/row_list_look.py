"""What the parts of a row of the article list look like, in every theme."""

from __future__ import annotations

from reader.kept import Colour

CLASSES = frozenset(f"row-list--tag-{colour}" for colour in Colour) | frozenset(
    f"row-list--{name}"
    for name in (
        "title", "unread", "unread-mark", "star", "derived", "source", "date", "unknown", "meta",
        "tag", "archived", "snippet", "hit", "cursor", "bar", "message", "chosen", "check",
        "bar-check", "cursor-here", "bar-here", "bar-check-here",
    )
)  # fmt: skip

CSS = """
RowList {
    background: $surface;
    overflow-x: hidden;
    overflow-y: auto;
    scrollbar-gutter: stable;
    scrollbar-size-vertical: 1;
    scrollbar-color: $foreground 20%;
    scrollbar-background: $surface;
    &:ansi { scrollbar-color: ansi_bright_black; scrollbar-background: ansi_default; }

    & > .row-list--unread { text-style: bold; }
    & > .row-list--unread-mark { color: $primary; }
    & > .row-list--star { color: $warning; }
    & > .row-list--derived, & > .row-list--source, & > .row-list--date,
    & > .row-list--unknown, & > .row-list--meta, & > .row-list--archived,
    & > .row-list--snippet, & > .row-list--message { color: $text-muted; }
    & > .row-list--tag { color: $success; }
    & > .row-list--unknown, & > .row-list--archived { text-style: italic; }
    & > .row-list--hit { color: $text; background: $warning 35%; }
    & > .row-list--chosen { background: $primary 14%; }
    & > .row-list--check { color: $primary; text-style: bold; }
    & > .row-list--cursor { background: $foreground 8%; }
    & > .row-list--bar, & > .row-list--bar-check { color: $foreground 40%; }
    & > .row-list--cursor-here { background: $primary 30%; }
    & > .row-list--bar-here, & > .row-list--bar-check-here { color: $primary; }
    & > .row-list--bar-check, & > .row-list--bar-check-here { text-style: reverse; }
    &:ansi, &:nocolor {
        & > .row-list--source, & > .row-list--date, & > .row-list--snippet,
        & > .row-list--derived, & > .row-list--message { text-style: dim; }
        & > .row-list--unknown, & > .row-list--archived { text-style: dim italic; }
        & > .row-list--hit, & > .row-list--chosen,
        & > .row-list--cursor, & > .row-list--cursor-here {
            color: ansi_default;
            background: ansi_default;
        }
        & > .row-list--hit { text-style: reverse bold; }
        & > .row-list--cursor-here { text-style: reverse; }
    }
}
"""
