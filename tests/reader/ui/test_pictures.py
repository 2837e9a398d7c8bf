"""The pictures that go with an article."""

from __future__ import annotations

from pathlib import Path

from reader.model import Attachment, Markup, MarkupKind
from reader.ui.actions import Place
from reader.ui.pictures import MOST, Picture, pictures_of
from tests.reader.ui.samples import make_article
from tests.reader.ui.world import World, draft

HARBOUR = "https://media.example/2024/harbour.JPG?w=1"


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
        assert desk.main.place is Place.PICK
        assert desk.shows("media.example/…/harbour.JPG")
        await desk.press("a")
        assert world.browser.opened == [HARBOUR]
        await desk.press("j", "I")
        assert desk.status == "no pictures go with this article"
