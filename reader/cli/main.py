"""The command line: `dateline [--library DIR] COMMAND`."""

from __future__ import annotations

import importlib
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from index.errors import IndexBusyError, SearchIndexError
from reader import __version__
from reader.cli.session import (
    CheckSettings,
    Exit,
    Session,
    problems_of_file,
    say,
    tell_error,
)
from reader.cli.streams import have_streams, hush, print_anything
from reader.config import library_folder
from reader.errors import (
    EditorError,
    FeedNotPageError,
    FetchStoppedError,
    LibraryBusyError,
    LibraryUnwritableError,
    NoFeedFoundError,
    NotFetchedError,
    NotFoundError,
    ReaderError,
    SearchUnavailableError,
    UpdateBusyError,
)
from reader.nearest import meant

COMMANDS: Mapping[str, str] = {
    "import": "reader.cli.importing:import_command",
    "export": "reader.cli.exporting:export_command",
    "add": "reader.cli.feeds:add_command",
    "update": "reader.cli.feeds:update_command",
    "save": "reader.cli.feeds:save_command",
    "list": "reader.cli.finding:list_command",
    "search": "reader.cli.finding:search_command",
    "show": "reader.cli.finding:show_command",
    "tag": "reader.cli.changing:tag_command",
    "mark": "reader.cli.changing:mark_command",
    "undo": "reader.cli.changing:undo_command",
    "redo": "reader.cli.changing:redo_command",
    "history": "reader.cli.changing:history_command",
    "note": "reader.cli.notes:note_command",
    "notes": "reader.cli.notes:notes_command",
    "saved": "reader.cli.saved:saved_group",
    "rule": "reader.cli.rules:rule_group",
    "why": "reader.cli.why:why_command",
    "tags": "reader.cli.counting:tags_command",
    "retag": "reader.cli.tags_tool:retag_command",
    "colour": "reader.cli.tags_tool:colour_command",
    "quick": "reader.cli.tags_tool:quick_command",
    "sources": "reader.cli.sources:sources_command",
    "source": "reader.cli.sources:source_group",
    "entities": "reader.cli.counting:entities_command",
    "entity": "reader.cli.entity:entity_command",
    "correct": "reader.cli.correcting:correct_group",
    "index": "reader.cli.indexing:index_group",
    "dump": "reader.cli.dumping:dump_command",
    "restore": "reader.cli.dumping:restore_command",
    "config": "reader.cli.config:config_group",
    "completion": "reader.cli.completion:completion_command",
}


class LazyGroup(click.Group):
    """A group that imports a command when it is called."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does; a slip is told with the name that was meant."""
        if args and args[0] not in COMMANDS and (near := meant(args[0], list(COMMANDS))):
            ctx.fail(f"No such command {args[0]!r}{near}")
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command


@click.group(cls=LazyGroup, invoke_without_command=True, name="dateline")
@click.option(
    "--library",
    metavar="DIR",
    help="Folder of the library; DATELINE_LIBRARY says the same.",
)
@click.option(
    "--plain",
    is_flag=True,
    help="Lines instead of the screen, for screen readers, slow connections and scripts.",
)
@click.version_option(__version__, prog_name="dateline")
@click.pass_context
def dateline(ctx: click.Context, library: str | None, plain: bool) -> None:
    """A news reader for the terminal. Without a command it opens the screen."""
    environment, open_screen, check_settings = ctx.obj
    folder = library_folder(library, environment)
    ctx.obj = Session(folder, open_screen, environment, check_settings)
    ctx.call_on_close(ctx.obj.close)
    if ctx.invoked_subcommand is None and plain:
        from reader.cli.plain.terminal import run_line_mode

        ctx.exit(run_line_mode(ctx.obj, dateline))
    if ctx.invoked_subcommand is None:
        ctx.exit(ctx.obj.open_screen(ctx.obj.folder))


def run_command_line(
    arguments: Sequence[str],
    *,
    environment: Mapping[str, str],
    open_screen: Callable[[Path], int],
    check_settings: CheckSettings = problems_of_file,
) -> int:
    """Run one command; returns the exit code. No traceback reaches a person.

    `check_settings` knows more of the settings than the command line can: what keys there are.
    """
    have_streams()
    print_anything()
    code = _printed(_run(arguments, (environment, open_screen, check_settings)))
    if code == Exit.INTERRUPTED:
        # What is left is to end: one more Ctrl-C must not kill us over it.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    return code


def _run(
    arguments: Sequence[str],
    given: tuple[Mapping[str, str], Callable[[Path], int], CheckSettings],
) -> int:
    try:
        outcome: Any = dateline.main(
            args=list(arguments),
            prog_name="dateline",
            standalone_mode=False,
            obj=given,
        )
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return Exit.INTERRUPTED
    except BrokenPipeError:
        return _reader_left()
    except (ReaderError, SearchIndexError, OSError) as error:
        tell_error(error)
        return exit_code(error)
    except Exception as error:  # noqa: BLE001
        return _unexpected(error)
    return outcome if isinstance(outcome, int) else Exit.DONE


def exit_code(error: ReaderError | SearchIndexError | OSError) -> Exit:
    """The exit code that tells another program what kind of trouble it was."""
    match error:
        case LibraryBusyError() | IndexBusyError() | SearchUnavailableError() | UpdateBusyError():
            return Exit.BUSY
        case NotFoundError():
            return Exit.NOT_FOUND
        case NotFetchedError() | NoFeedFoundError() | FeedNotPageError() | EditorError():
            return Exit.SOME_FAILED
        case FetchStoppedError():
            return Exit.INTERRUPTED
        case OSError() | LibraryUnwritableError():
            return Exit.IO_FAILED
        case _:
            return Exit.WRONG_USE


def _unexpected(error: Exception) -> Exit:
    """A fault of ours: the trace goes to a file, the person gets a sentence."""
    handle, path = tempfile.mkstemp(prefix="dateline-", suffix=".log", text=True)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        traceback.print_exception(error, file=file)
    tell_error(error)
    say(f"this is a fault in dateline; {path} has the details")
    return Exit.FAULT


def _printed(code: int) -> int:
    """The exit code once all is printed, or cannot be."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return _reader_left()
    except OSError as error:
        hush()
        if code != Exit.DONE:
            return code
        tell_error(error)
        return Exit.IO_FAILED
    return code


def _reader_left() -> int:
    """Whoever read our output has gone (`| head`): stop without noise."""
    hush()
    return Exit.SOME_FAILED
