"""Writers that are killed, and processes beside each other."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from index.api import Document
from index.factory import open_index
from index.query import Everything, Term

ROOT = Path(__file__).resolve().parents[2]

WRITER = """
import sys
from pathlib import Path
from index.api import Document
from index.factory import open_index
index = open_index(Path(sys.argv[1]), create=True)
commit = int(sys.argv[2])
while True:
    print("begin", commit, flush=True)
    text = f"common commit{commit} " + " ".join(f"w{n}" for n in range(60))
    index.apply([Document(commit * 10 + n, f"t{n}", text, n) for n in range(5)], [commit - 20])
    print("done", commit, flush=True)
    commit += 1
"""


def start_writer(folder: Path, commit: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), str(commit)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def run_and_kill(folder: Path, commit: int, commits: int, pause: float) -> tuple[int, int]:
    """The last commit begun and the last one done."""
    with start_writer(folder, commit) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            if line == f"begin {commit + commits}\n":
                break
        time.sleep(pause)
        writer.send_signal(signal.SIGKILL)
        rest = [("begin", commit + commits), ("done", commit + commits - 1)]
        rest += [(word, int(number)) for word, number in map(str.split, writer.stdout)]
    begun = max(number for word, number in rest if word == "begin")
    return begun, max(number for word, number in rest if word == "done")


def test_what_was_committed_survives_a_kill(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    rng = random.Random(6)
    commit = 0
    for _ in range(6):
        begun, done = run_and_kill(folder, commit, 4, rng.random() * 0.02)
        index = open_index(folder)
        for number in range(commit, done + 1):
            assert len(index.ids(Term(f"commit{number}"))) == 5
        assert len(index.ids(Term(f"commit{begun}"))) in (0, 5)
        assert index.ids(Term("common")) == index.ids(Everything()) == index.document_ids()
        index.close()
        commit = begun
    index = open_index(folder)
    index.apply([Document(10**6, "after", "", 0)])
    held = {path.name.split(".")[0] for path in folder.glob("MAIN_*.*")}
    assert len(held) == index.status().segments
    assert not list(folder.glob("*.toc.*"))


def test_reading_beside_a_writer(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    reader = open_index(folder, create=True)
    with start_writer(folder, 100) as writer:
        seen = 0
        until = time.monotonic() + 2.5
        while time.monotonic() < until:
            found = reader.ids(Term("common"))
            assert found == reader.ids(Everything()) or len(found) >= seen
            assert len(found) >= seen
            assert len(found) % 5 == 0
            seen = len(found)
        writer.kill()
    assert seen
