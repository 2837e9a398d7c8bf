"""What becomes of a draft: a new article, a new text of one, or one that is here already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from reader.model import ArticleId, Draft, Outcome
from reader.store.database import Database
from reader.store.identity import content_of, identity_of, is_known_by_file
from reader.store.likeness import Said, is_same_article


@dataclass(frozen=True, slots=True)
class Holder:
    """The article that has an identity, with the digest of what it says."""

    id: ArticleId
    content: bytes


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do with a draft. `article_id` is the known article, None for a new one.

    A new article takes the place of `displaced`, which stays without a place.
    """

    outcome: Outcome
    article_id: ArticleId | None
    identity: bytes
    content: bytes
    displaced: ArticleId | None = None


class Shelf(Protocol):
    """The articles there are."""

    def find_holder(self, identity: bytes) -> Holder | None: ...

    def find_copy(self, content: bytes) -> ArticleId | None:
        """The first article that says this."""

    def is_same(self, article_id: ArticleId, draft: Draft) -> bool:
        """Whether the draft is a new text of the article rather than another article."""


def decide(shelf: Shelf, draft: Draft) -> Verdict:
    """Find the article of a draft, if there is one.

    A draft with the identity of an article and other words is its new text, unless a file is
    all that joins them and the words are too different. One with the words of an article is a
    copy of it, unless it has only a title: that says too little.
    """
    content = content_of(draft.title, draft.text)
    identity = identity_of(draft, content)
    holder = shelf.find_holder(identity)
    if holder is not None and holder.content == content:
        return Verdict(Outcome.DUPLICATE, holder.id, identity, content)
    if holder is not None and (not is_known_by_file(draft) or shelf.is_same(holder.id, draft)):
        return Verdict(Outcome.UPDATED, holder.id, identity, content)
    copy = shelf.find_copy(content) if draft.text else None
    if copy is not None:
        return Verdict(Outcome.DUPLICATE, copy, identity, content)
    displaced = None if holder is None else holder.id
    return Verdict(Outcome.ADDED, None, identity, content, displaced)


class StoredShelf:
    """The articles of the library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find_holder(self, identity: bytes) -> Holder | None:
        row = self._database.row("SELECT id, content FROM article WHERE identity = ?", (identity,))
        return None if row is None else Holder(*row)

    def find_copy(self, content: bytes) -> ArticleId | None:
        return next(iter(self.copies(content)), None)

    def copies(self, content: bytes) -> Iterable[ArticleId]:
        """All articles that say this, ascending."""
        return map(
            ArticleId,
            self._database.ids("SELECT id FROM article WHERE content = ? ORDER BY id", (content,)),
        )

    def is_same(self, article_id: ArticleId, draft: Draft) -> bool:
        title, derived, text = self._database.rows(
            "SELECT a.title, a.title_derived, b.text FROM article a"
            " CROSS JOIN body b ON b.article_id = a.id WHERE a.id = ?",
            (article_id,),
        )[0]
        return is_same_article(
            Said(title, bool(derived), text), Said(draft.title, draft.title_derived, draft.text)
        )


class Foretelling:
    """What saving drafts one after another would come to. Nothing is written or locked.

    Of a draft only digests are kept. So a file that is read twice and has changed in between
    counts as the same article.
    """

    def __init__(self, database: Database) -> None:
        self._stored = StoredShelf(database)
        self._holders: dict[bytes, ArticleId] = {}
        self._contents: dict[ArticleId, bytes] = {}
        self._copies: dict[bytes, list[ArticleId]] = {}

    def tell(self, draft: Draft) -> tuple[ArticleId | None, Outcome]:
        """The article the draft would go to, None for one that is not there yet."""
        verdict = decide(self, draft)
        article_id = verdict.article_id
        if article_id is None:
            # Articles that are not there yet have ids that none ever has.
            article_id = ArticleId(-1 - len(self._contents))
        if verdict.outcome is not Outcome.DUPLICATE:
            self._holders[verdict.identity] = article_id
            self._contents[article_id] = verdict.content
            self._copies.setdefault(verdict.content, []).append(article_id)
        return (article_id if article_id > 0 else None), verdict.outcome

    def find_holder(self, identity: bytes) -> Holder | None:
        article_id = self._holders.get(identity)
        if article_id is not None:
            return Holder(article_id, self._contents[article_id])
        holder = self._stored.find_holder(identity)
        if holder is None:
            return None
        return Holder(holder.id, self._contents.get(holder.id, holder.content))

    def find_copy(self, content: bytes) -> ArticleId | None:
        known = [*self._stored.copies(content), *self._copies.get(content, ())]
        still = [one for one in known if self._contents.get(one, content) == content]
        # New articles come after those that are there, in the order they were told.
        return min(still, key=lambda one: (one < 0, abs(one)), default=None)

    def is_same(self, article_id: ArticleId, draft: Draft) -> bool:
        return article_id in self._contents or self._stored.is_same(article_id, draft)
