"""`add`, `update` and `save`: what needs the network."""

from __future__ import annotations

import click

from reader.cli.finding import json_option
from reader.cli.session import (
    Exit,
    ProgressLine,
    Session,
    fetching,
    print_json,
    print_line,
    say,
    session_of,
    stopping,
)
from reader.cli.shapes import saved_record, subscribed_record, update_record
from reader.feeds import FeedFailure, UpdateProgress, UpdateReport
from reader.model import Outcome
from reader.service.subscribing import Subscribed
from reader.text import count

private_option = click.option(
    "--private", is_flag=True, help="Allow an address of this machine or the local network."
)


@click.command("add", short_help="Subscribe to the feed at URL, or that its page names.")
@click.argument("url")
@click.option("--folder", default="", help='Folder of the source, as in "News/World".')
@private_option
@json_option
@session_of
def add_command(session: Session, url: str, folder: str, private: bool, as_json: bool) -> int:
    """Subscribe to the feed at URL, or to the first that the page there names."""
    if not url.strip():
        raise click.UsageError("an empty address: which feed?")
    with fetching(url) as stop:
        found = session.library.subscribing.subscribe(
            url, folder=folder, private=private, every=session.every, stop=stop
        )
    if as_json:
        print_json(subscribed_record(found))
    _tell_subscribed(found)
    if found.others and not as_json:
        say("the page names more; `dateline add` takes these too:")
        for other in found.others:
            print_line(f"{other.url}  {other.title}".rstrip())
    return Exit.DONE


def _tell_subscribed(found: Subscribed) -> None:
    name, url = found.feed.source, found.feed.url
    if found.known:
        say(f"{name} is subscribed to already ({url})")
    else:
        say(f"added {name} ({url}): {count(found.added, 'new article')}")
    for failure in found.failures:
        say(f"{failure.path}{f', {failure.item}' if failure.item else ''}: {failure.reason}")


@click.command("update", short_help="Ask feeds for news, all or those of SOURCE.")
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
@click.option("--due", is_flag=True, help="Ask only feeds whose time has come (for timers).")
@json_option
@session_of
def update_command(session: Session, sources: tuple[str, ...], due: bool, as_json: bool) -> int:
    """Ask feeds for news: those of SOURCE (a name or a folder), or all."""
    line = ProgressLine()
    with stopping() as stop:
        try:
            report = session.library.updating.run(
                sources,
                due_only=due,
                every=session.every,
                progress=lambda progress: line.show(_progress_text(progress)),
                stop=stop,
            )
        finally:
            line.clear()
    if as_json:
        print_json(update_record(report))
    _tell_updated(report)
    if report.interrupted:
        return Exit.INTERRUPTED
    return Exit.SOME_FAILED if report.failed else Exit.DONE


def _progress_text(progress: UpdateProgress) -> str:
    failed = f", {progress.failed:,} failed" if progress.failed else ""
    return (
        f"asking feeds: {progress.done:,} of {progress.total:,}, {progress.new:,} new{failed}"
        "  (Ctrl-C stops)"
    )


def _tell_updated(report: UpdateReport) -> None:
    for one in report.failed:
        say(_failure_text(one))
    for one in report.waiting:
        say(f"not asked: {_failure_text(one)}")
    for failure in report.failures:
        say(f"{failure.path}{f', {failure.item}' if failure.item else ''}: {failure.reason}")
    numbers = ((report.updated, "changed"), (len(report.failed), "failed"))
    parts = [f"{number:,} {name}" for number, name in numbers if number]
    new = count(report.added, "new article")
    say(", ".join([f"{count(report.asked, 'feed')} asked: {new}", *parts]))
    if report.interrupted:
        say("stopped; what has come is kept")


def _failure_text(failure: FeedFailure) -> str:
    again = f"; asked again {failure.again:%Y-%m-%d %H:%M} UTC" if failure.again else ""
    return f"{failure.source} ({failure.url}): {failure.reason}{again}"


@click.command("save")
@click.argument("url")
@private_option
@json_option
@session_of
def save_command(session: Session, url: str, private: bool, as_json: bool) -> int:
    """Keep the page at URL as an article: its main text. Where a feed told of it already, that
    article gets the text."""
    if not url.strip():
        raise click.UsageError("an empty address: which page?")
    library = session.library
    with fetching(url) as stop:
        article_id, outcome = library.saving.save_page(url, private=private, stop=stop)
    article = library.reading.get_article(article_id)
    if as_json:
        print_json(saved_record(article, outcome))
    say(f"{_SAVED[outcome]}: {article.row.title} (id {article_id})")
    return Exit.DONE


_SAVED = {
    Outcome.ADDED: "saved",
    Outcome.UPDATED: "saved anew",
    Outcome.DUPLICATE: "already there",
}
