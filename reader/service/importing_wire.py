"""What is asked of the process that imports, and what it tells: one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from reader.model import ImportReport
from reader.service.fetching_wire import Trouble
from reader.service.importing import ImportProgress
from reader.service.value_wire import read_value, record_of

ImportTold: TypeAlias = ImportProgress | ImportReport | Trouble
"""How far an import is, any times, then how it ended."""

_KINDS = {one.__name__: one for one in (ImportProgress, ImportReport, Trouble)}


def paths_line(paths: Sequence[Path]) -> str:
    """The order; any line after it, or the end of them, stops the import."""
    return json.dumps([str(path) for path in paths]) + "\n"


def read_paths(line: str) -> list[Path]:
    return [Path(one) for one in json.loads(line)]


def import_told_line(told: ImportTold) -> str:
    return json.dumps([type(told).__name__, record_of(told)]) + "\n"


def read_import_told(line: str) -> ImportTold:
    kind, record = json.loads(line)
    told: ImportTold = read_value(_KINDS[kind], record)
    return told
