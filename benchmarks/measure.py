"""Processor time and memory of this process and of programs it starts, and the file of results.

Seconds are processor seconds (user and system), never time on the clock, unless the name says so.
"""

import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

RESULTS = Path(__file__).with_name("results.json")
Value = int | float | str
MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Usage:
    """What a finished program used, with the programs that it waited for."""

    exit_code: int
    cpu_seconds: float
    wall_seconds: float
    peak_bytes: int


@dataclass(frozen=True, slots=True)
class LiveUsage:
    """What a running process has used so far, without its children."""

    cpu_seconds: float
    rss_bytes: int
    peak_bytes: int


def cpu_seconds() -> float:
    """Processor seconds of this process and of every child it has waited for."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def run(argv: Sequence[str], *, env: Mapping[str, str] | None = None) -> Usage:
    """Run a program to its end and say what it used; its output goes where ours goes.

    An exit code below zero names the signal that ended the program.
    """
    reading, writing = os.pipe()
    # A child starts with the peak memory of its parent, so a small process has to start it.
    starter = [sys.executable, "-S", "-E", "-P", __file__, str(writing), *argv]
    try:
        child = subprocess.Popen(starter, env=env, pass_fds=(writing,))
    finally:
        os.close(writing)
    with child, os.fdopen(reading) as report:
        answer = report.read()
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, starter)
    return Usage(**json.loads(answer))


def live_usage(pid: int) -> LiveUsage:
    """What a running process has used; Linux only, in steps of a clock tick (10 ms).

    Raises ProcessLookupError or FileNotFoundError when there is no such process.
    """
    proc = Path("/proc") / str(pid)
    # The name in the second field may hold blanks and brackets: count from the last bracket.
    fields = (proc / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    status = (proc / "status").read_text(encoding="utf-8").splitlines()
    memory = dict(line.split(":", 1) for line in status if line.startswith(("VmRSS", "VmHWM")))
    return LiveUsage(
        cpu_seconds=(int(fields[11]) + int(fields[12])) / _TICKS,
        rss_bytes=_kibibytes(memory["VmRSS"]),
        peak_bytes=_kibibytes(memory["VmHWM"]),
    )


def threads_cpu(pid: int) -> float:
    """Processor seconds of the threads that a process has now, to the microsecond; those that
    have ended are not in it. Linux only; raises as `live_usage` does."""
    tasks = (Path("/proc") / str(pid) / "task").iterdir()
    told = [(task / "schedstat").read_text(encoding="utf-8") for task in tasks]
    return sum(int(one.split()[0]) for one in told) / 1e9


def memory() -> dict[str, float]:
    """Bytes of this process: `peak` (VmHWM) and, on Linux, `resident` (VmRSS) now, the pages of
    mapped files among them, and `anonymous` (RssAnon), without those."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * MAXRSS_UNIT
    source = Path("/proc/self/status")
    lines = source.read_text(encoding="utf-8").splitlines() if source.exists() else []
    fields = dict(line.split(":", 1) for line in lines if line.startswith(("VmRSS", "RssAnon")))
    names = {"VmRSS": "resident", "RssAnon": "anonymous"}
    return {"peak": peak, **{names[field]: _kibibytes(fields[field]) for field in fields}}


def machine() -> dict[str, Value]:
    """The kind of machine, without its name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "cores": os.cpu_count() or 1,
        "memory_gib": round(memory / 2**30, 1),
        "processor": _processor(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }


def record(name: str, values: Mapping[str, Value], *, path: Path = RESULTS) -> None:
    """Put the values of one run into the file of results in the place of its earlier ones; other
    runs stay.

    The file is replaced in one step, so that a reader sees the old or the new one, never a part.
    """
    results = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    results[name] = dict(values)
    results["machine"] = machine()
    text = json.dumps(results, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    with fresh.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(path)


def _kibibytes(field: str) -> int:
    return int(field.split()[0]) * 1024


def _processor() -> str:
    source = Path("/proc/cpuinfo")
    lines = source.read_text(encoding="utf-8").splitlines() if source.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown"


def _start(report_fd: int, argv: Sequence[str]) -> None:
    """Run the program and write its usage, as JSON, to the descriptor."""
    began = time.monotonic()
    child = subprocess.Popen(argv)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    usage = {
        "exit_code": child.returncode,
        "cpu_seconds": used.ru_utime + used.ru_stime,
        "wall_seconds": time.monotonic() - began,
        "peak_bytes": used.ru_maxrss * MAXRSS_UNIT,
    }
    with os.fdopen(report_fd, "w") as report:
        json.dump(usage, report)


if __name__ == "__main__":
    _start(int(sys.argv[1]), sys.argv[2:])
