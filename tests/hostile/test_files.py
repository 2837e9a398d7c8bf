"""Every hostile file, brought in by the program itself."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.hostile import failing
from tests.hostile.attacks import FORBIDDEN
from tests.hostile.cases import CANARY_WORDS, CPU_SECONDS, MEMORY_BYTES, Case
from tests.hostile.corpus import CASES, GROUPS
from tests.hostile.running import Box, Run
from tests.hostile.servers import Server

ONE_LINE = {("article", "title"), ("source", "name"), ("tag", "name"), ("body", "url")}
"""Columns whose cells are shown in one line."""

SCHEMES = re.compile(r'(?:^|")(javascript|vbscript|file|data|exec):', re.IGNORECASE)
"""Beginnings of addresses that nothing may open."""


def _options(case: Case) -> list[str]:
    return [
        *(["--format", case.file_format] if case.file_format else []),
        *([f"--source={case.source}"] if case.source else []),
    ]


TOGETHER = {name: tuple(case for case in cases if not case.alone) for name, cases in GROUPS.items()}
# A process takes half a second to start.
for _into, _other in (
    ("encodings", "packed"),
    ("encodings", "lists"),
    ("runs-list", "runs-text"),
    ("runs-mail", "runs-bookmarks"),
):
    TOGETHER[_into] += TOGETHER.pop(_other)
_LARGE = {
    name: tuple(case for case in cases if case.alone and not (case.slow or _options(case)))
    for name, cases in GROUPS.items()
}
TOGETHER |= {f"large-{name}": _LARGE.pop(name) for name in ("packed", "pages")}
TOGETHER["large-others"] = tuple(case for cases in _LARGE.values() for case in cases)
_GROUPED = {case.name for cases in TOGETHER.values() for case in cases}
ALONE = tuple(case for case in CASES if case.name not in _GROUPED)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an import: the run, and the library that it left."""

    box: Box
    run: Run
    titles: Counter[str]
    texts: str
    feeds: frozenset[str]
    cells: tuple[tuple[str, str, str], ...]

    def failures_of(self, case: Case) -> list[str]:
        ends = f"/{case.name}"
        return [one["reason"] for one in self.run.json["failed"] if ends in one["path"]]


def bring_in(box: Box, cases: Sequence[Case], canary_file: Path, canary_server: Server) -> Outcome:
    """Import the files of `cases` in one process."""
    return outcome(box, run_import(box, cases, canary_file, canary_server))


def run_import(box: Box, cases: Sequence[Case], canary_file: Path, canary_server: Server) -> Run:
    paths = []
    for case in cases:
        path = box.inputs / case.name
        path.write_bytes(case.write(str(canary_file), canary_server.url))
        paths.append(str(path))
    options = [word for case in cases[:1] for word in _options(case)]
    run = box.run("import", "--json", *options, *paths)
    for one in box.inputs.iterdir():
        one.unlink()
    return run


def outcome(box: Box, run: Run) -> Outcome:
    assert (box.library / "library.sqlite3").exists(), run.err[-2000:]
    return Outcome(
        box,
        run,
        Counter(title for (title,) in box.rows("SELECT title FROM article")),
        "\n\n".join(text for (text,) in box.rows("SELECT text FROM body")),
        frozenset(url for (url,) in box.rows("SELECT url FROM feed")),
        tuple(box.cells()),
    )


@pytest.fixture(scope="module")
def outcomes(
    tmp_path_factory: pytest.TempPathFactory, canary_file: Path, canary_server: Server
) -> Iterator[dict[str, Outcome]]:
    """What came of each group, by its name; filled as it is asked for."""
    kept: dict[str, Outcome] = _Groups(tmp_path_factory, canary_file, canary_server)
    yield kept
    for one in kept.values():
        one.box.remove()


class _Groups(dict[str, Outcome]):
    def __init__(
        self, folders: pytest.TempPathFactory, canary_file: Path, canary_server: Server
    ) -> None:
        super().__init__()
        self._folders = folders
        self._canaries = canary_file, canary_server

    def __missing__(self, name: str) -> Outcome:
        box = Box(self._folders.mktemp(name))
        self[name] = bring_in(box, TOGETHER[name], *self._canaries)
        return self[name]


def check_case(case: Case, got: Outcome) -> None:
    """What the case says must have come of it."""
    lost = [title for title in case.titles if got.titles[title] != 1]
    assert not lost, (lost, [got.titles[title] for title in lost], got.failures_of(case))
    for start in case.starts:
        found = [title for title in got.titles if title.startswith(start)]
        assert found, (start, got.failures_of(case))
    for text in case.texts:
        assert text in got.texts, (text, got.failures_of(case))
    assert set(case.feeds) <= got.feeds, (got.failures_of(case), set(case.feeds) - got.feeds)
    for word in case.never:
        assert not [cell for cell in got.cells if word in cell[2]], word
    if case.named:
        assert got.failures_of(case), got.run.err[-500:]


def check_run(got: Outcome, canary_server: Server, *, cpu: float = CPU_SECONDS) -> None:
    """What must be so whatever was imported."""
    run, box = got.run, got.box
    assert run.code in {0, 1}, run.err[-2000:]
    assert "Traceback" not in run.err, run.err[-2000:]
    assert "Traceback" not in box.log(), box.log()[-3000:]
    assert not [one for one in run.json["failed"] if "unexpected" in one["reason"]]
    assert not [
        one for one in run.json["failed"] if FORBIDDEN.search(f"{one['path']}{one['item']}")
    ]
    assert not FORBIDDEN.search(run.err)
    assert run.cpu <= cpu, f"{run.cpu:.1f} s"
    assert run.memory <= MEMORY_BYTES, f"{run.memory / 1e6:.0f} MB"
    assert not box.left_outside()
    assert not list(box.inputs.iterdir())
    assert not canary_server.asked
    assert not run.told_of("network")
    assert not _changes_outside(run, box)


def _changes_outside(run: Run, box: Box) -> list[str]:
    places = (str(box.library), str(box.temporary), "/dev/null")
    own = re.compile(rf"b?['\"]({'|'.join(map(re.escape, places))})")
    return [path for path in run.told_of("change") if not own.match(path)]


def check_cells(got: Outcome) -> None:
    """No stored cell holds what no terminal may get."""
    assert not [cell for cell in got.cells if FORBIDDEN.search(_whole(cell[2]))]
    for table, column, text in got.cells:
        if (table, column) in ONE_LINE:
            assert "\n" not in text, (table, column, text[:200])
            assert "\t" not in text, (table, column, text[:200])
        if column in {"url", "markup", "attachments"}:
            assert not SCHEMES.search(text), text[:500]
    assert CANARY_WORDS.encode() not in got.box.bytes_of_library()


def _whole(text: str) -> str:
    """The text, or the texts of the JSON that it is."""
    if text[:1] in {"[", "{"}:
        try:
            return text + "".join(_strings(json.loads(text)))
        except (ValueError, RecursionError):
            return text
    return text


def _strings(value: object) -> Iterator[str]:
    """Every text in what JSON says, the keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
    elif isinstance(value, dict):
        yield from _strings([*value, *value.values()])


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=failing.marks(failing.LIMITS, name)) for name in TOGETHER]
)
def test_a_group_keeps_within_its_limits(
    name: str, outcomes: dict[str, Outcome], canary_server: Server
) -> None:
    check_run(outcomes[name], canary_server)


@pytest.mark.parametrize("name", TOGETHER)
def test_what_a_group_leaves_is_clean(name: str, outcomes: dict[str, Outcome]) -> None:
    check_cells(outcomes[name])


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=failing.marks(failing.SECOND, name))
        for name in ("feeds", "records", "letters", "databases", "alike")
    ],
)
def test_a_second_import_changes_nothing(
    name: str, outcomes: dict[str, Outcome], canary_file: Path, canary_server: Server
) -> None:
    box = outcomes[name].box
    run = run_import(box, TOGETHER[name], canary_file, canary_server)
    told = run.json
    assert (told["added"], told["updated"], told.get("subscribed", 0)) == (0, 0, 0)
    assert outcome(box, run).titles == outcomes[name].titles


def test_failures_without_end_are_counted_and_not_all_named(outcomes: dict[str, Outcome]) -> None:
    got = outcomes["large-packed"]
    told = got.run.json
    assert len(told["failed"]) < 3_000 < told["failed_total"]
    assert len(got.run.err) < 1_000_000


@pytest.mark.parametrize("name", ["fields"])
def test_what_is_printed_is_clean(name: str, outcomes: dict[str, Outcome]) -> None:
    box = outcomes[name].box
    for words in (("list", "--limit", "900"), ("sources",), ("export", "--format", "markdown")):
        run = box.run(*words)
        assert run.code == 0
        assert not FORBIDDEN.search(run.out + run.err), words


@pytest.mark.parametrize(
    ("group", "case"),
    [
        pytest.param(
            group, case, id=f"{group}/{case.name}", marks=failing.marks(failing.CASES, case.name)
        )
        for group, cases in TOGETHER.items()
        for case in cases
    ],
)
def test_the_good_arrives_and_the_bad_is_named(
    group: str, case: Case, outcomes: dict[str, Outcome]
) -> None:
    check_case(case, outcomes[group])


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, marks=[pytest.mark.slow] if case.slow else []) for case in ALONE],
    ids=lambda case: case.name,
)
def test_a_file_by_itself(
    case: Case, tmp_path: Path, canary_file: Path, canary_server: Server
) -> None:
    got = bring_in(Box(tmp_path), [case], canary_file, canary_server)
    check_run(got, canary_server)
    check_cells(got)
    check_case(case, got)
    got.box.remove()
