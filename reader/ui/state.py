"""What the list shows and how it came to that: plain values, no screen."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field, replace

EVERYTHING = "*"
"""The query that every article answers, as it is written."""

MORE = "…"
"""Stands in what is told behind a word that is still being written."""

_NEAR, _FIRST = 500, 20_000
"""Articles that are looked at to find one that is in two lists."""

_OR = re.compile(r"\bOR\b")
_BRACKET = re.compile(r"[()]")
_HANGING = re.compile(r"(?:\bNOT|\bAND|[-:=<>.])$")
"""What a condition ends with that takes hold of what follows."""
_ONE_SOURCE = re.compile(r'in:"([^"]+)"')
_LABEL = re.compile(
    r"\b(?:source|author|place|lang|in|tag|note|is|has|id|change|date|added|sort):"
    r'=?(?:"[^"]*"?|[^\s()"]*)'
)
"""A condition that nothing in the text of an article answers."""
_JOINS = re.compile(r"[\s()*-]|\b(?:AND|OR|NOT)\b")
_SORT_WORD = re.compile(r"(?:^|\s)sort:\S*")


def quoted(field: str, value: str) -> str:
    """A query for one value of a field."""
    return f'{field}:"{value.replace(chr(34), " ")}"'


def _closed(part: str) -> str:
    """A condition that nothing written behind it becomes a part of."""
    pieces = part.split('"')
    if len(pieces) % 2 == 0:
        part += '"'
    opened = closed = 0
    for piece in pieces[::2]:
        for bracket in _BRACKET.findall(piece):
            opened += bracket == "("
            if bracket == ")" and opened:
                opened -= 1
            elif bracket == ")":
                closed += 1
    part = "(" * closed + part + ")" * opened
    return f"({part})" if _OR.search(part) or _HANGING.search(part) else part


def bare_of(part: str) -> list[int]:
    """The code points of a condition without its orders and the space around it."""
    kept = list(range(len(part)))
    for found in reversed(list(_SORT_WORD.finditer(part))):
        del kept[found.start() : found.end()]
    while kept and part[kept[0]].isspace():
        del kept[0]
    while kept and part[kept[-1]].isspace():
        del kept[-1]
    return kept


@dataclass(frozen=True, slots=True)
class Asked:
    """Conditions that an article in the list meets, each a query of its own, and an order."""

    parts: tuple[str, ...] = ()
    sort: str = ""

    @property
    def is_everything(self) -> bool:
        return not self.parts

    def narrowed(self, part: str) -> Asked:
        """With one more condition; a `sort:` in it takes the place of the order."""
        found = _SORT_WORD.findall(part)
        bare = "".join(part[at] for at in bare_of(part))
        sort = found[-1].strip().removeprefix("sort:") if found else self.sort
        return Asked(self.parts + ((bare,) if bare else ()), sort)

    def widened(self) -> Asked:
        """Without the last condition."""
        return replace(self, parts=self.parts[:-1])

    def sorted_by(self, sort: str) -> Asked:
        return replace(self, sort=sort)

    @property
    def words(self) -> str:
        """The conditions as one query, without the order."""
        if len(self.parts) == 1:
            return self.parts[0]
        *earlier, last = self.parts or ("",)
        joined = [_closed(part) for part in earlier]
        return " ".join([*joined, f"({last})" if _OR.search(last) else last])

    @property
    def source(self) -> str:
        """The source or folder all of whose articles are asked for; empty for anything else."""
        found = _ONE_SOURCE.fullmatch(self.parts[0]) if len(self.parts) == 1 else None
        return found[1] if found else ""

    @property
    def sought(self) -> str:
        """The conditions as one query where a text may answer one of them, else empty."""
        words = self.words
        return words if _JOINS.sub("", _LABEL.sub("", words)) else ""

    @property
    def query(self) -> str:
        """All of it as one query. The order comes first: the end may be unfinished."""
        order = f"sort:{self.sort}" if self.sort else ""
        return " ".join(filter(None, (order, self.words)))

    @property
    def last_at(self) -> int:
        """Where the last condition starts in `query`."""
        return self.query.rfind(self.parts[-1]) if self.parts else 0


@dataclass(slots=True)
class Shown:
    """One list a person has seen: a snapshot that nothing moves, and where they were in it.

    `ids` are the first of `total` articles, until the rest of them has come.
    `known` is how many articles the library held when the snapshot was taken, `found` what
    there is to say of the search, `problems` what of it was not understood, `understood` the
    rest of it, and `message` stands in place of the rows of an empty list. While a condition is
    being typed, `told` is how it is shown, and `wrong` where in the line the first problem is.
    """

    asked: Asked
    ids: array[int] = field(default_factory=lambda: array("q"))
    total: int = 0
    cursor: int = 0
    known: int = 0
    found: str = ""
    problems: str = ""
    understood: str = ""
    message: str = ""
    told: str = ""
    wrong: tuple[int, int] | None = None

    @property
    def chips(self) -> tuple[str, ...]:
        """The conditions as the header shows them."""
        return (*self.asked.parts[:-1], self.told) if self.told else self.asked.parts

    @property
    def current(self) -> int | None:
        """The id of the article under the cursor."""
        return self.ids[self.cursor] if 0 <= self.cursor < len(self.ids) else None

    @property
    def is_complete(self) -> bool:
        return len(self.ids) >= self.total

    def complete(self, ids: array[int]) -> None:
        """Take over all ids. Those that were there stay where they are, whatever has changed
        since they were asked for."""
        first = len(self.ids)
        if ids[:first] != self.ids:
            known = set(self.ids)
            ids = self.ids + array("q", (one for one in ids if one not in known))
        self.ids, self.total = ids, len(ids)

    def settled(self) -> Asked:
        """The conditions to go on from: of one that has problems, what was understood."""
        if self.problems and len(self.asked.parts) == 1:
            return replace(self.asked, parts=() if self._met_by_all else (self.understood,))
        return self.asked

    @property
    def _met_by_all(self) -> bool:
        """Whether nothing was understood, but perhaps an order."""
        return _SORT_WORD.sub("", self.understood) == EVERYTHING

    def adds_nothing_to(self, before: Shown) -> bool:
        """Tell whether of the last condition nothing was understood; `before` is without it."""
        if not self.problems:
            return False
        if len(self.asked.parts) == 1:
            return self._met_by_all
        return self.asked.widened() == before.asked and self.understood == before.understood

    def nearest(self, before: Shown) -> int:
        """Where the article stands that comes next after the cursor of another list, of those
        that are in this one too; the top when none is near."""
        near = before.ids[before.cursor : before.cursor + _NEAR]
        places = {id_: at for at, id_ in enumerate(self.ids[:_FIRST])}
        return next((places[id_] for id_ in near if id_ in places), 0)

    def find(self, article_id: int | None) -> int | None:
        """Where an article stands in the list."""
        try:
            return self.ids.index(article_id) if article_id is not None else None
        except ValueError:
            return None


class Trail:
    """The lists a person came through; the last one is on the screen."""

    def __init__(self) -> None:
        self._shown: list[Shown] = [Shown(Asked())]

    @property
    def top(self) -> Shown:
        return self._shown[-1]

    @property
    def at_root(self) -> bool:
        return len(self._shown) == 1 and self.top.asked.is_everything

    def push(self, shown: Shown) -> None:
        self._shown.append(shown)

    def replace(self, shown: Shown) -> None:
        """Put another list in the place of the one on the screen."""
        self._shown[-1] = shown

    def back(self) -> Shown:
        """Leave the list on the screen for the one before; the first stays."""
        if len(self._shown) > 1:
            self._shown.pop()
        return self.top

    def reach(self, shown: Shown) -> None:
        """Go back to a list one came through, or on to another; all articles begin anew."""
        at = next((at for at, one in enumerate(self._shown) if one is shown), None)
        if at is not None:
            del self._shown[at + 1 :]
        elif shown.asked.is_everything:
            self.reset(shown)
        else:
            self.push(shown)

    def reset(self, shown: Shown) -> None:
        """Begin a new trail."""
        self._shown = [shown]

    def replace_part(self, before: str, now: str) -> None:
        """Put one condition in the place of another, in all lists."""
        for shown in self._shown:
            parts = tuple(now if part == before else part for part in shown.asked.parts)
            shown.asked = replace(shown.asked, parts=parts)

    def find_before(self, asked: Asked) -> bool:
        """Tell whether the list before the one on the screen answers just this."""
        return len(self._shown) > 1 and self._shown[-2].asked == asked
