"""Commands of the reader's own that rules start: told what came, never waited for."""

from __future__ import annotations

import json
import logging
import os
import shlex
import sys
from collections import deque
from collections.abc import Mapping
from tempfile import TemporaryFile
from threading import Thread
from time import monotonic
from typing import IO, TYPE_CHECKING, Any

from index.query import IdSet
from reader.errors import DeedsError, NotifyError
from reader.kept import SavedSearch
from reader.service import overseen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from subprocess import Popen

    from reader.model import ArticleRow
    from reader.store import Store

log = logging.getLogger(__name__)
# Who keeps no log is told by `failures`, and once is enough.
log.addHandler(logging.NullHandler())

MOST = 1000
"""Articles that a command is told of, the newest ones; their whole number it is always told."""

SECONDS = 60.0
"""How long a command may take, whether or not anybody is left to hear of it."""


def command_of(written: str) -> tuple[str, ...]:
    """The words of a command as a shell would tell them apart, and nothing else that one does.

    Raises DeedsError where a quote is not closed, or there is no word.
    """
    try:
        words = tuple(shlex.split(written))
    except ValueError:
        raise DeedsError(written, "a quote is not closed") from None
    if not words:
        raise DeedsError(written, "there is no command")
    return words


class Notifying:
    """Starts the commands of rules. One thread; each command has one that hears how it ends, and a
    process that ends it in time: it does so also when this one has ended before."""

    def __init__(self, store: Store, seconds: float = SECONDS) -> None:
        self._store = store
        self._seconds = seconds
        self._failed: deque[NotifyError] = deque(maxlen=20)
        self._threads: list[Thread] = []

    def start(self, rule: SavedSearch, ids: IdSet) -> None:
        """Start the command of a rule, without a shell and in a session of ours, with the
        articles as lines of JSON on its standard input, the newest first.

        `DATELINE_RULE` is the name of the rule, `DATELINE_COUNT` the number of articles. What it
        prints goes nowhere. That it failed is told by `failures`.
        """
        with TemporaryFile("w+", encoding="utf-8") as lines:
            lines.writelines(self._lines(ids))
            lines.seek(0)
            try:
                process = self._started(rule, len(ids), lines)
            except DeedsError as error:
                self._fail(rule, error.reason)
            except OSError as error:
                self._fail(rule, error.strerror or str(error))
            except ValueError as error:  # a byte that no argument can hold
                self._fail(rule, str(error))
            else:
                thread = Thread(target=self._watch, args=(rule, process), daemon=True)
                thread.start()
                self._threads.append(thread)

    def failures(self, patience: float = 0.0) -> tuple[NotifyError, ...]:
        """The commands that have failed since this was asked last; those under way are waited
        for as many seconds: most that fail do so at once."""
        end, found = monotonic() + patience, []
        for thread in self._threads:
            thread.join(max(0.0, end - monotonic()))
        self._threads = [one for one in self._threads if one.is_alive()]
        while self._failed:
            found.append(self._failed.popleft())
        return tuple(found)

    def _started(self, rule: SavedSearch, count: int, lines: IO[str]) -> Popen[str]:
        """Raises DeedsError, OSError and ValueError."""
        from subprocess import DEVNULL, PIPE, Popen

        command = command_of(rule.deeds.notify)
        return Popen(  # noqa: S603
            [sys.executable, "-I", "-S", overseen.__file__, str(self._seconds), *command],
            stdin=lines,
            stdout=PIPE,
            stderr=DEVNULL,
            text=True,
            start_new_session=True,
            env={**os.environ, "DATELINE_RULE": rule.name, "DATELINE_COUNT": str(count)},
        )

    def _watch(self, rule: SavedSearch, process: Popen[str]) -> None:
        how, _, number = process.communicate()[0].strip().partition(" ")
        match how:
            case "error":
                program = command_of(rule.deeds.notify)[0]
                self._fail(rule, f"{program}: {os.strerror(int(number))}")
            case "code":
                self._fail(rule, f"it ended with code {number}")
            case "late":
                self._fail(rule, f"it took longer than {self._seconds:.0f} seconds")

    def _fail(self, rule: SavedSearch, reason: str) -> None:
        log.warning('the command of the rule "%s" failed: %s', rule.name, reason)
        self._failed.append(NotifyError(rule.name, reason))

    def _lines(self, ids: IdSet) -> Iterator[str]:
        newest = ids.rising[-MOST:]
        rows, links = self._store.articles.get_rows(newest), self._store.arrivals.links(newest)
        for one in sorted(rows.values(), key=lambda row: row.id, reverse=True):
            yield json.dumps(_told(one, links)) + "\n"


def _told(row: ArticleRow, links: Mapping[int, str]) -> Mapping[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "source": row.source,
        "url": links.get(row.id, ""),
        "published": row.published.iso if row.published else None,
        "tags": list(row.tags),
    }
