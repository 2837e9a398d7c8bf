"""Hostile feeds: bombs, entities from elsewhere, broken and endless XML, dates and ids."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from tests.hostile.cases import (
    CANARY_FILE,
    CANARY_URL,
    CANARY_WORDS,
    XML,
    Case,
    after,
    always,
    around,
    atom,
    before,
    entry,
    json_entry,
    json_feed,
    link,
    prose,
    rss,
)


def _case(name: str, text: str, *, bad: str = "", suffix: str = "xml", **more: Any) -> Case:
    """A feed whose good entries arrive; `bad` begins the title of an entry that does too."""
    starts = (bad,) if bad else ()
    return Case(f"{name}.{suffix}", always(text), titles=around(name), starts=starts, **more)


def _bomb(name: str, subset: str, use: str) -> Case:
    head = f"{XML}<!DOCTYPE rss [\n{subset}]>\n"
    bad = entry(name, f"Bomb of {name} {use}", "bomb", f"<category>{use}</category>")
    return _case(name, rss(name, bad, head=head), never=("hahahahaha", CANARY_WORDS))


def _bombs() -> tuple[Case, ...]:
    laughs = '<!ENTITY l0 "ha">\n' + "".join(
        f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">\n' for level in range(1, 11)
    )
    parts = "<!ENTITY % p0 \"<!ENTITY q 'ha'>\">\n" + "".join(
        f'<!ENTITY % p{level} "{f"&#37;p{level - 1};" * 10}">\n' for level in range(1, 9)
    )
    return (
        _bomb("billion-laughs", laughs, "&l10;"),
        _bomb("quadratic-blow-up", f'<!ENTITY a "{"ha" * 25_000}">\n', "&a;" * 2_000),
        _bomb("parameter-bomb", parts + "%p8;\n", "&q;"),
        _bomb("entity-loop", '<!ENTITY a "&b;">\n<!ENTITY b "&a;">\n', "&a;"),
        _bomb("entity-in-attribute", laughs, "</title><title a='&l10;'>"),
        _bomb("attribute-defaults", laughs + '<!ATTLIST item a CDATA "&l9;">\n', "x"),
        _bomb("quotes-in-subset", "<!-- ]> ' -->\n<!ENTITY a ']>'>\n<?x ]> ?>\n", "&a;"),
    )


def _entity(name: str, declaration: str, use: str = "&x;", *, doctype: str = "") -> Case:
    head = f"{XML}<!DOCTYPE rss {doctype}[\n{declaration}\n]>\n"
    bad = entry(name, f"From elsewhere {name} {use}", "entity", f"<author>{use}</author>")
    return _case(name, rss(name, bad, head=head), never=(CANARY_WORDS,))


def _elsewhere() -> tuple[Case, ...]:
    include = "<x:include xmlns:x='http://www.w3.org/2001/XInclude' parse='text' href='{}'/>".format
    sheet = f'{XML}<?xml-stylesheet type="text/xsl" href="{CANARY_URL}style.xsl"?>\n'
    schema = (
        " xmlns:i='http://www.w3.org/2001/XMLSchema-instance' "
        f"i:schemaLocation='urn:x {CANARY_URL}s.xsd' i:noNamespaceSchemaLocation='{CANARY_URL}n'"
    )
    return (
        _entity("entity-of-file", f'<!ENTITY x SYSTEM "file://{CANARY_FILE}">'),
        _entity("entity-of-path", f'<!ENTITY x SYSTEM "{CANARY_FILE}">'),
        _entity("entity-of-server", f'<!ENTITY x SYSTEM "{CANARY_URL}entity">'),
        _entity("entity-public", f'<!ENTITY x PUBLIC "-//X//Y" "{CANARY_URL}public">'),
        _entity("entity-of-parameter", f'<!ENTITY % p SYSTEM "{CANARY_URL}p.dtd">\n%p;'),
        _entity("entity-of-device", '<!ENTITY x SYSTEM "file:///dev/zero">'),
        _entity("external-subset", "", "x", doctype=f'SYSTEM "{CANARY_URL}feed.dtd" '),
        _entity("external-file", "", "x", doctype=f'PUBLIC "-//X" "file://{CANARY_FILE}" '),
        _case(
            "x-include",
            rss(
                "x-include",
                entry("x-include", include(f"file://{CANARY_FILE}"), 1, include(CANARY_URL)),
            ),
            never=(CANARY_WORDS,),
        ),
        _case("stylesheet", rss("stylesheet", head=sheet), never=(CANARY_WORDS,)),
        _case("schema-elsewhere", atom("schema-elsewhere", attributes=schema)),
        _case(
            "content-elsewhere",
            atom(
                "content-elsewhere",
                f"<entry><title>Away</title><id>away</id><content src='file://{CANARY_FILE}'/>"
                f"<link href='file://{CANARY_FILE}'/></entry>",
            ),
            never=(CANARY_WORDS,),
        ),
    )


def _broken() -> tuple[Case, ...]:
    def bad(name: str, text: str, **more: Any) -> Case:
        return _case(name, rss(name, text), **more)

    def cut(name: str, tail: str, **more: Any) -> Case:
        whole = rss(name)
        return Case(
            f"{name}.xml",
            always(whole[: whole.index(f"<item><title>{after(name)}")] + tail),
            titles=(before(name),),
            **more,
        )

    item = "<item><title>{}</title><description>{}</description></item>".format
    return (
        bad("tags-crossed", "<item><title>Crossed <b>tags</title></b><p></item>"),
        bad("ampersands", item("Fish & chips &; &x &nbsp;&amp;eacute;", "a < b & c")),
        bad("named-entities", item("Caf&eacute;&nbsp;&hearts; named", "x"), bad="Café"),
        bad("references-bad", item("Odd &#xD800;&#0;&#27;&#x9b;&#xFFFF;&#99999999999;&#x; x", "y")),
        bad("undeclared-prefix", item("<foo:b>Undeclared</foo:b>", "<bar:c d:e='f'>x</bar:c>")),
        bad("attributes-twice", "<item a='1' a='2' a='3'><title>Twice</title></item>"),
        bad("nul-in-title", item("Nul \x00 here", "x")),
        bad("end-of-cdata", item("<![CDATA[a]]>]]><![CDATA[b]]>", "x")),
        bad("comment-in-comment", item("<!-- a <!-- b -- c --> Comment", "x")),
        bad("instructions", "<?php system('x') ?>" * 500 + item("PI", "<?x?>")),
        bad("empty-item", "<item></item><item/><item>  </item>"),
        bad("item-in-item", "<item><title>Outer</title>" + item("Inner", "x") + "</item>"),
        bad("script-address", _addresses("script-address")),
        bad("huge-fields", item("T" * 400_000, "D " * 400_000) + entry("huge", "G" * 9_000, 1)),
        bad("one-long-word", item("Word", "w" * 900_000)),
        bad("combining-marks", item("Z" + "\u0301" * 50_000, "q" + "\u0316\u0301" * 50_000)),
        bad("ligatures", item("\ufdfa" * 20_000, "\ufdfa" * 20_000)),
        cut("cut-in-title", "<item><title>Cut in the ti"),
        cut("cut-in-tag", "<item><title>Cut</title><enclosure url='https://x"),
        cut("cut-in-cdata", "<item><title><![CDATA[Cut in here"),
        cut("cut-in-comment", "<!-- a comment that never ends <item>"),
        cut("cut-in-reference", "<item><title>Cut &#x2"),
        Case("no-root.xml", always(XML), named=True),
        Case("only-a-mark.xml", always(b"\xef\xbb\xbf"), named=True),
        Case("only-spaces.xml", always(" \n\t\n" * 50), named=True),
        Case("nothing.xml", always(b""), named=True),
        Case("endless-subset.xml", always(f"{XML}<!DOCTYPE rss [ " + "<!-- " * 5_000), named=True),
        _case("two-roots", rss("two-roots") + "<rss><channel></channel></rss>"),
        _case("text-in-front", "\n\nWarning: mysql_connect() failed\n" + rss("text-in-front")),
        _case("version-1.1", rss("version-1.1", head='<?xml version="1.1"?>\n')),
        _case("spaces-in-front", "\n \n" + rss("spaces-in-front"), bad=""),
        _case("standalone", rss("standalone", head="<?xml version='9' standalone='maybe'?>\n")),
        _case("login-in-feed", rss("login-in-feed", "<html><body>Log in</body></html>")),
    )


def _addresses(name: str) -> str:
    places = (
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "//evil.example/x",
        "http://[::1",
        "http://user:pass@host.example/",
        "../../../../etc/passwd",
        "https://x.example/" + "a" * 20_000,
        "ht\ntp://broken.example",
        "-oProxyCommand=x",
        "http://xn--\udcff.example".encode("ascii", "replace").decode(),
        "https://x.example:99999/",
    )
    return "".join(
        f"<item><title>Address {number} of {name}</title><link>{place}</link>"
        f"<guid>{place}</guid><enclosure url='{place}' type='x'/><comments>{place}</comments>"
        f"<description>{prose(name, number)} &lt;a href='{place}'&gt;x&lt;/a&gt;"
        "</description></item>"
        for number, place in enumerate(places)
    )


def _nested(name: str, depth: int, **more: Any) -> Case:
    def make() -> bytes:
        deep = "<a>" * depth + "deep" + "</a>" * depth
        return rss(
            name, f"<item><title>Deep</title><description>{deep}</description></item>"
        ).encode()

    return Case(f"{name}.xml", make, titles=(before(name),), **more)


def _never_closed(name: str, depth: int) -> Case:
    whole = rss(name).replace("</channel></rss>", "<a>" * depth)
    return Case(f"{name}.xml", always(whole), titles=around(name))


def _xhtml(name: str, depth: int) -> Case:
    deep = (
        "<div xmlns='http://www.w3.org/1999/xhtml'>" + "<div>" * depth + "deep" + "</div>" * depth
    )
    bad = (
        f"<entry><title>Deep</title><id>d</id><content type='xhtml'>{deep}</div></content></entry>"
    )
    return _case(name, atom(name, bad))


def _escaped(name: str, depth: int) -> Case:
    deep = "&lt;div&gt;" * depth + "deep" + "&lt;/div&gt;" * depth
    return _case(name, rss(name, entry(name, f"Deep {name}", 1).replace(prose(name, 1), deep)))


def _many(name: str, number: int, **more: Any) -> Case:
    """Entries by the thousand, the newest at the end."""

    def make() -> bytes:
        items = "".join(
            f"<item><title>Boat {n} of {name}</title><link>{link(name, n)}</link>"
            f"<pubDate>{1 + n * 27 // number:02} Jul 2023 06:00:00 GMT</pubDate></item>"
            for n in range(number)
        )
        return rss(name, items).encode()

    return Case(f"{name}.xml", make, titles=around(name), **more)


def _attributes(name: str, number: int) -> Case:
    many = " ".join(f"a{n}='{n}'" for n in range(number))
    return _case(name, rss(name, f"<item {many}><title>Many {name}</title></item>"), bad="Many")


def _namespaces(name: str, number: int) -> Case:
    many = " ".join(f"xmlns:n{n}='urn:{n}'" for n in range(number))
    return _case(name, rss(name, f"<item {many}><title>Many {name}</title></item>"))


def _large(name: str, make: Callable[[], bytes], **more: Any) -> Case:
    return Case(f"{name}.xml", make, named=True, alone=True, **more)


def _long_line() -> bytes:
    deep = entry("long-line", "Long", 1).replace(prose("long-line", 1), "word " * 10_000_000)
    return rss("long-line", deep).encode()


def _sizes() -> tuple[Case, ...]:
    return (
        _nested("nested-2000", 2_000),
        _nested("nested-100000", 100_000),
        _nested("nested-1000000", 1_000_000, alone=True, slow=True),
        _never_closed("never-closed", 100_000),
        _xhtml("xhtml-nested", 50_000),
        _escaped("escaped-nested", 50_000),
        _many("entries-3000", 3_000, alone=True),
        _many("entries-200000", 200_000, alone=True, slow=True),
        _attributes("attributes-2000", 2_000),
        _attributes("attributes-8000", 8_000),
        _namespaces("namespaces-5000", 5_000),
        _large("long-line", _long_line, slow=True),
        _case("long-names", rss("long-names", f"<{'n' * 60_000} {'a' * 60_000}='x'/>")),
        _case("many-categories", rss("many-categories", _categories("many-categories"))),
    )


def _categories(name: str) -> str:
    many = "".join(f"<category>c{n}</category><dc:creator>p{n}</dc:creator>" for n in range(5_000))
    return entry(name, f"Many {name}", 1, many)


DATES = (
    "Mon, 01 Jan 0001 00:00:00 GMT",
    "Thu, 32 Feb 2023 25:61:61 GMT",
    "2023-02-30T00:00:00Z",
    "0000-00-00T00:00:00Z",
    "-2023-01-01",
    "99999-12-31",
    "9999-12-31T23:59:59Z",
    "1690106400",
    "1e308",
    "NaN",
    "2023-W29-7",
    "now",
    "Tue, 08 Aug 2023 06:00:00 +9999",
    "Tue, 08 Aug 2023 06:00:00 " + "Z" * 5_000,
    "1" * 5_000,
    "Tue, 08 Aug " + "2" * 4_000 + " 06:00:00",
    "２０２３-０８-０８",
    "2023-08-08T06:00:00." + "9" * 3_000 + "Z",
    "\x1b[2J",
    "",
)


def _dates(name: str) -> Case:
    items = "".join(
        entry(name, f"Date {number:02} of {name}", number).replace(
            "Tue, 08 Aug 2023 06:00:00 GMT", date
        )
        for number, date in enumerate(DATES)
    )
    titles = tuple(f"Date {number:02} of {name}" for number in range(len(DATES)))
    return Case(f"{name}.xml", always(rss(name, items)), titles=(*around(name), *titles))


def _guids() -> tuple[Case, ...]:
    def item(name: str, number: int, guid: str, *, linked: bool = True) -> str:
        place = f"<link>{link(name, number)}</link>" if linked else ""
        return (
            f"<item><title>Guid {number} of {name}</title>{place}{guid}"
            f"<description>{prose(name, number)}</description></item>"
        )

    def case(name: str, *guids: str, linked: bool = True) -> Case:
        items = "".join(item(name, n, guid, linked=linked) for n, guid in enumerate(guids))
        titles = tuple(f"Guid {n} of {name}" for n in range(len(guids)))
        return Case(f"{name}.xml", always(rss(name, items)), titles=(*around(name), *titles))

    same, path = "<guid>same</guid>", "<guid isPermaLink='true'>../../../etc/passwd</guid>"
    return (
        case("guids-alike", same, same, same),
        case("guids-alike-without-links", same, same, same, linked=False),
        case("guids-missing", "", "", ""),
        case("guids-missing-without-links", "", "", "", linked=False),
        case("guids-empty", "<guid/>", "<guid> </guid>", "<guid><![CDATA[]]></guid>"),
        case("guids-huge", f"<guid>{'g' * 500_000}1</guid>", f"<guid>{'g' * 500_000}2</guid>"),
        case("guids-as-paths", path, "<guid>/dev/null</guid>", "<guid>C:\\con</guid>"),
        case("guids-of-numbers", "<guid>0</guid>", "<guid>-1</guid>", "<guid>1e999</guid>"),
    )


def _encoded() -> tuple[Case, ...]:
    def content(name: str, kind: str, text: str) -> Case:
        bad = (
            f"<entry><title type='{kind}'>Kind {name}</title><id>{name}-x</id>"
            f"<content type='{kind}'>{text}</content></entry>"
        )
        return _case(name, atom(name, bad))

    packed = base64.b64encode(b"\x1b[2J\x00" * 2_000).decode()
    return (
        content("content-base64", "application/octet-stream", packed),
        content("content-of-xml", "text/xml", "<a><b>" * 300),
        content("content-of-unknown", "x" * 5_000, "<![CDATA[<p>x]]>"),
        content("content-markup", "html", "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img onerror=x"),
    )


def _json_feeds() -> tuple[Case, ...]:
    def case(name: str, *bad: str) -> Case:
        return _case(name, json_feed(name, *bad), suffix="json")

    def cut(name: str) -> Case:
        text = json_feed(name)
        return Case(f"{name}.json", always(text[: len(text) * 2 // 3]), named=True)

    odd = '{"id": [1], "url": {"a": 1}, "title": 5, "content_html": [], "tags": "x", '
    return (
        case("jf-types", odd + '"authors": {"name": 1}, "attachments": [1, null]}'),
        case("jf-not-objects", "null", "5", '"x"', "[]", "[[]]", "true"),
        case("jf-numbers", '{"id": 1e999, "title": "N", "date_published": NaN}'),
        case("jf-long-number", '{"id": %s, "title": "L"}' % ("9" * 5_000)),
        case("jf-deep-inside", '{"id": "d", "x": ' + "[" * 900 + "]" * 900 + "}"),
        case("jf-keys-twice", '{"id": "a", "id": "b", "title": "A", "title": "B"}'),
        Case(
            "jf-deep.json",
            always('{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 100_000),
            named=True,
        ),
        Case(
            "jf-items-object.json",
            always(
                '{"version": "https://jsonfeed.org/version/1", "title": "x", "items": {"a": 1}}'
            ),
        ),
        cut("jf-cut"),
    )


def _later(name: str) -> Case:
    """JSON with a mark in front."""
    text = "\ufeff" + json_feed(name, str(json_entry(name, "x", "y")).replace("'", '"'))
    return _case(name, text, suffix="json")


CASES: tuple[Case, ...] = (
    *_bombs(),
    *_elsewhere(),
    *_broken(),
    *_sizes(),
    _dates("impossible-dates"),
    *_guids(),
    *_encoded(),
    *_json_feeds(),
    _later("jf-mark"),
)
