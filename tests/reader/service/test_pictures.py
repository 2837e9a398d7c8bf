"""Pictures from a real server through the processes that fetch and read, to the end."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from queue import Queue

import pytest

if find_spec("PIL") is None:
    pytest.skip("Pillow is not installed; `make test-extras` brings it", allow_module_level=True)

from PIL import Image

from reader.model import Pixels
from reader.service.fetching import FetchProcess, Told, Trouble
from reader.service.library import Library
from tests.reader.service.site import Site, entries, rss

News = Queue[tuple[int, Told]]


@pytest.fixture
def picture() -> bytes:
    data = BytesIO()
    Image.new("RGB", (3, 2), "red").save(data, "PNG")
    return data.getvalue()


@pytest.fixture
def news() -> News:
    return Queue()


@pytest.fixture
def fetching(impatient: Library, site: Site, news: News) -> Iterator[FetchProcess]:
    """The process, and an article of a feed of the site."""
    url = site.has("/feed", rss(*entries("a")))
    impatient.subscribing.subscribe(url)
    process = FetchProcess(impatient.folder, 0, lambda number, told: news.put((number, told)))
    process.start()
    yield process
    process.close()


def test_a_picture_comes_as_points_and_nothing_of_it_stays(
    fetching: FetchProcess, impatient: Library, site: Site, picture: bytes, news: News
) -> None:
    before = sorted(path.name for path in impatient.folder.rglob("*"))
    fetching.picture(1, site.has("/p", picture, "text/plain"))
    assert news.get(timeout=30) == (1, Pixels(3, 2, b"\xff\0\0" * 6))
    assert sorted(path.name for path in impatient.folder.rglob("*")) == before
    # One that is too much for its process takes only that one with it.
    big = BytesIO()
    Image.new("1", (6_300, 6_300)).save(big, "PNG")
    fetching.picture(1, site.has("/big", big.getvalue(), "image/png"))
    assert isinstance(news.get(timeout=30)[1], Pixels | Trouble)
    fetching.picture(1, site.has("/page", b"<html>no</html>", "image/png"))
    told = news.get(timeout=30)[1]
    assert isinstance(told, Trouble)
    assert told.text.startswith("no picture: not a PNG, JPEG")
    fetching.picture(1, site.url("/p"))
    assert isinstance(news.get(timeout=30)[1], Pixels)
    assert not Path(impatient.folder, "log.txt").read_text()
