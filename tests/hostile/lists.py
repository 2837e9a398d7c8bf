"""Hostile lists: subscriptions, bookmarks, what other readers keep beside their articles."""

from __future__ import annotations

from typing import Any

from tests.hostile.attacks import TERMINAL
from tests.hostile.cases import (
    CANARY_FILE,
    CANARY_URL,
    CANARY_WORDS,
    XML,
    Case,
    always,
    around,
    good_feeds,
    link,
    opml,
    outline,
)


def _case(name: str, *bad: str, head: str = XML, **more: Any) -> Case:
    return Case(
        f"{name}.opml",
        always(opml(name, *bad, head=head)),
        feeds=good_feeds(name),
        **more,
    )


def _nested(depth: int) -> str:
    return "<outline text='f'>" * depth + "</outline>" * depth


def _many(name: str, number: int) -> bytes:
    return opml(name, "".join(outline(link(name, n), f"Feed {n}") for n in range(number))).encode()


_PLACES = (
    "javascript:alert(1)",
    "file:///etc/passwd",
    f"file://{CANARY_FILE}",
    "data:text/xml,<rss/>",
    "ftp://f.example/x",
    "gopher://g.example/",
    "exec:touch /tmp/outside",
    "../../etc/passwd",
    "http://",
    "https://[::1",
    "",
    "https://x.example/" + "a" * 50_000,
    "https://x.example:999999/",
    "https://x.example/\r\nHost: evil",
)


def _opml_cases() -> tuple[Case, ...]:
    laughs = '<!ENTITY l0 "ha">' + "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)
    )
    whole = opml("opml-cut")
    odd_folders = ("../../x", "/etc", "a/b/c", "..", "CON", "", " ", "x" * 9_000, "[red]x[/]")
    return (
        _case(
            "opml-places",
            *(outline(place, f"Place {n}") for n, place in enumerate(_PLACES)),
            never=("javascript:", "file:///etc", "exec:", CANARY_WORDS),
        ),
        _case(
            "opml-folders",
            *(
                f"<outline text='{folder}'>{outline(f'https://f{n}.example/', folder)}</outline>"
                for n, folder in enumerate(odd_folders)
            ),
        ),
        _case(
            "opml-categories", outline("https://cat.example/f", "C", " category='/../../x,,/a//b'")
        ),
        _case(
            "opml-secrets",
            outline("https://reader:hunter2secret@sec.example/f", "S"),
            outline("https://tok.example/f?token=hunter2secret", "T"),
            never=("hunter2secret",),
        ),
        _case("opml-twice", *(outline("https://twice.example/f", f"T{n}") for n in range(50))),
        _case("opml-nested-1000", _nested(1_000)),
        _case("opml-nested-10000", _nested(10_000)),
        _case(
            "opml-attributes", f"<outline {' '.join(f'a{n}=1' for n in range(9_000))} text='x'/>"
        ),
        _case(
            "opml-laughs",
            outline("https://l.example/f", "x").replace('"x"', '"&l9;"'),
            head=f"{XML}<!DOCTYPE opml [{laughs}]>",
            never=("hahahaha",),
        ),
        _case(
            "opml-entity",
            outline("https://e.example/f", "x").replace('"x"', '"&e;"'),
            head=f'{XML}<!DOCTYPE opml [<!ENTITY e SYSTEM "file://{CANARY_FILE}">'
            f'<!ENTITY % p SYSTEM "{CANARY_URL}"> %p;]>',
            never=(CANARY_WORDS,),
        ),
        _case(
            "opml-broken", "<outline text='a' & b xmlUrl=https://u.example/f>", "<outline", "</p>"
        ),
        _case(
            "opml-secret-title",
            outline(
                "https://s.example/feed?token=f00dcafe77", "https://s.example/feed?token=f00dcafe77"
            ),
            outline(
                "https://s.example/b",
                "https://reader:hunter3secret@s.example/b",
                " htmlUrl='https://reader:hunter3secret@s.example/?access_token=f00dcafe77'",
            ),
            never=("f00dcafe77", "hunter3secret"),
        ),
        _case("opml-own-list", outline(f"{CANARY_URL}list", "i").replace('"rss"', '"include"')),
        Case(
            "opml-cut.opml",
            always(whole[: whole.index("Two of") - 20]),
            feeds=good_feeds("opml-cut")[:1],
        ),
        Case("opml-no-body.opml", always(f"{XML}<opml version='2.0'><head/></opml>")),
        Case(
            "opml-latin.opml",
            always(opml("opml-latin", outline("https://lat.example/f", "Café")).encode("cp1252")),
            feeds=good_feeds("opml-latin"),
        ),
        Case(
            "opml-many.opml",
            lambda: _many("opml-many", 3_000),
            feeds=good_feeds("opml-many"),
            alone=True,
        ),
        Case("opml-very-many.opml", lambda: _many("opml-very-many", 50_000), alone=True, slow=True),
    )


def _bookmarks(name: str, *bad: str) -> Case:
    one, two = (
        f'<DT><A HREF="{link(name, n)}" ADD_DATE="1691474400">{title}</A>\n'
        for n, title in enumerate(around(name))
    )
    head = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<H1>Menu</H1>\n<DL><p>\n"
    return Case(
        f"{name}.html",
        always("".join((head, one, *bad, two, "</DL><p>\n"))),
        titles=around(name),
        never=("javascript:", "file:///etc"),
    )


def _bookmark_cases() -> tuple[Case, ...]:
    def mark(place: str, date: str = "1691474400", title: str = "M") -> str:
        return f'<DT><A HREF="{place}" ADD_DATE="{date}" ICON="{"A" * 400}">{title}</A>\n'

    deep = "<DT><H3>F</H3>\n<DL><p>\n"
    return (
        _bookmarks(
            "marks-places",
            *(mark(place.replace('"', "")) for place in _PLACES if "\n" not in place),
        ),
        _bookmarks(
            "marks-dates",
            *(
                mark(f"https://d.example/{n}", date)
                for n, date in enumerate(
                    ("1e18", "-1", "NaN", "9" * 5_000, "", "1691474400000000", "0x7f")
                )
            ),
        ),
        _bookmarks("marks-nested", deep * 5_000 + "</DL><p>\n" * 5_000),
        _bookmarks("marks-open", "<DT><A HREF=https://o.example/ <DT><H3>", "<DL><p>" * 200),
        _bookmarks(
            "marks-titles",
            mark("https://t.example/", title="T" * 300_000),
            mark("https://u.example/", title=""),
            mark("https://v.example/", title=TERMINAL),
        ),
    )


def _newsboat() -> tuple[Case, ...]:
    one, two = good_feeds("boat-lines")
    text = (
        f'# a comment\n{one} "~One of the lines" news\n'
        'exec:"touch outside" tag\nfilter:rm -rf x:https://f.example/\n'
        'query:Evil:title =~ "x"\n"never closed\nhttps://q.example/ "open quote\n'
        f'file://{CANARY_FILE}\njavascript:alert(1)\nhttps://s.example/ "~{TERMINAL}" "a/../b" !\n'
        f'{"x" * 90_000}\nhttps://long.example/{"y" * 90_000}\n{two} "tag two" !\n'
    )
    return (
        Case(
            "boat-lines.urls",
            always(text),
            feeds=(one, two),
            file_format="newsboat",
            alone=True,
            never=(CANARY_WORDS, "javascript:", "touch outside"),
        ),
    )


def _tag_dump() -> Case:
    text = (
        "#notmuch-dump batch-tag:3 tags\n+a -- id:nobody@x.example\n-- id:a\n"
         "+" + "a" * 90_000 + " -- id:a\n" + "+a " * 9_000 + "-- id:b\n" + "-- " * 9_000 + "\n"
        + f'+%1b]52;c;x%07 +%zz +%00 -- id:"{TERMINAL}"\n+x -- id:"' + '"' * 9_000 + "\n"
    )  # fmt: skip
    return Case("tag-dump.tags", always(text), alone=True)


def _pocket_page() -> Case:
    name = "pocket-page"
    items = "".join(
        f'<li><a href="{link(name, n)}" time_added="1691474400" tags="a,b">{title}</a></li>\n'
        for n, title in enumerate(around(name))
    )
    bad = (
        '<li><a href="javascript:x" time_added="1e999" tags="'
        + "t," * 9_000
        + '">X</a></li>\n<li><a>'
    )
    return Case(
        f"{name}.html",
        always(
            "<!DOCTYPE html><html><head><meta charset='UTF-8'><title>Pocket Export</title></head>"
            f"<body><h1>Unread</h1><ul>{items}{bad}</ul><h1>Read Archive</h1><ul></ul></body>"
        ),
        titles=around(name),
        never=("javascript:",),
    )


CASES: tuple[Case, ...] = (
    *_opml_cases(),
    *_bookmark_cases(),
    *_newsboat(),
    _tag_dump(),
    _pocket_page(),
)
