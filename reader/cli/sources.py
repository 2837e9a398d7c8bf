"""`sources` and `source`: where articles come from, and changing that."""

from __future__ import annotations

import click

from reader.cli.counting import limit_option, query_argument, scope_of
from reader.cli.finding import QUERY_WORDS, json_option
from reader.cli.session import (
    Exit,
    Session,
    fetching,
    print_json,
    print_line,
    say,
    session_of,
)
from reader.cli.shapes import source_record
from reader.durations import duration_text, seconds_of
from reader.feeds import SourceLine
from reader.service.subscribing import Health, health_of

_MARKS = {Health.FAILING: "!", Health.STOPPED: "×", Health.NEVER_ASKED: "?", Health.OK: "·"}


@click.command(
    "sources",
    short_help="Sources with their articles, and how their feeds fare.",
    context_settings=QUERY_WORDS,
)
@query_argument
@limit_option
@json_option
@session_of
def sources_command(session: Session, query: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Sources with their articles, most first, and how their feeds fare; with QUERY within its
    answer."""
    library = session.library
    within, waiting = scope_of(session, query)
    lines = library.subscribing.list_sources()
    if within is None:
        counts = {line.name: line.articles for line in lines}
    else:
        found = library.browsing.list_sources(within=within, limit=limit)
        counts = {one.name: one.articles for one in found}
    shown = sorted(
        (line for line in lines if line.name in counts), key=lambda line: -counts[line.name]
    )[:limit]
    if as_json:
        items = [source_record(line, counts[line.name]) for line in shown]
        print_json({"items": items, "waiting": waiting})
        return
    for line in shown:
        print_line(_source_text(line, counts[line.name]))
    if not lines:
        say(
            "no sources yet: `dateline add URL` subscribes to a feed, `dateline import` reads lists"
        )


def _source_text(line: SourceLine, articles: int) -> str:
    mark = _MARKS.get(health_of(line.feed), " ")
    unread = f"{line.unread:,} unread" if line.unread else ""
    error = f"— {line.feed.error}" if line.feed and line.feed.error else ""
    folder = f"({line.feed.folder})" if line.feed and line.feed.folder else ""
    facts = (f"{articles:>7,}", f"{unread:>13}", f"{mark} {line.name or '(no source)'}")
    return "  ".join([*facts, *filter(None, (folder, error))])


@click.group("source")
def source_group() -> None:
    """Change a source. All of it can be taken back with `dateline undo`."""


@source_group.command("rename")
@click.argument("name")
@click.argument("new")
@json_option
@session_of
def rename_command(session: Session, name: str, new: str, as_json: bool) -> None:
    """Call the source NAME by NEW from now on."""
    if not new.strip():
        raise click.UsageError("an empty name")
    before = session.library.subscribing.find(name).name
    line = session.library.subscribing.rename(before, new)
    _tell(line, f"renamed {before} to {line.name}", as_json)


@source_group.command("move", short_help="Ask for the feed of NAME at another address.")
@click.argument("name")
@click.argument("url")
@click.option(
    "--private", is_flag=True, help="Allow an address of this machine or the local network."
)
@json_option
@session_of
def move_command(session: Session, name: str, url: str, private: bool, as_json: bool) -> None:
    """Ask for the feed of NAME at URL from now on, if one answers there; its articles stay."""
    with fetching(url) as stop:
        line = session.library.subscribing.move(
            name, url, private=private, every=session.every, stop=stop
        )
    _tell(line, f"{line.name} is asked at {line.feed.url if line.feed else url} now", as_json)


@source_group.command("remove")
@click.argument("name")
@json_option
@session_of
def remove_command(session: Session, name: str, as_json: bool) -> None:
    """Do not ask the feed of NAME any more; its articles stay."""
    line = session.library.subscribing.remove(name)
    if as_json:
        print_json({"source": line.name, "removed": True})
    say(f"removed {line.name}; its articles stay, and `dateline undo` takes it back")


@source_group.command("set")
@click.argument("name")
@click.option("--folder", help='Folder of the source, as in "News/World"; "" takes it out.')
@click.option("--every", metavar="TIME", help='How often to ask: "30m", "2h", "1d", "default".')
@click.option(
    "--private/--no-private",
    default=None,
    help="Allow an address of this machine or the local network, or not.",
)
@json_option
@session_of
def set_command(
    session: Session,
    name: str,
    folder: str | None,
    every: str | None,
    private: bool | None,
    as_json: bool,
) -> int:
    """Change how the feed of NAME is asked, and its folder."""
    if folder is None and every is None and private is None:
        raise click.UsageError("say what to set: --folder, --every, --private or --no-private")
    seconds = None if every is None else _seconds(every)
    line = session.library.subscribing.set(name, folder=folder, every=seconds, private=private)
    feed = line.feed
    time = duration_text(feed.every) if feed and feed.every else "as the settings say"
    place = f'in "{feed.folder}"' if feed and feed.folder else "in no folder"
    _tell(line, f"{line.name}: {place}, asked every {time}".replace("every as", "as"), as_json)
    return Exit.DONE


def _seconds(every: str) -> int:
    if every == "default":
        return 0
    try:
        seconds = seconds_of(every)
    except ValueError:
        seconds = 0
    if not seconds:
        raise click.UsageError(
            f'--every {every}: say "30m", "2h", "1d" or "1w", from 5 minutes to a year, '
            'or "default"'
        )
    return seconds


def _tell(line: SourceLine, text: str, as_json: bool) -> None:
    if as_json:
        print_json(source_record(line, line.articles))
    say(text)
