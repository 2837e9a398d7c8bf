"""The documents say what is there, and what is there is in the documents."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from reader.app import check_settings
from reader.cli.main import COMMANDS, dateline
from reader.cli.manual import write_manual
from reader.cli.session import Exit
from reader.config import read_settings
from reader.ui.own_commands import parse_template

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
COMMAND_LINE = (DOCS / "command-line.md").read_text(encoding="utf-8")


def commands() -> list[tuple[str, click.Command]]:
    context = click.Context(dateline)
    found = []
    for name in COMMANDS:
        command = dateline.get_command(context, name)
        assert command is not None
        found.append((name, command))
        if isinstance(command, click.Group):
            found += [(f"{name} {sub}", one) for sub, one in command.commands.items()]
    return found


@pytest.mark.parametrize(("name", "command"), commands(), ids=lambda one: str(one))
def test_every_command_and_option_is_documented(name: str, command: click.Command) -> None:
    rows = [line for line in COMMAND_LINE.splitlines() if f"`dateline {name}" in line]
    assert rows
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert any(option in row for row in rows for option in parameter.opts), parameter.opts


@pytest.mark.parametrize("code", Exit)
def test_every_exit_code_is_documented(code: Exit) -> None:
    assert f"| {code.value} |" in COMMAND_LINE


def test_the_readme_has_exactly_two_commands_to_start() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    start = readme.partition("## Start")[2].partition("## ")[0]
    block = re.search(r"```sh\n(.*?)```", start, re.DOTALL)
    assert block
    assert [line.split("#")[0].strip() for line in block[1].splitlines()] == [
        "make run",
        "make test",
    ]


def pages() -> list[Path]:
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]


def anchors(path: Path) -> set[str]:
    """What a link can name in a page: its headings, as they are made into anchors."""
    found: list[str] = []
    text = path.read_text(encoding="utf-8")
    prose = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    for heading in re.findall(r"^#+ (.*)$", prose, re.MULTILINE):
        words = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).lower()
        anchor = re.sub(r"[^\w\- ]", "", words).strip().replace(" ", "-")
        times = found.count(anchor)
        found += [anchor, *([f"{anchor}-{times}"] if times else [])]
    return set(found)


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target, anchor in re.findall(r"\]\(([^)#\s]*)#?([^)\s]*)\)", text):
        if "://" in target:
            continue
        page = path.parent / target if target else path
        assert page.exists(), target
        assert not anchor or anchor in anchors(page), f"{target}#{anchor}"


def test_anchors_are_those_of_headings() -> None:
    found = anchors(DOCS / "export.md")
    assert "everything-you-made-dump-and-restore" in found
    assert "makes-this-library-so" not in found


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.name)
def test_settings_in_documents_are_right(path: Path, tmp_path: Path) -> None:
    for block in re.findall(r"```toml\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL):
        file = tmp_path / "config.toml"
        file.write_text(block, encoding="utf-8")
        loaded = read_settings(file)
        assert not check_settings(loaded)
        for template in loaded.settings.commands.values():
            assert parse_template(template).words


def test_every_page_is_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        for target in re.findall(r"\]\(([^)#\s]+\.md)[)#]", page.read_text(encoding="utf-8")):
            found = (page.parent / target).resolve()
            if "://" not in target and found not in reached:
                waiting.append(found)
    assert {page for page in pages() if page.parent.name != "decisions"} <= reached


def test_every_folder_has_its_place_in_the_architecture() -> None:
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    for package in ("reader", "index"):
        for entry in (ROOT / package).iterdir():
            name = entry.stem
            if name.startswith(("_", ".", "py")) or entry.suffix == ".typed":
                continue
            assert re.search(rf"\b{name}\b", text), f"{package}/{name}"


def test_every_target_of_make_is_documented() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    development = (DOCS / "development.md").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z][a-z0-9-]*):", makefile, re.MULTILINE)
    internal = {"lint", "types", "contracts", "clean"}
    assert {t for t in targets if f"`make {t}`" not in development} <= internal


def test_the_manual_is_current(tmp_path: Path) -> None:
    write_manual(tmp_path)
    made = {page.name: page.read_text(encoding="utf-8") for page in tmp_path.iterdir()}
    kept = {page.name: page.read_text(encoding="utf-8") for page in (DOCS / "man").iterdir()}
    assert made == kept, "make docs"


@pytest.mark.parametrize("page", sorted((DOCS / "man").iterdir()), ids=lambda page: page.name)
def test_pages_of_the_manual_say_whole_sentences(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "\b" not in text
    cut = [line for line in text.splitlines() if line.endswith("...")]
    # Of what is named in capitals there may be several.
    assert [line for line in cut if not re.search(r"[A-Z)]\]*\.\.\.$", line)] == []
