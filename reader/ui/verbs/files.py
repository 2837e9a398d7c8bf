"""What the reader has elsewhere brought in, and all that was made here written down and back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

from reader.clean import clean_line
from reader.model import Mark
from reader.reports import (
    describe_failures,
    describe_import,
    describe_rest_of_restore,
    describe_restore,
)
from reader.text import count
from reader.ui.files_gate import FilesGate
from reader.ui.live_keys import key_of, line_of
from reader.ui.screens.lines import LinesScreen
from reader.ui.verbs.base import Verbs, does, runs
from reader.ui.verbs.configuring import unquoted
from reader.ui.verbs.exporting import free_name, full_path
from reader.ui.wording import UNDO

if TYPE_CHECKING:
    from reader.commands.parse import Command
    from reader.model import ImportReport
    from reader.service.importing import ImportProgress
    from reader.ui.screens.main import MainScreen

TELL_EVERY = 0.2
"""Least seconds between two words on how far an import is."""

_BACK_TO_BEFORE = f"{key_of('history.show')} goes back to before it"

NAMED = 200
"""Files that were not taken of which so many are shown."""


class Files(Verbs):
    """Does by lines what `import`, `dump` and `restore` do in the shell."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self._gate = FilesGate(self.gateway)
        self._stopping: Event | None = None
        self._told_at = 0.0

    @does("files.import")
    def open_import(self) -> None:
        self.screen.commanding.write("import ")

    @does("files.dump")
    def open_dump(self) -> None:
        name = free_name(Path(f"dateline-{date.today().isoformat()}.txt"))  # noqa: DTZ011
        self.screen.commanding.write(f"dump {name}")

    @does("files.restore")
    def open_restore(self) -> None:
        self.screen.commanding.write("restore ")

    @runs("import")
    def import_line(self, line: Command) -> None:
        if self._stopping is not None:
            self.screen.say(f"an import is under way; {line_of('stop')} ends it")
        elif (path := self._path(line)) is not None:
            self._stopping = Event()
            self.screen.say(f"importing {full_path(path)}")
            self.screen.work("import", self._import, path, self._stopping)

    @runs("dump")
    def dump_line(self, line: Command) -> None:
        if (path := self._path(line)) is not None:
            self.screen.work("files", self._dump, path)

    @runs("restore")
    def restore_line(self, line: Command) -> None:
        if (path := self._path(line)) is not None:
            self.screen.work("files", self._restore, path)

    def stop(self) -> bool:
        """End the import that is under way; False when none is."""
        if self._stopping is None:
            return False
        self._stopping.set()
        self._gate.stop()
        return True

    def _path(self, line: Command) -> Path | None:
        """The path behind a verb, with or without the quotes it has in a shell."""
        path = Path(unquoted(line.text))
        try:
            return path.expanduser()
        except RuntimeError:
            said = clean_line(f"nobody here is called {path.parts[0]}")
            self.screen.status.say(said, error=True)
            return None

    # Importing

    async def _import(self, path: Path, stopping: Event) -> None:
        try:
            ended = await self._gate.bring(path, self._tell_soon, stopping)
        finally:
            self._stopping = None
        from reader.service.fetching import Trouble

        if isinstance(ended, Trouble):
            self.screen.status.say(ended.text, error=True)
            return
        self.gateway.index_again()
        await self.screen.listing.look_for_news()
        self._tell_import(ended)

    def _tell_soon(self, progress: ImportProgress) -> None:
        """Called from a thread."""
        if monotonic() - self._told_at >= TELL_EVERY:
            self._told_at = monotonic()
            self.screen.app.call_later(self._tell_progress, progress)

    def _tell_progress(self, progress: ImportProgress) -> None:
        if self._stopping is not None:
            files = count(progress.total_files, "file")
            self.screen.say(
                f"importing: {progress.files:,} of {files}, {progress.added:,} new"
                f" · {line_of('stop')} ends it"
            )

    def _tell_import(self, report: ImportReport) -> None:
        told = [describe_import(report)]
        if report.interrupted:
            told.append("stopped; what was brought in is kept")
        elif report.subscribed:
            told.append(f"{line_of('update')} asks the new feeds")
        lines = [
            *describe_failures(report.failed[:NAMED], report.failed_total, "failed"),
            *describe_failures(report.passed[:NAMED], report.passed_total, "passed over"),
        ]
        self._tell(" · ".join(told), lines, error=bool(report.failed_total))

    # Samples

    @does("samples.archive")
    def archive_samples(self) -> None:
        """Put away what the first start brought in, as one change."""
        self.screen.work("change", self._archive_samples)

    async def _archive_samples(self) -> None:
        if ids := await self._gate.samples():
            await self.screen.sorting_out.mark(ids, Mark.ARCHIVED)
        else:
            self.screen.say("there are no samples, or they are archived already")

    # Everything that was made

    async def _dump(self, path: Path) -> None:
        try:
            await self._gate.dump(path)
        except OSError as error:
            self._refused(f"cannot write {path}", error)
        else:
            self.screen.say(clean_line(f"wrote what you made to {full_path(path)}"))

    async def _restore(self, path: Path) -> None:
        try:
            report = await self._gate.restore(path)
        except OSError as error:
            self._refused(f"cannot read {path}", error)
            return
        await self.screen.listing.look_for_news()
        lines = [
            *describe_rest_of_restore(report),
            *(f'the rule "{name}" starts a command and is off' for name in report.off),
            *(f"line {one.item}: {one.reason}" for one in report.failed[:NAMED]),
        ]
        back = _BACK_TO_BEFORE if report.steps > 1 else UNDO if report.steps else ""
        said = " · ".join(filter(None, (describe_restore(report), back)))
        self._tell(said, lines, error=bool(report.failed))

    def _refused(self, what: str, error: OSError) -> None:
        said = clean_line(f"{what}: {error.strerror or error}")
        self.screen.status.say(said, error=True)

    def _tell(self, said: str, lines: list[str], *, error: bool) -> None:
        """Say what was done; what else is to be known stands on a sheet, unless one is typing."""
        if lines and self.screen.is_active and not self.screen.is_typing:
            shown = [self.screen.with_keys(said), "", *map(clean_line, lines)]
            self.screen.app.push_screen(LinesScreen([((line, ""),) for line in shown]))
        self.screen.status.say(said, error=error)
