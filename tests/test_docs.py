"""The documents say what is there, and what is there is in the documents."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from reader.cli.main import COMMANDS, dateline
from reader.cli.session import Exit

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


@pytest.mark.parametrize(
    "path", [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))], ids=lambda path: path.name
)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if "://" not in target:
            assert (path.parent / target).exists(), target


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
