"""Pictures, films and what else a text shows: where it is, and the words that stand for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from reader.clean import clean_line
from reader.ingest.html.addresses import absolute, image_address, is_counter, is_web
from reader.ingest.html.scan import read_attributes, read_elements

LONGEST_WORDS = 300
"""The longest words for one thing that is shown, in code points."""

_SOURCES = ("src", "data-src", "data")
_MOST_INSIDE = 5
_SAYS_NOTHING = re.compile(
    r"[\W\d_]*(?:image|img|photo|picture|pic|figure|screenshot|thumbnail|dsc[nf]?|pxl|bild|foto)?"
    r"[\W\d_]*|\S+\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?)|https?://\S*"
    r"|[^\s_-]++[_-][^\s_-]++[_-]\S+",
    re.IGNORECASE,
)
_FILMS = (
    r"(?:youtube(?:-nocookie)?\.com/(?:embed|v|watch)|youtu\.be/|player\.vimeo\.com/video|"
    r"dailymotion\.com/embed|geo\.dailymotion\.com/player|player\.twitch\.tv|clips\.twitch\.tv|"
    r"embed\.ted\.com|archive\.org/embed|player\.bilibili\.com|rumble\.com/embed|"
    r"[^/?#]+/videos/embed/)"
)
_SOUNDS = (
    r"(?:w\.soundcloud\.com/player|open\.spotify\.com/embed|embed\.podcasts\.apple\.com|"
    r"bandcamp\.com/EmbeddedPlayer|player\.simplecast\.com|mixcloud\.com/widget)"
)
_PLAYERS = {
    kind: re.compile(rf"https?://(?:[\w-]+\.)*?{places}", re.IGNORECASE)
    for kind, places in (("video", _FILMS), ("audio", _SOUNDS))
}


@dataclass(frozen=True, slots=True)
class Medium:
    """Something that a text shows. `words` stand for it where it is shown, "" for none."""

    url: str
    media_type: str = ""
    words: str = ""
    is_other: bool = False
    """Nobody knows what: it is told of only where nothing else is."""


def picture(values: Mapping[str, str], base: str) -> Medium | None:
    """The picture of an `img`, None for one that cannot be fetched or only counts readers."""
    url = image_address(values, base)
    return (
        Medium(url, words=_said(values.get("alt", "") or values.get("title", ""))) if url else None
    )


def medium(name: str, attributes: str, content: str, base: str) -> Medium | None:
    """What a `video`, `audio`, `iframe`, `embed` or `object` with this content shows."""
    values = read_attributes(attributes)
    if is_counter(values):
        return None
    url, media_type = _place(values, base)
    if not url and content:
        inside = ("source",) if name in ("video", "audio") else ("embed", "param")
        for _, written, _ in read_elements(content, inside, _MOST_INSIDE):
            url, media_type = _place(_of_param(read_attributes(written)), base)
            if url:
                break
    if not url:
        return None
    kind = _kind(name, url, media_type)
    title = _said(values.get("title", "") or values.get("aria-label", ""))
    if "player" in title.lower():
        title = ""
    words = ": ".join(filter(None, (kind or "embedded page", title)))
    return Medium(url, clean_line(media_type, 100), words, is_other=not kind)


def _of_param(values: dict[str, str]) -> dict[str, str]:
    """The attributes of an element, those of a `param` that names a film as if it were one."""
    if values.get("name", "").lower() in ("movie", "src"):
        return {"src": values.get("value", "")}
    return values


def _place(values: Mapping[str, str], base: str) -> tuple[str, str]:
    for written in filter(None, (values.get(name, "").strip() for name in _SOURCES)):
        url = absolute(written, base)
        if is_web(url):
            return url, values.get("type", "").partition(";")[0].strip()
    return "", ""


def _kind(name: str, url: str, media_type: str) -> str:
    if name in ("video", "audio"):
        return name
    stated = media_type.partition("/")[0].lower()
    if stated in ("video", "audio"):
        return stated
    return next((kind for kind, places in _PLAYERS.items() if places.match(url)), "")


def _said(written: str) -> str:
    words = clean_line(written, LONGEST_WORDS)
    return "" if _SAYS_NOTHING.fullmatch(words) else words
