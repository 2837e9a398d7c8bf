"""The notes of an article, or of the library, to go to, change and remove."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static
from textual.worker import Worker

from reader.clean import clean_line
from reader.commands.tag_line import parse_tags
from reader.errors import ReaderError
from reader.text import explain
from reader.ui.footer import Hints
from reader.ui.live_keys import key_of
from reader.ui.note_words import (
    NOTHING,
    NoteEntry,
    from_one_line,
    in_one_line,
    tell_notes,
)
from reader.ui.screens.modal import Modal
from reader.ui.widgets.note_list import NoteList

if TYPE_CHECKING:
    from reader.ui.verbs.noting import Noting

Accept = Callable[[str], None]
"""What is done with the text of a line."""

_FIRST = 100
"""Notes that are brought at a time."""

_KEYS = (
    "Enter go there · W write · x remove · y Y copy · o link · t tags · w to a file · / find · "
    "u undo · Tab {other} · Esc close"
)
_LINE = "Enter keeps it · Esc leaves it as it was"
_NONE = (
    f"No notes yet.\n\nIn an article {key_of('quote.start')} selects text; "
    f"there {key_of('note.highlight')} highlights, {key_of('note.write')} writes a note."
)
_NONE_FOUND = "No note has that."


class NotesScreen(Modal[None]):
    """The notes of this article come first; Tab shows those of the library, and back. What can be
    done in an article too has the key that it has there."""

    KEYS: ClassVar[Hints | None] = ()

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "close"),
        Binding("q", "dismiss", "close"),
        Binding("down,j", "move(1)", "down"),
        Binding("up,k", "move(-1)", "up"),
        Binding("pagedown,space,ctrl+d", "page(1)", "page down"),
        Binding("pageup,ctrl+u", "page(-1)", "page up"),
        Binding("home,g", "move(-1000000)", "first"),
        Binding("end,G", "move(1000000)", "last"),
        Binding("enter,l,right", "open", "go there"),
        Binding("W", "edit", "change"),
        Binding("x,delete", "remove", "remove"),
        Binding("y", "copy", "copy"),
        Binding("Y", "cite", "copy with source"),
        Binding("o", "browse", "open the link"),
        Binding("t", "tag", "tags"),
        Binding("w", "export", "to a file"),
        Binding("u", "turn('history.undo')", "undo"),
        Binding("U", "turn('history.redo')", "redo"),
        Binding("tab", "other", "all or those of this article"),
        Binding("slash", "find", "find"),
    ]

    def __init__(self, noting: Noting, query: str = "", ids: Sequence[int] | None = None) -> None:
        super().__init__()
        self._noting = noting
        self._query, self._ids = query, ids
        self._of_article = not query and bool(noting.here)
        self._wanted = ""
        # What is done with the line at the bottom; what is written there is looked for else.
        self._accept: Accept | None = None
        self._entries: list[NoteEntry] = []
        self._cursor: str | None = None
        self._total = 0
        self._head = Static("", markup=False, id="notes-head")
        self._list = NoteList()
        self._line = Input(compact=True, select_on_focus=False)
        self._foot = Static("", markup=False, id="notes-foot")

    def compose(self) -> ComposeResult:
        with Vertical(id="notes"):
            yield self._head
            yield self._list
            yield self._line
            yield self._foot

    def on_mount(self) -> None:
        self._list.focus()
        self._do(self._load)

    # What is listed

    async def _load(self, at: int = 0, told: str = "") -> None:
        self._entries, self._cursor = [], None
        if self._of_article:
            wanted = self._wanted.casefold()
            self._entries = [one for one in self._noting.here if one.has(wanted)]
            self._total = len(self._entries)
        else:
            await self._bring(max(_FIRST, at + 1))
        self._show(at)
        self._say(told)

    async def _bring(self, number: int) -> None:
        # Taken away, so that the same are not brought twice.
        after, self._cursor = self._cursor, None
        found = await self._noting.gate.find(self._wanted, self._ids, after, number)
        self._entries += [NoteEntry(one.note, one.row) for one in found.items]
        self._cursor = found.cursor
        self._total = len(self._entries) if self._wanted else found.total

    async def _add(self) -> None:
        if self._cursor is not None:
            await self._bring(_FIRST)
            self._show(self._list.cursor)

    def _show(self, at: int) -> None:
        none = _NONE_FOUND if self._wanted or self._query else _NONE
        self._list.show(self._entries, at, self._noting.screen.with_keys(none))
        more = "+" if self._wanted and self._cursor is not None else ""
        head = tell_notes(
            self._total, of_article=self._of_article, query=self._query, wanted=self._wanted
        )
        self._head.update(head + more)
        self._say("")

    def _say(self, text: str) -> None:
        other = "all" if self._of_article else "this article"
        keys = _LINE if self._line.has_class("-open") else _KEYS.format(other=other)
        self._foot.update(text or keys)

    def _do(self, job: Callable[..., Coroutine[None, None, None]], *args: object) -> None:
        """Do something that waits; what goes wrong is said at the bottom."""

        async def work() -> None:
            try:
                await job(*args)
            except ReaderError as error:
                say = self._say if self.is_attached else self._noting.screen.say
                say(explain(error))

        if job in (self._load, self._add):
            _: Worker[None] = self.run_worker(work, exclusive=job == self._load, group="notes")
        else:
            # Beside the lists, which give each other up, and to its end when this is closed.
            self._noting.screen.work("notes change", work)

    @on(NoteList.NearEnd)
    def _near_end(self) -> None:
        if self._cursor is not None:
            self._do(self._add)

    # Keys

    def action_move(self, rows: int) -> None:
        self._list.cursor += rows

    def action_page(self, direction: int) -> None:
        self._list.page(direction)

    @on(NoteList.Opened)
    def action_open(self) -> None:
        if (entry := self._list.current) is not None:
            self.dismiss()
            self._noting.noted.go_to(entry.note)

    def action_other(self) -> None:
        self._of_article = not self._of_article
        self._do(self._load)

    def action_remove(self) -> None:
        if (entry := self._list.current) is not None:
            self._do(self._remove, entry)

    async def _remove(self, entry: NoteEntry) -> None:
        await self._noting.remove(entry.note)
        self._again()

    def action_turn(self, action: str) -> None:
        self._do(self._turn, action)

    async def _turn(self, action: str) -> None:
        await self._noting.turn(action)
        self._again()

    def _again(self) -> None:
        """Show the list as it is now, and what was done to it."""
        if self.is_attached:
            self._do(self._load, self._list.cursor, self._noting.screen.status.message)

    # Taking out

    def action_copy(self) -> None:
        if (entry := self._list.current) is not None:
            self._take(entry.note.anchor.quote or entry.note.words)

    def action_cite(self) -> None:
        if (entry := self._list.current) is not None:
            self._do(self._cite, entry)

    async def _cite(self, entry: NoteEntry) -> None:
        text = entry.note.anchor.quote or entry.note.words
        self._take(await self._noting.noted.cited(text, entry.note.article_id))

    def _take(self, text: str) -> None:
        self.app.copy_to_clipboard(text)
        self._say(f"copied {clean_line(text)}")

    def action_browse(self) -> None:
        if (entry := self._list.current) is not None:
            self._do(self._browse, entry)

    async def _browse(self, entry: NoteEntry) -> None:
        await self._noting.noted.browse(entry.note.article_id)
        self._say(self._noting.screen.status.message)

    def action_export(self) -> None:
        """Have the notes of the articles shown written into a file, by a line that says which."""
        if self._entries:
            self._do(self._export)

    async def _export(self) -> None:
        while self._cursor is not None:
            await self._bring(_FIRST)
        ids = dict.fromkeys(entry.note.article_id for entry in self._entries)
        self.dismiss()
        is_all = not (self._of_article or self._wanted or self._query)
        self._noting.noted.write_out(
            "has:note" if is_all else " OR ".join(f"id:{one}" for one in ids)
        )

    # The line at the bottom

    def action_edit(self) -> None:
        if (entry := self._list.current) is not None:
            words = in_one_line(entry.note.words)
            change = partial(self._do, self._change, entry)
            self._open_line(
                words, "the words of this note", lambda text: change(from_one_line(text))
            )

    def action_tag(self) -> None:
        if (entry := self._list.current) is not None:
            tag = partial(self._do, self._tag, entry)
            self._open_line("", "tags of its article: +add -remove", tag)

    async def _tag(self, entry: NoteEntry, text: str) -> None:
        if edit := parse_tags(text):
            await self._noting.screen.sorting_out.tag([entry.note.article_id], edit)
            self._again()

    def action_find(self) -> None:
        self._open_line(self._wanted, "find in notes")

    def _open_line(self, text: str, placeholder: str, accept: Accept | None = None) -> None:
        self._accept = accept
        self._line.placeholder = placeholder
        self._line.value = text
        self._line.add_class("-open")
        self._say("")
        self._line.focus()

    def _close_line(self) -> None:
        self._line.remove_class("-open")
        self._list.focus()
        self._say("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._line.has_focus and self._accept is None and self._wanted != event.value:
            self._wanted = event.value
            self._do(self._load)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._close_line()
        if self._accept is not None:
            self._accept(event.value)

    async def _change(self, entry: NoteEntry, text: str) -> None:
        words = from_one_line(text)
        await self._noting.change(entry.note, "" if words == NOTHING else words)
        self._again()

    def action_close(self) -> None:
        """Leave the line, then what was looked for, then the list."""
        if self._line.has_class("-open"):
            self._close_line()
        elif self._wanted:
            self._wanted = ""
            self._do(self._load)
        else:
            self.dismiss()
