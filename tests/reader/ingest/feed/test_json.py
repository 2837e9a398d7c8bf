"""JSON Feed with wrong types and worse."""

from __future__ import annotations

import json
from itertools import product

import pytest

from reader.ingest import Reason
from reader.model import Attachment
from tests.reader.ingest.feed.documents import parse

VERSION = "https://jsonfeed.org/version/1.1"
FIELDS = (
    "id",
    "url",
    "external_url",
    "title",
    "content_html",
    "content_text",
    "summary",
    "date_published",
    "date_modified",
    "authors",
    "author",
    "language",
    "attachments",
)
WRONG: tuple[str, ...]
WRONG = ("5", "1.5", "true", "null", "[]", "{}", "[5]", '[{"name": 5, "url": []}]', '{"name": []}')
WRONG += ("NaN", "-Infinity", "9" * 5000, '"\\ud800"', "[" * 200 + "]" * 200)


def feed(*items: str, head: str = "") -> str:
    return f'{{"version": "{VERSION}", {head}"items": [{", ".join(items)}]}}'


@pytest.mark.parametrize(("field", "value"), list(product(FIELDS, WRONG)))
def test_a_wrong_type_costs_no_entry(field: str, value: str) -> None:
    item = f'{{"title": "One", "banner_image": "x", "{field}": {value}}}'
    parsed = parse(feed(item, '{"title": "Two"}'))
    assert not parsed.failures
    assert parsed.drafts[1].title == "Two"
    if field != "title":
        assert parsed.drafts[0].title == "One"


@pytest.mark.parametrize("value", ["5", "null", '"x"', "[]", "NaN"])
def test_an_item_that_is_no_object_is_named(value: str) -> None:
    parsed = parse(feed(value, '{"id": "2"}'))
    assert [(f.item, f.reason) for f in parsed.failures] == [("entry 1", Reason.NOT_OBJECT)]
    assert [draft.guid for draft in parsed.drafts] == ["2"]


def test_an_item_with_nothing_is_named() -> None:
    assert [f.reason for f in parse(feed("{}", '{"id": ""}')).failures] == [Reason.NO_CONTENT] * 2
    assert parse(feed('{"tags": ["x"], "image": "https://x.example/"}')).drafts[0].title_derived


@pytest.mark.parametrize("head", ['"title": 5, ', '"authors": 5, ', '"home_page_url": [], '])
def test_wrong_types_in_the_feed_itself(head: str) -> None:
    assert len(parse(feed('{"id": 1}', head=head)).drafts) == 1


def test_numbers_are_ids_too() -> None:
    drafts = parse(feed('{"id": 1}', '{"id": 1.5}', f'{{"id": {"9" * 5000}}}')).drafts
    assert [draft.guid for draft in drafts[:2]] == ["1", "1.5"]
    assert len(drafts[2].guid) == 64


def test_texts_and_fallbacks() -> None:
    item = {
        "id": "1",
        "external_url": "https://a.example/",
        "content_text": "One <b>\nline\n\nTwo",
        "date_published": "never",
        "date_modified": "2024-03-08",
        "author": {"name": "Ada"},
    }
    (draft,) = parse(feed(json.dumps(item))).drafts
    assert (draft.text, draft.url) == ("One <b>\nline\n\nTwo", "https://a.example/")
    assert (draft.authors, draft.title) == (("Ada",), "One <b>")
    assert draft.published is not None
    assert draft.published.iso == "2024-03-08"


def test_a_summary_is_partial() -> None:
    assert parse(feed('{"url": "https://a.example/", "summary": "s"}')).drafts[0].partial
    assert not parse(feed('{"url": "https://a.example/", "content_text": "s"}')).drafts[0].partial


def test_attachments_are_kept_once() -> None:
    one = {"url": "/a.mp3", "mime_type": "audio/mpeg"}
    item = {"id": "1", "attachments": [one, one, {"mime_type": "x"}, 5, {"url": 5}]}
    (draft,) = parse(feed(json.dumps(item))).drafts
    assert draft.attachments == (Attachment("https://news.example/a.mp3", "audio/mpeg"),)


def test_a_feed_without_a_version_is_known_by_its_items() -> None:
    assert parse('{"items": [{"content_text": "x"}]}').kind == "JSON Feed 1.0"
