"""The part of the table of actions that is about highlights and notes."""

from __future__ import annotations

from reader.ui.places import AREAS, ARTICLE, QUOTE, READING, Action, Group, Place


def note_actions() -> tuple[Action, ...]:
    """All of them, in the order in which they are listed."""
    return (*_selecting(), *_taking(), *_notes(), *_leaving())


def _notes() -> tuple[Action, ...]:
    return (
        Action(
            "note.highlight",
            ("H",),
            Group.NOTES,
            "Highlight the selected text; without any: select it first",
            READING | QUOTE,
            "mark underline annotate quote passage",
        ),
        Action(
            "note.write",
            ("W",),
            Group.NOTES,
            "Write a note: on the selected text, on this highlight, or on the whole article",
            READING | QUOTE,
            "annotate comment remark edit",
            ((Place.QUOTE, "note"),),
        ),
        Action(
            "note.next",
            ('"',),
            Group.NOTES,
            "Next highlight in the article, whose note can then be changed",
            READING,
            "annotation jump",
        ),
        Action(
            "note.previous",
            ('g "',),
            Group.NOTES,
            "Previous highlight",
            READING,
            "annotation jump back",
            short="highlight before",
        ),
        Action(
            "note.remove",
            ("x",),
            Group.NOTES,
            "Remove the highlight that you have gone to, with its note",
            ARTICLE,
            "delete annotation unhighlight",
        ),
        Action(
            "note.list",
            ("g n",),
            Group.NOTES,
            "All notes and highlights: of this article, of the library",
            AREAS,
            "annotations quotes list browse",
            short="notes",
        ),
    )


def _selecting() -> tuple[Action, ...]:
    def select(
        name: str, keys: tuple[str, ...], description: str, hint: str = "", synonyms: str = ""
    ) -> Action:
        hints = ((Place.QUOTE, hint),) if hint else ()
        return Action(
            f"quote.{name}", keys, Group.NOTES, description, QUOTE, f"select {synonyms}", hints
        )

    return (
        Action(
            "quote.start",
            ("v",),
            Group.NOTES,
            "Select text, sentence by sentence, to highlight, note or copy it",
            ARTICLE,
            "take quote visual mark passage yank",
        ),
        select("more", ("j", "down"), "Select one more sentence", "more", "extend down"),
        select("less", ("k", "up"), "Select a sentence less, or the one before", "", "shrink up"),
        select("word_more", ("l", "right"), "Select a word more", "", "extend right"),
        select("word_less", ("h", "left"), "Select a word less", "", "shrink left"),
        select("next", ("J", "tab"), "Select the next sentence instead", "next", "move"),
        select("previous", ("K", "shift+tab"), "Select the previous sentence instead", "", "move"),
        select("other_end", ("o",), "Move the other end of what is selected", "", "swap start"),
        select("paragraph", ("p",), "Select the whole paragraph", "", "block"),
    )


def _taking() -> tuple[Action, ...]:
    def take(name: str, keys: tuple[str, ...], description: str, hint: str, more: str) -> Action:
        hints = ((Place.QUOTE, hint),) if hint else ()
        return Action(f"quote.{name}", keys, Group.NOTES, description, QUOTE, more, hints)

    return (
        take("accept", ("enter",), "Highlight what is selected", "highlight", "done keep"),
        take("copy", ("y", "ctrl+c"), "Copy the selected text", "copy", "yank clipboard"),
        take("cite", ("Y",), "Copy the selected text with its source", "", "yank citation"),
    )


def _leaving() -> tuple[Action, ...]:
    return (
        Action(
            "quote.leave",
            ("escape", "v", "q"),
            Group.NOTES,
            "Select nothing any more",
            QUOTE,
            "cancel back",
            ((Place.QUOTE, "leave"),),
        ),
    )
