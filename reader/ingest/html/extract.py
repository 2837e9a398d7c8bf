"""The main text of a page, by trafilatura; its tree is written as HTML again.

Only the tree it works on keeps everything: its HTML has no numbered lists and no code inside
paragraphs, its text no links at their places.
"""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as lxml_html
from trafilatura import bare_extraction

_FAILURES = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    etree.LxmlError,
)
_PARAGRAPH_BREAKS = re.compile(r"(?:<br\b[^<>]*+>\s*+){2,}+", re.IGNORECASE)
_NUMBERED = {"ol", "dl"}
# Parents come first, so theirs are names of HTML already.
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_INLINE_PARENTS = _HEADINGS | {
    *("p", "li", "dt", "dd", "td", "th", "a", "em", "strong", "span", "q", "del")
}
_RENDERED = {"#b": "strong", "#i": "em", "#t": "code", "#sub": "sub", "#sup": "sup"}
_NAMES = {"row": "tr", "lb": "br", "graphic": "img"}
_NAME = re.compile(r"[a-zA-Z][\w.-]*")


def extract_main(html: str, title: str) -> str:
    """Return the main text as HTML without the title above it; "" when none is found.

    Takes more than linear time on some pages and copies the tree several times: nesting and
    number of tags are the caller's to limit.
    """
    body = _extract(_PARAGRAPH_BREAKS.sub("<p>", html.replace("\x00", "")))
    if body is None:
        return ""
    first = next(iter(body), None)
    if first is not None and first.tag == "head" and _words(first) == title.casefold().split():
        body.remove(first)
    for element in list(body.iter()):
        _rename(element)
    return etree.tostring(body, encoding="unicode", method="html")


def _extract(html: str) -> etree._Element | None:
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser)
        # No address is given to it: it would be logged.
        document = bare_extraction(
            tree,
            favor_precision=True,
            include_comments=False,
            include_formatting=True,
            include_links=True,
            include_images=True,
        )
    except _FAILURES:
        return None
    return getattr(document, "body", None)


def _words(element: etree._Element) -> list[str]:
    return "".join(map(str, element.itertext())).casefold().split()


def _rename(element: etree._Element) -> None:
    """Give an element of the extractor, which are those of TEI, its name in HTML."""
    name, rend = element.tag, element.get("rend", "")
    if name == "hi":
        element.tag = _RENDERED.get(rend, "span")
    elif name == "head":
        element.tag = rend if rend in _HEADINGS else "h2"
    elif name == "list":
        element.tag = rend if rend in _NUMBERED else "ul"
    elif name == "item":
        element.tag = rend[:2] if rend[:2] in ("dt", "dd") else "li"
    elif name == "quote":
        element.tag = "q" if _is_inline(element) else "blockquote"
    elif name == "code":
        element.tag = "code" if _is_inline(element) else "pre"
    elif name == "cell":
        element.tag = "th" if element.get("role") == "head" else "td"
    elif name == "ref":
        element.tag = "a"
        element.set("href", element.get("target", ""))
    else:
        # One that the page made up may be no name of XML.
        element.tag = _NAMES.get(name) or (name if _NAME.fullmatch(name) else "span")


def _is_inline(element: etree._Element) -> bool:
    parent = element.getparent()
    if parent is None or parent.tag not in _INLINE_PARENTS:
        return False
    holds_paragraphs = len(element) > 0 and element[0].tag == "p"
    return not holds_paragraphs and "\n" not in (element.text or "")
