"""Imports: what is stored, what is told, and stopping half-way."""

from __future__ import annotations

import gzip
import json
import os
import resource
import tracemalloc
from pathlib import Path

import pytest

from reader.errors import LibraryBusyError
from reader.ingest import Reason
from reader.model import Draft, ImportFailure
from reader.reports import describe_import
from reader.service import importing
from reader.service.importing import Importing, ImportProgress
from reader.service.library import Library
from reader.service.parsing import Parsing
from reader.service.subscriptions import Subscriptions
from reader.store import given_ids, open_store
from tests.reader.ingest.saved_files import MBOX, TAG_DUMP

WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def test_an_import_reports_and_stores(fresh: Library, folder: Path) -> None:
    seen: list[ImportProgress] = []
    report = fresh.importing.import_paths([folder], progress=seen.append)
    assert (report.added, report.updated, report.duplicate, report.failed) == (3, 0, 0, ())
    assert report.ids == (1, 2, 3)
    assert not report.interrupted
    assert seen[-1] == ImportProgress(3, 3, 3, 0, 0, 0)
    assert fresh.reading.counts().pending == 3


def test_failures_stand_in_their_place_and_the_rest_goes_on(fresh: Library, folder: Path) -> None:
    (folder / "a-bad.txt").write_bytes(b"\x00" * 99)
    report = fresh.importing.import_paths([folder, folder / "missing"])
    assert report.added == 3
    assert [Path(one.path).name for one in report.failed] == ["a-bad.txt", "missing"]


def test_of_very_many_failures_the_first_of_each_file_are_named(
    fresh: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "NAMED_OF_FILE", 3)
    monkeypatch.setattr(importing, "NAMED", 5)
    for name in "ab":
        (tmp_path / f"{name}.jsonl").write_text("{\n" * 9)
    report = fresh.importing.import_paths([tmp_path])
    named = [(Path(one.path).stem, one.item) for one in report.failed]
    assert named == [("a", "line 1"), ("a", "line 2"), ("a", "line 3"), ("b", "line 1"),
        ("b", "line 2")]  # fmt: skip
    assert (report.failed_total, report.passed, report.passed_total) == (18, (), 0)


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_of_nothing_but_failures_is_left(
    fresh: Library, tmp_path: Path, packed: bool
) -> None:
    path = tmp_path / ("bad.jsonl.gz" if packed else "bad.jsonl")
    data = b'{"title": "One", "text": "Fine."}\n' + b"{\n" * 2_000_000
    path.write_bytes(gzip.compress(data) if packed else data)
    began = sum(resource.getrusage(who).ru_utime for who in WHO)
    report = fresh.importing.import_paths([path])
    fresh.close()  # what the process that read it has used is known at its end
    assert sum(resource.getrusage(who).ru_utime for who in WHO) - began < 5
    assert (report.added, len(report.failed)) == (1, importing.NAMED_OF_FILE)
    assert report.failed_total == importing.HOPELESS + 1


def test_a_file_with_something_good_is_not_left(
    fresh: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "HOPELESS", 4)
    monkeypatch.setattr(importing, "GOOD_FOR", 2)
    path = tmp_path / "mixed.jsonl"
    good = '{{"title": "Number {0}", "text": "Words {0}."}}\n'
    path.write_text("".join(good.format(number) + "{\n{\n" for number in range(9)))
    report = fresh.importing.import_paths([path])
    assert (report.added, report.failed_total) == (9, 18)
    path.write_text("".join(good.format(number) + "{\n{\n{\n" for number in range(9)))
    report = fresh.importing.import_paths([path])
    assert (report.duplicate, report.failed_total) == (2, 7)
    assert report.failed[-1] == ImportFailure(str(path), "", Reason.HOPELESS)


BOOKMARKS = """<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p>
<DT><A HREF="javascript:void(0)">Press me</A>
<DT><A HREF="gopher://ann:pw@skerry.example/post?token=abc">Old post</A>
<DT><A HREF="http://skerry.example/a">A page</A></DL>"""


def test_what_by_design_is_not_taken_is_passed_over_and_no_failure(
    fresh: Library, tmp_path: Path
) -> None:
    marks = tmp_path / "bookmarks.html"
    marks.write_text(BOOKMARKS)
    urls = tmp_path / "urls"
    urls.write_text('"query:Unread:unread" "~New"\nexec:feeds.sh secret\nhttp://skerry.example/f\n')
    report = fresh.importing.import_paths([marks, urls])
    assert (report.added, report.subscribed) == (1, 1)
    assert [(one.item, one.reason) for one in report.passed] == [
        ("link 1, Press me (javascript:void(0))", Reason.NO_PAGE),
        ("line 1, New (query:Unread:unread)", Reason.FILTER),
        ("line 2, exec:feeds.sh", Reason.PROGRAM),
    ]
    assert [(one.item, one.reason) for one in report.failed] == [
        ("link 2, Old post (skerry.example/post)", Reason.NO_ADDRESS)
    ]
    assert (report.passed_total, report.failed_total) == (3, 1)


def test_progress_tells_only_of_what_is_stored(
    fresh: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH_ITEMS", 1)
    stored: list[tuple[int, int]] = []
    other = Library.open(fresh.folder)

    def look(progress: ImportProgress) -> None:
        stored.append((progress.added, other.reading.counts().articles))

    fresh.importing.import_paths([folder], progress=look)
    other.close()
    assert stored == [(1, 1), (2, 2), (3, 3), (3, 3)]


@pytest.mark.parametrize("limit", ["BATCH_CHARACTERS", "BATCH_SECONDS"])
def test_a_batch_ends_by_size_and_by_age(
    fresh: Library, folder: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(importing, limit, 0)
    seen: list[ImportProgress] = []
    fresh.importing.import_paths([folder], progress=seen.append)
    assert [one.added for one in seen] == [1, 2, 3, 3]


def test_stopping_keeps_what_was_stored_and_the_next_run_adds_the_rest(
    fresh: Library, folder: Path
) -> None:
    asked = iter([False, True])
    report = fresh.importing.import_paths([folder], stop=lambda: next(asked))
    assert report.interrupted
    assert report.added == 2
    assert fresh.reading.counts().articles == 2
    again = fresh.importing.import_paths([folder])
    assert (again.added, again.duplicate) == (1, 2)


def test_a_rehearsal_tells_the_same_and_stores_nothing(fresh: Library, folder: Path) -> None:
    (folder / "bad.txt").write_bytes(b"\x00" * 99)
    twice = folder / "twice.jsonl"
    record = json.dumps({"title": "T", "text": "One text."})
    twice.write_text(f"{record}\n{record}\n")
    report = fresh.importing.import_paths([folder], dry_run=True)
    assert (report.added, report.duplicate, report.ids) == (4, 1, ())
    assert [one.reason for one in report.failed] == [Reason.BINARY]
    assert fresh.reading.counts().articles == 0
    assert fresh.reading.counts().pending == 0


def test_a_rehearsal_keeps_nothing_of_its_rows_in_memory(fresh: Library) -> None:
    def tell(first: int, last: int) -> None:
        for number in range(first, last):
            link = f"http://skerry.example/{number}"
            foretelling.tell(Draft(f"T{number}", f"Text {number}.", url=link, guid=link))

    foretelling = fresh.store.articles.foretelling()
    tell(0, 100)
    tracemalloc.start()
    try:
        tell(100, 1100)
        assert tracemalloc.get_traced_memory()[0] < 100_000
    finally:
        tracemalloc.stop()


def test_a_thousand_records_come_in_from_one_file(fresh: Library, tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text(
        "".join(json.dumps({"title": f"T{n}", "text": f"Text {n}."}) + "\n" for n in range(1000))
    )
    report = fresh.importing.import_paths([many], source="Test")
    assert report.added == 1000
    assert fresh.reading.counts().articles == 1000


def test_a_file_is_known_again_wherever_the_import_ran(
    fresh: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    fresh.importing.import_paths([Path("trees.txt")])
    (folder / "trees.txt").write_text("Council votes on trees\n\nNow it wants lindens.\n")
    monkeypatch.chdir(folder.parent)
    report = fresh.importing.import_paths([folder / "trees.txt"])
    assert (report.added, report.updated) == (0, 1)


def test_files_whose_shown_names_are_one_stay_two_articles(fresh: Library, tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    names = (b"a\xff.txt", b"a\xfe.txt", b"c\x01.txt", b"c.txt")
    for name in names:
        Path(os.fsdecode(folder + b"/" + name)).write_text(f"Same title\n\nText {name!r}.\n")
    for outcome in ("added", "duplicate"):
        report = fresh.importing.import_paths([tmp_path])
        assert getattr(report, outcome) == 4
    assert fresh.reading.counts().articles == 4


def test_a_rehearsal_knows_what_is_there_and_keeps_nobody_from_writing(
    fresh: Library, folder: Path
) -> None:
    fresh.importing.import_paths([folder / "trees.txt"])
    (folder / "trees.txt").write_text("Council votes on trees\n\nNow it wants lindens.\n")
    other = Library.open(fresh.folder)
    tagged: list[int] = []

    def meanwhile() -> bool:
        tagged.append(other.tagging.tag([1], [f"t{len(tagged)}"], []).changed)
        return False

    report = fresh.importing.import_paths([folder], dry_run=True, stop=meanwhile)
    other.close()
    assert tagged == [1, 1, 1]
    assert (report.added, report.updated, report.ids) == (2, 1, (1,))
    assert "lindens" not in fresh.reading.get_article(1).text


def test_a_library_that_becomes_busy_leaves_the_report_of_what_is_stored(
    fresh: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH_ITEMS", 2)
    (folder / "storm2.jsonl").write_text(
        "".join(json.dumps({"title": f"T{n}", "text": f"Text {n}."}) + "\n" for n in range(3))
    )
    (folder / "storm3.txt").write_bytes(b"\x00" * 99)
    store, other = (open_store(fresh.folder, busy_seconds=0.01) for _ in range(2))
    subscriptions, parsing = Subscriptions(store, fresh.folder), Parsing(fresh.folder)
    importing_here = Importing(store, subscriptions, parsing)
    seen: list[int] = []
    writing = other.transaction()

    def hold(progress: ImportProgress) -> None:
        seen.append(progress.added)
        if seen == [2, 4]:
            writing.__enter__()

    paths = [folder, folder / "missing"]
    report = importing_here.import_paths(paths, progress=hold)
    assert report.added == fresh.reading.counts().articles == 4
    assert len(report.ids) == 4
    assert [(Path(one.path).name, one.item, one.reason) for one in report.failed] == [
        ("storm3.txt", "", Reason.BINARY),
        ("storm2.jsonl", "", Reason.BUSY),
        ("trees.txt", "", Reason.BUSY),
        ("missing", "", Reason.NOT_FOUND),
    ]
    with pytest.raises(LibraryBusyError):
        importing_here.import_paths([folder])
    writing.__exit__(None, None, None)
    store.close()
    other.close()
    again = fresh.importing.import_paths([folder])
    assert (again.added, again.duplicate) == (2, 4)


LISTS = """<opml version="2.0"><body><outline text="News"><outline text="Skerry" type="rss"
 xmlUrl="http://ann:hunter2@skerry.example/feed?token=abc"/><outline text="Near" type="rss"
 xmlUrl="http://nas.lan/feed"/><outline text="Twice" type="rss" xmlUrl="http://nas.lan/feed"/>
 <outline text="Odd" type="rss" xmlUrl="http://skerry.example:99999/"/></outline></body></opml>"""


def test_lists_of_feeds_subscribe_and_their_secrets_are_taken_out(
    fresh: Library, tmp_path: Path
) -> None:
    lists = tmp_path / "lists.opml"
    lists.write_text(LISTS)
    seen: list[ImportProgress] = []
    rehearsed = fresh.importing.import_paths([lists], dry_run=True)
    report = fresh.importing.import_paths([lists], progress=seen.append)
    for one in (rehearsed, report):
        assert (one.subscribed, one.duplicate, len(one.failed), one.ids) == (2, 0, 1, ())
    assert seen[-1].subscribed == 2
    assert "99999" in report.failed[0].path + report.failed[0].item
    near, skerry = fresh.store.feeds.list_feeds()
    assert (near.source, near.folder, near.private) == ("Near", "News", True)
    assert "skerry.example/feed?token=hidden-" in skerry.url
    assert not skerry.private
    again = fresh.importing.import_paths([lists])
    assert (again.subscribed, again.duplicate) == (0, 2)
    library = b"".join(path.read_bytes() for path in fresh.folder.glob("library.sqlite3*"))
    assert b"hunter2" not in library


def test_a_feed_on_disk_that_tells_its_address_belongs_to_its_feed(
    fresh: Library, tmp_path: Path
) -> None:
    document = tmp_path / "feed.atom"
    document.write_text(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Skerry</title>"
        "<link rel='self' href='http://skerry.example/feed?token=abc'/>"
        "<entry><id>1</id><title>One</title><content>Some words.</content></entry></feed>"
    )
    assert fresh.importing.import_paths([document]).added == 1
    assert fresh.importing.import_paths([document]).duplicate == 1
    library = b"".join(path.read_bytes() for path in fresh.folder.glob("library.sqlite3*"))
    assert b"token=abc" not in library


def test_a_source_that_is_an_address_loses_its_token(library: Library, tmp_path: Path) -> None:
    record = {"title": "Ferry", "text": "It left.", "source": "https://a.example/f?token=TOK3"}
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps(record), encoding="utf-8")
    library.importing.import_paths([path])
    names = [line.name for line in library.subscribing.list_sources()]
    assert not [name for name in names if "TOK3" in name]
    assert [name for name in names if name.startswith("https://a.example/f?token=hidden-")]


def _tags(library: Library) -> tuple[str, ...]:
    return library.reading.get_article(1).row.tags


def test_tags_of_mail_find_its_articles(
    fresh: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(given_ids, "_AT_ONCE", 1)
    mail, tags = tmp_path / "letters.mbox", tmp_path / "tags"
    mail.write_text(MBOX)
    tags.write_text(TAG_DUMP)
    run = fresh.importing.import_paths
    # Before the mail there is nothing to tag; it is counted and not named.
    before = run([tags])
    assert (before.ids, before.passed, before.passed_total) == ((), (), 3)
    run([mail])
    rehearsed = run([tags], dry_run=True)
    assert (rehearsed.duplicate, rehearsed.passed_total) == (2, 1)
    assert _tags(fresh) == ()
    report = run([tags])
    assert (report.added, report.duplicate, report.passed_total) == (0, 2, 1)
    assert report.retagged == 2
    assert describe_import(report) == (
        "2 already there, 2 of these got tags or states, 1 passed over"
    )
    assert run([tags]).retagged == 0
    assert report.ids == (1, 2)
    first, second = fresh.reading.rows([1, 2]).values()
    assert (first.tags, first.read) == (("inbox", "lists/skerry", "two-words"), True)
    assert (second.tags, second.read, second.starred) == ((), True, True)
    fresh.tagging.tag([1], [], ["inbox"])
    fresh.subscribing.rename("b@lamp.example", "Lamp")
    assert run([mail, tags]).added == 0
    assert _tags(fresh) == ("lists/skerry", "two-words")
