"""Hostile mail folders and single mails."""

from __future__ import annotations

import base64
from typing import Any

from tests.hostile.cases import Case, always, around, before, letter, mbox, prose

_CODECS = (
    "x-unknown",
    "utf-7",
    "idna",
    "punycode",
    "unicode_escape",
    "rot13",
    "zlib",
    "hex",
    "\x1b[2J",
    "",
)


def _case(name: str, *bad: str, **more: Any) -> Case:
    return Case(
        f"{name}.mbox",
        always(mbox(name, *bad).encode("utf-8", "surrogateescape")),
        titles=around(name),
        **more,
    )


def _codecs(name: str) -> Case:
    """Mails that name character sets that there are not, or that must not be used."""
    bad = [
        letter(
            name,
            f"Codec {number} of {name}",
            number,
            base64.encodebytes(prose(name, number).encode()).decode(),
            f'Content-Type: text/plain; charset="{codec}"\nContent-Transfer-Encoding: base64\n',
        )
        for number, codec in enumerate(_CODECS)
    ]
    return _case(name, *bad, starts=tuple(f"Codec {number}" for number in range(len(_CODECS))))


def _codecs_and_bytes(name: str) -> Case:
    """Character sets whose codecs raise something else than that they cannot decode."""
    bad = [
        letter(
            name,
            f"Bytes {number} of {name}",
            number,
            "=F3=9B=ED=A0=80 caf=E9 =00 xn--=C3=A9.=80",
            f'Content-Type: text/plain; charset="{codec}"\n'
            "Content-Transfer-Encoding: quoted-printable\n",
        )
        for number, codec in enumerate((*_CODECS, "a\x00b", "utf-16", "cp037", "u" * 5_000))
    ]
    bad += [
        letter(
            name,
            f"Bytes raw {number} of {name}",
            f"raw-{number}",
            f"{prose(name, number)} \udcf3\udc9b\udced\udca0 caf\udce9 xn--\udcc3",
            f'Content-Type: text/plain; charset="{codec}"\n',
        )
        for number, codec in enumerate((*_CODECS, "a\x00b", "utf-16", "cp037"))
    ]
    return _case(name, *bad, starts=("Bytes 1", "Bytes raw 1"))


def _words(name: str) -> Case:
    words = (
        "=?x-unknown?B?AAAA?=",
        "=?utf-8?B?!!!!?=",
        "=?utf-8?Q?=ZZ=1B[2J?=",
        "=?utf-8?X?abc?=",
        "=?utf-8?B?" + "QQ" * 40_000 + "?=",
        "=?rot13?Q?uryyb?=",
        "=?utf-7?Q?+ADw-script+AD4-?=",
        "=?utf-8?B?" * 3_000,
        "=?utf-16?B?2AA=?=",
    )
    bad = [letter(name, f"Word {n} {word}", n) for n, word in enumerate(words)]
    return _case(name, *bad, starts=tuple(f"Word {n}" for n in range(len(words))))


def _dates(name: str) -> Case:
    dates = (
        "Tue, 99 Foo 2023 99:99:99 +9999",
        "",
        "Mon, 01 Jan 0001 00:00:00 +0000",
        "1" * 5_000,
        "Tue, 08 Aug 99999 06:00:00 +0000",
        "Tue, 08 Aug 2023 06:00:00 -2400",
        "now",
        "\x1b[2J",
    )
    bad = [
        letter(name, f"Date {n} of {name}", n).replace("Tue, 08 Aug 2023 06:00:00 +0000", date)
        for n, date in enumerate(dates)
    ]
    return _case(name, *bad, starts=tuple(f"Date {n}" for n in range(len(dates))))


def _nested(depth: int) -> str:
    parts = "".join(
        f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(depth)
    )
    return parts + f"--b{depth}\nContent-Type: text/plain\n\nDeep inside.\n"


def _messages(depth: int) -> str:
    return "Content-Type: message/rfc822\n\n" * depth + "Subject: innermost\n\nDeep inside.\n"


def _parts(name: str) -> Case:
    mixed = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n"
    attached = (
        "--b\nContent-Type: text/plain\n\nThe letter.\n--b\nContent-Type: text/html; "
        'name="../../outside.html"\nContent-Disposition: attachment; '
        'filename="../../../outside.html"\n\n<p>the attached page</p>\n--b\n'
        "Content-Type: application/octet-stream\nContent-Disposition: attachment; "
        "filename*=utf-8''%2e%2e%2foutside.bin\n\n\x7f\x01\n--b--\n"
    )
    return _case(
        name,
        letter(name, f"Attached {name}", "attached", attached, mixed),
        letter(name, f"No boundary {name}", 1, "x", "Content-Type: multipart/mixed\n"),
        letter(name, f"Never closed {name}", 2, "--b\n\nOpen", mixed),
        letter(name, f"Many parts {name}", 3, "--b\n\nx\n" * 5_000 + "--b--", mixed),
        letter(name, f"Empty boundary {name}", 4, "--\n\nx\n" * 50, mixed.replace("=b", '=""')),
        letter(name, f"Long boundary {name}", 5, "x", mixed.replace("=b", "=" + "b" * 90_000)),
        starts=("Attached", "No boundary", "Never closed", "Many parts"),
    )


def _html(name: str) -> Case:
    text = "Content-Type: text/html; charset=utf-8\n"
    return _case(
        name,
        letter(
            name, f"Scripts {name}", 1, f"<script>alert(1)</script><p>{prose(name, 1)}</p>", text
        ),
        letter(name, f"Nested {name}", 2, "<div>" * 20_000 + prose(name, 2), text),
        letter(name, f"Broken {name}", 3, f"<p <a <b {prose(name, 3)}" + "<" * 5_000, text),
        letter(name, f"Picture {name}", 4, f"<img src='file:///etc/passwd'>{prose(name, 4)}", text),
        starts=("Scripts", "Nested", "Broken", "Picture"),
        never=("alert(1)",),
    )


def _single(name: str) -> str:
    return letter(name, before(name), "single").partition("\n")[2]


CASES: tuple[Case, ...] = (
    _codecs("mail-codecs"),
    _codecs_and_bytes("mail-bytes"),
    _words("mail-words"),
    _dates("mail-dates"),
    _parts("mail-parts"),
    _html("mail-html"),
    _case(
        "mail-nested",
        letter(
            "mail-nested",
            "Nested",
            1,
            _nested(1_000),
            "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b0\n",
        ),
    ),
    _case(
        "mail-in-mail",
        letter(
            "mail-in-mail",
            "In mail",
            1,
            _messages(500),
            "MIME-Version: 1.0\nContent-Type: message/rfc822\n",
        ),
    ),
    _case("mail-long-header", letter("mail-long-header", "H" * 1_000_000, 1)),
    _case(
        "mail-many-headers",
        letter(
            "mail-many-headers", f"Many {'h'}", 1, "", "".join(f"X-{n}: y\n" for n in range(10_000))
        ),
    ),
    _case("mail-no-headers", "From x@y Tue Aug  8 06:00:00 2023\n\nOnly a body.\n\n"),
    _case("mail-no-body", "From x@y Tue Aug  8 06:00:00 2023\nSubject: No body\n\n"),
    _case(
        "mail-from-lines",
        letter(
            "mail-from-lines",
            f"Quoted {'f'}",
            1,
            "Text.\n\n>From the start\nFrom here on not a letter\n",
        ),
    ),
    _case(
        "mail-base64",
        letter(
            "mail-base64",
            "Base",
            1,
            "%%%not base64%%%" * 50,
            "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n",
        ),
    ),
    _case(
        "mail-transfer",
        letter(
            "mail-transfer",
            "Transfer",
            1,
            "=ZZ=1B[2J=",
            "Content-Type: text/plain\nContent-Transfer-Encoding: x-uuencode\n",
        ),
    ),
    _case(
        "mail-ids",
        letter("mail-ids", "Ids one", 1).replace("<mail-ids-1@", "<../../../"),
        letter("mail-ids", "Ids two", 2).replace("Message-ID", "X-None"),
    ),
    Case(
        "mail-nul.mbox",
        always(mbox("mail-nul", letter("mail-nul", "N\x00ul", 1, "a\x00b")).encode()),
        titles=around("mail-nul"),
    ),
    Case(
        "mail-latin.mbox",
        always(mbox("mail-latin", letter("mail-latin", "Café", 1, "naïve ô")).encode("latin-1")),
        titles=around("mail-latin"),
    ),
    Case("mail-cut.mbox", always(mbox("mail-cut")[:-200].encode()), titles=(before("mail-cut"),)),
    Case(
        "mail-line-ends.mbox",
        always(mbox("mail-line-ends").replace("\n", "\r\n")),
        titles=around("mail-line-ends"),
    ),
    Case("single.eml", always(_single("single")), titles=(before("single"),)),
    Case("single-folded.eml", always("\n ".join(["Subject: Folded"] * 20_000) + "\n\nx\n")),
    Case(
        "endless-line.mbox",
        lambda: (mbox("endless-line") + "w" * 40_000_000).encode(),
        titles=(before("endless-line"),),
        alone=True,
        slow=True,
    ),
)
