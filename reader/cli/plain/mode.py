"""The loop of line mode: reads a line, does what it says, tells what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from itertools import islice

import click

from index.errors import SearchIndexError
from reader.cli.plain.at_hand import SHELL, AtHand, meant
from reader.cli.plain.shelf import Shelf
from reader.cli.plain.words import (
    NEEDS_SCREEN,
    broken,
    greeting,
    help_lines,
    list_words,
    page_words,
    paragraphs_with,
    row_words,
)
from reader.cli.printing import article_lines
from reader.cli.session import Exit, Session, make_searchable, print_line, say, tell_error
from reader.commands.parse import Command, CommandError, parse_command
from reader.commands.tag_line import parse_tags
from reader.commands.verbs import BY_NAME
from reader.errors import ReaderError
from reader.model import ArticleId, Change, Mark
from reader.nearest import nearest
from reader.reports import tell_read_too
from reader.service.library import Library
from reader.text import count

PROMPT = "dateline> "

ENDLESS = 1_000_000
"""Columns where nothing has to be broken."""

ROWS = 10
"""Rows of a list that are told at once."""

Ask = Callable[[str], str]
"""Shows a prompt and returns the line typed; raises EOFError at the end of input."""


class LineMode:
    """One person at a prompt. Everything is told in lines of words, nothing is ever redrawn."""

    def __init__(
        self,
        session: Session,
        ask: Ask,
        shell: click.Group,
        height: Callable[[], int],
        width: Callable[[], int] = lambda: ENDLESS,
    ) -> None:
        self._session = session
        self._ask = ask
        self._shell = shell
        self._height = height
        self._width = width
        self._shelf = Shelf()
        self._earlier: list[Shelf] = []
        self._rest: Iterator[str] = iter(())
        self._waiting: list[str] = []
        self._is_reading = False
        self._is_over = False
        self._entity = ""

    @property
    def _library(self) -> Library:
        return self._session.library

    def run(self) -> int:
        """Until the person leaves; the exit code."""
        say(greeting(self._library.reading.counts()))
        self._guarded(lambda: self._show(Shelf()))
        while not self._is_over:
            try:
                line = self._ask(PROMPT)
            except EOFError:
                break
            except KeyboardInterrupt:
                say("Ctrl-D or quit leaves")
                continue
            self._guarded(partial(self._do, line.strip()))
        return Exit.DONE

    def _guarded(self, act: Callable[[], None]) -> None:
        try:
            act()
        except (KeyboardInterrupt, click.Abort):
            say("stopped")
        except CommandError as error:
            say(error.text)
        except click.ClickException as error:
            error.show()
        except (ReaderError, SearchIndexError, OSError) as error:
            tell_error(error)

    # Lines

    def _do(self, line: str) -> None:
        name = line.partition(" ")[0]
        if (saved := self._saved(line)) is not None:
            self._go(saved)
        elif name in self._letters:
            self._letters[line if line in self._letters else name]()
        elif name.isdecimal() or name in self._verbs:
            command = parse_command(line)
            self._verbs[command.verb](command)
        elif SHELL.get(name, name) in self._commands:
            self._run_in_shell(name, line.removeprefix(name).strip())
        elif name in BY_NAME:
            raise CommandError(NEEDS_SCREEN)
        else:
            near = nearest(name, [*self._verbs, *self._commands])
            hint = f"did you mean {near}?" if near else "help tells those there are"
            raise CommandError(f'there is no command "{name}"; {hint}')

    @cached_property
    def _letters(self) -> Mapping[str, Callable[[], None]]:
        return {
            "": self._go_on,
            "n": self._next_unread,
            "p": self._previous,
            "l": self._list_again,
            "b": self._back,
            "help": self._help,
            "quit": self._quit,
            "q": self._quit,
        }

    @cached_property
    def _verbs(self) -> Mapping[str, Callable[[Command], None]]:
        return {
            "row": lambda line: self._read(int(line.text[:9])),
            "search": lambda line: self._go(Shelf(line.text)),
            "narrow": lambda line: self._go(self._shelf.narrowed(line.text)),
            "all": lambda _: self._go(Shelf()),
            "sort": lambda line: self._go(replace(self._shelf, sort=line.text)),
            "tag": self._tag,
            "mark": self._mark,
            "reload": lambda _: self._show(self._shelf),
            "open": lambda _: self._tell_link(),
            "note": self._note,
            "find": self._find,
        }

    def _quit(self) -> None:
        self._is_over = True

    @cached_property
    def _commands(self) -> Mapping[str, click.Command]:
        context = click.Context(self._shell)
        found = {
            name: self._shell.get_command(context, name)
            for name in self._shell.list_commands(context)
        }
        return {name: command for name, command in found.items() if command is not None}

    def _saved(self, line: str) -> Shelf | None:
        """The list of a saved search, when a line is `saved` and its name, or `saved show` and
        any name."""
        verb, _, name = line.partition(" ")
        first, _, rest = name.strip().partition(" ")
        searches = self._library.saved_searches
        if verb != "saved" or not first:
            return None
        if first == "show" and rest:
            found = searches.get(rest.strip())
        elif first in BY_NAME["saved"].parts or first.startswith("--"):
            return None
        else:
            found = searches.get(name.strip())
        return Shelf(found.query, saved=found.name)

    def _help(self) -> None:
        abouts = {name: one.get_short_help_str(70) for name, one in self._commands.items()}
        self._is_reading = False
        self._tell(help_lines(abouts))

    def _run_in_shell(self, name: str, rest: str) -> None:
        line = meant(name, rest, self._at_hand(name))
        self._commands[line.command].main(
            list(line.words),
            prog_name=line.command,
            standalone_mode=False,
            obj=self._session,
            color=False,
        )
        self._shelf = replace(self._shelf, saved=line.saved)
        if line.entity is not None:
            found = self._library.cards.find(line.entity) if line.entity else ()
            self._entity = f"#{found[0].id}" if found else ""

    def _at_hand(self, name: str) -> AtHand:
        """What is at hand for a line that begins so."""
        shelf = self._shelf
        names = frozenset(one.name for one in self._library.saved_searches.list())
        at = AtHand(shelf.current, shelf.text, shelf.saved, names, self._entity)
        if name != "source":
            return at
        rows = self._library.reading.rows([] if shelf.current is None else [shelf.current])
        return replace(
            at,
            source=next((row.source for row in rows.values()), ""),
            sources=frozenset(
                line.name.casefold() for line in self._library.subscribing.list_sources()
            ),
        )

    # Lists

    def _go(self, wanted: Shelf) -> None:
        before = self._shelf
        self._show(wanted)
        self._earlier.append(before)

    def _show(self, wanted: Shelf) -> None:
        make_searchable(self._library, wanted.text)
        view = self._library.searching.view(wanted.text)
        for problem in view.problems:
            raise problem
        self._put(Shelf(wanted.query, wanted.sort, view.ids, saved=wanted.saved))
        say(list_words(self._shelf, view.understood))
        self._tell_page()

    def _put(self, shelf: Shelf) -> None:
        self._shelf, self._is_reading = shelf, False
        self._rest = iter(())

    def _tell_page(self) -> None:
        page = self._shelf.page(ROWS)
        ids = [self._shelf.ids[number - 1] for number in page]
        rows = self._library.reading.rows(ids)
        for number, article_id in zip(page, map(ArticleId, ids), strict=True):
            if article_id in rows:
                for line in broken(row_words(number, rows[article_id]), self._width()):
                    print_line(line)
        self._shelf = self._shelf.after(page)
        if self._shelf.ids:
            say(page_words(self._shelf))

    def _list_again(self) -> None:
        self._put(replace(self._shelf, told=0))
        self._tell_page()

    def _back(self) -> None:
        if not self._earlier:
            raise CommandError("this is the first list")
        self._put(replace(self._earlier.pop(), told=0))
        say(list_words(self._shelf, self._shelf.text))
        self._tell_page()

    # Articles

    def _read(self, number: int) -> None:
        if not self._shelf.has(number):
            raise CommandError(f"the list has {count(len(self._shelf.ids), 'article')}")
        article_id = self._shelf.ids[number - 1]
        article = self._library.reading.get_article(article_id)
        self._shelf, self._is_reading = self._shelf.opened(number), True
        if not article.row.read:
            self._library.tagging.mark([article_id], Mark.READ, in_passing=True)
        say(f"{number} of {len(self._shelf.ids):,}")
        self._tell(article_lines(article))

    def _tell(self, lines: Iterator[str]) -> None:
        width = self._width()
        self._rest = (piece for line in lines for piece in broken(line, width))
        self._waiting = []
        self._tell_more()

    def _tell_more(self) -> bool:
        """Tell a page of what is being told; False when nothing was left."""
        room = max(4, self._height() - 2)
        page = [*self._waiting, *islice(self._rest, room + 1 - len(self._waiting))]
        for line in page[:room]:
            print_line(line)
        self._waiting = page[room:]
        if self._waiting:
            say("more: Enter")
        elif page and self._is_reading:
            say("end of the article; Enter: next unread")
        return bool(page)

    def _go_on(self) -> None:
        if self._tell_more():
            return
        if self._is_reading:
            self._next_unread()
        elif self._shelf.page(ROWS):
            self._tell_page()
        else:
            say("end of the list")

    def _next_unread(self) -> None:
        found = self._library.reading.find_unread(self._shelf.ids, self._shelf.at, 1)
        if found is None:
            raise CommandError("no more unread articles here")
        self._read(found + 1)

    def _previous(self) -> None:
        if self._shelf.at < 2:
            raise CommandError("this is the first article")
        self._read(self._shelf.at - 1)

    def _current(self) -> int:
        if self._shelf.current is None:
            raise CommandError("no article was read yet: type its number, or `on` and a query")
        return self._shelf.current

    def _tell_link(self) -> None:
        url = self._library.reading.get_article(self._current()).url
        print_line(url or "this article has no link")

    # Changes

    def _meant(self, line: Command) -> Sequence[int]:
        if line.query is None:
            return [self._current()]
        if make_searchable(self._library, line.query):
            raise CommandError("not everything is searchable yet; try again in a moment")
        return list(self._library.searching.ids(line.query))

    def _tag(self, line: Command) -> None:
        edit = parse_tags(line.text)
        if not edit:
            raise CommandError(f"usage: {BY_NAME['tag'].usage}")
        change = self._library.tagging.tag(
            self._meant(line), edit.add, edit.remove, query=line.query or ""
        )
        signed = [f"+{name}" for name in edit.add] + [f"-{name}" for name in edit.remove]
        self._tell_change("tagged", " ".join(signed), change)

    def _mark(self, line: Command) -> None:
        if not line.text:
            raise CommandError(f"usage: {BY_NAME['mark'].usage}")
        change = self._library.tagging.mark(
            self._meant(line), Mark(line.text), query=line.query or ""
        )
        self._tell_change("marked", line.text, change)

    def _note(self, line: Command) -> None:
        if not line.text:
            raise CommandError(f"usage: {BY_NAME['note'].usage}")
        self._library.notes.add(self._current(), 0, 0, line.text)
        say("noted")

    def _find(self, line: Command) -> None:
        if not line.text:
            raise CommandError(f"usage: {BY_NAME['find'].usage}")
        article = self._library.reading.get_article(self._current())
        found = list(paragraphs_with(article.text, line.text))
        for paragraph in found:
            print_line(paragraph)
        if not found:
            raise CommandError(f'"{line.text}" is not in this article')

    def _tell_change(self, verb: str, what: str, change: Change) -> None:
        told = f"{count(change.changed, 'article')} of {change.matched:,}"
        say(f"{verb} {what}: {told}{tell_read_too(change)}")
