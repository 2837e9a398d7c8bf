"""Feeds and files whose bytes are not what they say they are."""

from __future__ import annotations

from tests.hostile.cases import Case, after, always, before, entry, rss

SMART = "“Ætsj” – naïve café… 5 € "
"""Of Windows-1252; the quotes, the dash and the euro are C1 controls in Latin-1."""

WIDE = "Ångström Zürich Łódź Москва 東京 "


def _titled(name: str, title: str, encoding: str, declared: str | None) -> bytes:
    head = (
        '<?xml version="1.0"?>'
        if declared is None
        else f'<?xml version="1.0" encoding="{declared}"?>'
    )
    return rss(name, entry(name, f"{title}{name}", "odd"), head=head).encode(encoding)


def _case(name: str, title: str, encoding: str, declared: str | None) -> Case:
    return Case(
        f"{name}.xml",
        always(_titled(name, title, encoding, declared)),
        titles=(before(name), f"{title}{name}", after(name)),
    )


def _declared() -> tuple[Case, ...]:
    narrow = ("utf-8", "iso-8859-1", "us-ascii", "windows-1252", "x-nonsense", "", None, "utf-7")
    cases = [
        _case(
            f"cp1252-as-{says or ('nothing' if says is None else 'empty')}", SMART, "cp1252", says
        )
        for says in narrow
    ]
    wide = ("iso-8859-1", "us-ascii", "windows-1252", "koi8-r", "utf-16", "utf-7", "big5", "cp037")
    cases += [_case(f"utf-8-as-{says}", WIDE, "utf-8", says) for says in wide]
    cases += [
        _case(f"utf-8-as-{codec}", WIDE, "utf-8", codec)
        for codec in ("rot13", "idna", "punycode", "unicode_escape", "zlib", "hex", "undefined")
    ]
    return (
        *cases,
        _case("utf-16-with-mark", WIDE, "utf-16", "utf-16"),
        _case("utf-16-little", WIDE, "utf-16-le", "utf-16"),
        _case("utf-16-big", WIDE, "utf-16-be", "utf-16"),
        _case("utf-16-as-utf-8", WIDE, "utf-16", "utf-8"),
        _case("utf-32-with-mark", WIDE, "utf-32", "utf-32"),
        _case("koi8-r", "Москва ", "koi8-r", "koi8-r"),
        _case("shift-jis", "東京 ", "shift_jis", "Shift_JIS"),
    )


def _mixed(name: str) -> Case:
    """One byte that is none of UTF-8 does not change how the others are read."""
    data = _titled(name, WIDE + "XX ", "utf-8", "utf-8").replace(b"XX", b"\x93X\xff")
    return Case(
        f"{name}.xml", always(data), titles=(before(name), after(name)), starts=(WIDE[:-1],)
    )


def _mark_of_another(name: str) -> Case:
    data = b"\xef\xbb\xbf" + _titled(name, WIDE, "utf-8", "utf-16")
    return Case(f"{name}.xml", always(data), titles=(before(name), f"{WIDE}{name}", after(name)))


def _seven_bit(name: str) -> Case:
    """A tag written in UTF-7 is text."""
    bad = entry(name, f"Seven {name} +ADw-script+AD4-alert(1)+ADw-/script+AD4-", "odd")
    data = rss(name, bad, head='<?xml version="1.0" encoding="utf-7"?>').encode()
    return Case(f"{name}.xml", always(data), starts=(f"Seven {name}",), never=("<script>alert(1)",))


def _surrogate_bytes(name: str) -> Case:
    bad = entry(name, f"Halves {name} XX", "odd")
    data = rss(name, bad).encode().replace(b"XX", b"\xed\xa0\xbd \xed\xb8\x80 \xc0\xaf \xf5\x80")
    return Case(
        f"{name}.xml", always(data), titles=(before(name), after(name)), starts=(f"Halves {name}",)
    )


def _cut_in_a_character(name: str) -> Case:
    data = rss(name).encode() + "<!-- 東".encode()[:-1]
    return Case(f"{name}.xml", always(data), titles=(before(name), after(name)))


CASES: tuple[Case, ...] = (
    *_declared(),
    _mixed("one-bad-byte"),
    _mark_of_another("mark-of-another"),
    _seven_bit("seven-bit"),
    _surrogate_bytes("surrogate-bytes"),
    _cut_in_a_character("cut-in-a-character"),
)
