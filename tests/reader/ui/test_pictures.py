"""The pictures that go with an article."""

from __future__ import annotations

import os
import pty
import select
import termios
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Static

from reader.config import Loaded, Settings
from reader.model import Attachment, Markup, MarkupKind, Pixels
from reader.service.fetching import Trouble
from reader.ui.actions import Place
from reader.ui.keymap import Keymap
from reader.ui.live_keys import with_keys
from reader.ui.pictures import MOST, Picture, pictures_of, tell_how
from reader.ui.pictures_drawn import ON_DEMAND, drop_answers, find_painter
from reader.ui.screens.pictures import PictureScreen
from tests.reader.ui.samples import make_article
from tests.reader.ui.test_fetching import begin, port_of, tell
from tests.reader.ui.world import World, draft

HARBOUR = "https://media.example/2024/harbour.JPG?w=1"
WHITE = Pixels(1, 1, b"\xff" * 3)


def test_pictures_are_attached_or_linked_and_named_once() -> None:
    article = make_article(
        1,
        attachments=(
            Attachment(HARBOUR, ""),
            Attachment("https://media.example/render?id=3", "Image/webp"),
            Attachment("https://media.example/talk.mp3", "audio/mpeg"),
            Attachment("javascript:x.png", "image/png"),
            Attachment("http://[::1/x.png", ""),
        ),
        markup=(
            Markup(0, 9, MarkupKind.LINK, HARBOUR),
            Markup(0, 9, MarkupKind.LINK, "https://media.example/map.png"),
            Markup(0, 9, MarkupKind.LINK, "https://media.example/page.html"),
            Markup(0, 9, MarkupKind.STRONG, ""),
        ),
    )
    assert pictures_of(article) == (
        Picture(HARBOUR, "media.example/…/harbour.JPG"),
        Picture("https://media.example/render?id=3", "media.example/render"),
        Picture("https://media.example/map.png", article.text[:9].strip()),
    )
    many = tuple(Attachment(f"https://a.example/{n}.png") for n in range(MOST + 5))
    assert len(pictures_of(make_article(1, attachments=many))) == MOST


async def test_a_picture_is_chosen_by_its_letter(tmp_path: Path) -> None:
    world = World(tmp_path / "library")
    world.add(
        draft("Without", "No picture.", day=1),
        draft("With", "A picture.", day=2, attachments=(Attachment(HARBOUR, "image/jpeg"),)),
    )
    async with world.screen(80, 24) as desk:
        await desk.press("I")
        assert desk.place() is Place.PICK
        assert desk.shows("media.example/…/harbour.JPG")
        await desk.press("a")
        assert world.browser.opened == [HARBOUR]
        # Once it is told how that could be otherwise.
        assert "to see pictures here: " in desk.status
        assert desk.status.endswith(":set pictures on demand, start again")
        await desk.press("I", "a")
        assert desk.status == "opening media.example/2024/harbour.JPG?w=1"
        assert port_of(world).orders == []
        await desk.press("j", "I")
        assert desk.status == "no pictures go with this article"
        # Also where the article is still on its way.
        await desk.press("k")
        desk.main.perform("move.down")
        desk.main.perform("article.pictures")
        await desk.settle()
        assert desk.place() is Place.LIST
        desk.main.perform("move.up")
        desk.main.perform("article.pictures")
        await desk.settle()
        assert desk.place() is Place.PICK


async def test_a_picture_is_fetched_once_it_is_chosen_and_shown(tmp_path: Path) -> None:
    world = World(tmp_path / "library")
    [one] = world.add(
        draft("With", "A picture.", day=2, attachments=(Attachment(HARBOUR, "image/jpeg"),))
    )
    async with world.screen(80, 24, loaded=Loaded(Settings(pictures=ON_DEMAND))) as desk:
        desk.main.pictures.painter = lambda pixels: Static(f"{pixels.width} wide", markup=False)
        fetching = port_of(world)
        await desk.press("I")
        assert fetching.orders == []
        fetching.answers = [WHITE, WHITE, Trouble("no picture: damaged · x")]
        await desk.press("a")
        assert fetching.orders == [("picture", one, HARBOUR)]
        assert desk.shows("media.example/…/harbour.JPG")
        assert desk.shows("1 wide")
        await desk.press("escape")
        assert desk.app.screen is desk.main
        await desk.press("I", "a", "o")
        assert desk.app.screen is desk.main
        assert world.browser.opened == [HARBOUR]
        await desk.press("I", "a")
        assert desk.status == "no picture: damaged · x"
        # Whoever writes meanwhile goes on writing; what is chosen later counts.
        await begin(desk, "I", "a", "I", "a", "slash")
        await tell(desk, world, 4, WHITE)
        await tell(desk, world, 5, WHITE)
        await desk.settle()
        assert desk.app.screen is desk.main
        assert "when you were elsewhere" in desk.status


class Counted(Static):
    """Counts how often it is drawn."""

    drawn = 0

    def render_lines(self, crop: Region) -> list[Strip]:
        self.drawn += 1
        return super().render_lines(crop)


async def test_a_picture_is_not_sent_again_when_something_changes_below(tmp_path: Path) -> None:
    async with World(tmp_path / "library").screen(80, 24) as desk:
        picture = Counted("picture", markup=False)
        desk.app.push_screen(PictureScreen("quay", picture))
        await desk.settle()
        before = picture.drawn
        assert before
        desk.main.say("something new")
        await desk.settle()
        await desk.pilot.pause(0.1)
        assert picture.drawn == before


def test_how_to_see_pictures_depends_on_what_is_missing() -> None:
    def told(*, installed: bool, wanted: bool, colourless: bool = False) -> str:
        how = tell_how(installed=installed, wanted=wanted, colourless=colourless)
        return with_keys(how, Keymap())

    before = "to see pictures here: "
    install = "pip install 'dateline[pictures]'"
    assert told(installed=False, wanted=False) == (
        f"{before}{install}, :set pictures on demand, start again"
    )
    assert told(installed=False, wanted=True) == f"{before}{install}, start again"
    assert told(installed=True, wanted=False) == f"{before}:set pictures on demand, start again"
    assert told(installed=True, wanted=True) == f"{before}start again"
    assert "NO_COLOR" in told(installed=True, wanted=True, colourless=True)


def test_nothing_is_asked_of_a_terminal_before_it_is_wanted() -> None:
    assert find_painter("off") is None
    assert find_painter(ON_DEMAND, {"NO_COLOR": "1"}) is None


def test_what_a_slow_terminal_says_late_is_not_taken_for_keys() -> None:
    screen, keys = pty.openpty()
    try:
        before = termios.tcgetattr(keys)

        def answer() -> None:
            assert os.read(screen, 99) == b"\x1b[6n"
            os.write(screen, b"\x1b_Gi=31;OK\x1b\\")
            sleep(0.05)
            os.write(screen, b"\x1b[1;1R")

        terminal = Thread(target=answer)
        terminal.start()
        drop_answers(keys, keys)
        terminal.join()
        assert termios.tcgetattr(keys) == before
        assert not select.select([keys], [], [], 0)[0]
        # One that never answers is not waited for.
        began = monotonic()
        drop_answers(keys, keys, patience=0.1)
        assert monotonic() - began >= 0.1
    finally:
        os.close(screen)
        os.close(keys)
