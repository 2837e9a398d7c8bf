"""Feeds in a real terminal, from a real server on this machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.e2e.terminal import Terminal, needs_tmux, run_dateline

pytestmark = [pytest.mark.e2e, needs_tmux, pytest.mark.timeout(240)]

Start = Callable[..., Terminal]

PAGE = "".join(
    f"<p>Paragraph {n} of the page tells of the copper kettle that was found beneath the floor of "
    "the old mill, of the people who found it, and of what they mean to do with it.</p>"
    for n in range(12)
)


class Site(ThreadingHTTPServer):
    """A site with one feed, a page, and a path that answers when it is let go."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.entries = ["Kettle found", "Mill sold"]
        self.let_go = Event()
        self.url = f"http://127.0.0.1:{self.server_port}"

    def feed(self, title: str) -> str:
        entry = (
            "<item><title>{0}</title><link>{1}/page/{2}</link><guid>{2}</guid><description>"
            "Find {2}: beneath it, &lt;a href='https://mill.example/map'&gt;a map&lt;/a&gt; says"
            "</description></item>"
        )
        entries = [entry.format(one, self.url, number) for number, one in enumerate(self.entries)]
        body = f"<title>{title}</title><link>{self.url}</link>{''.join(entries)}"
        return f"<rss version='2.0'><channel>{body}</channel></rss>"


class Answers(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        if self.path == "/robots.txt":
            self.send_error(404)
            return
        if self.path.startswith("/slow"):
            self.server.let_go.wait(60)
        is_page = self.path.startswith("/page")
        title = "Copper News" if self.path == "/feed" else "Slow Post"
        html = (
            f"<html><head><title>Kettle found</title></head><body><article>{PAGE}</article></body>"
        )
        body = (html if is_page else self.server.feed(title)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html" if is_page else "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as one:
        Thread(target=one.serve_forever, daemon=True).start()
        yield one
        one.let_go.set()
        one.shutdown()


def add(site: Site, library: Path) -> None:
    run = run_dateline("add", f"{site.url}/feed", "--folder", "News", library=library)
    assert run.returncode == 0, run.stderr


def test_news_of_a_feed_are_asked_for_announced_and_read(
    terminal: Start, library: Path, site: Site
) -> None:
    add(site, library)
    screen = terminal(width=160, height=40)
    screen.wait_for("▾ News", "Copper News", "Kettle found")
    site.entries.append("Kettle polished")
    screen.send("R")
    screen.wait_for("asked 1 feed: 1 new", "+1 new")
    assert "Kettle polished" not in screen.screen()
    screen.send("r")
    screen.wait_for("Kettle polished")
    screen.send("g", "g")
    screen.send("Enter")
    screen.wait_for("Find 2: beneath it", "only a summary")
    screen.send("O")
    screen.wait_for("Paragraph 3 of the page")
    screen.wait_until_gone("only a summary")
    screen.send("C-q")
    assert screen.wait_for_end() == 0


def test_links_are_copied_by_letter(terminal: Start, library: Path, site: Site) -> None:
    add(site, library)
    screen = terminal(width=160, height=40)
    screen.wait_for("Kettle found", "a map says")
    screen.send(r"\;")
    screen.wait_for("a–z open", "A–Z copy")
    screen.send("A")
    screen.wait_for("copied https://mill.example/map")
    assert "https://mill.example/map" in screen.buffers()


def test_keys_are_answered_while_a_server_does_not(
    terminal: Start, library: Path, site: Site, tmp_path: Path
) -> None:
    add(site, library)
    urls = tmp_path / "urls"
    urls.write_text(f"{site.url}/slow/1\n{site.url}/slow/2\n")
    added = run_dateline("import", str(urls), "--format", "newsboat", library=library)
    assert added.returncode == 0, added.stderr
    screen = terminal(width=160, height=40)
    screen.wait_for("Copper News", "Kettle found")
    site.entries.append("Kettle polished")
    screen.send("R")
    screen.wait_for("asking 1/3", "+1 new")
    screen.send("Enter")
    screen.send("q")
    screen.send("s")
    screen.wait_for("s hide", "asking 1/3")
    screen.send("Escape")
    screen.send(":")
    screen.type("stop")
    screen.send("Enter")
    screen.wait_for("then stopped: 1 new")
    assert not re.search(r"asking \d", screen.screen())
    screen.send("C-q")
    assert screen.wait_for_end() == 0
