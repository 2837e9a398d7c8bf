"""What the elements of HTML mean for reading. Source: the HTML standard of WHATWG."""

from __future__ import annotations

from reader.model import MarkupKind


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


VOID = _names("""
    area base br col embed hr img input link meta param source track wbr basefont bgsound frame
    keygen
""")
"""Elements without content or end tag."""

BLOCKS = _names("""
    address article aside body caption center details dialog div fieldset figcaption figure footer
    form header hgroup html legend main nav noscript optgroup p search section summary tbody tfoot
    thead
""")
"""Elements that begin and end a paragraph and mean nothing else here."""

LISTS = _names("ul ol menu dir dl")
ITEMS = _names("li dt dd")
HEADINGS = _names("h1 h2 h3 h4 h5 h6")
PREFORMATTED = _names("pre listing xmp plaintext")
CELLS = _names("td th")
STRUCTURE = LISTS | ITEMS | HEADINGS | PREFORMATTED | CELLS | {"blockquote", "table", "tr"}
"""Elements that shape the paragraphs inside them."""

INLINE: dict[str, MarkupKind | None] = {
    "a": MarkupKind.LINK,
    "em": MarkupKind.EMPHASIS,
    "i": MarkupKind.EMPHASIS,
    "cite": MarkupKind.EMPHASIS,
    "dfn": MarkupKind.EMPHASIS,
    "var": MarkupKind.EMPHASIS,
    "strong": MarkupKind.STRONG,
    "b": MarkupKind.STRONG,
    "code": MarkupKind.CODE,
    "kbd": MarkupKind.CODE,
    "samp": MarkupKind.CODE,
    "tt": MarkupKind.CODE,
    "del": None,
    "s": None,
    "strike": None,
}
"""Elements that mark words inside a paragraph; None stands for words that are struck out."""

MEDIA = _names("audio embed iframe object video")
"""Elements that show something kept elsewhere."""

DROPPED = _names("""
    applet button canvas datalist frameset head map meter noembed noframes option progress rp script
    select style svg template textarea title
""")
"""Elements that are left out with all they hold."""

RAW = _names("iframe noembed noframes script style textarea title xmp")
"""Elements whose content is text, whatever looks like a tag in it."""

SHORT_LIVED = _names("p dt dd option")
"""Elements that the next one of their name ends."""

KNOWN = (
    BLOCKS
    | STRUCTURE
    | DROPPED
    | MEDIA
    | RAW
    | SHORT_LIVED
    | INLINE.keys()
    | _names("span font u small")
)
"""Elements that are left out as a whole when they are hidden."""
