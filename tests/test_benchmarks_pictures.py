"""The pictures of the documents are drawn by the program and name no host."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from benchmarks.pictures import CELL, tidy
from benchmarks.screenshots import FOLDER, PICTURES, SIZES, THEMES, draw, names_of, prepare

SVG = "http://www.w3.org/2000/svg"


def picture(text: str, x: float = 24.4) -> str:
    return (
        f'<svg xmlns="{SVG}">\n<!-- made by https://example.org -->\n<style>\n'
        '@font-face { src: local("A"), url("https://example.org/a.woff2"); }\n'
        ".m { font-family: A, monospace; }\n</style>\n"
        f'<text class="r" x="{x}" y="20" textLength="99" clip-path="url(#l)">{text}</text>\n'
        '<text class="t" x="5" y="9">dateline</text>\n</svg>'
    )


def texts(svg: str) -> list[tuple[float, str]]:
    root = ET.fromstring(svg)
    return [(float(one.attrib["x"]), one.text or "") for one in root.iter(f"{{{SVG}}}text")]


def test_fonts_and_comments_from_elsewhere_are_left_out() -> None:
    svg = tidy(picture("a"))
    assert "example.org" not in svg
    assert "font-face" not in svg
    assert "font-family: ui-monospace" in svg


def test_every_run_of_words_stands_where_it_belongs() -> None:
    svg = tidy(picture("&#160;&#160;on&#160;Monday&#160;&#160;&#160;5 &lt; 6\xa0\xa0"))
    first, second, title = texts(svg)
    assert first == (round(24.4 + 2 * CELL, 1), "on\xa0Monday")
    assert second == (round(24.4 + 14 * CELL, 1), "5\xa0<\xa06")
    assert title == (5.0, "dateline")
    assert f'textLength="{9 * CELL:.1f}"' in svg


def test_wide_characters_take_two_cells() -> None:
    svg = tidy(picture("日本&#160;&#160;x"))
    assert texts(svg)[:2] == [(24.4, "日本"), (round(24.4 + 6 * CELL, 1), "x")]


def test_a_text_of_blanks_is_nothing() -> None:
    assert len(texts(tidy(picture("&#160;&#160;")))) == 1


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.svg")), ids=lambda path: path.name)
def test_pictures_name_no_host_and_no_folder_of_ours(path: Path) -> None:
    svg = path.read_text(encoding="utf-8")
    assert "/seeds/" not in svg
    assert set(re.findall(r"\w+://[^\s\"']+", svg)) == {SVG}
    assert "@font-face" not in svg


def test_the_folder_holds_these_pictures_and_no_others() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {
        name for one in PICTURES for name in names_of(one)
    }


def test_grounds_of_one_colour_are_one() -> None:
    def ground(fill: str, x: float, line: int, width: float) -> str:
        place = f'fill="{fill}" x="{x}" y="{1.5 + 24.4 * line}" width="{width}" height="24.65"'
        return f'<rect {place} shape-rendering="crispEdges"/>'

    drawn = (
        ground("#111", 0, 0, 12.2),
        ground("#111", 12.2, 0, 24.4),
        ground("#222", 36.6, 0, 12.2),
        ground("#111", 0, 1, 36.6),
        ground("#222", 36.6, 1, 24.4),
        ground("#111", 0, 3, 36.6),
        ground("#111", 48.8, 3, 12.2),
    )
    svg = tidy(f'<svg xmlns="{SVG}">{"".join(drawn)}</svg>')
    found = {tuple(one.attrib.values()) for one in ET.fromstring(svg).iter(f"{{{SVG}}}rect")}
    assert found == {
        ("#111", "0", "1.5", "36.6", "49.05"),
        ("#222", "36.6", "1.5", "12.2", "24.65"),
        ("#222", "36.6", "25.9", "24.4", "24.65"),
        ("#111", "0", "74.7", "36.6", "24.65"),
        ("#111", "48.8", "74.7", "12.2", "24.65"),
    }


def test_a_picture_is_drawn_by_the_program_in_every_theme(tmp_path: Path) -> None:
    library = tmp_path / "library"
    prepare(library)
    (main,) = [one for one in PICTURES if one.name == "main"]
    drawn = asyncio.run(draw(main, SIZES["-small"], THEMES, library))
    for svg in drawn:
        shown = " ".join(text.replace("\xa0", " ") for _, text in texts(svg))
        for expected in ("Ukraine and Russia sign", "#trade/grain", "27 articles", "The ceremony"):
            assert expected in shown
    assert drawn[0] != drawn[1]
