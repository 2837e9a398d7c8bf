"""Attacks in every field of every format, in each way the format can write them."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from functools import partial
from xml.sax.saxutils import escape, quoteattr

from tests.hostile.attacks import ATTACKS, SURROGATES, encoded_word, references
from tests.hostile.cases import (
    Case,
    around,
    atom,
    good_feeds,
    json_entry,
    json_feed,
    letter,
    lines,
    link,
    mbox,
    opml,
    page,
    prose,
    rss,
)


def _struck(name: str) -> str:
    return f"Struck {name}"


def _rss(name: str, attack: str, write: Callable[[str], str]) -> bytes:
    evil = write(attack)
    item = (
        f"<item><title>{_struck(name)} {evil}</title><link>{link(name, 'struck')}?{evil}</link>"
        f"<guid isPermaLink='false'>{name}{evil}</guid><author>a@b.example ({evil})</author>"
        f"<dc:creator>Clerk {evil}</dc:creator><category>tag {evil}</category>"
        f"<category domain='{evil}'>x</category><comments>https://c.example/{evil}</comments>"
        f"<pubDate>Tue, 08 Aug 2023 06:00:00 GMT{evil}</pubDate><dc:language>{evil}</dc:language>"
        f"<enclosure url='https://m.example/{evil}.mp3' type='audio/mpeg{evil}' length='{evil}'/>"
        f"<description>{prose(name, 'struck')} {evil}</description>"
        f"<content:encoded>{prose(name, 'struck')} {evil}{evil}</content:encoded></item>"
    )
    return rss(name, item, title=f"Tides of {name} {evil}").encode("utf-8", "surrogatepass")


def _atom(name: str, attack: str) -> bytes:
    evil = attack.replace("]]>", "")
    entry = (
        f"<entry><title type='html'><![CDATA[{_struck(name)} {evil}]]></title>"
        f"<id><![CDATA[{name}{evil}]]></id><updated><![CDATA[2023-08-08T06:00:00Z{evil}]]></updated>"
        f"<author><name><![CDATA[Clerk {evil}]]></name><uri><![CDATA[{evil}]]></uri></author>"
        f"<link href='{link(name, 'struck')}'/><rights><![CDATA[{evil}]]></rights>"
        f"<category term={quoteattr(evil)} label={quoteattr(evil)}/>"
        f"<content type='html'><![CDATA[<p>{prose(name, 'struck')} {evil}</p>"
        f"<pre>{evil}</pre><a href='https://x.example/{evil}' title='{evil}'>{evil}</a>]]>"
        "</content>"
        "</entry>"
    )
    return atom(name, entry).encode("utf-8", "surrogatepass")


def _json_feed(name: str, attack: str) -> bytes:
    entry = json_entry(name, f"{_struck(name)} {attack}", "struck")
    entry |= {
        "id": f"{name}{attack}",
        "content_html": f"<p>{prose(name, 'struck')} {attack}</p>",
        "summary": attack,
        "external_url": f"https://x.example/{attack}",
        "image": f"https://x.example/{attack}.png",
        "date_modified": attack,
        "authors": [{"name": f"Clerk {attack}", "url": attack}],
        "tags": [f"tag {attack}"],
        "language": attack,
        "attachments": [{"url": f"https://m.example/{attack}", "mime_type": attack}],
    }
    text = json_feed(name, json.dumps(entry))
    return text.replace(f"Tides of {name}", f"Tides of {name} {json.dumps(attack)[1:-1]}").encode()


def _jsonl(name: str, attack: str) -> bytes:
    bad = {
        "title": f"{_struck(name)} {attack}",
        "text": f"{attack} {prose(name, 'struck')} {attack}\n\n{attack}{prose(name, 'more')}",
        "url": link(name, "struck") + attack,
        "source": f"Tides {attack}",
        "authors": [f"Clerk {attack}"],
        "tags": [f"tag{attack}"],
        "id": f"{name}{attack}",
        "published": f"2023-08-08{attack}",
        "lang": attack,
        attack: attack,
    }
    return lines(name, json.dumps(bad)).encode()


def _csv(name: str, attack: str) -> bytes:
    good = [
        f'"{title}","{prose(name, title)}","{link(name, number)}",2023-08-08,Clerk,Tides\n'
        for number, title in enumerate(around(name))
    ]
    evil = attack.replace('"', "")
    bad = (
        f'"{_struck(name)} {evil}","{prose(name, "struck")} {evil}","{link(name, "s")}{evil}",'
        f'"2023-08-08{evil}","Clerk {evil}","Tides {evil}"\n'
    )
    text = f"title,text,url,published,author,source\n{good[0]}{bad}{good[1]}"
    return text.encode("utf-8", "surrogatepass")


def _mail(name: str, attack: str) -> bytes:
    evil = encoded_word(attack)
    body = base64.encodebytes(f"{prose(name, 'struck')}\n\n{attack}\n".encode()).decode()
    more = (
        f"Reply-To: {evil} <x@news.example>\nList-Id: {evil} <list.news.example>\n"
        f"X-Odd: {evil}\nContent-Type: text/plain; charset=utf-8; name*=utf-8''%1b%5b2J\n"
        "Content-Transfer-Encoding: base64\n"
    )
    bad = letter(name, f"{_struck(name)} {evil}", "struck", body, more)
    return mbox(name, bad.replace("From: Clerk", f"From: {evil}")).encode()


def _opml(name: str, attack: str) -> bytes:
    evil = references(attack)
    folder = (
        f'<outline text="Folder {evil}" title="{evil}">'
        f'<outline type="rss" text="Feed {evil}" title="T {evil}" category="/a{evil}/b,{evil}" '
        f'description="{evil}" htmlUrl="https://h.example/{evil}" '
        f'xmlUrl="https://news.example/{name}/struck.xml"/></outline>'
    )
    return opml(name, folder).encode()


def _page(name: str, attack: str) -> bytes:
    evil = references(attack)
    head = (
        f"<meta name='author' content='Clerk {evil}'><meta property='og:site_name' "
        f"content='Tides {evil}'><meta name='date' content='2023-08-08{evil}'>"
    )
    body = (
        f"<p>{prose(name, 'struck')} {evil}</p><ul><li>{evil}</li></ul><pre>{evil}</pre>"
        f"<a href='https://x.example/{evil}'>{evil}</a><img alt='{evil}' src='{evil}.png'>"
        f"<table><tr><td>{evil}</td><td>{evil}</td></tr></table>"
    )
    return page(name, body, head, title=f"{_struck(name)} {evil}").encode()


def _bookmarks(name: str, attack: str) -> bytes:
    evil = escape(attack)
    items = "".join(
        f'<DT><A HREF="{link(name, title[10:15])}" ADD_DATE="1691474400">{title}</A>\n'
        for title in around(name)
    )
    text = (
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n"
        f"<DL><p>\n<DT><H3>Folder {evil}</H3>\n<DL><p>\n"
        f'<DT><A HREF="{link(name, "struck")}" TAGS="{evil},b" ADD_DATE="{evil}">'
        f"{_struck(name)} {evil}</A>\n<DD>{evil}\n{items}</DL><p>\n</DL><p>\n"
    )
    return text.encode("utf-8", "surrogatepass")


def _wallabag(name: str, attack: str) -> bytes:
    def entry(title: str, number: str, evil: str) -> dict[str, object]:
        return {
            "id": f"{number}{evil}",
            "title": title,
            "url": link(name, number),
            "is_archived": 0,
            "is_starred": 1,
            "created_at": f"2023-08-08T06:00:00+0200{evil}",
            "updated_at": "2023-08-08T06:00:00+0200",
            "content": f"<p>{prose(name, number)} {evil}</p>",
            "tags": [f"tag{evil}"],
            "domain_name": f"news.example{evil}",
            "language": f"en{evil}",
        }

    one, two = around(name)
    return json.dumps(
        [
            entry(one, "before", ""),
            entry(f"{_struck(name)} {attack}", "struck", attack),
            entry(two, "after", ""),
        ]
    ).encode()


_XML_AS_IT_IS: Callable[[str], str] = escape
_WAYS: tuple[tuple[str, str, Callable[[str, str], bytes]], ...] = (
    ("rss-raw", "xml", lambda name, attack: _rss(name, attack, _XML_AS_IT_IS)),
    ("rss-references", "xml", lambda name, attack: _rss(name, attack, references)),
    ("atom-cdata", "xml", _atom),
    ("jsonfeed", "json", _json_feed),
    ("records", "jsonl", _jsonl),
    ("table", "csv", _csv),
    ("mail", "mbox", _mail),
    ("subscriptions", "opml", _opml),
    ("page", "html", _page),
    ("bookmarks", "html", _bookmarks),
    ("wallabag", "json", _wallabag),
)


def _case(
    attack: str, text: str, way: str, suffix: str, write: Callable[[str, str], bytes]
) -> Case:
    name = f"{way}-{attack}"
    file, make = f"{name}.{suffix}", partial(write, name, text)
    if suffix == "opml":
        feeds = (*good_feeds(name), f"https://news.example/{name}/struck.xml")
        return Case(file, make, feeds=feeds)
    if way == "page":
        return Case(file, make, starts=(_struck(name),), texts=(prose(name, "one"),))
    return Case(file, make, titles=around(name), starts=(_struck(name),))


_IN_ESCAPES = ("rss-references", "jsonfeed", "records", "wallabag", "page", "subscriptions")

CASES = tuple(
    _case(attack, text, *way) for attack, text in ATTACKS.items() for way in _WAYS
) + tuple(_case("surrogates", SURROGATES, *way) for way in _WAYS if way[0] in _IN_ESCAPES)
