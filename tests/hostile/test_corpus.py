"""The corpus itself: large enough, the same at each run, told apart by name."""

from __future__ import annotations

import json
from pathlib import Path

from tests.hostile.cases import Case, always, before, prose
from tests.hostile.corpus import CASES, GROUPS, main, manifest
from tests.hostile.running import Box
from tests.hostile.servers import Server, behaviours, feed

SMALL = tuple(
    case for case in CASES if not case.slow and not case.alone and not case.name.startswith("run-")
)


def test_there_is_enough_of_each_kind() -> None:
    assert len(CASES) >= 150
    assert min(len(cases) for cases in GROUPS.values()) >= 10
    with Server(feed("x")) as other:
        assert len(behaviours(other)) >= 18


def test_names_tell_cases_apart() -> None:
    assert len({case.name.lower() for case in CASES}) == len(CASES)
    assert len({title for case in CASES for title in case.titles}) == sum(
        len(case.titles) for case in CASES
    )


def test_files_are_the_same_at_each_run() -> None:
    assert [case.make() for case in SMALL] == [case.make() for case in SMALL]


def test_files_are_small() -> None:
    sizes = [len(case.make()) for case in CASES if not case.slow]
    assert sum(sizes) < 120_000_000
    assert max(sizes) < 60_000_000


def test_the_canaries_of_a_run_stand_in_the_files() -> None:
    case = Case("a.xml", always("@CANARY-FILE@ @CANARY-URL@"))
    assert case.write("/here", "http://there/") == b"/here http://there/"


def test_the_files_can_be_written_out(tmp_path: Path) -> None:
    main(tmp_path, SMALL[:20])
    told = json.loads((tmp_path / "manifest.json").read_text())
    assert told == manifest(SMALL[:20])
    assert {one["file"] for one in told} == {case.name for case in SMALL[:20]}
    assert (tmp_path / SMALL[0].name).read_bytes()


def test_the_guard_tells_what_is_written_and_who_is_asked(tmp_path: Path) -> None:
    box = Box(tmp_path)
    (box.inputs / "a.txt").write_text(f"{before('guard')}\n\n{prose('guard', 1)}\n")
    run = box.run("import", "--json", str(box.inputs / "a.txt"))
    assert run.json["added"] == 1, run.err
    assert any("library" in line for line in run.told_of("database"))
    assert run.told_of("change")
    assert not box.left_outside()
    (box.home / "left.txt").touch()
    assert box.left_outside() == ["home/left.txt"]
    assert run.memory > 10_000_000
    assert run.cpu > 0.01
