"""What the elements of an entry or a feed say, taken out of the tree of the parser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

from lxml import etree

from reader.ingest.feed.links import join
from reader.ingest.feed.names import key_of, local_name

_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MOST_OF_A_KIND = 200
_MOST_ATTRIBUTES = 50
_GROUPS = frozenset({"media:group", "media:content"})
_PEOPLE = frozenset({"author", "contributor", "dc:creator", "itunes:author"})
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track")
)
_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Value:
    """One element: its text, its attributes by local name, and its inside as HTML where it
    has elements in it. `base` is what `xml:base` says there, as written."""

    text: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    html: str = ""
    base: str = ""
    lang: str = ""

    def get(self, name: str) -> str:
        """Return an attribute without white space around it, "" for none."""
        return self.attributes.get(name, "").strip()


@dataclass(frozen=True, slots=True)
class Fields:
    """The elements directly in an entry or a feed by the names of `reader.ingest.feed.names`,
    in their order, and the attributes of the entry itself."""

    attributes: Mapping[str, str]
    values: Mapping[str, list[Value]]
    base: str = ""
    lang: str = ""

    def all(self, *keys: str) -> Iterator[Value]:
        """The values under each of the keys in turn."""
        for key in keys:
            yield from self.values.get(key, ())

    def items(self, *keys: str) -> Iterator[tuple[str, Value]]:
        """The values under each of the keys in turn, with their keys."""
        for key in keys:
            for value in self.values.get(key, ()):
                yield key, value

    def text(self, *keys: str) -> str:
        """Return the first text that is not blank, without white space around it, or ""."""
        return next((text for v in self.all(*keys) if (text := v.text.strip())), "")


class Collector:
    """Takes fields out of elements; remembers the names it has met.

    `inherits` says whether there are any attributes that hold for what is inside an element.
    """

    def __init__(self, *, inherits: bool) -> None:
        self._inherits = inherits
        self._keys: dict[str, str] = {}

    def fields(self, element: etree._Element) -> Fields:
        """Return what the children of an element say."""
        values: dict[str, list[Value]] = {}
        self._collect(element, values)
        attributes = _attributes(element)
        if not self._inherits:
            return Fields(attributes, values)
        return Fields(attributes, values, _base(element), _lang(element))

    def key(self, element: etree._Element) -> str:
        """Return the name of an element, "" for a comment and the like."""
        tag: object = element.tag
        if not isinstance(tag, str):
            return ""
        key = self._keys.get(tag)
        if key is None:
            key = self._keys[tag] = key_of(tag, element.prefix)
        return key

    def _collect(self, element: etree._Element, values: dict[str, list[Value]]) -> None:
        for child in element:
            key = self.key(child)
            if not key:
                continue
            if key in _GROUPS:
                self._collect(child, values)
            same = values.setdefault(key, [])
            if len(same) < _MOST_OF_A_KIND:
                same.append(_person(child) if key in _PEOPLE and len(child) else _value(child))


def _value(element: etree._Element) -> Value:
    if len(element) == 0:
        text, html = element.text or "", ""
    else:
        text, html = _all_text(element), "".join(_inside(element))
    # Most elements have no attributes, and asking for each takes time.
    if not element.keys():
        return Value(text, _NOTHING, html)
    return Value(
        text, _attributes(element), html, element.get(_BASE) or "", element.get(_LANG) or ""
    )


def _person(element: etree._Element) -> Value:
    parts = {local_name(c.tag): c for c in element if isinstance(c.tag, str)}
    for name in ("name", "email"):
        if name in parts and (text := _all_text(parts[name]).strip()):
            return Value(text)
    return Value(_all_text(element))


def _all_text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def _attributes(element: etree._Element) -> Mapping[str, str]:
    if not element.keys():
        return _NOTHING
    found: dict[str, str] = {}
    for name, value in element.items():
        found.setdefault(local_name(str(name)), str(value))
        if len(found) >= _MOST_ATTRIBUTES:
            break
    return found


def _inside(element: etree._Element) -> Iterator[str]:
    """Write the inside of an element as HTML, names without their namespaces.

    Recursion is as deep as elements are, which `repair` limits.
    """
    yield escape(element.text or "", quote=False)
    for child in element:
        if isinstance(child.tag, str):
            name = local_name(child.tag)
            yield f"<{name}{_written(child)}>"
            if name not in _VOID:
                yield from _inside(child)
                yield f"</{name}>"
        yield escape(child.tail or "", quote=False)


def _written(element: etree._Element) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in _attributes(element).items())


def _base(element: etree._Element) -> str:
    """What `xml:base` says of an element and those around it, joined from outside in."""
    base = ""
    for stated in reversed(_stated(element, _BASE)):
        base = join(stated, base)
    return base


def _lang(element: etree._Element) -> str:
    return next(iter(_stated(element, _LANG)), "")


def _stated(element: etree._Element, name: str) -> list[str]:
    """The values of an attribute on an element and those around it, from inside out."""
    return [value for e in (element, *element.iterancestors()) if (value := e.get(name))]
