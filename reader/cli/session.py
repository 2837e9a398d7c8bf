"""What every command needs: the library, the way to print, the exit codes."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import click

from index.errors import QuerySyntaxError
from reader.clean import strip_unsafe
from reader.config import Loaded, Settings, read_settings, settings_file
from reader.durations import EVERY
from reader.errors import LibraryUnwritableError, ReaderError, SettingsError
from reader.service.index_told import IndexProgress, IndexStage, IndexState
from reader.service.library import Library
from reader.service.obstacles import why_indexing_failed
from reader.service.rules_told import RuleReport
from reader.service.subscriptions import shown_address
from reader.text import count, explain

PATIENCE = 10.0
"""Seconds to wait for another process that is indexing."""

PAUSE = 0.1
"""Seconds between two looks at it."""


class Exit(IntEnum):
    """Exit codes; other programs build on them."""

    DONE = 0
    SOME_FAILED = 1
    WRONG_USE = 2
    NOT_FOUND = 3
    FAULT = 70
    IO_FAILED = 74
    BUSY = 75
    INTERRUPTED = 130


ROW_ID = click.IntRange(0, 2**63 - 1)
"""What can be the id of a note or a change; 0 is none."""

CheckSettings = Callable[[Loaded], Sequence[SettingsError]]
"""All that is wrong in a settings file."""


def problems_of_file(loaded: Loaded) -> Sequence[SettingsError]:
    """What the file alone tells."""
    return loaded.problems


@dataclass(slots=True)
class Session:
    """One run of the command line."""

    folder: Path
    open_screen: Callable[[Path], int]
    environment: Mapping[str, str]
    check_settings: CheckSettings = problems_of_file
    _library: Library | None = field(default=None, init=False)
    _settings: Settings | None = field(default=None, init=False)

    @property
    def library(self) -> Library:
        """The library, opened when first asked for. Raises LibraryError."""
        if self._library is None:
            self._library = Library.open(self.folder)
        return self._library

    @property
    def every(self) -> int:
        """Seconds between two fetches of a feed that has no time of its own."""
        return self.settings.feeds.every or EVERY

    @property
    def settings(self) -> Settings:
        """What the settings file says; what of it cannot be used is told, once."""
        if self._settings is None:
            loaded = read_settings(settings_file(self.environment))
            for problem in loaded.problems:
                say(explain(problem))
            self._settings = loaded.settings
        return self._settings

    def close(self) -> None:
        if self._library is not None:
            self._library.close()


session_of = click.make_pass_decorator(Session)


def file_or_output(_ctx: click.Context, _param: click.Parameter, name: str | None) -> Path | None:
    """The file of that name; None for standard output, which "-" is too ("./-" is a file)."""
    return None if name in (None, "-") else Path(name)


def print_json(record: Mapping[str, Any]) -> None:
    """One object on one line, in ASCII: nothing in it can steer a terminal."""
    click.echo(json.dumps(record))


def print_line(text: str) -> None:
    """One line of data whose text may come from anywhere."""
    click.echo(strip_unsafe(text))


def print_text(text: str) -> None:
    """Data of several lines whose text may come from anywhere."""
    for line in text.splitlines():
        print_line(line)


def say(text: str) -> None:
    """One line of talk."""
    click.echo(strip_unsafe(text), err=True)


def query_text(words: tuple[str, ...]) -> str:
    """The words of a command line as the text of one query.

    Raises click.NoSuchOption: two dashes begin an option, and no word of a query.
    """
    for word in words:
        if word.startswith("--"):
            raise click.NoSuchOption(word)
    # Bytes that are no text came as half characters, which no JSON may hold.
    return " ".join(words).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


@contextmanager
def stopping() -> Iterator[Callable[[], bool]]:
    """Within: whether an interrupt was typed. The second one ends the program as usual."""
    asked = False

    def note(_signal: int, _frame: object) -> None:
        nonlocal asked
        if asked:
            # Further ones would only disturb the end.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            raise KeyboardInterrupt
        asked = True

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: asked
    finally:
        if signal.getsignal(signal.SIGINT) is note:
            signal.signal(signal.SIGINT, before)


class ProgressLine:
    """One line of progress on stderr, rewritten in place; nothing when it is no terminal."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def show(self, text: str) -> None:
        if self._shown:
            click.echo(f"\r\x1b[K{strip_unsafe(text)}", nl=False, err=True)

    def clear(self) -> None:
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)


@contextmanager
def fetching(url: str) -> Iterator[Callable[[], bool]]:
    """Within: whether an interrupt was typed, while it is shown that `url` is asked."""
    line = ProgressLine()
    line.show(f"asking {shown_address(url)}  (Ctrl-C stops)")
    try:
        with stopping() as stop:
            yield stop
    finally:
        line.clear()


def make_searchable(library: Library, query: str) -> int:
    """Bring the index up to date when the answer to `query` depends on it, or on rules that
    run on what arrives.

    How many articles the answer misses all the same. Raises QuerySyntaxError.
    """
    wanted = library.searching.needs_index(query) or library.rules.concern(query)
    return bring_index_up_to_date(library) if wanted else 0


def bring_index_up_to_date(library: Library) -> int:
    """Index what waits as `index_what_waits` does; how many still wait.

    Where that fails it is told, and what is indexed can be asked. Raises click.Abort, and where
    there is no index to ask what it failed with.
    """
    try:
        return index_what_waits(library)
    except (OSError, LibraryUnwritableError) as error:
        if library.indexing.status().problem:
            raise
        waiting = library.reading.counts().pending
        why = explain(why_indexing_failed(error))
        say(f"{count(waiting, 'article')} not searchable yet: {why}")
        return waiting


def index_what_waits(library: Library) -> int:
    """Index what waits, or wait a while for the process that does; how many still wait.

    Raises click.Abort when it was interrupted; the rest is indexed another time. Raises as
    `Indexing.run` does.
    """
    state = index_with_patience(library.indexing.run)
    if state is IndexState.STOPPED:
        raise click.Abort
    waiting = library.reading.counts().pending
    if state is not IndexState.DONE and waiting:
        say(f"{count(waiting, 'article')} not searchable yet: indexing is under way")
    return waiting


def index_with_patience(work: Callable[..., IndexState]) -> IndexState:
    """Do `Indexing.run` or `rebuild` with progress, waiting a while for another process.

    STOPPED when it was interrupted, also where there was nothing left to stop.
    """
    line = ProgressLine()
    end = monotonic() + PATIENCE
    missing = ""
    ruled: list[RuleReport] = []

    def show(progress: IndexProgress) -> None:
        nonlocal missing
        missing = progress.missing or missing
        if progress.rules is not None:
            ruled.append(progress.rules)
        line.show(indexing_text(progress))

    with stopping() as stop:
        try:
            while True:
                state = work(progress=show, stop=stop)
                if state is not IndexState.BUSY or stop() or monotonic() >= end:
                    break
                line.show("waiting for another process to finish indexing")
                sleep(PAUSE)
        finally:
            line.clear()
        interrupted = stop()
    if missing:
        say(f"{missing} cannot be loaded; names are found by the built-in recogniser")
    for report in ruled:
        tell_rules(report)
    return IndexState.STOPPED if interrupted else state


def tell_rules(report: RuleReport) -> None:
    """Tell what rules did to what arrived."""
    if report.changed:
        say(f"rules changed {count(report.changed, 'article')} of {report.arrived:,} new ones")
    for trouble in report.troubles:
        rule = f'the rule "{trouble.rule}": ' if isinstance(trouble.error, QuerySyntaxError) else ""
        say(f"{rule}{explain(trouble.error)}")


def indexing_text(progress: IndexProgress) -> str:
    verb = "rebuilding the index" if progress.rebuilding else "indexing"
    if progress.stage is IndexStage.NAMES:
        verb = "finding names"
    return f"{verb}: {progress.done:,} of {progress.total:,}"


def tell_error(error: ReaderError | Exception) -> None:
    say(f"dateline: {explain(error)}")
