"""The pictures of the documents: `python -m benchmarks.screenshots [FOLDER [NAME...]]`.

The real program with the sample articles, recognised and indexed, is put into a state by keys, at
two sizes, and drawn in two themes.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.pilot import Pilot

from benchmarks.pictures import tidy
from reader.config import Loaded, Settings, seeds_folder
from reader.errors import LibraryError
from reader.feeds import Subscription
from reader.kept import Colour, Deeds
from reader.model import ArticleId, Mark
from reader.service.library import Library
from reader.ui.ports import ports
from reader.ui.themes import named
from reader.ui.tui import build

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"

ARTICLES = "~/articles"
"""Where the samples are said to have come from."""

TAGS = (
    ('title:"grain deal" OR title:"separate papers" OR title:wheat', ("ukraine", "trade/grain")),
    ("title:nato OR title:border", ("nato",)),
    ('title:"credit suisse" OR title:bondholders', ("banks",)),
    ("title:canal OR title:container", ("trade/shipping",)),
    ("chandrayaan", ("space/moon",)),
    ('"black hole"', ("space",)),
    ("tsunami", ("japan",)),
)
FEEDS = (
    ("Meridian Wire", "Agencies"),
    ("Harbour Dispatch", "Trade"),
    ("Tallow Street Ledger", "Trade"),
    ("Eastmark Bulletin", ""),
    ("Northgate Courier", ""),
)
READ = "date:..2021 OR title:argentina"
STARRED = "title:photograph OR title:rover"


SAVED = (
    ("Trade", "tag:trade/* OR insurers", Deeds()),
    ("Trade/Grain deal", "grain OR wheat", Deeds(add=("trade/grain",), marks=("starred",))),
    ("Trade/Canals", "canal", Deeds(add=("trade/shipping",))),
    ("Putin abroad", 'who:"vladimir putin" where:belarus', Deeds()),
    ("Long reads", "has:note OR is:starred", Deeds()),
)
"""Saved searches by name, with what those that are rules do."""

COLOURS = (
    ("ukraine", Colour.YELLOW),
    ("trade", Colour.GREEN),
    ("nato", Colour.BLUE),
    ("banks", Colour.RED),
    ("space", Colour.PURPLE),
    ("japan", Colour.CYAN),
)
LETTERS = (("ukraine", "u"), ("trade/grain", "g"), ("nato", "n"))
NOTES = (
    ("They did not sign with each other.", ""),
    (
        "Ships bound for Ukraine will be searched in Turkish waters",
        "Who searches? The papers of July 2023 say: inspectors of all four sides.",
    ),
    ("hours before it was due to lapse", ""),
    ("Just over half of it was corn", "Compare with the figures of the ministry."),
)
"""Words that are highlighted, and what is noted on them."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: the article to go to, by the start of its title; then pairs of what is typed
    and what has to stand on the screen before it goes on."""

    name: str
    article: str
    steps: tuple[tuple[tuple[str, ...], str], ...]
    is_wide: bool = False
    """Whether there is no such thing on a small screen."""


SIZES = {"": (160, 48), "-small": (80, 24)}
"""Columns and lines by the end of the name."""

THEMES = ("dark", "light")

PICTURES = (
    Picture("main", "Ukraine and Russia sign", ((("enter",), "agreed on Friday"),)),
    Picture(
        "search", "",
        ((("/", *"grain OR wheat date:2022..2023"), "articles ·"), (("down", "down"), "ms")),
    ),
    Picture(
        "triage", "Russia pulls out",
        ((tuple("vvvv"), "4 selected"), (("t", *"+tr"), "trade/shipping")),
    ),
    Picture(
        "left", "Ukraine and Russia sign",
        ((("g", "s"), "Grain deal"), (("j", "j"), "Canals")),
    ),
    Picture(
        "notes", "Ukraine and Russia sign",
        ((("enter",), "agreed on Friday"), (('"',), "1 of 2"), (('"',), "Who searches?")),
    ),
    Picture("history", "Finland joins", ((("f",), "starred"), (("g", "h"), "nato"))),
    Picture("palette", "Finland joins", ((("ctrl+p", *"tag colr"), "Give this tag a colour"),)),
    Picture("strip", "Finland joins", ((("g",), "saved searches"),)),
    Picture("help", "Russia pulls out", ((("?",), "Next row"),)),
    Picture("tour", "Finland joins", (((":", *"tour", "enter"), "tour"),)),
    Picture(
        "why", "",
        ((("/", *"grain black sea", "enter"), "Russia pulls out"), (("i",), "rule")),
    ),
    Picture(
        "card", "",
        (((":", *"card Vladimir Putin", "enter"), "Names seen"), (("tab",), "“")),
    ),
    Picture(
        "beside", "Ukraine and Russia sign",
        ((("enter",), "agreed on Friday"), (("b", "N"), "made up its mind")),
        is_wide=True,
    ),
    Picture(
        "names", "",
        (
            (("/", *"kremlin OR nato sort:newest"), "articles ·"),
            (("enter",), "kremlin OR nato"),
            (("e", "j"), "exclude"),
        ),
    ),
)  # fmt: skip


def sizes_of(picture: Picture) -> Iterator[str]:
    """The ends of the names of a picture, one a size."""
    return (end for end in SIZES if not (picture.is_wide and end))


def names_of(picture: Picture) -> Iterator[str]:
    """The files of a picture."""
    for end in sizes_of(picture):
        for theme in THEMES:
            yield _file(picture, theme, end)


def _file(picture: Picture, theme: str, end: str) -> str:
    return f"{picture.name}-{theme}{end}.svg"


def main(arguments: list[str]) -> None:
    """Draw every picture, or those that are named after the folder."""
    folder = Path(arguments[0]) if arguments else FOLDER
    wanted = set(arguments[1:])
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as temporary:
        left = Path(temporary) / "library"
        prepare(left)
        for picture in PICTURES:
            if wanted and picture.name not in wanted:
                continue
            for end in sizes_of(picture):
                library = Path(temporary) / f"{picture.name}{end}"
                shutil.copytree(left, library)
                drawn = asyncio.run(draw(picture, SIZES[end], THEMES, library))
                for theme, svg in zip(THEMES, drawn, strict=True):
                    name = _file(picture, theme, end)
                    (folder / name).write_text(svg, encoding="utf-8")


class Clock:
    """Tells the time of some days ago."""

    def __init__(self) -> None:
        self._started = datetime.now(UTC)
        self._ago = timedelta()

    def go_to(self, **ago: int) -> None:
        self._ago = timedelta(**ago)

    def __call__(self) -> datetime:
        return self._started - self._ago


def prepare(folder: Path) -> None:
    """A library of the samples as someone might have left it: feeds, rules, tags with colours,
    notes, articles read, a star."""
    clock = Clock()
    library = Library.open(folder, clock=clock)
    clock.go_to(days=9)
    for name, query, deeds in SAVED:
        library.saved_searches.add(name, query)
        if deeds:
            library.saved_searches.set_deeds(name, deeds)
    library.importing.import_paths([seeds_folder()])
    library.indexing.run()
    clock.go_to(days=8)
    _subscribe(library)
    _look(library)
    clock.go_to(days=2)
    for query, tags in TAGS:
        library.tagging.tag(list(library.searching.ids(query)), tags, ())
    clock.go_to(hours=5)
    library.tagging.mark(list(library.searching.ids(READ)), Mark.READ)
    library.tagging.mark(list(library.searching.ids(STARRED)), Mark.STARRED)
    clock.go_to(minutes=40)
    for quote, words in NOTES:
        (article,) = library.searching.ids(f'"{quote}"')
        span = library.notes.find_quote(article, quote)
        library.notes.add(article, span.start, span.end, words)
    library.close()


def _look(library: Library) -> None:
    for name, colour in COLOURS:
        library.tagging.colour(name, colour)
    for name, letter in LETTERS:
        library.tagging.letter(name, letter)


def _subscribe(library: Library) -> None:
    """Make feeds of sources. None of them is due: nothing is asked."""
    now = datetime.now(UTC)
    for name, path in FEEDS:
        url = f"https://{name.lower().replace(' ', '-')}.example/feed"
        feed, _ = library.store.feeds.add(Subscription(url, name, folder=path), private=False)
        feed = replace(feed, checked=now, due=now + timedelta(days=1))
        if name == FEEDS[-1][0]:
            feed = replace(feed, failures=1, error="no whole answer in time")
        library.store.feeds.note(feed)


async def draw(
    picture: Picture, size: tuple[int, int], themes: Sequence[str], folder: Path
) -> list[str]:
    """The screen in the state of the picture, as SVG in each of the themes. Raises TimeoutError
    with the screen when it does not come to that."""
    app, gateway = build(ports(folder), Loaded(Settings(theme=themes[0])))
    try:
        async with app.run_test(size=size) as pilot:
            await _wait_for(pilot, "unread")
            downs = ["j"] * _place_of(picture.article, folder)
            for keys, expected in ((tuple(downs), picture.article), *picture.steps):
                await pilot.press(*keys)
                await _wait_for(pilot, expected)
            # Counts beside the list follow when nothing else is to be done.
            await pilot.pause(1.5)
            drawn = []
            for theme in themes:
                app.theme = named(theme)
                await pilot.pause(0.5)
                svg = app.export_screenshot(title="dateline", simplify=True)
                drawn.append(tidy(svg.replace(str(seeds_folder()), ARTICLES)))
            return drawn
    finally:
        gateway.close()


def _place_of(title: str, folder: Path) -> int:
    library = Library.open(folder)
    try:
        order = library.reading.newest(library.reading.counts().articles)
        rows = library.reading.rows(order)
        return next(
            n for n, one in enumerate(order) if rows[ArticleId(one)].title.startswith(title)
        )
    finally:
        library.close()


async def _wait_for(pilot: Pilot[LibraryError], text: str, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while text not in (screen := _text(pilot)):
        if time.monotonic() > end:
            raise TimeoutError(f"{text!r} is not on the screen:\n{screen}")
        await pilot.pause(0.05)


def _text(pilot: Pilot[LibraryError]) -> str:
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join(strip.text for strip in strips)


if __name__ == "__main__":
    main(sys.argv[1:])
