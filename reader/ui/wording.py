"""What the screen says about itself: counts, places, and what was just done. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from reader.clean import clean_line, clean_text
from reader.config.table import Setting, Value, toml_value
from reader.config.theme_names import THEME_NAMES
from reader.errors import IndexingError, Obstacle, SettingsError
from reader.model import Article, Change, Event, Jump, LibraryCounts, Mark, Single
from reader.nearest import meant
from reader.reports import describe_event, describe_single, tell_read_too
from reader.text import count, explain, tell_setting
from reader.ui.format import format_date_long
from reader.ui.keymap import KeyTrouble, Trouble, show_key
from reader.ui.live_keys import key_of, line_of

if TYPE_CHECKING:
    from datetime import datetime

    from reader.service.indexing import IndexTold
    from reader.service.recognising import NamesProgress
    from reader.service.searching import View

UNDO = f"{key_of('history.undo')} undoes"

EMPTY_LIBRARY = (
    "No articles yet.\n\n"
    "Add a feed by the address of its site:\n"
    f"{line_of('add URL')}\n\n"
    "Or bring files in:\n"
    f"{line_of('import PATH')}\n\n"
    f"They appear here when you press {key_of('view.reload')}."
)

_SHOWS = f"{key_of('view.reload')} shows"

NOTHING_OPEN = "Nothing to read here."

EMPTY_LIST = f"no articles yet: {line_of('add URL')} adds a feed"
FIRST = "this is the first article of the list"
LAST = "this is the last article of the list"
NOTHING_FOUND = f"no article answers this: {key_of('screen.back')} goes back"


def tell_counts(counts: LibraryCounts, *, short: bool = False) -> str:
    """How much is in the library, for the right end of the header."""
    if short:
        return f"{counts.unread:,}/{counts.articles:,} unread"
    return f"{count(counts.articles, 'article')} · {counts.unread:,} unread"


def tell_view(found: int, counts: LibraryCounts, *, short: bool = False) -> str:
    """How much of the library answers the conditions, in the same place."""
    if short:
        return f"{found:,}/{counts.articles:,}"
    return f"{found:,} of {count(counts.articles, 'article')}"


def tell_indexing(progress: IndexTold) -> str:
    """How far indexing is, empty when it is over."""
    if isinstance(progress, str | IndexingError):
        return ""
    verb = "rebuilding the index" if progress.rebuilding else "indexing"
    if progress.stage == "names":
        verb = f"names without {clean_line(progress.missing)}" if progress.missing else "names"
    return f"{verb} {progress.done:,}/{progress.total:,}"


def tell_naming(progress: NamesProgress) -> str:
    """How far looking for names is, empty when it is over."""
    done = progress.articles - progress.waiting
    return f"names {done:,}/{progress.articles:,}" if progress.waiting else ""


def tell_obstacle(told: IndexTold, before: str) -> str:
    """Why indexing does not go on, for the header, where `before` stands; empty when it does."""
    if isinstance(told, IndexingError):
        return f"indexing stopped{_OBSTACLES[told.obstacle]}"
    # Begun again, stopped or left to another process it has come no further. Names may be found
    # where the index cannot be written.
    goes_on = told == "done" if isinstance(told, str) else told.done and told.stage == "index"
    return "" if goes_on else before


_OBSTACLES = {
    Obstacle.DISK_FULL: ": no space left on the disk",
    Obstacle.NOT_WRITABLE: ": the index cannot be written",
    Obstacle.OTHER: "",
}


def _changed(change: Change) -> str:
    """How many articles are different now, and of how many where that is not all of them."""
    whole = f" of {change.matched:,}" if change.changed < change.matched else ""
    return f"{change.changed:,}{whole}"


def tell_tagged(change: Change, add: Sequence[str], remove: Sequence[str]) -> str:
    """What tagging did."""
    names = _in_short([*(f"+{name}" for name in add), *(f"-{name}" for name in remove)])
    if not change.changed:
        return f"{names}: nothing to change"
    return f"tagged {_changed(change)} {names} · {UNDO}"


_LISTED = 8
"""Tags of many articles that are named in one line."""


_ROOM = 44
"""Cells that tags have in a line that says what was done, so that the rest is seen too."""


def _in_short(names: Sequence[str]) -> str:
    """Some names in one line, the rest counted."""
    told = clean_line(" ".join(names), 1000)
    kept = len(names)
    while kept > 1 and cell_len(told) > _ROOM:
        kept -= 1
        told = f"{clean_line(' '.join(names[:kept]), 1000)} and {len(names) - kept} more"
    return told if kept > 1 else clean_line(told, _ROOM)


def tell_tags_meant(words: Sequence[str]) -> str:
    """That words without signs are as many tags, which who types a name of two does not mean."""
    number, one = count(len(words), "tag"), clean_line("-".join(words), 30)
    return f"{number}: {clean_line(', '.join(words), 60)} · {one} would be one"


def tell_tags_had(articles: int, by_all: Sequence[str], by_some: Sequence[str]) -> str:
    """What tags there are on the articles that a line is about."""
    if articles == 1:
        return _tags(by_all) or "no tags yet"
    told = [count(articles, "article")]
    told += [f"all: {_tags(by_all)}"] if by_all else []
    told += [f"some: {_tags(by_some)}"] if by_some else []
    return " · ".join(told) if len(told) > 1 else f"{told[0]} · no tags yet"


def _tags(names: Sequence[str]) -> str:
    shown = " ".join(f"#{clean_line(name)}" for name in names[:_LISTED])
    return f"{shown} …" if len(names) > _LISTED else shown


_MARKED = {
    Mark.READ: "marked {} read",
    Mark.UNREAD: "marked {} unread",
    Mark.STARRED: "starred {}",
    Mark.UNSTARRED: "unstarred {}",
    Mark.ARCHIVED: "archived {}",
    Mark.UNARCHIVED: "brought {} back from the archive",
}


def tell_marked(change: Change, mark: Mark) -> str:
    """What marking did."""
    if not change.changed:
        return f"all of them are {mark} already"
    return f"{_MARKED[mark].format(_changed(change))}{tell_read_too(change)} · {UNDO}"


def tell_opened(links: int, articles: int) -> str:
    """Of how many articles selected the links are being opened."""
    return f"opening {_some(links, articles, 'link')}" if links else "none of them has a link"


def tell_copied(lines: int, articles: int, what: str) -> str:
    """Of how many articles selected something was copied."""
    return f"copied {_some(lines, articles, what)}" if lines else f"none of them has a {what}"


def _some(number: int, whole: int, noun: str) -> str:
    return count(number, noun) if number == whole else f"{number:,} of {count(whole, noun)}"


def tell_selected(number: int) -> str:
    """How much of the list is selected, for the status line; empty for nothing."""
    return f"{number:,} selected" if number else ""


NO_ARTICLE = "no article here"


def tell_no_articles(label: str) -> str:
    """That a row of the left pane, a heading say, stands for no articles."""
    return f"{label} has no articles of its own: go to a row below it"


NO_ROW = "nothing in the left pane is called so"


def tell_rows(number: int) -> str:
    """How many rows of the left pane are called as is typed, and what can be done with them."""
    return f"{count(number, 'row')} · ↑ ↓ choose, Enter goes there" if number else NO_ROW


def tell_many(number: int, label: str) -> str:
    """What is asked before very many articles are changed by one key."""
    return f"{label}: {number:,} articles"


def tell_undone(event: Event | None, *, again: bool = False) -> str:
    """What undo or redo did."""
    if event is None:
        return "nothing to redo" if again else "nothing to undo"
    return f"{'did again' if again else 'undid'}: {describe_event(event)}"


def tell_single(single: Single, *, again: bool) -> str:
    """What taking back one change, or making one again, did."""
    return f"{describe_single(single, again=again)} · {UNDO}"


def tell_jump(jump: Jump) -> str:
    """What going to a moment did."""
    if jump.undone:
        return (
            f"went back over {count(jump.undone, 'change')}, {key_of('history.redo')} goes forward"
        )
    if jump.redone:
        return (
            f"went forward over {count(jump.redone, 'change')}, {key_of('history.undo')} goes back"
        )
    return "this is where you are"


def tell_found(view: View) -> str:
    """How much a search found, and how fast."""
    return f"{count(view.total, 'article')} · {max(1, round(view.took_ms)):,} ms"


def tell_nothing(view: View, widen_keys: Sequence[str]) -> str:
    """What to say in place of an empty result; `widen_keys` take a condition away."""
    told = ["Nothing found."]
    for field, name in view.unknown:
        told.append(f'There is no {_NAMED[field]} "{clean_line(name, 60)}".')
    if view.suggestions:
        told.append(f"Did you mean {', '.join(view.suggestions)}?")
    told += [f"{key} in the list takes the last condition away." for key in widen_keys[:1]]
    return "\n\n".join(told)


def tell_meant(view: View) -> str:
    """How many articles a query is about that is still being typed."""
    if view.problems:
        return explain(view.problems[0])
    if view.total:
        return count(view.total, "article")
    near = f"; did you mean {', '.join(view.suggestions)}?" if view.suggestions else ""
    return f"no article answers this{near}"


_NAMED = {"tag": "tag", "in": "source or folder"}
"""What conditions name."""


def tell_begun(words: str, found: int) -> str:
    """What to say where words as they are find nothing, and `found` with more behind the last."""
    told = count(found, "article")
    return f"Nothing found.\n\n{clean_line(words, 60)} finds {told}: a star stands for the rest."


def tell_missing(number: int) -> str:
    """Why a query cannot say yet what is to be changed."""
    return f"{count(number, 'article')} not searchable yet: try again when they are indexed"


def tell_new(number: int, *, conditions: bool) -> str:
    """What has arrived since the list was made; who knows whether it meets the conditions."""
    return f"+{number:,} in the library" if conditions else f"+{number:,} new · {_SHOWS} them"


def tell_summary(keys: Sequence[str]) -> str:
    """What stands at the end of an article of which only a summary is here."""
    how = f": {keys[0]} reads the full text of the page" if keys else ""
    return f"This is only a summary{how}."


def tell_end(key: str, *, widens: bool) -> str:
    """That no unread article comes any more, and where `key` leads from there."""
    leads = "shows the list before" if widens else "goes to those passed by"
    return f"no more unread articles here{f'; {key} {leads}' if key else ''}"


def tell_hits(place: tuple[int, int] | None) -> str:
    """Where one is among the places where something was found: "3 of 17"."""
    return f"{place[0]:,} of {place[1]:,}" if place else "not in this article"


def tell_no_links(*, elsewhere: bool) -> str:
    """Why no letters are shown; `elsewhere` in the article there are links."""
    return "no links in view, but further up or down" if elsewhere else "no links in this article"


def tell_nothing_to_do(action: str) -> str:
    """What came of an action that found nothing to do."""
    return f"{action}: there is nothing to do"


def tell_tour_stays() -> str:
    """What the key back says where there is nothing to go back to but the tour."""
    return f"the tour goes on · {line_of('tour')} leaves it"


def tell_tour() -> str:
    """What is to be known at the first start, the offer of the tour last."""
    return (
        f"{key_of('screen.help')} all keys · {key_of('screen.palette')} finds anything"
        f" · {line_of('tour')} first steps"
    )


def tell_free(key: str) -> str:
    """What a key does that has no action anywhere."""
    return f"{key} does nothing anywhere: it is free"


def tell_no_letter(letters: str) -> str:
    """Why nothing was chosen."""
    return f"nothing here has the letter {letters}"


def tell_unbound(key: str, help_keys: Sequence[str]) -> str:
    """What a key does that has no action, and where to see those that have."""
    return " · ".join(
        [f"{key} does nothing here", *(f"{one} shows the keys" for one in help_keys[:1])]
    )


def tell_pasted(lines: int) -> str:
    """That a line took one of several that were pasted."""
    return f"pasted the first of {count(lines, 'line')}: there is room for one"


def tell_pasted_nowhere() -> str:
    """Why nothing came of what was pasted."""
    return f"nothing to paste into here: {key_of('find.search')} begins a search"


def tell_how_to_quit(keys: Sequence[str]) -> str:
    """Which keys end the program, for those who press another."""
    return f"{' or '.join(keys)} quits"


_TROUBLE = {
    Trouble.UNKNOWN_ACTION: "there is no such action",
    Trouble.UNKNOWN_KEY: "there is no key {key}",
    Trouble.RESERVED_KEY: "{key} cannot be used, terminals need it",
    Trouble.CLASH: "{key} is taken by {other}",
    Trouble.NO_KEY: "no key is given",
    Trouble.NO_COMMAND: "{other}",
}


def tell_trouble(trouble: KeyTrouble) -> str:
    """Why a binding of the settings is not used."""
    key = " ".join(map(show_key, trouble.key.split()))
    return clean_line(_TROUBLE[trouble.trouble].format(key=key, other=trouble.other))


def tell_unknown_theme(name: str) -> str:
    """Why there is no such theme."""
    told = clean_line(f'there is no theme "{clean_line(name, 40)}"')
    return told + (meant(name, THEME_NAMES) or "; Tab shows those there are")


def tell_settings_problems(problems: Sequence[SettingsError]) -> str:
    """The first thing wrong in the settings file, and how to see the others."""
    first, *others = problems
    name = clean_line(first.path.name, 40)
    more = f" · {count(len(others), 'other problem')}: " if others else " · "
    which = "them" if others else "it"
    return f"{name}, {tell_setting(first)}{more}{line_of('config')} shows {which}"


def tell_set(error: SettingsError) -> str:
    """Why a setting stays as it is."""
    return f"not changed: {tell_setting(error)}"


def tell_setting_now(setting: Setting, value: Value) -> str:
    """What a setting is, and what it could be."""
    return clean_line(f"{setting.name} is {toml_value(setting, value)} · {setting.takes}")


def tell_forgetting(error: OSError) -> str:
    """Why the theme will not be the same tomorrow."""
    return f"this theme cannot be remembered: {clean_line(error.strerror or str(error))}"


def plain_text(article: Article) -> str:
    """What stands in an article, its title above it."""
    text = clean_text(article.text)
    return text if article.row.title_derived else f"{clean_line(article.row.title)}\n\n{text}"


def cite(article: Article, now: datetime) -> str:
    """An article as one line to put under a quotation: title, source, date, link."""
    row = article.row
    title = f"“{row.title}”" if not row.title_derived else f"[{row.title}]"
    date = format_date_long(row.published, now) if row.published else ""
    parts = (", ".join(article.authors), title, row.source, article.place, date, article.url)
    return ", ".join(filter(None, (clean_line(part, 1000) for part in parts)))
