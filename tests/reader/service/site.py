"""A site with feeds and pages, on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from types import TracebackType
from typing import Self

from tests.reader.fetch.servers import Answer, Asked, Server, answer

Place = str
Respond = Callable[[Asked], Answer]

WORDS = "The harbour council met on the quay and spoke at length about tides, nets and lamps."


def rss(*entries: tuple[str, str], title: str = "Skerry Post", more: str = "") -> bytes:
    """A feed whose entries have a name, which is their guid and link, and a text."""
    items = "".join(
        f"<item><title>Title {name}</title><guid isPermaLink='false'>{name}</guid>"
        f"<link>http://skerry.example/{name}</link>"
        f"<pubDate>Thu, 02 Nov 2023 10:00:00 GMT</pubDate>"
        f"<description>{text}</description></item>"
        for name, text in entries
    )
    return (
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>{title}</title>"
        f"<link>http://skerry.example/</link>{more}{items}</channel></rss>"
    ).encode()


def entries(names: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, f"{WORDS} That was number {name}.") for name in names]


def page(title: str = "Lamps on the quay", paragraphs: int = 8, head: str = "") -> bytes:
    text = "".join(f"<p>Paragraph {number}. {WORDS}</p>" for number in range(paragraphs))
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body><nav><a href='/'>"
        f"Home</a></nav><article><h1>{title}</h1>{text}</article></body></html>"
    ).encode()


class Site:
    """Answers by path; what is not there is 404. Documents answer conditional requests."""

    def __init__(self) -> None:
        self._responders: dict[Place, Respond] = {}
        self._server = Server(self._respond)

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.__exit__(kind, error, trace)

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for, robots.txt left out."""
        return [one.path for one in self._server.asked if one.path != "/robots.txt"]

    def url(self, path: Place) -> str:
        return f"{self._server.url}{path}"

    def has(self, path: Place, body: bytes, kind: str = "application/rss+xml") -> str:
        """Put a document there; its address."""
        tag = f'"{sha256(body).hexdigest()[:16]}"'

        def respond(asked: Asked) -> Answer:
            if asked.headers.get("if-none-match") == tag:
                return answer(304, b"", f"ETag: {tag}")
            return answer(200, body, f"Content-Type: {kind}", f"ETag: {tag}")

        return self.does(path, respond)

    def says(self, path: Place, status: int, *lines: str) -> str:
        """Answer with a status alone."""
        return self.does(path, lambda _: answer(status, b"no", *lines))

    def redirects(self, path: Place, status: int, to: str) -> str:
        return self.says(path, status, f"Location: {to}")

    def hangs(self, path: Place) -> str:
        def respond(_: Asked) -> Iterator[bytes]:
            return self._server.hang()

        return self.does(path, respond)

    def does(self, path: Place, respond: Respond) -> str:
        self._responders[path] = respond
        return self.url(path)

    def _respond(self, asked: Asked) -> Answer:
        path = asked.path.partition("?")[0]
        respond = self._responders.get(path) or self._responders.get(asked.path)
        return respond(asked) if respond else answer(404, b"nothing")
