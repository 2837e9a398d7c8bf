"""What shells complete."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reader.cli.completion import SHELLS
from tests.reader.cli.conftest import Shell


def complete(library: Path, line: str) -> list[str]:
    """What the program itself answers a shell that completes a line."""
    environment = {
        **os.environ,
        "_DATELINE_COMPLETE": "bash_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(line.split(" ")) - 1),
        "DATELINE_LIBRARY": str(library),
    }
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from reader.app import main; sys.exit(main())"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    return [one.partition(",")[2] for one in done.stdout.splitlines() if one]


@pytest.mark.parametrize("name", SHELLS)
def test_every_shell_gets_its_script(empty: Shell, name: str) -> None:
    answer = empty("completion", name)
    assert answer.code == 0
    assert "_DATELINE_COMPLETE" in answer.out


def test_commands_and_tags_are_completed(shell: Shell, tmp_path: Path) -> None:
    assert shell("tag", "+weather", "+water/sea", "--", "storm").code == 0
    assert complete(shell.library, "dateline un") == ["undo"]
    assert sorted(complete(shell.library, "dateline tag +w")) == ["+water/sea", "+weather"]
    assert complete(shell.library, "dateline tag we") == ["weather"]
    assert complete(tmp_path / "none", "dateline tag +w") == []
    assert not (tmp_path / "none").exists()
    damaged = tmp_path / "damaged"
    damaged.mkdir()
    (damaged / "library.sqlite3").write_bytes(b"no library" * 100)
    assert complete(damaged, "dateline tag +w") == []
