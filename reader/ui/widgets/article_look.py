"""What the parts of an article look like, in every theme."""

from __future__ import annotations

from reader.kept import Colour

CLASSES = frozenset(f"article--tag-{colour}" for colour in Colour) | frozenset(
    f"article--{name}"
    for name in (
        "text", "title", "derived", "meta", "tag", "star", "archived", "heading", "note",
        "related-head", "related", "person", "place", "organisation", "other", "uncertain", "hit",
        "current-hit", "current-mention", "current-heading", "message", "link", "emphasis",
        "strong", "code", "pre", "quote-bar", "mark", "letter",
        "highlight", "current-highlight", "note-mark", "own-note", "quote",
    )
)  # fmt: skip

CSS = """
ArticleView {
    background: $surface;
    overflow-x: hidden;
    overflow-y: auto;
    scrollbar-gutter: stable;
    scrollbar-size-vertical: 1;
    scrollbar-color: $foreground 20%;
    scrollbar-background: $surface;
    &:ansi { scrollbar-color: ansi_bright_black; scrollbar-background: ansi_default; }

    & > .article--title { text-style: bold; }
    & > .article--meta, & > .article--derived, & > .article--related-head,
    & > .article--related, & > .article--archived, & > .article--note,
    & > .article--mark, & > .article--message { color: $text-muted; }
    & > .article--derived, & > .article--note { text-style: italic; }
    & > .article--tag { color: $success; background: $success 12%; }
    TAGS
    & > .article--star { color: $warning; background: $warning 12%; }
    & > .article--archived { background: $foreground 8%; }
    & > .article--heading, & > .article--strong { text-style: bold; }
    & > .article--emphasis { text-style: italic; }
    & > .article--link { color: $primary; text-style: underline; }
    & > .article--code, & > .article--pre { background: $foreground 7%; }
    & > .article--quote-bar { color: $foreground 30%; }
    & > .article--person { color: $entity-person; text-style: $person-style; }
    & > .article--place { color: $entity-place; text-style: $place-style; }
    & > .article--organisation { color: $entity-organisation; text-style: $organisation-style; }
    & > .article--other { color: $entity-other; text-style: $other-style; }
    & > .article--uncertain { color: $text-muted; text-style: underline; }
    & > .article--hit { color: $text; background: $warning 35%; }
    & > .article--current-hit { color: $text; background: $warning; text-style: bold; }
    & > .article--current-mention { text-style: reverse; }
    & > .article--current-heading { text-style: bold reverse; }
    & > .article--highlight { background: $accent 22%; }
    & > .article--current-highlight { color: $text; background: $accent 42%; }
    & > .article--note-mark, & > .article--own-note { color: $accent; }
    & > .article--note-mark { text-style: bold; }
    & > .article--quote { color: auto 100%; background: $primary 35%; }
    & > .article--letter { color: $surface; background: $warning; text-style: bold; }
    &:ansi, &:nocolor {
        & > .article--meta, & > .article--related-head, & > .article--related,
        & > .article--archived, & > .article--message, & > .article--mark,
        & > .article--quote-bar { text-style: dim; }
        & > .article--uncertain { text-style: dim underline; }
        & > .article--derived, & > .article--note { text-style: dim italic; }
        & > .article--link { color: ansi_default; text-style: underline; }
        & > .article--code, & > .article--pre { color: ansi_cyan; background: ansi_default; }
        & > .article--tag, & > .article--star, & > .article--archived,
        & > .article--hit, & > .article--current-hit { background: ansi_default; }
        & > .article--hit { color: ansi_default; text-style: reverse; }
        & > .article--current-hit { color: ansi_default; text-style: reverse bold; }
        & > .article--highlight, & > .article--current-highlight {
            background: ansi_default; text-style: underline;
        }
        & > .article--current-highlight { color: ansi_default; text-style: reverse underline; }
        & > .article--note-mark, & > .article--own-note { color: ansi_default; }
        & > .article--quote {
            color: ansi_default; background: ansi_default; text-style: reverse;
        }
        & > .article--letter {
            color: ansi_default; background: ansi_default; text-style: reverse bold;
        }
    }
}
""".replace(
    "TAGS", "\n".join(f"& > .article--tag-{one} {{ color: $tag-{one}; }}" for one in Colour)
)
