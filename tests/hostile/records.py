"""Hostile data sets: records a line, arrays, tables, and the exports of other readers."""

from __future__ import annotations

import json
from typing import Any

from tests.hostile.attacks import TERMINAL
from tests.hostile.cases import Case, always, around, lines, link, prose, record


def _lines(name: str, *bad: str, **more: Any) -> Case:
    return Case(
        f"{name}.jsonl",
        always(lines(name, *bad)),
        titles=around(name),
        **more,
    )


def _bytes(name: str, bad: bytes, **more: Any) -> Case:
    data = lines(name, "BAD").encode().replace(b"BAD", bad)
    return Case(f"{name}.jsonl", always(data), titles=around(name), **more)


_WRONG = (
    {"title": 5, "text": ["a"]},
    {"title": None, "text": None},
    {"title": {"a": 1}},
    {"title": "T", "text": "x", "authors": {"a": [1]}},
    {"title": "T", "text": "x", "published": [2023]},
    {"title": "T", "text": "x", "tags": [[["a"]]], "url": 7, "id": {}},
    {"title": "T", "text": "x", "lang": True, "source": [[]]},
)


def _record_cases() -> tuple[Case, ...]:
    odd = '{"title": "Odd %s", "text": "x", "published": %s}'.__mod__
    return (
        _lines("jl-types", *(json.dumps(one) for one in _WRONG), named=True),
        _lines("jl-not-objects", "null", "5", '"x"', "[1]", "[]", "true", named=True),
        _lines("jl-nan", odd(("a", "NaN")), odd(("b", "Infinity")), odd(("c", "-1e999"))),
        _lines("jl-long-number", odd(("d", "9" * 5_000)), odd(("e", "-" + "1" * 400))),
        _lines(
            "jl-times", *(odd((n, t)) for n, t in enumerate(("1e18", "-1e15", "0.1", "1e-300")))
        ),
        _lines("jl-deep-array", "[" * 100_000, named=True),
        _lines("jl-deep-object", '{"a":' * 100_000 + "1" + "}" * 100_000, named=True),
        _lines("jl-broken", "{", "{'a': 1}", '{"title": "x"', "}{", "{}{}", named=True),
        _lines("jl-keys", json.dumps({f"key {n}": n for n in range(20_000)} | {"title": "Keys"})),
        _lines("jl-keys-twice", '{"title": "One", "title": "Two", "text": "x", "text": "y"}'),
        _lines("jl-long-line", json.dumps({"title": "Long", "text": "word " * 1_000_000})),
        _lines("jl-tags", json.dumps({"title": "Tags", "text": "x", "tags": ["t" * 900] * 9_000})),
        _lines("jl-authors", json.dumps({"title": "A", "text": "x", "authors": ["n"] * 50_000})),
        _lines("jl-surrogates", '{"title": "\\ud800", "text": "\\udc00 \\ud83d x"}'),
        _lines("jl-escapes", json.dumps({"title": TERMINAL, "text": TERMINAL, "tags": [TERMINAL]})),
        _bytes("jl-nul", b'{"title": "a\x00b", "text": "x\\u0000y"}'),
        _bytes("jl-latin", '{"title": "café", "text": "naïve"}'.encode("latin-1")),
        _bytes("jl-bad-bytes", b'{"title": "\xff\xfe\xed\xa0\x80", "text": "x"}'),
        Case(
            "jl-line-ends.jsonl",
            always(lines("jl-line-ends").replace("\n", "\r\n")),
            titles=around("jl-line-ends"),
        ),
        Case(
            "jl-utf-16.jsonl",
            always(lines("jl-utf-16").encode("utf-16")),
            titles=around("jl-utf-16"),
        ),
        Case(
            "jl-mark.jsonl",
            always(b"\xef\xbb\xbf" + lines("jl-mark").encode()),
            titles=around("jl-mark"),
        ),
        Case(
            "jl-cut.jsonl",
            always(lines("jl-cut", "X").partition("X")[0] + '{"title": "cu'),
            titles=around("jl-cut")[:1],
            named=True,
        ),
        Case(
            "jl-endless.jsonl",
            lambda: b'{"title": "' + b"x" * 50_000_000,
            named=True,
            alone=True,
            slow=True,
        ),
    )


def _array_cases() -> tuple[Case, ...]:
    def array(name: str, *bad: str, **more: Any) -> Case:
        one, two = (json.dumps(record(name, title, title[10:15])) for title in around(name))
        text = "[" + ",\n".join((one, *bad, two)) + "]"
        return Case(f"{name}.json", always(text), titles=around(name), **more)

    return (
        array("array-types", *(json.dumps(one) for one in _WRONG)),
        array("array-not-objects", "null", "5", "[]", '"x"'),
        array(
            "array-numbers",
            '{"title": "N", "text": "x", "published": NaN, "id": %s}' % ("7" * 5_000),
        ),
        Case("array-deep.json", always("[" * 100_000 + "]" * 100_000), named=True),
        Case(
            "array-deep-record.json", always('[{"title": "x", "text": ' + "[" * 60_000), named=True
        ),
        Case("array-cut.json", always('[{"title": "Cut", "text": "x"}, {"ti'), named=True),
        Case("array-empty.json", always("[]")),
        Case("object-empty.json", always("{}"), named=True),
        Case("array-of-numbers.json", always("[" + "1," * 50_000 + "1]"), named=True),
    )


_HEAD = "title,text,url,published,source\n"


def _rows(name: str, *bad: str) -> str:
    one, two = (
        f'"{title}","{prose(name, title)}",{link(name, n)},2023-08-08,Tides\n'
        for n, title in enumerate(around(name))
    )
    return "".join((_HEAD, one, *bad, two))


def _table(name: str, *bad: str, **more: Any) -> Case:
    return Case(f"{name}.csv", always(_rows(name, *bad)), titles=around(name), **more)


def _table_cases() -> tuple[Case, ...]:
    wide = "title,text," + ",".join(f"c{n}" for n in range(998)) + "\n"
    wide_rows = "".join(
        f'"{title}","{prose("wide", title)}"' + "," * 998 + "\n" for title in around("wide")
    )
    return (
        Case("wide.csv", always(wide + wide_rows), titles=around("wide")),
        _table("ragged", "a\n", "a,b,c,d,e,f,g,h,i\n", ",,,,\n", "\n\n", '""\n'),
        _table("formulas", '"=cmd|calc!A0","@SUM(1+1)","-2+3","+1","=1"\n'),
        _table("large-field", f'Large,"{"word " * 200_000}",u,2023-08-08,s\n'),
        _table("table-nul", "Nul \x00 title,te\x00xt,u,2023-08-08,s\n"),
        _table(
            "table-dates",
            *(
                f'D{n},text {n},u{n},"{date}",s\n'
                for n, date in enumerate(
                    ("1e400", "NaN", "9" * 4_000, "0001-01-01", "99999-01-01", "13/13/2023", "-5")
                )
            ),
        ),
        _table("many-columns-in-a-row", "T,x" + ",y" * 60_000 + "\n"),
        Case(
            "quote-open.csv",
            always(_rows("quote-open") + '"never closed,x\n' + "a,b\n" * 20_000),
            titles=around("quote-open"),
            named=True,
        ),
        Case(
            "huge-field.csv",
            lambda: (_rows("huge-field") + f'H,"{"w" * 20_000_000}"\n').encode(),
            titles=around("huge-field"),
            named=True,
            alone=True,
            slow=True,
        ),
        Case("head-only.csv", always(_HEAD)),
        Case(
            "table-mark.csv",
            always(b"\xef\xbb\xbf" + _rows("table-mark").encode()),
            titles=around("table-mark"),
        ),
        Case(
            "table-utf-16.csv",
            always(_rows("table-utf-16").encode("utf-16")),
            titles=around("table-utf-16"),
        ),
        Case(
            "table-latin.csv",
            always(_rows("table-latin", "Café,ô,u,,s\n").encode("latin-1")),
            titles=around("table-latin"),
        ),
        Case(
            "table-head-twice.csv",
            always(_rows("table-head-twice").replace("url", "title,title,text", 1)),
            file_format="csv",
            alone=True,
        ),
    )


def _exports() -> tuple[Case, ...]:
    pocket = "title,url,time_added,tags,status\n" + "".join(
        f"{title},{link('pocket', n)},1691474400,a|b,unread\n"
        for n, title in enumerate(around("pocket"))
    )
    instapaper = "URL,Title,Selection,Folder,Timestamp,Tags\n" + "".join(
        f'{link("instapaper", n)},{title},,Unread,1691474400,"[""a""]"\n'
        for n, title in enumerate(around("instapaper"))
    )
    odd = (
        "X1,javascript:alert(1),99999999999999999999,a|b,unread\n"
        "X2,file:///etc/passwd,-5,|||,archive\nX3,,NaN,,\n,,,,\nX4,data:text/html;x,1e400,"
        + "t|" * 5_000
        + ",odd\n"
    )
    odd_instapaper = (
        'javascript:alert(1),Y1,sel,Archive,NaN,"[[[["\n'
        "file:///etc/passwd,Y2,,../../x,99999999999999,\n,,,,,\n"
    )
    return (
        Case(
            "pocket.csv",
            always(pocket + odd),
            titles=around("pocket"),
            never=("javascript:", "file:///etc"),
        ),
        Case(
            "instapaper.csv",
            always(instapaper + odd_instapaper),
            titles=around("instapaper"),
            never=("javascript:",),
        ),
        _wallabag(
            "wallabag-types", {"id": [], "title": 5, "url": None, "content": {}, "tags": "x"}
        ),
        _wallabag(
            "wallabag-odd",
            {
                "title": "W",
                "url": "javascript:x",
                "is_archived": "maybe",
                "created_at": "9" * 400,
                "tags": [{"label": 3}],
                "content": "<p>" * 9_000,
            },
        ),
    )


def _wallabag(name: str, bad: dict[str, object]) -> Case:
    good = [
        {
            "id": n,
            "title": title,
            "url": link(name, n),
            "is_archived": 0,
            "is_starred": 0,
            "created_at": "2023-08-08T06:00:00+0200",
            "updated_at": "2023-08-08T06:00:00+0200",
            "content": f"<p>{prose(name, n)}</p>",
            "tags": ["a"],
            "domain_name": "news.example",
            "language": "en",
        }
        for n, title in enumerate(around(name))
    ]
    text = json.dumps([good[0], bad, good[1]])
    return Case(f"{name}.json", always(text), titles=around(name), never=("javascript:",))


CASES: tuple[Case, ...] = (
    *_record_cases(),
    *_array_cases(),
    *_table_cases(),
    *_exports(),
)
