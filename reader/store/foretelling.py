"""What saving would come to, told without writing."""

from __future__ import annotations

import weakref
import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from tempfile import TemporaryFile

from index.analysis import fold
from reader.model import ArticleId, Draft, Outcome
from reader.store.database import Database
from reader.store.deciding import (
    FEW,
    Holder,
    Known,
    Subscribed,
    Verdict,
    decide,
    kept_title,
    said_of,
)
from reader.store.identity import content_of, left_identity
from reader.store.likeness import Said
from reader.store.links import link_digest
from reader.store.shelf import StoredShelf


class Foretelling:
    """What saving drafts one after another would come to. Nothing is written to the library or
    locked; of a draft only digests are kept in memory, its text goes to a temporary file."""

    def __init__(self, database: Database) -> None:
        self._stored = StoredShelf(database)
        self._texts = _Texts()
        self._added = 0
        # What differs from the library so far. Articles that are not there yet have ids that
        # none ever has; texts are at their place in the file.
        self._held: dict[bytes, tuple[ArticleId, bytes]] = {}
        self._own: dict[ArticleId, bytes] = {}
        self._known: dict[ArticleId, tuple[Known, int]] = {}
        self._told: defaultdict[ArticleId, set[bytes]] = defaultdict(set)
        self._earlier: defaultdict[ArticleId, set[bytes]] = defaultdict(set)
        self._copies: defaultdict[bytes, list[ArticleId]] = defaultdict(list)
        self._linked: defaultdict[bytes, list[ArticleId]] = defaultdict(list)

    def tell(self, draft: Draft) -> tuple[ArticleId | None, Outcome]:
        """The article the draft would go to, None for one that is not there yet."""
        verdict = decide(self, draft)
        article_id = verdict.article_id
        if article_id is None:
            article_id = self._add(draft, verdict)
        elif verdict.outcome is Outcome.UPDATED or verdict.succeeds:
            self._change(article_id, draft, verdict)
        if verdict.tell:
            self._hold(verdict.identity, article_id, verdict.content)
        return (article_id if article_id > 0 else None), verdict.outcome

    def find_feed(self, url: str) -> Subscribed | None:
        return self._stored.find_feed(url)

    def find_holder(self, identity: bytes) -> Holder | None:
        if identity not in self._held:
            holder = self._stored.find_holder(identity)
            return holder and holder._replace(content=self._content(holder.id))
        article_id, told = self._held[identity]
        is_own = self._own_identity(article_id) == identity
        return Holder(article_id, self._content(article_id), told, is_own)

    def find_copy(self, content: bytes) -> ArticleId | None:
        known = [*self._stored.copies(content), *self._copies.get(content, ())]
        still = [one for one in known if self._content(one) == content]
        return min(still, key=_age, default=None)

    def find_linked(self, link: bytes) -> Sequence[ArticleId]:
        found = {*self._stored.find_linked(link), *self._linked.get(link, ())}
        return sorted(found, key=_age)[: FEW + 1]

    def find_titled(self, link: bytes, title_key: str) -> ArticleId | None:
        linked = self._linked.get(link, ())
        found = {one for one in linked if fold(self._known[one][0].said.title) == title_key}
        stored = self._stored.find_titled(link, title_key)
        if stored is not None and stored not in self._known:
            found.add(stored)
        return max(found, key=_age, default=None)

    def known(self, article_id: ArticleId) -> Known:
        if article_id in self._known:
            known, place = self._known[article_id]
            known = replace(known, said=replace(known.said, text=self._texts.get(place)))
        else:
            known = self._stored.known(article_id)
        return replace(known, is_own=self._told_by_own(article_id) == known.content)

    def has_said(self, article_id: ArticleId, content: bytes) -> bool:
        if content in self._earlier[article_id]:
            return True
        stored = self._stored.told_of(article_id).items()
        told = {told for identity, told in stored if identity not in self._held}
        told |= {self._held[identity][1] for identity in self._told[article_id]}
        return content in told or self._stored.has_version(article_id, content)

    def _add(self, draft: Draft, verdict: Verdict) -> ArticleId:
        self._added += 1
        article_id = ArticleId(-self._added)
        if verdict.displaced is not None:
            self._displace(verdict.displaced, verdict.identity)
        self._own[article_id] = verdict.identity
        self._hold(verdict.identity, article_id, verdict.content)
        self._say(article_id, said_of(draft), verdict.source, draft.url, verdict.content)
        return article_id

    def _displace(self, article_id: ArticleId, identity: bytes) -> None:
        if self._own_identity(article_id) == identity:
            self._own[article_id] = left_identity(article_id)
            self._hold(self._own[article_id], article_id, self._content(article_id))

    def _change(self, article_id: ArticleId, draft: Draft, verdict: Verdict) -> None:
        known = self.known(article_id)
        own = self._own_identity(article_id)
        # What the source told under the identity of the article stays known.
        self._hold(own, article_id, self._told_by_own(article_id))
        if verdict.is_longer:
            self._lengthen(article_id, known, draft)
            return
        if verdict.succeeds:
            self._own[article_id] = verdict.identity
        self._hold(verdict.identity, article_id, verdict.content)
        if verdict.outcome is Outcome.DUPLICATE:
            return
        self._earlier[article_id].add(known.content)
        said = said_of(draft)
        if draft.published is None:
            said = replace(said, published=known.said.published)
        self._say(article_id, said, known.source, draft.url or known.url, verdict.content)

    def _lengthen(self, article_id: ArticleId, known: Known, draft: Draft) -> None:
        title, derived = kept_title(known.said, draft)
        self._earlier[article_id].add(known.content)
        said = Said(title, derived, draft.text, known.said.published)
        content = content_of(title, draft.text)
        self._say(article_id, said, known.source, known.url, content)

    def _say(
        self, article_id: ArticleId, said: Said, source: str, url: str, content: bytes
    ) -> None:
        """Let an article have this text from now on."""
        place = self._texts.put(said.text)
        self._known[article_id] = (
            Known(replace(said, text=""), source, url, content, is_own=True),
            place,
        )
        self._copies[content].append(article_id)
        if url:
            self._linked[link_digest(url)].append(article_id)

    def _hold(self, identity: bytes, article_id: ArticleId, told: bytes) -> None:
        if identity in self._held:
            self._told[self._held[identity][0]].discard(identity)
        self._held[identity] = article_id, told
        self._told[article_id].add(identity)

    def _content(self, article_id: ArticleId) -> bytes:
        if article_id in self._known:
            return self._known[article_id][0].content
        return self._stored.content(article_id)

    def _own_identity(self, article_id: ArticleId) -> bytes:
        return self._own.get(article_id) or self._stored.own_identity(article_id)

    def _told_by_own(self, article_id: ArticleId) -> bytes:
        """What was told last under the identity of an article itself."""
        holder = self.find_holder(self._own_identity(article_id))
        return self._content(article_id) if holder is None else holder.told


def _age(article_id: ArticleId) -> tuple[bool, int]:
    """Articles that are not there yet come after those that are, in the order they were told."""
    return article_id < 0, abs(article_id)


class _Texts:
    """Texts in a temporary file."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - closed, and so removed, with this object
        weakref.finalize(self, self._file.close)
        self._end = 0

    def put(self, text: str) -> int:
        """The place of the text."""
        packed = zlib.compress(text.encode(errors="surrogatepass"), 1)
        place = self._end
        self._file.seek(place)
        self._end += self._file.write(len(packed).to_bytes(4, "little") + packed)
        return place

    def get(self, place: int) -> str:
        self._file.seek(place)
        length = int.from_bytes(self._file.read(4), "little")
        return zlib.decompress(self._file.read(length)).decode(errors="surrogatepass")
