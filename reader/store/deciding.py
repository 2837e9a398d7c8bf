"""What becomes of a draft: a new article, a new text of one, or one that is here already."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from index.analysis import fold
from reader.feeds import FeedId
from reader.model import ArticleId, Draft, Outcome, Precision
from reader.store.identity import content_of, identity_beside, identity_of, is_known_by_file
from reader.store.likeness import (
    LIKENESS,
    Said,
    is_much_longer,
    is_same_article,
    is_same_under_link,
    likeness,
)
from reader.store.links import canonical_link, link_digest
from reader.store.times import to_seconds

FEW = 3
"""Articles that one link may have for their texts to be compared with a draft. A link of more is
a page that many entries name, and only the title finds an article among them."""

_PAGE = re.compile("[/?#]")
"""What a canonical link has that leads further than to a home page."""


class Subscribed(NamedTuple):
    """The feed that a draft belongs to, and the name of its source."""

    id: FeedId
    source: str


class Holder(NamedTuple):
    """The article that has an identity.

    `content` is the digest of what it says, `told` of what was told under the identity last.
    `is_own`: it is the identity of the article itself and not a further one.
    """

    id: ArticleId
    content: bytes
    told: bytes
    is_own: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What an article says now, where it comes from and leads to.

    `is_own`: its own source told the text, not another one or its page.
    """

    said: Said
    source: str
    url: str
    content: bytes
    is_own: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do with a draft. `article_id` is the known article, None for a new one.

    `source` is the name of the source the draft comes from. `was_known`: the identity is one of
    the article already; `tell`: what is told under it now has to be remembered; `succeeds`: it
    is the first one of the article from now on. A new article takes the identity of
    `displaced`, which stays without. `is_longer`: the text is the longer one of another place,
    and no more of the draft counts.
    """

    outcome: Outcome
    article_id: ArticleId | None
    identity: bytes
    content: bytes
    source: str
    feed: FeedId | None
    was_known: bool = False
    tell: bool = False
    displaced: ArticleId | None = None
    is_longer: bool = False
    succeeds: bool = False


class Shelf(Protocol):
    """The articles there are."""

    def find_feed(self, url: str) -> Subscribed | None:
        """The feed that is or was at an address."""

    def find_holder(self, identity: bytes) -> Holder | None: ...

    def find_copy(self, content: bytes) -> ArticleId | None:
        """The first article that says this."""

    def find_linked(self, link: bytes) -> Sequence[ArticleId]:
        """Articles with this link: all of them, or FEW and one more."""

    def find_titled(self, link: bytes, title_key: str) -> ArticleId | None:
        """The latest article with this link and this folded title."""

    def known(self, article_id: ArticleId) -> Known: ...

    def has_said(self, article_id: ArticleId, content: bytes) -> bool:
        """Whether this is an earlier text of an article, or was told of it somewhere."""


def decide(shelf: Shelf, draft: Draft) -> Verdict:
    """Find the article of a draft, if there is one.

    An identity finds it, else its link, where it is recognised, else its words, unless it has
    only a title: that says too little.
    """
    feed = shelf.find_feed(draft.feed) if draft.feed else None
    feed_id, source = (None, draft.source) if feed is None else feed
    content = content_of(draft.title, draft.text)
    identity = identity_of(draft, content, feed_id)
    new = Verdict(Outcome.ADDED, None, identity, content, source, feed_id)
    holder = shelf.find_holder(identity)
    if holder is not None and holder.told != content:
        if (draft.guid or draft.url) and _is_reused(shelf, holder, draft):
            new = replace(new, identity=identity_beside(identity, draft, content))
            holder = shelf.find_holder(new.identity)
        elif _is_another(shelf, holder, draft):
            new, holder = replace(new, displaced=holder.id), None
    if holder is not None:
        return _told_again(shelf, holder, draft, new)
    return _linked(shelf, draft, new) or _copied(shelf, draft, new) or new


def _is_reused(shelf: Shelf, holder: Holder, draft: Draft) -> bool:
    """Whether the source gave the id or link of one article to another: nothing is as it was.

    A link to the home page, or none, says nothing, nor does the link that is the id itself;
    neither does an article without a text.
    """
    known = shelf.known(holder.id)
    before, after = canonical_link(known.url), canonical_link(draft.url)
    is_linked = before == after and _PAGE.search(after) is not None
    if (draft.guid and is_linked) or not (known.said.text and draft.text):
        return False
    return not is_same_article(known.said, said_of(draft))


def _is_another(shelf: Shelf, holder: Holder, draft: Draft) -> bool:
    """Whether a known identity stands for another article now. Where a file is all that joins
    them, or words were when they were joined, only words count."""
    if holder.is_own and not is_known_by_file(draft):
        return False
    return not is_same_article(shelf.known(holder.id).said, said_of(draft))


def _told_again(shelf: Shelf, holder: Holder, draft: Draft, new: Verdict) -> Verdict:
    """A known identity: the same again, or something else."""
    content = new.content
    found = replace(new, article_id=holder.id, was_known=True, tell=content != holder.told)
    if content in (holder.told, holder.content):
        return replace(found, outcome=Outcome.DUPLICATE)
    if holder.told != holder.content:
        return _beside(shelf, holder.id, draft, found)
    if not holder.is_own and shelf.known(holder.id).source != new.source:
        return _beside(shelf, holder.id, draft, found)
    if draft.url and not draft.text and shelf.known(holder.id).said.text:
        # A bookmark of an article that is here.
        return replace(found, outcome=Outcome.DUPLICATE, tell=False)
    # Two entries that share an id, or a headline that goes to and fro, would go on for ever; so
    # would files that know an article by nothing but its link.
    is_of_many = new.feed is not None or (not draft.guid and bool(draft.url))
    if is_of_many and shelf.has_said(holder.id, content):
        return replace(found, outcome=Outcome.DUPLICATE, tell=False)
    return replace(found, outcome=Outcome.UPDATED)


def _linked(shelf: Shelf, draft: Draft, new: Verdict) -> Verdict | None:
    """The article to which the link of a draft leads, if it is recognised."""
    article_id = _recognised(shelf, draft) if draft.url else None
    if article_id is None:
        return None
    known = shelf.known(article_id)
    found = replace(new, article_id=article_id, tell=True, displaced=None)
    is_same_text = new.content == known.content
    if not is_same_text and shelf.has_said(article_id, new.content):
        return replace(found, outcome=Outcome.DUPLICATE)
    if known.source == new.source and known.is_own:
        outcome = Outcome.DUPLICATE if is_same_text else Outcome.UPDATED
        return replace(found, outcome=outcome, tell=False, succeeds=True)
    if is_same_text:
        return replace(found, outcome=Outcome.DUPLICATE)
    return _beside(shelf, article_id, draft, found)


def _recognised(shelf: Shelf, draft: Draft) -> ArticleId | None:
    link = link_digest(draft.url)
    linked = shelf.find_linked(link)
    if len(linked) > FEW:
        titled = None if draft.title_derived else shelf.find_titled(link, fold(draft.title))
        linked = () if titled is None else (titled,)
    said = said_of(draft) if linked else None
    return next(
        (one for one in linked if said and is_same_under_link(shelf.known(one).said, said)), None
    )


def _copied(shelf: Shelf, draft: Draft, new: Verdict) -> Verdict | None:
    copy = shelf.find_copy(new.content) if draft.text else None
    if copy is None:
        return None
    tell = bool(draft.guid or draft.url)
    return replace(new, outcome=Outcome.DUPLICATE, article_id=copy, tell=tell, displaced=None)


def _beside(shelf: Shelf, article_id: ArticleId, draft: Draft, found: Verdict) -> Verdict:
    """Another text of an article than the one it has from elsewhere."""
    known = shelf.known(article_id)
    is_trusted = known.source == found.source or not draft.feed or _is_of_link(known, draft)
    if is_trusted and is_much_longer(draft.text, known.said.text):
        return replace(found, outcome=Outcome.UPDATED, is_longer=True)
    return replace(found, outcome=Outcome.DUPLICATE)


def _is_of_link(known: Known, draft: Draft) -> bool:
    """Whether what another feed tells is the text of this article: it has the words that are
    known. Where none are, only the feed of the host to which the article leads has them."""
    if known.said.text:
        return likeness(known.said.text, draft.text) >= LIKENESS
    return _PAGE.split(canonical_link(known.url))[0] == _PAGE.split(canonical_link(draft.feed))[0]


def kept_title(known: Said, draft: Draft) -> tuple[str, bool]:
    """The title, and whether it is derived, of an article that gets a longer text from elsewhere:
    its own, unless that was only taken from its text."""
    return (draft.title, draft.title_derived) if known.title_derived else (known.title, False)


def said_of(draft: Draft) -> Said:
    """What a draft says."""
    published = draft.published
    exact = published is not None and published.precision is Precision.SECOND
    at = to_seconds(published.at) if published is not None and exact else None
    return Said(draft.title, draft.title_derived, draft.text, at)
