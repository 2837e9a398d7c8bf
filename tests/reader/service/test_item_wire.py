"""What was read is the same on the other side of the pipe."""

from __future__ import annotations

import json
from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st

from reader.feeds import ParsedFeed, Subscription
from reader.model import (
    Attachment,
    Draft,
    ImportFailure,
    Mark,
    Markup,
    MarkupKind,
    Precision,
    Published,
    Span,
    Tagged,
)
from reader.service.item_wire import (
    Item,
    feed_record,
    item_record,
    line_of,
    read_feed,
    read_item,
)

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
places = st.integers(0, 10_000)
moments = st.datetimes(timezones=st.just(UTC))
drafts = st.builds(
    Draft,
    title=words,
    text=words,
    title_derived=st.booleans(),
    headings=st.lists(st.builds(Span, places, places), max_size=3).map(tuple),
    related=st.lists(words, max_size=3).map(tuple),
    published=st.none() | st.builds(Published, moments, st.sampled_from(Precision)),
    dateline=words,
    place=words,
    agency=words,
    source=words,
    url=words,
    guid=words,
    authors=st.lists(words, max_size=3).map(tuple),
    lang=words,
    origin=words,
    file=st.binary(max_size=20),
    markup=st.lists(
        st.builds(Markup, places, places, st.sampled_from(MarkupKind), words), max_size=3
    ).map(tuple),
    attachments=st.lists(st.builds(Attachment, words, words), max_size=3).map(tuple),
    partial=st.booleans(),
    feed=words,
    tags=st.lists(words, max_size=3).map(tuple),
    marks=st.frozensets(st.sampled_from(Mark)),
    added=st.none() | moments,
)
items = (
    drafts
    | st.builds(Subscription, words, words, words, words)
    | st.builds(
        Tagged,
        words,
        st.lists(words, max_size=3).map(tuple),
        st.frozensets(st.sampled_from(Mark)),
    )
    | st.builds(ImportFailure, words, words, words)
)


@given(items)
def test_an_item_comes_out_as_it_went_in(item: Item) -> None:
    line = line_of(item_record(item))
    assert line.count("\n") == 1
    assert line.isascii()
    assert read_item(json.loads(line)) == item


@given(
    st.lists(drafts, max_size=3),
    st.lists(st.builds(ImportFailure, words, words, words), max_size=3),
    words,
    places,
)
def test_a_feed_comes_out_with_its_entries_in_their_order(
    entries: list[Draft], failures: list[ImportFailure], title: str, dropped: int
) -> None:
    feed = ParsedFeed(title, "site", "RSS 2.0", tuple(entries), tuple(failures), dropped)
    record = json.loads(json.dumps(feed_record(feed)))
    assert read_feed(record, [*entries, *failures]) == feed
