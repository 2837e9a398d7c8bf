"""What is asked of the process that fetches, and what it tells: one JSON object a line."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, TypeAlias

from reader.feeds import FeedFailure, UpdateProgress, UpdateReport
from reader.model import ArticleId, ImportFailure, Outcome, Pixels

BY_ITSELF = 0
"""The number of what the process does without being asked: feeds whose time has come."""


@dataclass(frozen=True, slots=True)
class Update:
    """Ask feeds for news: those of `names` (sources or folders), or all; `due_only` leaves out
    those whose time has not come."""

    names: tuple[str, ...] = ()
    due_only: bool = False


@dataclass(frozen=True, slots=True)
class Add:
    """Subscribe to a feed, or to the first one that the page at `url` names."""

    url: str
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Save:
    """Keep the page at `url` as an article."""

    url: str


@dataclass(frozen=True, slots=True)
class ReadFullText:
    """Fetch the page of an article that holds only a summary."""

    article_id: int


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """Fetch a picture that goes with an article; Pixels are what comes of it."""

    article_id: int
    url: str


@dataclass(frozen=True, slots=True)
class Move:
    """Have a source ask another address from now on."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Every:
    """Not an order: from now on feeds are asked by themselves every so many `seconds`, 0 for
    never."""

    seconds: float


Order: TypeAlias = Update | Add | Save | ReadFullText | ReadPicture | Move


@dataclass(frozen=True, slots=True)
class Added:
    """A feed that is subscribed to now. `source` is its name, `new` its articles that were not
    known; `others` are addresses of further feeds that the page named. `known` says that it was
    subscribed to before."""

    source: str
    new: int = 0
    others: tuple[str, ...] = ()
    known: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """A page that is an article now, or was before."""

    article_id: ArticleId
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class FullText:
    """The page of an article was read; `changed` is False where it holds no more than was there."""

    article_id: ArticleId
    changed: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A source asks another address from now on."""

    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """What was asked for failed; `text` is one line, fit to be shown."""

    text: str


Told: TypeAlias = (
    UpdateProgress | UpdateReport | Added | Saved | FullText | Pixels | Moved | Trouble
)
"""Everything but UpdateProgress is the end of what was asked."""

_ORDERS: Mapping[str, type[Any]] = {
    kind.__name__: kind for kind in (Update, Add, Save, ReadFullText, ReadPicture, Move)
}
_TOLD: Mapping[str, type[Any]] = {
    kind.__name__: kind
    for kind in (UpdateProgress, UpdateReport, Added, Saved, FullText, Pixels, Moved, Trouble)
}


def order_line(request: int, order: Order) -> str:
    """An order with the number that everything told of it carries."""
    return _line(request, order)


def stop_line() -> str:
    return json.dumps({"stop": True}) + "\n"


def every_line(seconds: float) -> str:
    return json.dumps({"every": seconds}) + "\n"


def read_order(line: str) -> tuple[int, Order] | Every | None:
    """The order of a line with its number; None when it says to stop what runs."""
    record = json.loads(line)
    if "stop" in record:
        return None
    if "every" in record:
        return Every(record["every"])
    order: Order = _read(record, _ORDERS)
    return record["request"], order


def told_line(request: int, told: Told) -> str:
    return _line(request, told)


def read_told(line: str) -> tuple[int, Told]:
    record = json.loads(line)
    told: Told = _read(record, _TOLD)
    return record["request"], told


def _line(request: int, value: Order | Told) -> str:
    record = {"request": request, "kind": type(value).__name__, "value": asdict(value)}
    return json.dumps(record, default=_text) + "\n"


def _text(value: datetime | bytes) -> str:
    return b64encode(value).decode() if isinstance(value, bytes) else value.isoformat()


def _read(record: Mapping[str, Any], kinds: Mapping[str, type[Any]]) -> Any:
    values = {name: _read_value(name, value) for name, value in record["value"].items()}
    return kinds[record["kind"]](**values)


def _read_value(name: str, value: Any) -> Any:
    match name:
        case "outcome":
            return Outcome(value)
        case "failed" | "waiting" if isinstance(value, list):
            return tuple(FeedFailure(**one | {"again": _moment(one["again"])}) for one in value)
        case "points":
            return b64decode(value)
        case "failures":
            return tuple(ImportFailure(**one) for one in value)
        case _:
            return tuple(value) if isinstance(value, list) else value


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
