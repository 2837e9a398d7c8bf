"""Articles and notes into files, citations onto the clipboard."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from reader.clean import clean_line
from reader.nearest import meant
from reader.text import count
from reader.ui.export_gate import ENDINGS, FORMATS, ExportGate, ExportStoppedError
from reader.ui.live_keys import line_of
from reader.ui.verbs.base import Verbs, does, runs
from reader.ui.verbs.configuring import unquoted
from reader.ui.verbs.linking_many import COPIED

if TYPE_CHECKING:
    from reader.commands.parse import Command
    from reader.ui.screens.main import MainScreen

TELL_EVERY = 250
"""Articles between two words on how far an export is."""


def full_path(path: Path) -> str:
    """Where a file is, whatever folder one is in; below one's home from there."""
    full = path.absolute()
    try:
        return str(Path("~") / full.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        # Not below it, or nobody knows where it is.
        return str(full)


def free_name(path: Path) -> Path:
    """The same name, or with a number in it the first that no file has."""
    names = (path, *(path.with_stem(f"{path.stem}-{number}") for number in range(2, 100)))
    return next((one for one in names if not one.exists()), path)


class Exporting(Verbs):
    """Writes what is selected, or the article, or all that answer a query."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self._gate = ExportGate(self.gateway)
        self._stopping: Event | None = None

    def offers(self) -> dict[str, tuple[str, ...]]:
        """What can follow `export`."""
        return {"export": FORMATS}

    @does("export.write")
    def open_line(self) -> None:
        self.screen.commanding.write(f"export markdown {self.suggested('markdown')}")

    def stop(self) -> bool:
        """End the export that is under way; False when none is."""
        if self._stopping is None:
            return False
        self._stopping.set()
        return True

    @runs("export")
    def run(self, line: Command) -> None:
        form, name = line.first, unquoted(line.behind)
        if form not in FORMATS:
            hint = meant(form, FORMATS) or f": {', '.join(FORMATS)}"
            said = f'there is no format "{clean_line(form, 20)}"{hint}'
            self.screen.status.say(said, error=True)
        elif self._stopping is not None:
            self.screen.say(f"an export is under way; {line_of('stop')} ends it")
        else:
            self._stopping = Event()
            path = Path(name or self.suggested(form))
            selecting = self.screen.selecting
            line, targets = selecting.about(line), selecting.targets()
            self.screen.work("export", self._export, line, form, path, targets, self._stopping)

    async def _export(
        self, line: Command, form: str, path: Path, ids: list[int], stopping: Event
    ) -> None:
        try:
            path = path.expanduser()
            if form == "opml":
                hidden = await self._gate.write_feeds(path)
                left = f", without the secrets of {', '.join(hidden)}" if hidden else ""
                self.screen.say(clean_line(f"wrote the feeds to {full_path(path)}{left}"))
            elif meant := await self.screen.commanding.meant(line, ids):
                title = line.query or self.screen.listing.shown.asked.words or "dateline"
                written = await self._write(path, meant, form, title, stopping)
                where = full_path(path)
                self.screen.say(clean_line(f"wrote {count(written, 'article')} to {where}"))
        except ExportStoppedError:
            self.screen.say("the export was stopped; nothing was written")
        except RuntimeError:
            said = clean_line(f"cannot write {path}: nobody here is called {path.parts[0]}")
            self.screen.status.say(said, error=True)
        except OSError as error:
            reason = error.strerror or str(error)
            self.screen.status.say(clean_line(f"cannot write {path}: {reason}"), error=True)
        finally:
            self._stopping = None

    async def _write(
        self, path: Path, ids: list[int], form: str, title: str, stopping: Event
    ) -> int:
        total = f"{len(ids):,}"

        def step(done: int) -> None:
            if stopping.is_set():
                raise ExportStoppedError
            if done % TELL_EVERY == 0:
                self.screen.app.call_later(
                    self.screen.say, f"writing {done:,} of {total} · {line_of('stop')} ends it"
                )

        return await self._gate.write(path, ids, form, title, step)

    @does("cite.bibtex")
    def copy_bibtex(self) -> None:
        self._copy("bibtex", "BibTeX")

    @does("cite.csl")
    def copy_csl(self) -> None:
        self._copy("csl-json", "CSL-JSON")

    def _copy(self, form: str, name: str) -> None:
        self.screen.selecting.act(
            lambda ids, _: self.screen.work("cite", self._cite, ids, form, name)
        )

    async def _cite(self, ids: list[int], form: str, name: str) -> None:
        some = ids[:COPIED]
        self.screen.app.copy_to_clipboard(await self._gate.cite(some, form))
        more = f" of {len(ids):,}; {line_of('export')} writes all" if len(ids) > COPIED else ""
        self.screen.say(f"copied {count(len(some), 'citation')} as {name}{more}")

    def suggested(self, form: str) -> str:
        """A name that no file has in the folder the reader was started in."""
        ending = ENDINGS.get(form, f".{form}")
        day = date.today().isoformat()  # noqa: DTZ011  # a local day
        return str(free_name(Path(f"dateline-{day}{ending}")))
