"""Entries that cannot be told apart by what should tell them apart: ids and links."""

from __future__ import annotations

import json

from tests.hostile.cases import Case, always

STORIES = (
    (
        "Council votes on trees",
        "The council of Bergen voted on Monday to plant two hundred trees along the quay.",
    ),
    (
        "Bridge closed by storm",
        "Engineers expect that repairs of the old railway bridge will take three weeks.",
    ),
    (
        "Grain prices fall",
        "Traders in Rotterdam spoke of relief after eleven ships had left Odesa by Friday evening.",
    ),
)
HOME = "https://news.example/"


def _titles(name: str) -> tuple[str, ...]:
    return tuple(f"{title} ({name})" for title, _ in STORIES)


def _feed(name: str, facts: str) -> Case:
    """An RSS feed of its own address, whose entries have the same `facts`."""
    items = "".join(
        f"<item><title>{title}</title><description>{text} {name}.</description>{facts}</item>"
        for title, (_, text) in zip(_titles(name), STORIES, strict=True)
    )
    own = f"<a:link rel='self' href='https://news.example/{name}.xml'/>"
    text = (
        "<rss version='2.0' xmlns:a='http://www.w3.org/2005/Atom'><channel>"
        f"<title>Source {name}</title>{own}{items}</channel></rss>"
    )
    return Case(f"{name}.xml", always(text), titles=_titles(name))


def _records(name: str, **facts: str) -> Case:
    rows = (
        {"title": title, "text": f"{text} {name}.", "source": f"Source {name}", **facts}
        for title, (_, text) in zip(_titles(name), STORIES, strict=True)
    )
    text = "".join(json.dumps(row) + "\n" for row in rows)
    return Case(f"{name}.jsonl", always(text), titles=_titles(name))


def _table(name: str) -> Case:
    rows = "".join(
        f'"{title}","{text} {name}.",{HOME},Source {name}\n'
        for title, (_, text) in zip(_titles(name), STORIES, strict=True)
    )
    return Case(f"{name}.csv", always(f"title,text,url,source\n{rows}"), titles=_titles(name))


def _letters(name: str) -> Case:
    text = "".join(
        "From clerk@news.example Tue Aug  8 06:00:00 2023\nMessage-ID: <same@news.example>\n"
        f"From: {name} <clerk@news.example>\nSubject: {title}\n\n{text} {name}.\n\n"
        for title, (_, text) in zip(_titles(name), STORIES, strict=True)
    )
    return Case(f"{name}.mbox", always(text), titles=_titles(name))


CASES: tuple[Case, ...] = (
    _feed("alike-links", f"<link>{HOME}</link>"),
    _feed("alike-guids", "<guid>same</guid>"),
    _feed("alike-both", f"<link>{HOME}</link><guid>{HOME}</guid>"),
    _feed("alike-nothing", ""),
    _feed("alike-anchors", f"<link>{HOME}#utm_source=x</link>"),
    _records("alike-urls", url=HOME),
    _records("alike-ids", id="same"),
    _records("alike-neither"),
    _table("alike-rows"),
    _letters("alike-letters"),
)
