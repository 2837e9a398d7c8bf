"""The pages of the manual, one a command, from the commands themselves: `make docs`."""

from __future__ import annotations

import copy
import inspect
import re
import sys
from pathlib import Path

import click

from reader import __version__
from reader.cli.main import dateline

DATE = "2026-11-22"
"""Stands at the foot of the pages: the day of the version."""


def write_manual(folder: Path) -> None:
    """Write all pages anew; those of commands that are gone vanish. Raises OSError."""
    from click_man.core import write_man_pages  # a tool of the documents, not of the program

    folder.mkdir(parents=True, exist_ok=True)
    for page in folder.glob("dateline*.1"):
        page.unlink()
    write_man_pages("dateline", whole(), version=__version__, target_dir=folder, date=DATE)


def whole() -> click.Command:
    """The command line with all commands loaded, and told in the way of the manual."""
    context = click.Context(dateline)
    found = {name: dateline.get_command(context, name) for name in dateline.list_commands(context)}
    commands = {name: command for name, command in found.items() if command is not None}
    return _page(click.Group("dateline", commands, params=dateline.params, help=dateline.help))


def _page(command: click.Command) -> click.Command:
    """A copy whose line of NAME is a whole sentence, and whose lines are not joined where they
    shall not be."""
    page = copy.copy(command)
    text = inspect.cleandoc(command.help or "")
    sentence = re.split(r"\.(?:\s|$)", text, maxsplit=1)[0]
    page.short_help = command.short_help or " ".join(f"{sentence}.".split())
    page.help = re.sub(r"^\x08\n((?:.+\n?)+)", r".nf\n\1\n.fi", text, flags=re.MULTILINE)
    if isinstance(page, click.Group):
        page.commands = {name: _page(one) for name, one in page.commands.items()}
    return page


if __name__ == "__main__":
    write_manual(Path(sys.argv[1]))
