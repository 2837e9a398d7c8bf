"""What asking 200 feeds for news costs: `python -m benchmarks.updating [--feeds N] [--json]`.

The feeds are made from the seeded corpus and served by this process; what is measured is
`dateline update` as a person runs it, its child processes and its start included.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from os import environ
from pathlib import Path
from random import Random
from threading import Thread
from xml.sax.saxutils import escape

from benchmarks import measure
from benchmarks.corpus import Record, articles

FEEDS = 200
ENTRIES = 6_500


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes at one address, and what tells them from others."""

    body: bytes
    tag: str


def make_feeds(feeds: int, entries: int, seed: int = 1) -> list[bytes]:
    """`feeds` documents with `entries` entries in all, RSS and Atom by turns."""
    source = articles(entries, seed)
    sizes = [entries * (number + 1) // feeds - entries * number // feeds for number in range(feeds)]
    rng = Random(seed)
    return [
        (_rss if number % 2 else _atom)(number, list(islice(source, size)), rng)
        for number, size in enumerate(sizes)
    ]


def _rss(number: int, records: list[Record], rng: Random) -> bytes:
    items = "".join(
        f"<item><title>{escape(one['title'])}</title><link>{_link(number, place)}</link>"
        f"<guid>{_link(number, place)}</guid><pubDate>Thu, 02 Nov 2023 10:{place % 60:02}:00 +0000"
        f"</pubDate><content:encoded>{escape(_html(one['text'], rng))}</content:encoded></item>"
        for place, one in enumerate(records)
    )
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'"
        " xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>"
        f"<title>Feed {number}</title><link>http://news{number}.example/</link>{items}"
        "</channel></rss>"
    ).encode()


def _atom(number: int, records: list[Record], rng: Random) -> bytes:
    items = "".join(
        f"<entry><title>{escape(one['title'])}</title><link href='{_link(number, place)}'/>"
        f"<id>tag:{number}.example,2023:{place}</id><updated>{one['published']}</updated>"
        f"<content type='html'>{escape(_html(one['text'], rng))}</content></entry>"
        for place, one in enumerate(records)
    )
    return (
        "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom'>"
        f"<title>Feed {number}</title><link href='http://news{number}.example/'/>{items}</feed>"
    ).encode()


def _link(number: int, place: int) -> str:
    return f"http://news{number}.example/{place}"


def _html(text: str, rng: Random) -> str:
    """Paragraphs with a link and an emphasis in each, as sites write them."""
    return "".join(
        f'<p class="body">{_marked(paragraph, rng)}</p>\n' for paragraph in text.split("\n\n")
    )


def _marked(paragraph: str, rng: Random) -> str:
    words = [escape(word) for word in paragraph.split(" ")]
    for form in ('<a href="http://x.example/{0}" rel="nofollow">{0}</a>', "<em>{0}</em>"):
        place = rng.randrange(len(words))
        words[place] = (
            form.format(words[place].strip('"“”,.')) if words[place].isalpha() else (words[place])
        )
    return " ".join(words)


class Server(ThreadingHTTPServer):
    """Serves documents by their numbers, and says when one is as it was."""

    request_queue_size = 64

    def __init__(self, documents: list[Document]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.documents = documents


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        document = self.server.documents[int(self.path.removeprefix("/"))]
        known = self.headers["If-None-Match"] == document.tag
        self.send_response(304 if known else 200)
        self.send_header("ETag", document.tag)
        self.send_header("Content-Length", str(0 if known else len(document.body)))
        self.end_headers()
        if not known:
            self.wfile.write(document.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def serve(bodies: list[bytes]) -> Server:
    """A server for documents, in a thread of its own."""
    documents = [Document(body, f'"{sha256(body).hexdigest()[:16]}"') for body in bodies]
    server = Server(documents)
    Thread(target=server.serve_forever, daemon=True).start()
    return server


def opml(server: Server) -> str:
    """A list of all feeds of a server."""
    port = server.server_address[1]
    lines = "".join(
        f"<outline text='Feed {number}' type='rss' xmlUrl='http://127.0.0.1:{port}/{number}'/>"
        for number in range(len(server.documents))
    )
    return f"<opml version='2.0'><body>{lines}</body></opml>"


def measure_updating(feeds: int, entries: int, folder: Path) -> dict[str, measure.Value]:
    """Seconds of processor time of a first update, of one without news, of one where
    every tenth feed has other texts; megabytes of the largest process."""
    bodies = make_feeds(feeds, entries)
    server = serve(bodies)
    lists = folder / "feeds.opml"
    lists.write_text(opml(server), encoding="utf-8")
    _dateline(folder, "import", str(lists))
    first = _dateline(folder, "update")
    again = _dateline(folder, "update")
    changed = make_feeds(feeds, entries + feeds, seed=2)
    server.documents = [
        Document(changed[number], '"changed"') if number % 10 == 0 else document
        for number, document in enumerate(server.documents)
    ]
    some = _dateline(folder, "update")
    server.shutdown()
    server.server_close()
    return {
        "feeds": feeds,
        "entries": entries,
        "megabytes": round(sum(map(len, bodies)) / 1_000_000, 1),
        "first_cpu_s": round(first.cpu_seconds, 2),
        "unchanged_cpu_s": round(again.cpu_seconds, 2),
        "tenth_changed_cpu_s": round(some.cpu_seconds, 2),
        "peak_mb": round(first.peak_bytes / 1_000_000),
    }


def _dateline(folder: Path, *words: str) -> measure.Usage:
    environment = {**environ, "DATELINE_CONFIG": str(folder / "no-settings")}
    command = [sys.executable, "-m", "reader", "--library", str(folder / "library"), *words]
    used = measure.run(command, env=environment)
    if used.exit_code:
        raise RuntimeError(f"{words[0]} ended with {used.exit_code}")
    return used


def _lines(values: dict[str, measure.Value]) -> Iterator[str]:
    for name, value in values.items():
        yield f"{name:<22}{value}"


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=FEEDS)
    parser.add_argument("--entries", type=int, default=ENTRIES)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        values = measure_updating(options.feeds, options.entries, Path(place))
    print(json.dumps(values) if options.json else "\n".join(_lines(values)))


if __name__ == "__main__":
    main()
