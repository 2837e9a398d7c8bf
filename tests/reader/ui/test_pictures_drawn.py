"""Pictures as the package draws them, in cells, in a screen."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

if find_spec("textual_image") is None or find_spec("PIL") is None:
    pytest.skip(
        "textual-image is not installed; `make test-extras` brings it", allow_module_level=True
    )

from PIL.Image import frombytes
from textual_image.widget import HalfcellImage

from reader.config import Loaded, Settings
from reader.model import Attachment, Pixels
from reader.ui.pictures_drawn import ON_DEMAND, find_painter, is_installed
from reader.ui.screens.pictures import PictureScreen
from tests.reader.ui.test_fetching import port_of
from tests.reader.ui.world import World, draft

# Of the package, about Pillow.
pytestmark = pytest.mark.filterwarnings("ignore:Image.Image.getdata:DeprecationWarning")

URL = "https://media.example/quay.png"


def test_there_is_a_painter_where_it_is_wanted() -> None:
    assert is_installed()
    assert find_painter("off", {}) is None
    assert find_painter(ON_DEMAND, {"NO_COLOR": "1"}) is None
    paint = find_painter(ON_DEMAND, {})
    assert paint is not None
    assert paint(Pixels(2, 1, b"\xff\0\0\0\0\xff")).has_class("picture")


async def test_a_picture_is_as_large_as_the_screen_lets_it_be(tmp_path: Path) -> None:
    world = World(tmp_path / "library")
    world.add(draft("Quay", "A picture.", day=2, attachments=(Attachment(URL, "image/png"),)))
    settings = Loaded(Settings(pictures=ON_DEMAND))
    async with world.screen(80, 24, loaded=settings) as desk:
        # Without a terminal the package itself would take shades of grey.
        desk.main.pictures.painter = lambda one: HalfcellImage(
            frombytes("RGB", (one.width, one.height), one.points), classes="picture"
        )
        port_of(world).answers = [Pixels(40, 40, b"\xff\0\0" * 1600)]
        await desk.press("I", "a")
        shown = desk.app.screen
        assert isinstance(shown, PictureScreen)
        tall = shown.query_one(".picture").size
        # Between the title and the foot; a cell is about twice as high as wide.
        assert tall.height == 22
        assert 40 <= tall.width <= 48
        assert desk.shows("▀" * tall.width)
        await desk.pilot.resize_terminal(30, 24)
        await desk.settle()
        narrow = shown.query_one(".picture").size
        assert narrow.width == 30
        assert 13 <= narrow.height <= 17
        await desk.press("escape")
        assert desk.app.screen is desk.main
