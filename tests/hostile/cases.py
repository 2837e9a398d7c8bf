"""What a hostile file is, and the harmless documents that the hostile ones are made of.

Every title and text names its case, so that one library can hold what came of many files and
each article can be told to be of one of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

CPU_SECONDS = 10.0
"""The most user and system time that an import may take, its child processes included."""

MEMORY_BYTES = 600_000_000
"""The most memory that the processes of an import may hold together."""

CANARY_FILE = "@CANARY-FILE@"
"""Stands for the path of a file outside the library that nothing may read."""

CANARY_URL = "@CANARY-URL@"
"""Stands for the address of a server that nothing may ask."""

CANARY_WORDS = "the-canary-was-read"
"""What that file and that server say."""


@dataclass(frozen=True, slots=True)
class Case:
    """One hostile file, and what must come of importing it.

    `titles` are those of articles that arrive, each once; `starts` are beginnings of titles,
    each of exactly one article. `texts` stand somewhere in the texts that are stored, `feeds`
    are addresses that are subscribed to, `never` stands nowhere in the library. `named` says
    that the report names the file among what failed. `alone` asks for a process without
    small files, `slow` for a run of minutes; `file_format` and `source` are options of the import.
    """

    name: str
    make: Callable[[], bytes]
    titles: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    named: bool = False
    alone: bool = False
    slow: bool = False
    file_format: str = ""
    source: str = ""

    def write(self, canary_file: str, canary_url: str) -> bytes:
        """The bytes of the file, with the canaries of this run."""
        data = self.make()
        if len(data) < 1_000_000 and not data.startswith(b"SQLite"):
            data = data.replace(CANARY_FILE.encode(), canary_file.encode())
            data = data.replace(CANARY_URL.encode(), canary_url.encode())
        return data


def always(data: bytes | str) -> Callable[[], bytes]:
    """A maker of data that is small enough to be kept."""
    kept = data.encode() if isinstance(data, str) else data
    return lambda: kept


def before(name: str) -> str:
    """The title of the good entry in front of the bad one."""
    return f"Good news before {name}"


def after(name: str) -> str:
    """The title of the good entry behind the bad one."""
    return f"Good news after {name}"


def around(name: str) -> tuple[str, str]:
    """The titles of both good entries."""
    return before(name), after(name)


def link(name: str, number: object) -> str:
    return f"https://news.example/{name}/{number}"


def prose(name: str, number: object) -> str:
    """One paragraph that no other entry has."""
    return (
        f"The harbour office counted the boats of {name} once more on Tuesday, number {number}, "
        "and the clerk wrote every one of them into the long book by the window."
    )


def entry(name: str, title: str, number: object, more: str = "") -> str:
    """An entry of an RSS feed; `title` is put in as it is."""
    return (
        f"<item><title>{title}</title><link>{link(name, number)}</link>"
        f"<guid isPermaLink='false'>{name}-{number}</guid>"
        f"<pubDate>Tue, 08 Aug 2023 06:00:00 GMT</pubDate>"
        f"<description>{prose(name, number)}</description>{more}</item>\n"
    )


XML = '<?xml version="1.0" encoding="utf-8"?>\n'


def rss(name: str, *bad: str, head: str = XML, title: str = "") -> str:
    """An RSS feed with `bad` between two good entries."""
    return (
        f'{head}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{title or f'Tides of {name}'}</title><link>https://news.example/{name}</link>\n"
        f"{entry(name, before(name), 'before')}{''.join(bad)}{entry(name, after(name), 'after')}"
        "</channel></rss>\n"
    )


def atom_entry(name: str, title: str, number: object, more: str = "") -> str:
    return (
        f"<entry><title>{title}</title><link href='{link(name, number)}'/>"
        f"<id>tag:news.example,2023:{name}-{number}</id><updated>2023-08-08T06:00:00Z</updated>"
        f"<summary>{prose(name, number)}</summary>{more}</entry>\n"
    )


def atom(name: str, *bad: str, head: str = XML, attributes: str = "") -> str:
    """An Atom feed with `bad` between two good entries."""
    return (
        f"{head}<feed xmlns='http://www.w3.org/2005/Atom'{attributes}>"
        f"<title>Tides of {name}</title><id>tag:news.example,2023:{name}</id>"
        f"<updated>2023-08-08T06:00:00Z</updated>\n"
        f"{atom_entry(name, before(name), 'before')}{''.join(bad)}"
        f"{atom_entry(name, after(name), 'after')}</feed>\n"
    )


def json_entry(name: str, title: str, number: object) -> dict[str, object]:
    """An entry of a JSON feed."""
    return {
        "id": f"{name}-{number}",
        "url": link(name, number),
        "title": title,
        "content_text": prose(name, number),
        "date_published": "2023-08-08T06:00:00Z",
    }


def json_feed(name: str, *bad: str) -> str:
    """A JSON feed with `bad`, as written in JSON, between two good entries."""
    items = (
        json.dumps(json_entry(name, before(name), "before")),
        *bad,
        json.dumps(json_entry(name, after(name), "after")),
    )
    return (
        '{"version": "https://jsonfeed.org/version/1.1", '
        f'"title": "Tides of {name}", "items": [\n' + ",\n".join(items) + "\n]}\n"
    )


def record(name: str, title: str, number: object) -> dict[str, object]:
    """A record of a data set."""
    return {
        "title": title,
        "text": prose(name, number),
        "url": link(name, number),
        "published": "2023-08-08",
        "source": f"Tides of {name}",
    }


def lines(name: str, *bad: str) -> str:
    """Records a line, with `bad` lines between two good ones."""
    good = [json.dumps(record(name, title, title[10:15])) for title in around(name)]
    return "\n".join((good[0], *bad, good[1])) + "\n"


def letter(name: str, subject: str, number: object, body: str = "", more: str = "") -> str:
    """A mail with its "From " line; `more` are headers, each with its end of line."""
    head = "" if "content-type" in more.lower() else "Content-Type: text/plain; charset=utf-8\n"
    return (
        "From clerk@news.example Tue Aug  8 06:00:00 2023\n"
        f"From: Clerk <clerk@news.example>\nSubject: {subject}\n"
        f"Message-ID: <{name}-{number}@news.example>\nDate: Tue, 08 Aug 2023 06:00:00 +0000\n"
        f"{head}{more}\n{body or prose(name, number)}\n\n"
    )


def mbox(name: str, *bad: str) -> str:
    """A mail folder with `bad` between two good mails."""
    return "".join((letter(name, before(name), "before"), *bad, letter(name, after(name), "after")))


def page(name: str, body: str = "", head: str = "", title: str = "") -> str:
    """A page with enough text to be taken for an article; `body` stands in the middle."""
    title = title or before(name)
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}"
        f"<link rel='canonical' href='{link(name, 'page')}'></head><body><article>"
        f"<h1>{title}</h1><p>{prose(name, 'one')}</p><p>{prose(name, 'two')}</p>{body}"
        f"<p>{prose(name, 'three')}</p><p>{prose(name, 'four')}</p></article></body></html>"
    )


def outline(address: str, title: str, more: str = "") -> str:
    return f'<outline type="rss" text={quoteattr(title)} xmlUrl={quoteattr(address)}{more}/>\n'


def good_feeds(name: str) -> tuple[str, str]:
    """The addresses of the good feeds of a list of subscriptions."""
    return f"https://news.example/{name}/one.xml", f"https://news.example/{name}/two.xml"


def opml(name: str, *bad: str, head: str = XML) -> str:
    """A list of subscriptions with `bad` between two good ones."""
    one, two = good_feeds(name)
    return (
        f'{head}<opml version="2.0"><head><title>{escape(name)}</title></head><body>\n'
        f"{outline(one, f'One of {name}')}{''.join(bad)}{outline(two, f'Two of {name}')}"
        "</body></opml>\n"
    )
