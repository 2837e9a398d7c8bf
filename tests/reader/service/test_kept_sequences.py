"""Any sequence of changes of every kind, undone, redone and jumped over, beside a plain model."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from reader.errors import EventStaysError
from reader.kept import Colour
from reader.model import Jump, Mark
from reader.service.history import History
from reader.service.noting import Noting
from reader.service.tagging import Tagging
from reader.store import open_store
from tests.reader.store.helpers import add, database_of

T = TypeVar("T")

Cells: TypeAlias = dict[tuple[str, str, int], object]
"""Values by the table they stand in, a name there, and a number there."""

ARTICLES = range(1, 5)
NAMES = ("a", "a/b", "a/b/c", "b", "a/bc")


@dataclass
class Model:
    """What the library holds, as plain tables."""

    tags: dict[str, set[int]] = field(default_factory=dict)
    marks: dict[str, set[int]] = field(default_factory=dict)
    colours: dict[str, Colour] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    notes: dict[int, tuple[int, int, int, str]] = field(default_factory=dict)

    def tag(self, ids: set[int], add_names: set[str], remove_names: set[str]) -> None:
        for name in add_names:
            self.tags[name] = self.tags.get(name, set()) | ids
        for name in remove_names:
            self.tags[name] = self.tags.get(name, set()) - ids
        self.tags = {name: ids for name, ids in self.tags.items() if ids}

    def mark(self, ids: set[int], mark: Mark) -> None:
        kept = mark.removeprefix("un")
        before = self.marks.get(kept, set())
        self.marks[kept] = before | ids if kept == mark else before - ids
        if mark is Mark.ARCHIVED:
            self.marks[Mark.READ] = self.marks.get(Mark.READ, set()) | (ids - before)
        self.marks = {name: ids for name, ids in self.marks.items() if ids}

    def names(self) -> set[str]:
        return {*self.tags, *self.colours, *self.letters}

    def rename(self, old: str, new: str) -> None:
        def moved(name: str) -> str:
            below = name == old or name.startswith(f"{old}/")
            return new + name[len(old) :] if below else name

        tags: dict[str, set[int]] = {}
        for name, ids in self.tags.items():
            tags[moved(name)] = tags.get(moved(name), set()) | ids
        self.tags = tags
        self.colours = _moved(self.colours, moved)
        self.letters = _moved(self.letters, moved)

    def cells(self) -> Cells:
        """The same as one table of single values; what is not there is nothing."""
        told: Cells = {}
        for kind, sets in (("tags", self.tags), ("marks", self.marks)):
            told |= {(kind, name, one): True for name, ids in sets.items() for one in ids}
        told |= {("colours", name, 0): one for name, one in self.colours.items()}
        told |= {("letters", name, 0): one for name, one in self.letters.items()}
        return told | {("notes", "", note_id): one for note_id, one in self.notes.items()}


def _moved(looks: dict[str, T], moved: Callable[[str], str]) -> dict[str, T]:
    """Looks of tags under their new names; one that was there stays."""
    stayed = {name: look for name, look in looks.items() if moved(name) == name}
    gone = {moved(name): look for name, look in looks.items() if moved(name) != name}
    return gone | stayed


def model_of(cells: Cells) -> Model:
    model = Model()
    for (kind, name, number), value in cells.items():
        table = getattr(model, kind)
        if kind in ("tags", "marks"):
            table.setdefault(name, set()).add(number)
        else:
            table[name or number] = value
    return model


@dataclass
class Done:
    """A change as it was made: each value that differs since then, None for nothing."""

    cells: Cells
    passing: bool = False
    stands: bool = True


def difference(before: Model, after: Model) -> Cells:
    was, now = before.cells(), after.cells()
    return {key: now.get(key) for key in {*was, *now} if was.get(key) != now.get(key)}


def replayed(changes: list[Done]) -> Model:
    """What the changes that stand come to, one after the other."""
    cells: Cells = {}
    for one in changes:
        if one.stands:
            cells |= one.cells
    return model_of({key: value for key, value in cells.items() if value is not None})


def settled(log: list[Done]) -> list[Done]:
    """The changes that stand, as what was undone is gone: those in passing set what differs."""
    log = [replace(one) for one in log if one.stands]
    for at, one in enumerate(log):
        if one.passing:
            one.cells = still_differing(log, at)
    return log


def make_again(log: list[Done], at: int) -> None:
    """A change has what was not so by then, and what a later one in passing holds."""
    log[at].stands = True
    held = {key for one in log[at + 1 :] if one.stands for key in one.cells}
    differing = still_differing(log, at)
    log[at].cells = {
        key: value for key, value in log[at].cells.items() if key in held or key in differing
    }


def still_differing(log: list[Done], at: int) -> Cells:
    before = replayed(log[:at]).cells()
    return {key: value for key, value in log[at].cells.items() if before.get(key) != value}


def drop_taken_letters(changed: Cells, now: Cells) -> None:
    """Leave tags as they look that would get the letter of another one."""
    while taken := [
        key
        for key, letter in changed.items()
        if key[0] == "letters" and letter is not None
        for other, value in (now | changed).items()
        if other[0] == "letters" and other != key and value == letter
    ]:
        for _, name, _ in taken:
            changed.pop(("letters", name, 0), None)
            changed.pop(("colours", name, 0), None)


class Changing(RuleBasedStateMachine):
    """Every use case, with a log of each change that stands or can be made again."""

    folder: Path
    number = 0
    ids = st.sets(st.sampled_from(ARTICLES), max_size=4)
    names = st.sampled_from(NAMES)

    @initialize()
    def begin(self) -> None:
        Changing.number += 1
        self.path = self.folder / str(Changing.number)
        self.model = Model()
        self.log: list[Done] = []
        self.open()
        add(self.store, *"wxyz")

    def open(self) -> None:
        self.store = open_store(self.path)
        self.tagging, self.notes = Tagging(self.store), Noting(self.store)
        self.history = History(self.store)

    def changed(self) -> None:
        """One more change stands, unless nothing differs; what was undone is gone."""
        if cells := difference(replayed(self.log), self.model):
            self.log = [*settled(self.log), Done(cells)]

    def undone(self) -> list[int]:
        return [at for at, one in enumerate(self.log) if not one.stands]

    @rule(ids=ids, add_names=st.sets(names, max_size=2), remove_names=st.sets(names, max_size=2))
    def tag(self, ids: set[int], add_names: set[str], remove_names: set[str]) -> None:
        remove_names -= add_names
        self.tagging.tag(ids, sorted(add_names), sorted(remove_names))
        self.model.tag(ids, add_names, remove_names)
        self.changed()

    @rule(ids=ids, mark=st.sampled_from(Mark))
    def mark(self, ids: set[int], mark: Mark) -> None:
        self.tagging.mark(ids, mark)
        self.model.mark(ids, mark)
        self.changed()

    @rule(ids=ids)
    def read_in_passing(self, ids: set[int]) -> None:
        """What was undone comes after it."""
        self.tagging.mark(ids, Mark.READ, in_passing=True)
        before = deepcopy(self.model)
        self.model.mark(ids, Mark.READ)
        if cells := difference(before, self.model):
            at = next(iter(self.undone()), len(self.log))
            self.log.insert(at, Done(cells, passing=True))

    @precondition(lambda self: self.model.names())
    @rule(data=st.data(), new=names)
    def rename(self, data: st.DataObject, new: str) -> None:
        old = data.draw(st.sampled_from(sorted(self.model.names())))
        self.tagging.rename(old, new)
        self.model.rename(old, new)
        self.changed()

    @rule(name=names, colour=st.none() | st.sampled_from(Colour))
    def colour(self, name: str, colour: Colour | None) -> None:
        self.tagging.colour(name, colour)
        self.model.colours.pop(name, None)
        if colour:
            self.model.colours[name] = colour
        self.changed()

    @rule(name=names, letter=st.sampled_from(["", "x", "y"]))
    def letter(self, name: str, letter: str) -> None:
        self.tagging.letter(name, letter)
        self.model.letters = {
            one: key for one, key in self.model.letters.items() if one != name and key != letter
        }
        if letter:
            self.model.letters[name] = letter
        self.changed()

    @rule(
        article=st.sampled_from(ARTICLES), start=st.integers(0, 3), words=st.sampled_from(["", "x"])
    )
    def note(self, article: int, start: int, words: str) -> None:
        start, end = (start, start + 2) if start else (0, 0)
        note = self.notes.add(article, start, end, words)
        there = [one[3] for one in self.model.notes.values() if one[:3] == (article, start, end)]
        lines = there[0].split("\n") if there and there[0] else []
        lines += [words] if words and words not in lines else []
        assert note.words == "\n".join(lines)
        self.model.notes[note.id] = article, start, end, note.words
        self.changed()

    @precondition(lambda self: self.model.notes)
    @rule(data=st.data(), words=st.sampled_from(["", "x", "other"]))
    def change_note(self, data: st.DataObject, words: str) -> None:
        note_id = data.draw(st.sampled_from(sorted(self.model.notes)))
        self.notes.change(note_id, words)
        self.model.notes[note_id] = (*self.model.notes[note_id][:3], words)
        self.changed()

    @precondition(lambda self: self.model.notes)
    @rule(data=st.data())
    def remove_note(self, data: st.DataObject) -> None:
        note_id = data.draw(st.sampled_from(sorted(self.model.notes)))
        self.notes.remove(note_id)
        del self.model.notes[note_id]
        self.changed()

    @rule()
    def undo(self) -> None:
        """The last that was asked for, whatever was read in passing since then."""
        asked = [one for one in self.log if one.stands and not one.passing]
        assert (self.history.undo() is None) == (not asked)
        if asked:
            asked[-1].stands = False
        self.model = replayed(self.log)

    @rule()
    def redo(self) -> None:
        undone = self.undone()
        asked = [at for at in undone if not self.log[at].passing]
        assert (self.history.redo() is None) == (not undone)
        for at in undone:
            if at <= (asked or undone)[0]:
                make_again(self.log, at)
        self.model = replayed(self.log)

    @rule()
    def undo_and_redo(self) -> None:
        """What was undone is made again as if nothing had been."""
        before = deepcopy(self.model)
        if self.history.undo() is not None:
            self.history.redo()
        assert self.model == before

    @rule(data=st.data())
    def jump(self, data: st.DataObject) -> None:
        reachable = [one.id for one in self.history.list_events(999) if not one.dropped]
        reachable = [0, *reversed(reachable)]
        assert len(reachable) == len(self.log) + 1
        to = data.draw(st.sampled_from(range(len(reachable))))
        back = sum(one.stands for one in self.log[to:])
        forth = sum(not one.stands for one in self.log[:to])
        assert self.history.jump(reachable[to]) == Jump(back, forth)
        for at, one in enumerate(self.log):
            if at >= to:
                one.stands = False
            elif not one.stands:
                make_again(self.log, at)
        self.model = replayed(self.log)

    @precondition(lambda self: any(one.stands for one in self.log))
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        """What one change set, where none that stands has set it since; rows where they are as
        it left them."""
        reachable = [one for one in self.history.list_events(999) if not one.dropped][::-1]
        at = data.draw(st.sampled_from([at for at, one in enumerate(self.log) if one.stands]))
        number = sum(one.stands for one in self.log[:at])
        log = settled(self.log)
        later = {key for one in log[number + 1 :] for key in one.cells}
        before, now = replayed(log[:number]).cells(), self.model.cells()
        changed = {
            key: before.get(key)
            for key, value in log[number].cells.items()
            if (key not in later if key[0] in ("tags", "marks") else now.get(key) == value)
            and now.get(key) != before.get(key)
        }
        drop_taken_letters(changed, now)
        if changed:
            self.history.take_back(reachable[at].id)
            self.log = [*log, Done(changed)]
            self.model = replayed(self.log)
        else:
            with pytest.raises(EventStaysError):
                self.history.take_back(reachable[at].id)

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.open()

    @invariant()
    def as_the_model_says(self) -> None:
        if not hasattr(self, "model"):
            return
        store, model = self.store, self.model
        looks = self.tagging.looks()
        assert {one.name: one.articles for one in looks if one.articles} == {
            name: len(ids) for name, ids in model.tags.items()
        }
        assert {one.name: one.colour for one in looks if one.colour} == model.colours
        assert {one.name: one.key for one in looks if one.key} == model.letters
        for name, ids in model.tags.items():
            assert set(store.tags.packed(name).ids()) == ids
        for kept in (Mark.READ, Mark.STARRED, Mark.ARCHIVED):
            assert set(store.marks.packed(kept).ids()) == model.marks.get(kept, set())
        listed = [one.note for one in self.notes.list().items]
        assert {
            one.id: (one.article_id, one.anchor.start, one.anchor.end, one.words) for one in listed
        } == model.notes
        terms = database_of(store).rows("SELECT DISTINCT note_id FROM note_term ORDER BY 1")
        worded = {key for key, one in model.notes.items() if one[3] or one[2]}
        assert {one for (one,) in terms} <= worded

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()


def test_any_sequence_of_changes_is_undone_exactly(tmp_path: Path) -> None:
    Changing.folder = tmp_path
    run_state_machine_as_test(
        Changing, settings=settings(max_examples=40, stateful_step_count=25, deadline=None)
    )
