"""The pictures that go with an article. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from reader.clean import clean_line
from reader.model import Article, MarkupKind
from reader.ui.links import safe_url, shown_address
from reader.ui.live_keys import line_of

MOST = 60
"""Pictures that are offered."""

_SHOWN = 60
"""Code points of the words of a link that are shown."""

_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp", ".svg")


@dataclass(frozen=True, slots=True)
class Picture:
    """An address that may be handed on, and what it is called."""

    url: str
    label: str


def pictures_of(article: Article) -> tuple[Picture, ...]:
    """The pictures attached to an article and those its text links to, each once, in order."""
    found: dict[str, str] = {}
    for one in article.attachments:
        is_image = one.media_type.lower().startswith("image/") or _ends_like_one(one.url)
        if is_image and (url := safe_url(one.url)):
            found.setdefault(url, shown_address(url))
    for mark in article.markup:
        if mark.kind is MarkupKind.LINK and _ends_like_one(mark.target):
            words = clean_line(article.text[mark.start : mark.end], _SHOWN)
            if url := safe_url(mark.target):
                found.setdefault(url, words or shown_address(url))
    return tuple(Picture(url, label) for url, label in list(found.items())[:MOST])


def _ends_like_one(url: str) -> bool:
    try:
        return urlsplit(url).path.lower().endswith(_ENDINGS)
    except ValueError:
        return False


def tell_how(*, installed: bool, wanted: bool, colourless: bool) -> str:
    """How pictures could be seen in the terminal where they are not."""
    if colourless and wanted and installed:
        return "it is shown in the browser: NO_COLOR is set"
    steps = [] if installed else ["pip install 'dateline[pictures]'"]
    if not wanted:
        steps.append(line_of("set pictures on demand"))
    return f"to see pictures here: {', '.join([*steps, 'start again'])}"
