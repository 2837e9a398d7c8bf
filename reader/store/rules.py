"""The rules of the reader about single names, applied whenever mentions are stored."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import islice

from index.analysis import fold
from reader.sentences import sentences
from reader.store.database import Database, json_ids
from reader.store.naming import NOBODY, Kept

SAID = 100
"""The confidence in hundredths of what the reader said."""


@dataclass(frozen=True, slots=True)
class Spot:
    """The `place`-th time, from 0, that an article had `form`, of `times`. `context` tells of the
    sentence around it: where in it the form stands, and a digest. 0 and "" are unknown."""

    form: str
    place: int
    times: int
    context: str

    def start(self, text: str) -> int | None:
        """Where that is now: in the same sentence, else the same time if there are as many as
        there were. None where neither tells."""
        starts = list(_places(text, self.form))
        same = [
            start
            for start, context in zip(starts, _contexts(text, starts), strict=True)
            if context == self.context
        ]
        if len(same) == 1:
            return same[0]
        is_there = self.place < len(starts) and self.times in (0, len(starts))
        return starts[self.place] if is_there else None


@dataclass(frozen=True, slots=True)
class Override:
    """What stands at `spot` names `to`, or NOBODY."""

    spot: Spot
    to: int


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for some articles: splits by entity and folded form, overrides by article."""

    splits: Mapping[tuple[int, str], int] = field(default_factory=dict)
    overrides: Mapping[int, Sequence[Override]] = field(default_factory=dict)

    def apply(self, article_id: int, text: str, told: Sequence[Kept]) -> list[Kept]:
        """What counts of the mentions that were told, which are sorted and each place once."""
        kept = told
        if self.splits:
            kept = [self._split(text, one) for one in told]
        for rule in self.overrides.get(article_id, ()):
            kept = _override(text, kept, rule)
        return list(kept)

    def _split(self, text: str, one: Kept) -> Kept:
        to = self.splits.get((one.told, fold(text[one.start : one.end])))
        return one if to is None else one._replace(entity_id=to)


def read_rules(database: Database, article_ids: Collection[int]) -> Rules:
    """All splits, and the overrides of these articles."""
    overrides: dict[int, list[Override]] = {}
    for article_id, to, *spot in database.rows(
        "SELECT article_id, to_id, form, place, times, context FROM mention_override"
        " WHERE article_id IN (SELECT value FROM json_each(?))"
        " ORDER BY article_id, form, place, context",
        (json_ids(article_ids),),
    ):
        rule = Override(Spot(*spot), NOBODY if to is None else to)
        overrides.setdefault(article_id, []).append(rule)
    # As many as the reader has made.
    splits = database.rows("SELECT entity_id, form_key, to_id FROM entity_split")
    return Rules({(entity_id, key): to for entity_id, key, to in splits}, overrides)


def told_of(kept: Iterable[Kept]) -> list[Kept]:
    """The mentions as they were told, without what rules made of them."""
    return [one._replace(entity_id=one.told) for one in kept if one.told != NOBODY]


def spot_at(text: str, form: str, start: int) -> Spot | None:
    """The spot at `start` of a text; None when it does not have `form` there."""
    starts = list(_places(text, form))
    if start not in starts:
        return None
    (context,) = _contexts(text, [start])
    return Spot(form, starts.index(start), len(starts), context)


def start_of(text: str, form: str, place: int) -> int | None:
    """Where the text has `form` for the `place`-th time, from 0; None when it does not."""
    return next(islice(_places(text, form), place, None), None)


def _places(text: str, form: str) -> Iterator[int]:
    at = text.find(form) if form else -1
    while at >= 0:
        yield at
        at = text.find(form, at + 1)


def _contexts(text: str, starts: Sequence[int]) -> list[str]:
    # What stands before the first sentence is in none.
    spans = [(0, len(text)), *sentences(text)]
    begins = [begin for begin, _ in spans]
    around = [spans[bisect_right(begins, start) - 1] for start in starts]
    digests = {span: _digest(text[slice(*span)]) for span in set(around)}
    return [
        f"{start - span[0]} {digests[span]}" for start, span in zip(starts, around, strict=True)
    ]


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _override(text: str, kept: Sequence[Kept], rule: Override) -> Sequence[Kept]:
    """Nothing changes where nothing tells which place of the text it is now."""
    start = rule.spot.start(text)
    return kept if start is None else _set_place(kept, start, start + len(rule.spot.form), rule.to)


def _set_place(kept: Sequence[Kept], start: int, end: int, to: int) -> Sequence[Kept]:
    if to == NOBODY:
        return [
            one._replace(entity_id=NOBODY) if (one.start, one.end) == (start, end) else one
            for one in kept
        ]
    # What the reader said stands beside all that was told there, and in place of it.
    others = [
        one._replace(entity_id=NOBODY) if one.start < end and start < one.end else one
        for one in kept
    ]
    return sorted([*others, Kept(start, end, to, SAID, NOBODY)])
