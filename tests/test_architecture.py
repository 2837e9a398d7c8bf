"""Rules of the house that are cheaper to check than to remember."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted(
    path for folder in ("index", "reader", "benchmarks") for path in (ROOT / folder).rglob("*.py")
)
TESTS = sorted((ROOT / "tests").rglob("*.py"))

HEAVY = ("textual", "whoosh", "numpy", "rich", "Stemmer", "asyncio", "lxml", "urllib3")

BOUNDARIES = {
    "reader/worker/search.py": "a question that fails must not end the search process",
    "reader/worker/index.py": "what waits is tried again at the next poke",
    "reader/worker/fetch.py": "an order that fails must not end the process that fetches",
    "reader/worker/parse.py": "a document that fails must not end the process that reads them",
    "reader/cli/main.py": "no traceback reaches a person",
    "reader/ingest/pipeline.py": "one bad item must not end an import",
    "reader/service/naming.py": "a recogniser that fails with a text must not stop the others",
    "reader/service/merging.py": "an index in pieces still answers",
}
"""Where a broad except may stand, and why. It logs there and shows."""


def loaded_by(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(' '.join(sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
    )
    return {name.partition(".")[0] for name in run.stdout.split()}


def test_the_composition_root_loads_nothing_heavy() -> None:
    assert not loaded_by("import reader.app") & set(HEAVY)


@pytest.mark.parametrize("module", ["reader.model", "reader.errors", "index.api", "index.query"])
def test_values_load_nothing_heavy(module: str) -> None:
    assert not loaded_by(f"import {module}") & {*HEAVY, "sqlite3", "click"}


def test_listing_articles_loads_no_search_engine_and_no_screen(tmp_path: Path) -> None:
    command = f"from reader.app import main; main(['--library', {str(tmp_path)!r}, 'list'])"
    assert not loaded_by(command) & {"textual", "whoosh", "rich", "numpy", "lxml", "urllib3"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 600
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno
            assert lines <= 60, f"{node.name} has {lines} lines"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text))


def test_broad_excepts_stand_at_the_boundaries_only() -> None:
    found = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler) and _is_broad(node) and not _raises_again(node)
    }
    assert found == set(BOUNDARIES)


def _is_broad(handler: ast.ExceptHandler) -> bool:
    names = {
        node.id
        for node in ast.walk(handler.type or ast.Name("Exception"))
        if isinstance(node, ast.Name)
    }
    return bool(names & {"Exception", "BaseException"})


def _raises_again(handler: ast.ExceptHandler) -> bool:
    """Tidying up (a rollback) or telling it as an error of ours swallows nothing."""
    return isinstance(handler.body[-1], ast.Raise)


def _mentions_of_mocks() -> Iterator[str]:
    for path in TESTS:
        if path != Path(__file__).resolve():
            for word in ("unittest.mock", "MagicMock", "mocker"):
                yield from [word] * path.read_text(encoding="utf-8").count(word)


def test_fakes_are_classes_of_ours() -> None:
    assert not list(_mentions_of_mocks())


def test_the_lock_names_versions_and_no_hosts() -> None:
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines():
        name, equals, version = line.partition("==")
        assert equals, line
        assert name
        assert version
        assert "/" not in line
