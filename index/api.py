"""What a full-text index is: all that callers may type against."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from index.query import IdSet, Query, Sort

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_MOMENT, LAST_MOMENT = -62_135_596_800, 253_402_300_799
"""Years 1 to 9999 in seconds since 1970 UTC: what comes before or after counts as their ends."""


@dataclass(frozen=True, slots=True)
class Document:
    """One article as the index sees it. Times are seconds since 1970 UTC; ids and times have 64
    bits.

    `entities` are the ids of linked entities, without repeats. `published` None is unknown;
    such a document sorts by `added`.
    """

    id: int
    title: str
    text: str
    added: int
    published: int | None = None
    source: str = ""
    authors: tuple[str, ...] = ()
    place: str = ""
    lang: str = ""
    entities: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """One document found. `score` is 0.0 where the order is not relevance."""

    id: int
    score: float


@dataclass(frozen=True, slots=True)
class MatchPage:
    """A stretch of a ranking; `total` counts every document that matches, exactly."""

    matches: tuple[Match, ...]
    total: int


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many matching documents hold `value`."""

    value: str
    documents: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Most frequent values among the matches: most documents first, then by value.

    `entities` are entity ids in decimal; `months` are "2023-07" of `published`, in falling
    order of time and complete.
    """

    entities: tuple[FacetCount, ...] = ()
    sources: tuple[FacetCount, ...] = ()
    months: tuple[FacetCount, ...] = ()

    @classmethod
    def from_counts(
        cls,
        entities: Mapping[str, int],
        sources: Mapping[str, int],
        months: Mapping[str, int],
        limit: int,
    ) -> Facets:
        """The facets of documents counted by value."""

        def most(counts: Mapping[str, int]) -> tuple[FacetCount, ...]:
            ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
            return tuple(FacetCount(value, documents) for value, documents in ranked[:limit])

        falling = sorted(months.items(), reverse=True)
        return cls(most(entities), most(sources), tuple(FacetCount(*item) for item in falling))


def month_of(seconds: int) -> str:
    """The month of a moment as a facet value: "2023-07" in UTC."""
    moment = _EPOCH + timedelta(seconds=min(max(seconds, FIRST_MOMENT), LAST_MOMENT))
    return f"{moment.year:04}-{moment.month:02}"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a caller may rely on beyond the protocol."""

    name: str
    durable: bool


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """State of the committed index: `size` in bytes on disk, `format` the stamp of the layout."""

    documents: int
    segments: int
    size: int
    format: str


class SearchIndex(Protocol):
    """A full-text index over documents with integer ids.

    Writing: `apply`, `merge`. Asking: `search`, `order`, `ids`, `facets`, `suggest`, `complete`.
    Looking after it: `document_ids`, `status`, `check`, `close`.
    Every question sees the last commit, made by this process or another. Any method may
    raise IndexDamagedError, and every one does after that, in any process, until the index is
    built anew; or IndexMissingError and IndexOutdatedError, when it has been removed or built
    anew by another format since it was opened.
    Several threads may ask at once. Where the index is durable, others may write, merge and look
    after it meanwhile; one in memory may not be written while it is asked.
    """

    @property
    def capabilities(self) -> Capabilities: ...

    def apply(self, put: Sequence[Document], remove: Sequence[int] = ()) -> None:
        """Add or replace documents and remove ids, in one commit that is on disk on return.

        Applying the same again changes nothing. Raises IndexBusyError when another process
        is writing.
        """

    def merge(self) -> bool:
        """Make one piece of several pieces of the index, where there are many, and say whether
        there was cause to.

        May take seconds. Where the index is durable, questions are answered and `apply` may be
        called beside it; of several that merge at once only one does. Answers do not change.
        Raises IndexBusyError when another process is writing at the end.
        """

    def search(
        self, query: Query, *, sort: Sort = Sort.RELEVANCE, offset: int = 0, limit: int = 20
    ) -> MatchPage:
        """The matches from `offset`, at most `limit` of them."""

    def order(self, query: Query, *, sort: Sort = Sort.RELEVANCE) -> array[int]:
        """The ids of all matches in order, as an array of type "q"."""

    def ids(self, query: Query) -> IdSet:
        """The ids of all matches."""

    def facets(self, query: Query, *, limit: int = 20) -> Facets:
        """Counts over all matches; `limit` values of entities and of sources."""

    def suggest(self, word: str, *, limit: int = 3) -> Sequence[str]:
        """Indexed words close in spelling to `word`, likeliest first."""

    def complete(self, lead: str, *, limit: int = 10) -> Sequence[str]:
        """Indexed words of titles and texts that begin with `lead`, those of most documents
        first; when few do, then those that begin with something one edit away.

        An index on disk looks at 32 such words of the titles and 32 of the texts of each of its
        pieces, those of most documents, so that of some `limit` above that words may be missing.
        """

    def document_ids(self) -> IdSet:
        """Every id in the index."""

    def status(self) -> IndexStatus: ...

    def check(self) -> None:
        """Read every byte of the last commit, in a bounded amount of memory.

        Raises IndexDamagedError at the first file that is not as it was written.
        """

    def close(self) -> None: ...
