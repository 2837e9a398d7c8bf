"""Feeds, pages and sources from the command line, over a real server."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from reader.cli import session
from reader.service import updating
from reader.service.library import Library
from reader.service.locks import exclusive
from tests.reader.cli.conftest import Shell
from tests.reader.service.site import Site, entries, page, rss

ROOT = Path(__file__).resolve().parents[3]

SOURCE = {
    "name", "articles", "unread", "url", "folder", "health", "error", "checked", "next", "every",
}  # fmt: skip
REPORT = {
    "asked", "unchanged", "added", "updated", "failed", "waiting", "problems", "ids",
    "interrupted",
}  # fmt: skip


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        yield made


@pytest.fixture
def feeds(empty: Shell, site: Site) -> Shell:
    """Subscribed to "Skerry Post" with two articles."""
    assert empty("add", site.has("/feed", rss(*entries("ab")))).code == 0
    return empty


def test_adding_tells_what_was_found(empty: Shell, site: Site) -> None:
    head = (
        "<link rel='alternate' type='application/rss+xml' href='/feed'>"
        "<link rel='alternate' type='application/rss+xml' title='Notes' href='/notes'>"
    )
    home = site.has("/", page(head=head), "text/html")
    url = site.has("/feed", rss(*entries("ab")))
    answer = empty("add", home, "--folder", "News", "--json")
    assert answer.json == {
        "source": "Skerry Post",
        "url": url,
        "folder": "News",
        "known": False,
        "added": 2,
        "ids": [1, 2],
        "others": [{"url": site.url("/notes"), "title": "Notes"}],
        "problems": [],
    }
    assert "2 new articles" in answer.err
    again = empty("add", home)
    assert again.code == 0
    assert again.out == f"{site.url('/notes')}  Notes\n"
    assert "subscribed to already" in again.err


def test_adding_what_is_no_feed_says_what_to_do(empty: Shell, site: Site) -> None:
    answer = empty("add", site.has("/", page(), "text/html"))
    assert answer.code == 1
    assert "dateline save" in answer.err
    assert empty("add", site.url("/none")).code == 1
    assert empty("add", " ").code == 2
    assert empty("save", "").code == 2


def test_entries_that_cannot_be_read_are_named(empty: Shell, site: Site) -> None:
    body = b'{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [7]}'
    answer = empty("add", site.has("/json", body), "--json")
    assert len(answer.json["problems"]) == 1
    assert answer.json["problems"][0]["reason"] in answer.err
    site.has("/json", body.replace(b"7", b"8"))
    assert len(empty("update", "--json").json["problems"]) == 1


def test_updating_tells_news_and_every_feed_that_failed(feeds: Shell, site: Site) -> None:
    site.has("/feed", rss(*entries("abc")))
    answer = feeds("update", "--json")
    assert set(answer.json) == REPORT
    assert (answer.code, answer.json["asked"], answer.json["added"]) == (0, 1, 1)
    assert answer.json["ids"] == [3]
    site.says("/feed", 500)
    answer = feeds("update", "skerry", "--json")
    assert answer.code == 1
    (failed,) = answer.json["failed"]
    assert (failed["source"], failed["url"]) == ("Skerry Post", site.url("/feed"))
    assert failed["again"].endswith("Z")
    assert f"Skerry Post ({site.url('/feed')}): {failed['reason']}; asked again" in answer.err
    waiting = feeds("update", "--json")
    assert (waiting.code, len(waiting.json["waiting"])) == (0, 1)
    assert "not asked" in waiting.err
    assert feeds("update", "--due", "--json").json["asked"] == 0
    assert feeds("update", "nobody").code == 3


def test_another_process_that_asks_is_told_by_the_exit_code(
    feeds: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updating, "PATIENCE", 0.1)
    with exclusive(feeds.library / "fetch.lock"):
        assert feeds("update").code == 75


def test_an_interrupt_is_told(feeds: Shell, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library.open(feeds.library)
    library.store.feeds.set(library.store.feeds.list_feeds()[0].id, private=True)
    library.close()

    class Interrupted:
        def __enter__(self) -> object:
            return lambda: True

        def __exit__(self, *_: object) -> None:
            return None

    monkeypatch.setattr("reader.cli.feeds.stopping", Interrupted)
    answer = feeds("update", "--json")
    assert (answer.code, answer.json["interrupted"]) == (130, True)
    assert "what has come is kept" in answer.err


class Interrupting:
    """A site that is slow; an interrupt is typed while it is asked."""

    def __init__(self, site: Site, library: Path, *words: str) -> None:
        self.child = subprocess.Popen(
            [sys.executable, "-m", "reader", "--library", str(library), *words],
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        until = monotonic() + 20
        while not site._server.asked and monotonic() < until:
            sleep(0.02)

    def ends(self, interrupts: int) -> tuple[int, str]:
        for _ in range(interrupts):
            self.child.send_signal(signal.SIGINT)
            sleep(0.05)
        _, err = self.child.communicate(timeout=20)
        return self.child.returncode, err


@pytest.mark.parametrize("command", ["add", "save"])
@pytest.mark.parametrize("interrupts", [1, 2, 12])
def test_an_interrupt_ends_calmly(empty: Shell, site: Site, command: str, interrupts: int) -> None:
    started = Interrupting(site, empty.library, command, site.hangs("/feed"))
    code, err = started.ends(interrupts)
    assert code == 130
    assert "Traceback" not in err
    if interrupts == 1:
        assert err == "dateline: stopped; nothing was changed\n"


def test_it_is_shown_whom_is_asked(
    empty: Shell, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Line(session.ProgressLine):
        def __init__(self) -> None:
            self._shown = True

    monkeypatch.setattr("reader.cli.session.ProgressLine", Line)
    url = site.has("/p", page(), "text/html")
    host = url.removeprefix("http://")
    answer = empty("save", f"http://ann:hunter2secret@{host}")
    assert "asking http://" in answer.err
    assert "/p  (Ctrl-C stops)" in answer.err
    assert "hunter2secret" not in answer.err
    assert f"asking {url}  (Ctrl-C stops)" in empty("add", url).err


def test_saving_a_feed_says_what_to_do(empty: Shell, site: Site) -> None:
    url = site.has("/feed", rss(*entries("ab")))
    answer = empty("save", url)
    assert answer.code == 1
    assert f"`dateline add {url}`" in answer.err


def test_a_name_that_may_mean_several_sources_is_told(feeds: Shell, site: Site) -> None:
    feeds("add", site.has("/two", rss(*entries("c"), title="Skerry Press")))
    answer = feeds("update", "s")
    assert answer.code == 3
    assert '"s" may be "Skerry Post" or "Skerry Press"' in answer.err


def test_a_library_without_sources_says_how_to_add_one(empty: Shell) -> None:
    answer = empty("sources")
    assert (answer.code, answer.out) == (0, "")
    assert "dateline add URL" in answer.err
    assert empty("sources", "--json").json["items"] == []


def test_saving_a_page(empty: Shell, site: Site) -> None:
    url = site.has("/p", page(), "text/html")
    answer = empty("save", url, "--json")
    assert answer.json == {"id": 1, "outcome": "added", "title": "Lamps on the quay", "url": url}
    assert "already there" in empty("save", url).err
    shown = empty("show", "1", "--json").json
    assert (shown["partial"], shown["attachments"]) == (False, [])
    assert all(set(one) == {"start", "end", "kind", "target"} for one in shown["markup"])


def test_sources_are_listed_with_their_health(feeds: Shell, site: Site, folder: Path) -> None:
    feeds("import", str(folder))
    items = {one["name"]: one for one in feeds("sources", "--json").json["items"]}
    assert all(set(one) == SOURCE for one in items.values())
    post = items["Skerry Post"]
    assert (post["articles"], post["unread"], post["health"]) == (2, 2, "ok")
    assert (post["url"], post["error"], post["every"]) == (site.url("/feed"), "", 0)
    assert post["checked"] < post["next"]
    assert (items["Hill Post"]["health"], items["Hill Post"]["next"]) == ("", None)
    site.says("/feed", 410)
    feeds("update")
    stopped = feeds("sources", "--json").json["items"][0]
    assert (stopped["health"], stopped["error"]) == ("stopped", "gone for good: HTTP 410")
    text = feeds("sources").out
    assert "× Skerry Post  — gone for good" in text
    assert "(no source)" in text
    assert feeds("source", "set", "skerry", "--folder", "News// Coast").code == 0
    assert "× Skerry Post  (News/Coast)  — gone for good" in feeds("sources").out
    assert len(feeds("sources", "--limit", "1").out.splitlines()) == 1


def test_changing_a_source_and_taking_it_back(feeds: Shell, site: Site) -> None:
    renamed = feeds("source", "rename", "skerry", "Old Skerry", "--json")
    assert renamed.json["name"] == "Old Skerry"
    assert "renamed Skerry Post to Old Skerry" in renamed.err
    assert feeds("undo").code == 0
    done = feeds("source", "set", "skerry", "--folder", "News", "--every", "2h", "--json")
    assert (done.json["folder"], done.json["every"]) == ("News", 7200)
    assert "every 2h" in done.err
    assert "as the settings say" in feeds("source", "set", "skerry", "--every", "default").err
    site.has("/new", rss(*entries("abc")))
    moved = feeds("source", "move", "skerry", site.url("/new"), "--json")
    assert (moved.json["url"], moved.json["articles"]) == (site.url("/new"), 3)
    removed = feeds("source", "remove", "skerry", "--json")
    assert removed.json == {"source": "Skerry Post", "removed": True}
    assert "dateline undo" in removed.err
    assert feeds("list", "--json").json["total"] == 3
    assert "removed Skerry Post" in feeds("undo").err
    assert feeds("sources", "--json").json["items"][0]["url"] == site.url("/new")
    assert "removed Skerry Post  (undone)" in feeds("history").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["rename", "nobody", "x"], 3),
        (["rename", "skerry", " "], 2),
        (["set", "skerry"], 2),
        (["set", "skerry", "--every", "2 years"], 2),
        (["set", "skerry", "--every", "never"], 2),
        (["move", "skerry", "http://127.0.0.1:1/"], 1),
        (["remove", "nobody"], 3),
    ],
)
def test_what_cannot_be_done_to_a_source_is_told(feeds: Shell, words: list[str], code: int) -> None:
    answer = feeds("source", *words)
    assert answer.code == code
    assert answer.err


def test_feeds_go_out_as_opml(feeds: Shell, site: Site, tmp_path: Path) -> None:
    answer = feeds("export", "--format", "opml")
    assert site.url("/feed") in answer.out
    assert feeds("export", "storm", "--format", "opml").code == 2
    lists = tmp_path / "feeds.opml"
    lists.write_text(answer.out, encoding="utf-8")
    other = Shell(tmp_path / "other", feeds._capsys)
    imported = other("import", str(lists), "--json")
    assert (imported.json["subscribed"], imported.json["added"]) == (1, 0)
    assert "dateline update" in imported.err
    assert other("sources", "--json").json["items"][0]["health"] == "never asked"
    assert other("update", "--json").json["added"] == 2


def test_what_waits_is_indexed_when_asked(feeds: Shell) -> None:
    assert feeds("index", "status", "--json").json["waiting"] == 2
    assert feeds("index", "update", "--json").json["waiting"] == 0
    assert feeds("search", "harbour", "--json").json["total"] == 2


def test_progress_is_shown_on_a_terminal(
    feeds: Shell, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Line(session.ProgressLine):
        def __init__(self) -> None:
            self._shown = True

    monkeypatch.setattr("reader.cli.feeds.ProgressLine", Line)
    answer = feeds("update")
    assert "asking feeds: 1 of 1, 0 new" in answer.err


def test_settings_say_how_often_a_feed_is_asked(
    empty: Shell, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text('[feeds]\nevery = "1d"\n')
    empty.environment["DATELINE_CONFIG"] = str(settings)
    empty("add", site.has("/feed", rss(*entries("ab"))))
    (item,) = empty("sources", "--json").json["items"]
    assert item["next"][:10] > item["checked"][:10]


def test_a_password_is_nowhere_but_in_its_file(empty: Shell, site: Site, tmp_path: Path) -> None:
    """Neither in the library nor in the log, in no output and no export."""
    host = site.url("/private").removeprefix("http://")
    site.has("/private", rss(*entries("ab")))
    url = f"http://ann:hunter2secret@{host}?token=t0psecret&x=1"
    said = [empty("add", url, "--json"), empty("add", url), empty("update", "--json")]
    site.says("/private", 401)
    said += [empty("update", "--json"), empty("sources", "--json"), empty("sources")]
    said += [empty("export", "--format", "opml"), empty("export", "--format", "jsonl")]
    said += [empty("source", "move", "skerry", url.replace("private", "elsewhere"))]
    said += [empty("history"), empty("source", "remove", "skerry"), empty("add", f"{url}\x07")]
    lists = tmp_path / "feeds.opml"
    lists.write_text(
        f"<opml version='2.0'><body><outline type='rss' text='Two' "
        f"xmlUrl='{url.replace('x=1', 'x=2').replace('&', '&amp;')}'/></body></opml>"
    )
    said += [empty("import", str(lists), "--json"), empty("update")]
    told = "".join(one.out + one.err for one in said)
    assert "without their passwords or tokens: Skerry Post" in told
    kept = {
        path.relative_to(empty.library): path.read_bytes()
        for path in empty.library.rglob("*")
        if path.is_file()
    }
    holders = {
        str(path)
        for path, data in kept.items()
        if any(secret in data for secret in (b"hunter2secret", b"t0psecret"))
    }
    for secret in ("hunter2secret", "t0psecret"):
        assert secret not in told
    assert holders <= {"secrets.json"}
    if holders:
        assert (empty.library / "secrets.json").stat().st_mode & 0o077 == 0
    # The whole address was used.
    assert any(
        "t0psecret" in one.line and one.headers.get("authorization", "").startswith("Basic ")
        for one in site._server.asked
    )
