"""Colours: every text can be read, and what differs can be told apart by everybody."""

from __future__ import annotations

import math
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from reader.kept import Colour
from reader.ui import themes
from reader.ui.colours import STRONG, TEXT, contrast, readable
from reader.ui.tag_colours import TAG_CLASSES, TAG_CSS, tag_class, tag_style
from reader.ui.widgets.article_view import ArticleView
from tests.reader.ui.samples import Stage, clock, make_article
from tests.reader.ui.world import World

OWN = {theme.name: theme for theme in themes.own_themes()}
KINDS = ("person", "place", "organisation", "other")
TEXTS = (
    "foreground", "text-muted", "header-dim", "hint-key", "primary", "secondary", "accent",
    "success", "warning", "error", *(f"entity-{kind}" for kind in KINDS),
    *(f"tag-{colour}" for colour in Colour),
)  # fmt: skip


@cache
def theme_of(name: str) -> Theme:
    return themes.complete(OWN.get(name) or BUILTIN_THEMES[name])


def variables_of(theme: Theme) -> dict[str, str]:
    return {**theme.to_color_system().generate(), **theme.variables}


COLOURFUL = [name for name in themes.ALL if not theme_of(name).ansi]


def test_contrast_is_the_one_of_the_web() -> None:
    black, white = Color(0, 0, 0), Color(255, 255, 255)
    assert contrast(black, white) == contrast(white, black) == pytest.approx(21)
    assert contrast(white, Color.parse("#767676")) == pytest.approx(4.54, abs=0.01)
    assert contrast(Color.parse("#777777"), white) == pytest.approx(4.48, abs=0.01)


COLOURS = st.builds(Color, *[st.integers(0, 255)] * 3)


@given(COLOURS, COLOURS)
def test_a_shade_can_be_read_on_any_ground(colour: Color, ground: Color) -> None:
    shade = readable(colour, [ground])
    assert contrast(shade, ground) >= TEXT - 0.05
    if contrast(colour, ground) >= TEXT:
        assert shade == colour


@pytest.mark.parametrize("name", COLOURFUL)
def test_every_text_can_be_read_in_every_theme(name: str) -> None:
    theme = theme_of(name)
    found = variables_of(theme)
    found |= {f"{key}+": value for key, value in themes.safe_entities(found, theme).items()}
    least = STRONG if name == themes.CONTRAST else TEXT
    texts = [*TEXTS, *(f"entity-{kind}+" for kind in KINDS)]
    for ground in themes.GROUNDS:
        for text in texts:
            told = contrast(Color.parse(found[text]), Color.parse(found[ground]))
            assert told >= least, (text, found[text], ground)
    chip = contrast(Color.parse(found["chip-foreground"]), Color.parse(found["chip-background"]))
    assert chip >= least


@pytest.mark.parametrize("name", OWN)
def test_small_print_can_be_read_under_the_cursor_of_our_own(name: str) -> None:
    found = variables_of(theme_of(name))
    row = Color.parse(found["surface"]).blend(Color.parse(found["primary"]), 0.3)
    assert contrast(Color.parse(found["text-muted"]), row) >= TEXT


# How those see who lack one kind of cone: Machado, Oliveira, Fernandes 2009, severity 1, on
# linear light.
_SEEN = {
    "red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
            (-0.003882, -0.048116, 1.051998)),
    "green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
              (-0.011820, 0.042940, 0.968881)),
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
}  # fmt: skip


def _lab(colour: Color, lacking: str) -> tuple[float, float, float]:
    light = [part / 255 for part in colour.rgb]
    light = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in light]
    red, green, blue = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, light, strict=True))))
        for row in _SEEN[lacking]
    )
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (one ** (1 / 3) if one > 0.008856 else 7.787 * one + 16 / 116 for one in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _difference(one: Color, other: Color, lacking: str) -> float:
    return math.dist(_lab(one, lacking), _lab(other, lacking))


@pytest.mark.parametrize("lacking", _SEEN)
@pytest.mark.parametrize("name", COLOURFUL)
def test_safe_colours_of_names_stay_apart_for_every_eye(name: str, lacking: str) -> None:
    theme = theme_of(name)
    found = themes.safe_entities(variables_of(theme), theme)
    colours = {kind: Color.parse(found[f"entity-{kind}"]) for kind in KINDS}
    for one, other in combinations(KINDS, 2):
        apart = _difference(colours[one], colours[other], lacking)
        assert apart >= (20 if name in OWN else 10), (one, other)
    assert len({found[f"{kind}-style"] for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("name", themes.ALL)
def test_every_theme_has_every_name_and_keeps_its_own(name: str) -> None:
    raw = OWN.get(name) or BUILTIN_THEMES[name]
    theme = theme_of(name)
    for variable in (*TEXTS[1:4], *TEXTS[10:], "pane-line", *(f"{kind}-style" for kind in KINDS)):
        assert variable in variables_of(theme)
    for variable, value in raw.variables.items():
        assert theme.variables[variable] == value
    if theme.ansi:
        values = [theme.variables[f"tag-{colour}"] for colour in Colour]
        assert all(value.startswith("ansi_") for value in values)
        assert len(set(values)) == len(values)
        assert themes.safe_entities({}, theme)["entity-place"].startswith("ansi_")


def test_the_names_of_the_colours_of_tags() -> None:
    assert tag_style(Colour.RED) == "$tag-red"
    assert tag_class(Colour.PINK) == "tag--pink"
    assert tag_style(None) == tag_class(None) == ""
    assert {tag_class(colour) for colour in Colour} == TAG_CLASSES
    assert all(f"& > .{one} {{ color: $" in TAG_CSS for one in TAG_CLASSES)


@pytest.mark.parametrize("theme", ["nord", "solarized-light", themes.CONTRAST])
async def test_a_theme_of_others_can_be_lived_in(world: World, theme: str) -> None:
    async with world.screen(100, 24, theme=theme) as desk:
        assert desk.app.theme == theme
        safe = desk.app.get_css_variables()["entity-person"]
        desk.app.show_entities_in("safe")
        assert desk.app.get_css_variables()["entity-person"] != safe
        await desk.press("enter")
        desk.main.set_theme("ansi-dark")
        await desk.settle()
        assert desk.app.get_css_variables()["entity-place"] == "ansi_bright_blue"
        await desk.press("escape")
        # All of the row under the cursor is print on a reversed ground, and none of it dim.
        row = [segment for y in (0, 1) for segment in desk.main.rows.render_line(y)]
        assert {(one.reverse, one.dim or False) for _, one, _ in row if one} == {(True, False)}
        assert {one.color and one.color.name for _, one, _ in row if one} == {"default"}


def test_sixteen_colours_can_be_read_on_their_ground() -> None:
    pale = {"ansi_cyan", "ansi_green", "ansi_yellow", "ansi_bright_yellow"}
    for name, unreadable in ((themes.ANSI_DARK, {"ansi_blue"}), (themes.ANSI_LIGHT, pale)):
        theme = theme_of(name)
        kinds = [f"entity-{kind}" for kind in KINDS]
        used = {theme.variables[one] for one in (*kinds, "hint-key", "pane-line-focused")}
        safe = themes.safe_entities({}, theme)
        assert not (used | {safe[one] for one in kinds}) & unreadable, name


def test_what_is_remembered_is_shown_as_its_like_where_there_are_few_colours() -> None:
    few = {"TERM": "xterm"}
    assert themes.choose("", few, "nord") == themes.ANSI_DARK
    assert themes.choose("", few, "rose-pine-dawn") == themes.ANSI_LIGHT
    assert themes.choose("", few, themes.CONTRAST) == themes.ANSI_DARK
    assert themes.choose("nord", few) == "nord"
    assert themes.choose("", {"COLORTERM": "truecolor"}, "contrast") == themes.CONTRAST


async def test_what_the_mouse_has_selected_can_be_read_in_every_theme() -> None:
    view = ArticleView(clock=clock)
    view.show(make_article(1), [], [], [])
    app = Stage(view)
    async with app.run_test(size=(60, 12)) as pilot:
        view.text_select_all()
        for name in COLOURFUL:
            app.register_theme(theme_of(name))
            app.theme = name
            await pilot.pause()
            [style] = {one for text, one, _ in view.render_line(1) if text == "Title 1" and one}
            assert style.color is not None
            assert style.bgcolor is not None
            print_, ground = (Color.from_rich_color(one) for one in (style.color, style.bgcolor))
            assert contrast(print_, ground) >= TEXT, name
