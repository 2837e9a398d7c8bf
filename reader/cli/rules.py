"""`rule`: what saved searches do to what arrives."""

from __future__ import annotations

import click

from index.errors import IndexBusyError
from reader.cli.finding import QUERY_WORDS, json_option, limit_option
from reader.cli.printing import print_rows
from reader.cli.saved import name_argument
from reader.cli.saved_shapes import rule_test_record, saved_search_record
from reader.cli.session import Session, index_what_waits, print_json, print_line, say, session_of
from reader.cli.shapes import change_record
from reader.commands.deeds import NOTIFY, deeds_text, parse_deeds, since
from reader.kept import Deeds, SavedSearch
from reader.service.library import Library
from reader.text import count

on_option = click.option(
    "--on", "query", metavar="QUERY", default="", help="Only what answers this query too."
)
since_option = click.option(
    "--since", "date", metavar="DATE", default="", help="Only what was published since then."
)


@click.group("rule", invoke_without_command=True)
@json_option
@click.pass_context
def rule_group(ctx: click.Context, as_json: bool) -> None:
    """Have a saved search tag, mark and tell of what arrives. Alone it lists the rules.

    A rule runs on every new article that answers the saved search NAME, once it can be searched.
    """
    if ctx.invoked_subcommand is None:
        _list(ctx.ensure_object(Session), as_json)


def _list(session: Session, as_json: bool) -> None:
    rules = [one for one in session.library.saved_searches.list() if one.deeds]
    if as_json:
        print_json({"items": [saved_search_record(one) for one in rules]})
        return
    width = max((len(one.name) for one in rules), default=0)
    for one in rules:
        rests = "" if one.active else "  (off)"
        print_line(f"{one.name:<{width}}  {one.query}  → {deeds_text(one.deeds)}{rests}")
    if not rules:
        say("there are no rules yet; `dateline rule set NAME +TAG` makes one of a saved search")


@rule_group.command("set", context_settings=QUERY_WORDS)
@name_argument
@click.argument("words", metavar="(+TAG|-TAG|MARK)...", nargs=-1, type=click.UNPROCESSED)
@click.option("--notify", metavar="CMD", default="", help="A command that is told of new ones.")
@json_option
@session_of
def set_command(
    session: Session, name: str, words: tuple[str, ...], notify: str, as_json: bool
) -> None:
    """Say what NAME does: +war -draft starred read archived.

    CMD is started without a shell, once for all that came together, with a line of JSON for each
    article on its standard input.
    """
    if NOTIFY in words:
        raise click.UsageError("a command is given with --notify CMD")
    if not words and not notify:
        raise click.UsageError("say what the rule does; `dateline rule none NAME` makes it none")
    deeds = parse_deeds(" ".join([*words, *([NOTIFY, notify] if notify else [])]))
    before = session.library.saved_searches.get(name).deeds
    saved = session.library.saved_searches.set_deeds(name, deeds)
    gone = f"; it starts {before.notify} no more" if before.notify and not notify else ""
    _tell(saved, f"{saved.name} does from now on: {deeds_text(saved.deeds)}{gone}", as_json)


@rule_group.command("none")
@name_argument
@json_option
@session_of
def none_command(session: Session, name: str, as_json: bool) -> None:
    """Let NAME be a saved search only."""
    saved = session.library.saved_searches.set_deeds(name, Deeds())
    _tell(saved, f"{saved.name} is no rule any more", as_json)


@rule_group.command("on")
@name_argument
@json_option
@session_of
def on_command(session: Session, name: str, as_json: bool) -> None:
    """Let the rule NAME run again on what arrives."""
    saved = session.library.saved_searches.set_active(name, active=True)
    _tell(saved, f"{saved.name} runs on what arrives", as_json)


@rule_group.command("off")
@name_argument
@json_option
@session_of
def off_command(session: Session, name: str, as_json: bool) -> None:
    """Let the rule NAME rest."""
    saved = session.library.saved_searches.set_active(name, active=False)
    _tell(saved, f"{saved.name} rests", as_json)


@rule_group.command("test", short_help="Tell what the rule NAME would change.")
@name_argument
@on_option
@since_option
@limit_option
@json_option
@session_of
def test_command(
    session: Session, name: str, query: str, date: str, limit: int, as_json: bool
) -> None:
    """What the rule NAME would do to the articles that are here; changes nothing."""
    library, scope = session.library, _scope(query, date)
    _make_sure(library, name, scope)
    test = library.rules.test(name, limit, scope)
    if as_json:
        print_json(rule_test_record(test))
        return
    print_rows(test.rows)
    for one in test.would_change:
        print_line(f"{one.articles:>7,}  {one.deed}")
    say(f"would change {count(test.changed, 'article')} of {test.matched:,} found")


@rule_group.command("run", short_help="Do what the rule NAME does to what is here.")
@name_argument
@on_option
@since_option
@json_option
@session_of
def run_command(session: Session, name: str, query: str, date: str, as_json: bool) -> None:
    """Do what the rule NAME does to the articles that are here; `dateline undo` takes it back."""
    library, scope = session.library, _scope(query, date)
    _make_sure(library, name, scope)
    change = library.rules.run(name, scope)
    if as_json:
        print_json(change_record(change))
    else:
        say(f"changed: {count(change.changed, 'article')} of {change.matched:,} found")


@rule_group.command("back", short_help="Take back what the rule NAME did by itself.")
@name_argument
@json_option
@session_of
def back_command(session: Session, name: str, as_json: bool) -> None:
    """Take back what the rule NAME did to articles as they arrived."""
    change = session.library.rules.take_back(name)
    if as_json:
        print_json(change_record(change))
    else:
        say(f"taken back: {count(change.changed, 'article')} of {change.matched:,} it had changed")


def _scope(query: str, date: str) -> str:
    """Both conditions as one query."""
    return " ".join(filter(None, (since(date) if date else "", f"({query})" if query else "")))


def _make_sure(library: Library, name: str, scope: str) -> None:
    """Have all articles searched. Raises IndexBusyError where some cannot be yet."""
    saved = library.saved_searches.get(name)
    wanted = library.saved_searches.needs_index(saved) or library.searching.needs_index(scope)
    if (wanted or any(map(library.rules.concern, (saved.query, scope)))) and index_what_waits(
        library
    ):
        # Half an answer is worse than none where something is changed.
        raise IndexBusyError(library.folder)


def _tell(saved: SavedSearch, text: str, as_json: bool) -> None:
    if as_json:
        print_json(saved_search_record(saved))
    else:
        say(text)
