"""Documents of every format with bytes changed, cut out and put in: nothing but items and
named failures comes of them."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.clean import has_unsafe
from reader.feeds import Subscription
from reader.ingest import FoundFile, Reason, read_file
from reader.model import Draft, Tagged
from tests.reader.ingest import saved_files as saved


def _archive() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in (("a.csv", saved.POCKET), ("b.mbox", saved.MBOX), ("c.txt", "Words.")):
            packed.writestr(name, text)
    return target.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mutations")
    for name, data in DOCUMENTS.items():
        (folder / f"{name}.valid").write_bytes(data)
    saved.newsboat_cache(folder / "cache.valid")
    return folder


DOCUMENTS = {
    "opml": saved.OPML.encode(),
    "urls": saved.URLS.encode(),
    "pocket": saved.POCKET.encode(),
    "pocket-page": saved.POCKET_PAGE.encode(),
    "instapaper": saved.INSTAPAPER.encode(),
    "wallabag": saved.WALLABAG.encode(),
    "bookmarks": saved.BOOKMARKS.encode(),
    "mbox": saved.MBOX.encode(),
    "tag-dump": saved.TAG_DUMP.encode(),
    "csv": saved.CSV.encode(),
    "json": saved.JSON.encode(),
    "jsonl": saved.JSONL.encode(),
    "feed": saved.FEED.encode(),
    "gzip": gzip.compress(saved.MBOX.encode(), mtime=0),
    "zip": _archive(),
}
SPLICES = st.sampled_from(
    (
        *(b"", b"\x00", b"\x1b[31m", b"\x9b", b"\xff\xfe", b'"', b"'", b"<", b">", b"]", b"{"),
        *(b"\\", b"&#27;", b"\xed\xa0\x80", "\u202e".encode(), b"\n\n", b"NaN", b"=?utf-8?b?"),
        *(b"\nFrom x 10:00 2020\n", b"99999999999999999999", b"<!--", b"<![CDATA[", b"\r"),
        *(b"--outer", b";;", b"\\ud800"),
    )
)
CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 30), SPLICES | st.binary(max_size=4)), max_size=4
)


@pytest.mark.parametrize("name", [*DOCUMENTS, "cache"])
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(changes=CHANGES)
def test_only_items_and_named_failures(
    folder: Path, name: str, changes: list[tuple[float, int, bytes]]
) -> None:
    data = (folder / f"{name}.valid").read_bytes()
    for where, length, instead in changes:
        at = int(where * len(data))
        data = data[:at] + instead + data[at + length :]
    path = folder / f"{name}.changed"
    path.write_bytes(data)
    found = list(read_file(FoundFile(path)))
    # A feed may have no entries.
    assert found or name == "feed"
    for item in found:
        if isinstance(item, Draft):
            assert item.title or item.text
            assert not any(
                map(has_unsafe, (item.title, item.text, item.source, item.url, item.guid))
            )
            assert not any(map(has_unsafe, (*item.tags, *item.authors, item.origin, item.feed)))
            assert all(0 <= m.start < m.end <= len(item.text) for m in item.markup)
        elif isinstance(item, Subscription):
            assert not any(map(has_unsafe, (item.url, item.title, item.site, item.folder)))
            assert item.url.lower().startswith(("http://", "https://"))
        elif isinstance(item, Tagged):
            assert not any(map(has_unsafe, (item.guid, *item.tags)))
        else:
            assert item.reason in set(Reason) - {Reason.UNEXPECTED}
            assert not has_unsafe(item.item)
