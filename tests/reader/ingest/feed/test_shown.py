"""Pictures and films in entries: where they are is kept, and nothing of the text is lost."""

from __future__ import annotations

from reader.model import Draft
from tests.reader.ingest.feed.documents import item

FILM = "https://www.youtube.com/embed/x1"
PICTURE = "https://news.example/boat.png"
SHOWN = f"<p><img src='{PICTURE}' alt='A boat in the ice'></p>"


def body(html: str, more: str = "") -> Draft:
    return item(f"<content:encoded><![CDATA[{html}]]></content:encoded>{more}")


def urls(draft: Draft) -> list[str]:
    return [one.url for one in draft.attachments]


def test_an_entry_that_is_only_a_film_has_its_address() -> None:
    draft = body(f"<iframe src='{FILM}' title='The tide comes'></iframe>")
    assert (draft.title, draft.text) == ("video: The tide comes", "[video: The tide comes]")
    assert [mark.target for mark in draft.markup] == [FILM]
    assert urls(draft) == [FILM]


def test_what_a_text_shows_comes_after_what_the_entry_encloses() -> None:
    more = f"<enclosure url='/a.mp3' type='audio/mpeg'/><enclosure url='{FILM}' type='video/x'/>"
    draft = body(f"<p>Text</p><embed src='{FILM}'>{SHOWN}", more)
    assert urls(draft) == ["https://news.example/a.mp3", FILM, PICTURE]
    assert draft.attachments[1].media_type == "video/x"


def test_what_is_shown_beside_the_text_is_kept() -> None:
    draft = body(f"<img src='{PICTURE}'>", "<description>The ship lies in the ice.</description>")
    assert (draft.text, urls(draft)) == ("The ship lies in the ice.", [PICTURE])
    alone = item(f"<title>Ice</title><description><![CDATA[<img src='{PICTURE}'>]]></description>")
    assert (alone.text, urls(alone)) == ("", [PICTURE])


def test_a_picture_before_the_text_hides_neither_title_nor_dateline() -> None:
    html = f"{SHOWN}<p>BERGEN, July 23, 2023 (Coast Press) — The <b>ship</b> is free. All left.</p>"
    draft = body(html)
    assert draft.title.endswith("The ship is free")
    assert draft.text == "[A boat in the ice]\n\nThe ship is free. All left."
    assert draft.place == "Bergen"
    marked = [draft.text[mark.start : mark.end] for mark in draft.markup]
    assert marked == ["[A boat in the ice]", "ship"]
    assert body(SHOWN).title == "A boat in the ice"
