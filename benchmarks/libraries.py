"""Libraries of made-up news to measure on, kept in a work folder so that a later run is quick.

Each is made beside its place and put there whole: an interrupted run leaves nothing that looks
finished.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.corpus import MINUTES_APART, START, Record, articles
from index.factory import open_index
from reader.named import Named
from reader.service.library import Library

SEED = 1
LONG = 60
"""How many articles of about 800 words are the newest of a library to look at."""

_TAKE = 5_000


@dataclass(frozen=True, slots=True)
class Work:
    """The folder in which corpora, libraries and indexes are kept."""

    folder: Path

    def corpus(self, count: int) -> Path:
        """A file of `count` records in JSON Lines."""
        return self.kept(f"corpus-{count}.jsonl", lambda path: _write(path, articles(count, SEED)))

    def files(self, count: int) -> Path:
        """A folder of `count` text files, the headline on top."""
        return self.kept(f"files-{count}", lambda path: _write_files(path, count))

    def stored(self, count: int) -> Path:
        """A library of `count` articles, the newest of them of 800 words.

        Only those are recognised and indexed. Nothing waits, so that no process beside the
        screen is busy.
        """
        name = f"stored-{count}-{index_format()}"
        folder = self.kept(name, lambda path: _make_stored(path, self.viewed(count)))
        bring_to_rest(folder)
        return folder

    def viewed(self, count: int) -> Path:
        """The corpus of `stored`."""
        return self.kept(
            f"viewed-{count}.jsonl",
            lambda path: _write(path, _with_long_ones(count)),
        )

    def place(self, name: str) -> Path:
        """A path for what a run makes anew each time; nothing is there."""
        path = self.folder / name
        remove(path)
        return path

    def kept(self, name: str, make: Callable[[Path], None]) -> Path:
        """What `make` puts at a path, made once."""
        path = self.folder / name
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            fresh = self.place(f"{name}.new")
            make(fresh)
            fresh.rename(path)
        return path


def index_format() -> str:
    """A short word for the layout of the index: one of another layout would be rebuilt."""
    with TemporaryDirectory() as folder:
        index = open_index(Path(folder) / "index", create=True)
        stamp = index.status().format
        index.close()
    return sha256(stamp.encode()).hexdigest()[:8]


def remove(path: Path) -> None:
    """Remove a file or a folder, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def read_corpus(path: Path, count: int | None = None) -> Iterator[Record]:
    """The records of a corpus file, or its first `count`."""
    with path.open(encoding="utf-8") as lines:
        for line in islice(lines, count):
            record: Record = json.loads(line)
            yield record


def _write(path: Path, records: Iterator[Record]) -> None:
    encode = json.JSONEncoder(ensure_ascii=False).encode
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(f"{encode(record)}\n" for record in records)


def _write_files(folder: Path, count: int) -> None:
    folder.mkdir()
    for number, record in enumerate(articles(count, SEED)):
        text = f"{record['title']}\n\n{record['text']}\n"
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")


def _with_long_ones(count: int) -> Iterator[Record]:
    """Articles of which the last and newest have twice the usual length."""
    long = min(LONG, count)
    yield from articles(count - long, SEED)
    # Another seed, so that no text is in the library already.
    halves = list(articles(2 * long, SEED + 1))
    for number, (one, two) in enumerate(zip(halves[::2], halves[1::2], strict=True)):
        when = START + timedelta(minutes=MINUTES_APART * (count + 100 + number))
        text = f"{one['text']}\n\n{two['text']}"
        yield {**one, "text": text, "published": when.isoformat()}


def _make_stored(folder: Path, corpus: Path) -> None:
    library = Library.open(folder, clock=_arrival)
    try:
        library.importing.import_paths([corpus])
        outbox = library.store.outbox
        while (waiting := outbox.pending()) > LONG:
            outbox.done(outbox.take(min(_TAKE, waiting - LONG)))
        open_index(folder / "index", create=True).close()
        library.indexing.run()
    finally:
        library.close()


def _arrival() -> datetime:
    return START


def bring_to_rest(folder: Path) -> None:
    """Let nothing in a library wait for the processes beside the screen, which would tell it all
    the time how far they are: what nobody has looked for names in counts as naming nobody.

    Raises RuntimeError where something waits all the same.
    """
    library = Library.open(folder)
    try:
        store, stamp = library.store, library.recognising.chosen().stamp
        while items := store.stale.take(None, _TAKE):
            store.entities.replace_many([Named(one.article_id, None, stamp, ()) for one in items])
            store.outbox.done(store.outbox.take(_TAKE))
        report = library.indexing.status()
    finally:
        library.close()
    if report.waiting or report.problem or not report.documents:
        raise RuntimeError(f"the library to look at is not at rest: {report}")
