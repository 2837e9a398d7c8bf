"""An import in a child process: reading and storing files would hold up the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path

from reader.model import ImportReport
from reader.service.child import Child
from reader.service.fetching_wire import Trouble
from reader.service.importing import ImportProgress
from reader.service.importing_wire import paths_line, read_import_told

_ENDED = "the process that imports ended; what it had stored is kept, log.txt has more"


class ImportProcess:
    """Imports files and folders into the library in `folder`, once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._child: Child | None = None
        self._is_stopped = False

    def run(
        self, paths: Sequence[Path], on_progress: Callable[[ImportProgress], None]
    ) -> ImportReport | Trouble:
        """Import as `Importing.import_paths` does; what came of it, without the ids. `on_progress`
        is called from the thread of the caller. Raises OSError where the system lets us have no
        process."""
        with closing(Child("import", self._folder)) as child:
            self._child = child
            with suppress(OSError):  # that it is gone is told below
                child.send(paths_line(paths))
            if self._is_stopped:
                self.stop()
            while line := child.receive():
                told = read_import_told(line)
                if not isinstance(told, ImportProgress):
                    return told
                on_progress(told)
        return Trouble(_ENDED)

    def stop(self) -> None:
        """End it soon, from any thread; what was stored until then stays."""
        self._is_stopped = True
        if self._child is not None:
            with suppress(OSError, ValueError):  # it has ended, and so have the pipes to it
                self._child.send("stop\n")
