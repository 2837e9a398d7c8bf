"""The pictures of the documents: `python -m benchmarks.screenshots [FOLDER]`.

The real program with the sample articles, recognised and indexed, is put into a state by keys.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.pilot import Pilot

from benchmarks.pictures import tidy
from reader.config import Loaded, Settings, seeds_folder
from reader.errors import LibraryError
from reader.feeds import Subscription
from reader.model import ArticleId, Mark
from reader.service.library import Library
from reader.ui.gateway import ports
from reader.ui.tui import build

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"

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


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: the article to go to, by the start of its title; then pairs of what is typed
    and what has to stand on the screen before it goes on. `with_feeds` has some sources be feeds,
    one of which fails."""

    name: str
    width: int
    height: int
    theme: str
    article: str
    steps: tuple[tuple[tuple[str, ...], str], ...]
    with_feeds: bool = False


PICTURES = (
    Picture("wide-dark", 160, 48, "dark", "Ukraine and Russia sign", ((("enter",), "People"),)),
    Picture(
        "wide-light", 160, 48, "light", "",
        (
            (("/", *"where:moscow sort:newest"), "articles ·"),
            (("enter",), "Russia pulls out"),
            (("j", "j", "j", "j"), "Dmitry Peskov"),
            (("e", "j"), "narrow"),
        ),
    ),
    Picture("medium-dark", 80, 24, "dark", "Finland joins", ((("enter",), "Finland"),)),
    Picture(
        "search", 120, 36, "dark", "",
        (
            (("/", *'grain OR wheat date:2022..2023'), "articles ·"),
            (("down", "down"), "ms"),
        ),
    ),
    Picture(
        "card", 140, 36, "dark", "",
        (
            ((":", *"card Vladimir Putin", "enter"), "Names seen"),
            (("tab",), "“"),
        ),
    ),
    Picture(
        "facets", 120, 36, "light", "",
        (
            (("/", *"kremlin OR nato sort:newest"), "articles ·"),
            (("enter",), "In these"),
            (("e", "j"), "exclude"),
        ),
    ),
    Picture("tags", 120, 36, "dark", "UBS to buy", ((("t", *"+tr"), "trade/shipping"),)),
    Picture(
        "sources", 160, 48, "dark", "",
        ((("s", *"jjjj"), "Trade"), (("enter",), "Harbour"), (("enter",), "insurers")),
        with_feeds=True,
    ),
    Picture("help", 120, 36, "dark", "Russia pulls out", ((("?",), "Next row"),)),
)  # fmt: skip


def main(arguments: list[str]) -> None:
    """Draw every picture, or those that are named after the folder."""
    folder = Path(arguments[0]) if arguments else FOLDER
    wanted = set(arguments[1:])
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as temporary:
        left = Path(temporary) / "library"
        prepare(left)
        for picture in PICTURES:
            if not wanted or picture.name in wanted:
                library = Path(temporary) / picture.name
                shutil.copytree(left, library)
                if picture.with_feeds:
                    subscribe(library)
                svg = asyncio.run(draw(picture, library))
                (folder / f"{picture.name}.svg").write_text(svg, encoding="utf-8")


def prepare(folder: Path) -> None:
    """A library of the samples as someone might have left it: tags, articles read, a star."""
    library = Library.open(folder)
    library.importing.import_paths([seeds_folder()])
    library.indexing.run()
    for query, tags in TAGS:
        library.tagging.tag(list(library.searching.ids(query)), tags, ())
    library.tagging.mark(list(library.searching.ids(READ)), Mark.READ)
    library.tagging.mark(list(library.searching.ids(STARRED)), Mark.STARRED)
    library.close()


def subscribe(folder: Path) -> None:
    """Make feeds of sources. None of them is due: nothing is asked."""
    library = Library.open(folder)
    now = datetime.now(UTC)
    for name, path in FEEDS:
        url = f"https://{name.lower().replace(' ', '-')}.example/feed"
        feed, _ = library.store.feeds.add(Subscription(url, name, folder=path), private=False)
        feed = replace(feed, checked=now, due=now + timedelta(days=1))
        if name == FEEDS[-1][0]:
            feed = replace(feed, failures=1, error="no whole answer in time")
        library.store.feeds.note(feed)
    library.close()


async def draw(picture: Picture, folder: Path) -> str:
    """The screen in the state of the picture, as SVG. Raises TimeoutError with the screen when
    it does not come to that."""
    app, gateway = build(ports(folder), Loaded(Settings(theme=picture.theme)))
    try:
        async with app.run_test(size=(picture.width, picture.height)) as pilot:
            await _wait_for(pilot, "unread")
            downs = ["j"] * _place_of(picture.article, folder)
            for keys, expected in ((tuple(downs), picture.article), *picture.steps):
                await pilot.press(*keys)
                await _wait_for(pilot, expected)
            await pilot.pause(0.5)
            return tidy(app.export_screenshot(title="dateline", simplify=True))
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
