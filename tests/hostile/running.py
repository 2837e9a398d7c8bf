"""Runs the program in a box: what it takes, what it asks of the system, what it leaves behind."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any

GUARD = Path(__file__).parent / "guard"
ROOT = Path(__file__).resolve().parents[2]
SAMPLE_SECONDS = 0.03
"""Time between two looks at the memory of the processes."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the program. `cpu` is user and system time in seconds, `memory` the most bytes
    that its processes held at any time, those that ran at once added up; `told` are the lines
    of the guard."""

    code: int
    out: str
    err: str
    cpu: float
    memory: int
    seconds: float
    told: tuple[str, ...]

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def told_of(self, kind: str) -> list[str]:
        return [line.partition(" ")[2] for line in self.told if line.startswith(f"{kind} ")]


@dataclass(slots=True)
class Box:
    """A folder with a home, a folder for temporary files and a library of its own."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in (self.home, self.temporary, self.inputs, self.work):
            one.mkdir(parents=True, exist_ok=True)

    @property
    def library(self) -> Path:
        return self.folder / "library"

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def temporary(self) -> Path:
        return self.folder / "tmp"

    @property
    def inputs(self) -> Path:
        """What is imported; deep enough for names that lead upwards to be seen."""
        return self.folder / "in" / "a" / "b" / "c" / "d"

    @property
    def work(self) -> Path:
        return self.folder / "work"

    def run(self, *words: str, limit: float = 120.0) -> Run:
        """Run `dateline WORDS`; it is killed after `limit` seconds."""
        told = self.folder / "guard.txt"
        told.unlink(missing_ok=True)
        began = time.monotonic()
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen(
                [sys.executable, "-m", "reader", "--library", str(self.library), *words],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd=self.work,
                env=self._environment(told),
                start_new_session=True,
            )
            code, usage, memory = _wait(process, limit)
            texts = [_read_whole(file) for file in (out, err)]
        lines = told.read_text("utf-8", "replace").splitlines() if told.exists() else []
        cpu = usage.ru_utime + usage.ru_stime
        seconds = time.monotonic() - began
        return Run(code, texts[0], texts[1], cpu, memory, seconds, tuple(lines))

    def _environment(self, told: Path) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "LANG": "C.UTF-8",
            "PYTHONPATH": f"{GUARD}:{ROOT}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "DATELINE_TEST_GUARD": str(told),
            **self.environment,
        }

    def left_outside(self) -> list[str]:
        """Files that are neither in the library nor of this box."""
        own = {self.folder / "guard.txt"}
        return sorted(
            str(path.relative_to(self.folder))
            for path in self.folder.rglob("*")
            if not path.is_relative_to(self.library)
            and not path.is_relative_to(self.inputs)
            and (path.is_symlink() or not path.is_dir())
            and path not in own
        )

    def bytes_of_library(self) -> bytes:
        """Every byte of every file of the library."""
        files = sorted(path for path in self.library.rglob("*") if path.is_file())
        return b"\x00".join(path.read_bytes() for path in files)

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        base = sqlite3.connect(self.library / "library.sqlite3")
        try:
            return base.execute(statement, values).fetchall()
        finally:
            base.close()

    def cells(self) -> Iterator[tuple[str, str, str]]:
        """Table, column and text of every cell of the library that holds text."""
        tables = self.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
        for (table,) in tables:
            columns = [row[1] for row in self.rows(f"PRAGMA table_info({table})")]
            for row in self.rows(f"SELECT * FROM {table}"):
                for column, value in zip(columns, row, strict=True):
                    if isinstance(value, str):
                        yield table, column, value

    def log(self) -> str:
        log = self.library / "log.txt"
        return log.read_text("utf-8", "replace") if log.exists() else ""

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def _read_whole(file: Any) -> str:
    file.seek(0)
    data: bytes = file.read()
    return data.decode("utf-8", "surrogateescape")


def _wait(
    process: subprocess.Popen[bytes], limit: float
) -> tuple[int, resource.struct_rusage, int]:
    """Wait for a process and its children: exit code, time used, most bytes held at once."""
    most, ended = [0], Event()

    def look() -> None:
        late = time.monotonic() + limit
        while not ended.wait(SAMPLE_SECONDS):
            most[0] = max(most[0], sum(_memory(pid) for pid in _family(process.pid)))
            if time.monotonic() > late:
                os.killpg(process.pid, signal.SIGKILL)

    watcher = Thread(target=look, daemon=True)
    watcher.start()
    _, status, usage = os.wait4(process.pid, 0)
    ended.set()
    watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage, most[0]


def _family(pid: int) -> Iterator[int]:
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        yield one
        for file in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                waiting.extend(int(child) for child in file.read_text().split())
            except OSError:
                continue


def _memory(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s*(\d+) kB", status)
    return int(found[1]) * 1024 if found else 0
