"""`config check`, `config show`, `config edit` and `config set`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from reader.cli.finding import json_option
from reader.cli.session import Exit, Session, print_json, print_line, say, session_of
from reader.config import (
    Loaded,
    Shown,
    editor,
    example,
    read_settings,
    remembered_theme,
    settings_file,
    show_settings,
    write_setting,
    write_whole,
)
from reader.errors import EditorError
from reader.text import count, explain


@click.group("config")
def config_group() -> None:
    """Look at the settings, and change them."""


@config_group.command("check", short_help="Tell what is wrong in the settings file.")
@session_of
def check_command(session: Session) -> int:
    """Tell what is wrong in the settings file; exit code 2 if anything is."""
    return _check(session, _read(session))


@config_group.command("show")
@click.argument("name", required=False)
@json_option
@session_of
def show_command(session: Session, name: str | None, as_json: bool) -> int:
    """All settings as they are, or NAME alone, and where each comes from."""
    loaded = _read(session)
    wanted = [one for one in show_settings(loaded) if name in (None, one.name)]
    if not wanted:
        raise click.UsageError(f'no setting is called "{name}"')
    for shown in wanted:
        chosen = remembered_theme(session.folder) if _is_open(shown) else ""
        where = f"line {shown.line}" if shown.line else "chosen last" if chosen else "default"
        if as_json:
            value = chosen or shown.value
            print_json({"name": shown.name, "value": value, "from": where, "line": shown.line})
        else:
            text = f'"{chosen}"' if chosen else shown.text
            print_line(f"{shown.name} = {text}  # {where}")
    for problem in session.check_settings(loaded):
        say(explain(problem))
    say(str(loaded.path))
    return Exit.DONE


@config_group.command("edit", short_help="Open the settings file in your editor.")
@session_of
def edit_command(session: Session) -> int:
    """Open the settings file in VISUAL or EDITOR; a new one has everything as a comment."""
    path = settings_file(session.environment)
    if not path.exists():
        write_whole(path, example())
    while True:
        edited = _edit(session, path)
        code = _check(session, _read(session))
        if code == Exit.DONE or not sys.stdin.isatty():
            return max(edited, code)
        if not click.confirm("edit it again?", default=True, err=True):
            return code


@config_group.command("set", short_help="Change one setting in the file.")
@click.argument("name")
@click.argument("value")
@session_of
def set_command(session: Session, name: str, value: str) -> None:
    """Change one setting; the rest of the file stays as it is written."""
    before = {(one.key, one.reason) for one in session.check_settings(_read(session))}
    write_setting(settings_file(session.environment), name, value, session.check_settings)
    for problem in session.check_settings(_read(session)):
        if (problem.key, problem.reason) not in before:
            say(explain(problem))


def _read(session: Session) -> Loaded:
    return read_settings(settings_file(session.environment))


def _check(session: Session, loaded: Loaded) -> Exit:
    problems = session.check_settings(loaded)
    for problem in problems:
        say(explain(problem))
    if problems:
        return Exit.WRONG_USE
    told = "no such file"
    if loaded.mark is not None:
        told = f"nothing wrong, {count(len(loaded.lines), 'setting')}"
    say(f"{loaded.path}: {told}")
    return Exit.DONE


def _is_open(shown: Shown) -> bool:
    """Whether the theme is left to what was chosen on the screen."""
    return shown.name == "theme" and not shown.value


def _edit(session: Session, path: Path) -> Exit:
    """Raises EditorError where there is no such editor."""
    command = editor(session.environment, path)
    try:
        ended = subprocess.run(command, check=False)  # noqa: S603
    except OSError as error:
        raise EditorError(command[0], error.strerror or str(error)) from error
    if ended.returncode:
        say(f"the editor {command[0]} ended with {ended.returncode}")
        return Exit.SOME_FAILED
    return Exit.DONE
