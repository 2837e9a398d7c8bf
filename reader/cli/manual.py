"""The pages of the manual, one a command, from the commands themselves: `make docs`."""

from __future__ import annotations

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


def whole() -> click.Group:
    """The command line with all commands loaded."""
    context = click.Context(dateline)
    found = {name: dateline.get_command(context, name) for name in dateline.list_commands(context)}
    return click.Group(
        "dateline",
        commands={name: command for name, command in found.items() if command is not None},
        params=dateline.params,
        help=dateline.help,
    )


if __name__ == "__main__":
    write_manual(Path(sys.argv[1]))
