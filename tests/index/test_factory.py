"""Opening and destroying an index."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.api import Document
from index.errors import IndexMissingError
from index.factory import destroy_index, open_index
from index.memory import MemoryIndex
from index.query import Term


def test_no_path_is_an_index_in_memory() -> None:
    assert isinstance(open_index(None), MemoryIndex)


def test_an_index_stays(tmp_path: Path) -> None:
    path = tmp_path / "a" / "index"
    with pytest.raises(IndexMissingError):
        open_index(path)
    first = open_index(path, create=True)
    first.apply([Document(5, "word", "", 0)])
    first.close()
    assert list(open_index(path).ids(Term("word"))) == [5]
    assert list(open_index(path, create=True).ids(Term("word"))) == [5]


def test_destroying_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "index"
    destroy_index(path)
    open_index(path, create=True).apply([Document(5, "word", "", 0)])
    destroy_index(path)
    assert os.listdir(tmp_path) == []  # noqa: PTH208


def test_destroying_a_link_or_a_file_spares_the_rest(tmp_path: Path) -> None:
    target = tmp_path / "target"
    open_index(target, create=True)
    link, file = tmp_path / "link", tmp_path / "file"
    link.symlink_to(target, target_is_directory=True)
    file.write_text("x")
    destroy_index(link)
    destroy_index(file)
    assert [entry.name for entry in tmp_path.iterdir()] == ["target"]
    open_index(target).close()


def test_what_an_interrupted_removal_left_goes_with_the_next(tmp_path: Path) -> None:
    path = tmp_path / "index"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").write_text("x")
    left = tmp_path / "index.removed-0123abcd"
    left.mkdir()
    (left / "MAIN_x.pst").write_text("x")
    (left / "link").symlink_to(elsewhere, target_is_directory=True)
    (tmp_path / "index.removed-00000000").symlink_to(elsewhere, target_is_directory=True)
    others = ["index.removed-notes", "index.removed-0123abcd.bak", "xindex.removed-0123abcd"]
    for name in others:
        (tmp_path / name).mkdir()
    open_index(path, create=True).close()
    destroy_index(path)
    assert {one.name for one in tmp_path.iterdir()} == {"elsewhere", *others}
    assert (elsewhere / "kept").exists()
    left.mkdir()
    destroy_index(path)
    assert not left.exists()
    destroy_index(tmp_path / "nowhere" / "index")


def test_importing_is_quiet_and_lazy() -> None:
    code = (
        "import sys; sys.dont_write_bytecode = True\n"
        "import index.factory, index.highlight\n"
        "assert not any(name.split('.')[0] == 'whoosh' for name in sys.modules)\n"
        "import index.whoosh_backend\n"
    )
    root = Path(__file__).resolve().parents[2]
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-X", "pycache_prefix=/nonexistent", "-c", code],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
