"""What the reader says of articles: tags and marks; and of tags: names, colours, letters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.query import IdSet
from reader.errors import TagLetterError, TagNameError, TagNotFoundError
from reader.kept import Colour, TagLook
from reader.model import Change, EventKind, Mark
from reader.nearest import nearest
from reader.service.retagging import retagged
from reader.store import fold_tag, look_change, moved_name, search_change, tag_name

if TYPE_CHECKING:
    from reader.store import Store
    from reader.store.row_changes import RowChange
    from reader.store.sets import SetChange


class Tagging:
    """Changes by the reader: each is one event, on disk when the method returns."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._counted: tuple[TagLook, ...] = ()
        self._counted_at: int | None = None

    def tag(
        self, ids: Iterable[int], add: Sequence[str], remove: Sequence[str], *, query: str = ""
    ) -> Change:
        """Add and remove tags; `query` is what the articles answered, where one was asked.
        Raises TagNameError, before anything is changed."""
        wanted = IdSet(ids)
        signed = [("+", one) for one in add] + [("-", one) for one in remove]
        detail = " ".join(dict.fromkeys(sign + tag_name(name) for sign, name in signed))
        with self._store.transaction():
            matched = self._store.articles.count_existing(wanted)
            changes = self._store.tags.apply(wanted, add, remove)
            changed = self._store.events.add(EventKind.TAG, detail, changes, query=query)
        return Change(matched, changed)

    def mark(
        self, ids: Iterable[int], mark: Mark, *, in_passing: bool = False, query: str = ""
    ) -> Change:
        """Mark as read, starred, archived or the opposite; `in_passing` where that was not asked
        for but came of reading: what was undone can be redone all the same, and undoing goes
        past it. `query` is what the articles answered, where one was asked. Who archives an
        article has done with it: it is marked read by the same change."""
        wanted = IdSet(ids)
        read: list[SetChange] = []
        with self._store.transaction():
            matched = self._store.articles.count_existing(wanted)
            changes = self._store.marks.apply(wanted, mark)
            if mark is Mark.ARCHIVED:
                read = [
                    also for one in changes for also in self._store.marks.apply(one.ids, Mark.READ)
                ]
            changed = self._store.events.add(
                EventKind.MARK, mark, [*changes, *read], in_passing=in_passing, query=query
            )
        return Change(matched, changed, sum(len(one.ids) for one in read))

    def rename(self, old: str, new: str) -> Change:
        """Call a tag otherwise, with all that is nested below it; how many articles had one of
        them, and how many have other tags now.

        Where there are tags of the new names already they become one; of the looks of two the
        one stays that was there. Saved searches and rules that name the tags name the new ones.
        Raises TagNameError and TagNotFoundError.
        """
        old, new = tag_name(old), tag_name(new)
        with self._store.transaction():
            looks = {look.name: look for look in self._store.tag_looks.list()}
            names = {name: to for name in looks if (to := moved_name(name, old, new)) is not None}
            if not names:
                raise TagNotFoundError(old, nearest(old, looks))
            matched = len({one for name in names for one in self._store.tags.packed(name).ids()})
            if old == new:
                return Change(matched, 0)
            sets = self._store.tags.move(names)
            changes = [look_change(look) for look in _moved_looks(looks, names)]
            changes += self._moved_searches(old, new)
            self._store.row_changes.make(
                EventKind.TAG, f"renamed the tag {old} to {new}", changes, sets
            )
        return Change(matched, len(set[int]().union(*(one.ids for one in sets))))

    def _moved_searches(self, old: str, new: str) -> list[RowChange]:
        def moved(written: str) -> str | None:
            try:
                return moved_name(fold_tag(written), old, new)
            except TagNameError:  # no article has such a tag, nor can
                return None

        return [
            search_change(retagged(search, moved)) for search in self._store.saved_searches.list()
        ]

    def colour(self, name: str, colour: Colour | None) -> None:
        """Show a tag in a colour, in none for None. Raises TagNameError."""
        name = tag_name(name)
        told = f"coloured the tag {name} {colour}" if colour else f"took the colour of {name} away"
        with self._store.transaction():
            look = replace(self._store.tag_looks.get(name), colour=colour)
            self._store.row_changes.make(EventKind.TAG, told, [look_change(look)])

    def letter(self, name: str, letter: str) -> None:
        """Let a letter or digit set a tag at once, "" for none; another tag that has the letter
        loses it. Raises TagNameError and TagLetterError."""
        name = tag_name(name)
        if letter and not (len(letter) == 1 and letter.isalnum()):
            raise TagLetterError(letter)
        told = f"{letter} sets the tag {name}" if letter else f"no letter sets the tag {name}"
        with self._store.transaction():
            looks = [replace(self._store.tag_looks.get(name), key=letter)]
            other = self._store.tag_looks.of_letter(letter) if letter else None
            if other is not None and other.name != name:
                looks.append(replace(other, key=""))
            self._store.row_changes.make(EventKind.TAG, told, list(map(look_change, looks)))

    def looks(self) -> tuple[TagLook, ...]:
        """Tags in use, and others with a colour or a letter, level by level by name."""
        return self._store.tag_looks.list()

    def counted_looks(self) -> tuple[TagLook, ...]:
        """The same, with how many articles of each are unread; counted again after a change."""
        token = self._store.change_token()
        if token != self._counted_at:
            unread = self._store.tags.count_unread()
            self._counted = tuple(
                replace(look, unread=unread.get(look.name, 0)) for look in self.looks()
            )
            self._counted_at = token
        return self._counted


def _moved_looks(looks: dict[str, TagLook], names: dict[str, str]) -> Iterable[TagLook]:
    """The looks that tags have once they are called otherwise."""
    after = {name: TagLook(name) for name in names} | {
        name: TagLook(name) if name in names else looks.get(name, TagLook(name))
        for name in names.values()
    }
    for name, to in names.items():
        colour = after[to].colour or looks[name].colour
        after[to] = replace(after[to], colour=colour, key=after[to].key or looks[name].key)
    return after.values()
