"""Citations: BibTeX entries, and the items of CSL-JSON (citationstyles.org, schema 1.0.2)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Container
from typing import Any

from reader.export.flow import link_target
from reader.model import Article, Precision

_PARTS = {Precision.YEAR: 1, Precision.MONTH: 2, Precision.DAY: 3, Precision.SECOND: 3}

_TEX = {
    "\\": r"\textbackslash{}",
    # BibTeX counts braces, also those behind a backslash.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}

LONGEST_KEY = 60
"""Characters of a key."""

_PART = 28
"""Of either word in it; a year has four."""

_SMALL = frozenset({"a", "an", "the", "of", "to", "in", "on", "and", "at", "as", "for"})


def citation_key(article: Article, taken: Container[str] = ()) -> str:
    """A key of letters and digits that tells source, year and title ("quay2022grain"); with the
    id of the article behind it where that is taken. At most `LONGEST_KEY` characters."""
    row = article.row
    words = _plain(row.title).split()
    first = next((word for word in words if word not in _SMALL), "")
    year = str(row.published.at.year) if row.published else ""
    who = (_plain(article.authors[0]) if article.authors else _plain(row.source)).split()
    # Of a person the family name, of a source the first word.
    name = (who[-1] if article.authors else who[0]) if who else ""
    # Of long words so much that room is left for the other one.
    key = f"{name[:_PART]}{year}{first[:_PART]}" or f"article{row.id}"
    number = f"-{row.id}"
    return f"{key[: LONGEST_KEY - len(number)]}{number}" if key in taken else key


def bibtex(article: Article, key: str) -> str:
    """One entry: `@article` where the source is known, else `@online`, as biblatex has them."""
    row = article.row
    fields = {
        "title": f"{{{_tex(row.title)}}}",
        "author": " and ".join(f"{{{_tex(name)}}}" for name in article.authors),
        "journaltitle": _tex(row.source),
        "date": row.published.iso[:10] if row.published else "",
        "location": _tex(article.place),
        "url": _url(link_target(article.url)),
        "langid": _tex(article.lang),
        "keywords": _tex(", ".join(row.tags)),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{'article' if row.source else 'online'}{{{key},\n{''.join(lines)}}}\n\n"


def csl_item(article: Article, key: str) -> str:
    """One item of CSL-JSON, on one line."""
    row = article.row
    item: dict[str, Any] = {
        "id": key,
        "type": "article-newspaper" if row.source else "webpage",
        "title": row.title,
        "container-title": row.source,
        "author": [{"literal": name} for name in article.authors],
        "publisher-place": article.place,
        "URL": link_target(article.url),
        "language": article.lang,
        "keyword": ", ".join(row.tags),
    }
    if row.published is not None:
        parts = [int(part) for part in row.published.iso[:10].split("-")]
        item["issued"] = {"date-parts": [parts[: _PARTS[row.published.precision]]]}
    return json.dumps({name: value for name, value in item.items() if value}, ensure_ascii=False)


def _plain(text: str) -> str:
    """The words of a text in small Latin letters and digits."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in text)


def _url(url: str) -> str:
    """An address for `url = {...}`, in which only these would end the field."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
