"""One setting changed in a file that says more."""

from __future__ import annotations

import tomllib
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.config import example, read_settings, write_setting
from reader.config.scanning import find_places
from reader.config.writing import changed
from reader.errors import SettingsError
from reader.ui.key_settings import problems_of

WRITTEN = """\
# mine
theme = "nord"  # calm
reading.measure = 70
feeds = { every = "2h" }

[keys]
link.open = "b"
'article.tag' = \"\"\"
t\"\"\"
# the end"""


@pytest.mark.parametrize(
    ("name", "value", "before", "after"),
    [
        ("theme", "light", '"nord"', '"dateline-light"'),
        ("reading.measure", "90", "70", "90"),
        ("feeds.every", "never", '"2h"', '"never"'),
        ("keys.link.open", "x, y", '"b"', '"x, y"'),
        ("keys.article.tag", 'q"', '"""\nt"""', '"q\\""'),
        ("tour", "off", '"2h" }\n', '"2h" }\ntour = false\n'),
        ("reading.progress", "no", '"2h" }\n', '"2h" }\nreading.progress = false\n'),
        ("keys.:tag +a", "w", 't"""\n', 't"""\n":tag +a" = "w"\n'),
        ("commands.later", "keep {url}", "end", 'end\n\n[commands]\nlater = "keep {url}"\n'),
    ],
)
def test_only_the_one_value_is_another(
    tmp_path: Path, name: str, value: str, before: str, after: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(WRITTEN)
    path.chmod(0o640)
    write_setting(path, name, value)
    written = path.read_text()
    assert written == WRITTEN.replace(before, after, 1)
    assert not read_settings(path).problems
    assert path.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in tmp_path.iterdir()] == ["config.toml"]


def test_a_new_file_and_one_of_comments(tmp_path: Path) -> None:
    new = tmp_path / "deep" / "config.toml"
    write_setting(new, "reading.measure", "90")
    assert new.read_text() == example().replace("# measure = 76", "measure = 90")
    write_setting(new, "theme", "nord")
    assert read_settings(new).settings.theme == "nord"
    new.write_text(example())
    write_setting(new, "reading.measure", "90")
    assert new.read_text() == example().replace("# measure = 76", "measure = 90")


def test_tables_written_in_one_line_grow(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("reading = {}\r\nkeys = { a = 'b' } # mine\r\n", newline="")
    write_setting(path, "reading.measure", "90")
    write_setting(path, "keys.link.open", "o")
    write_setting(path, "reading.progress", "off")
    assert path.read_bytes().decode() == (
        "reading = { measure = 90, progress = false }\r\n"
        'keys = { a = \'b\', "link.open" = "o" } # mine\r\n'
    )


def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "dots").mkdir()
    real, link = tmp_path / "dots" / "dateline.toml", tmp_path / "config.toml"
    real.write_text("tour = true\n")
    link.symlink_to(real)
    write_setting(link, "tour", "off")
    assert link.is_symlink()
    assert real.read_text() == "tour = false\n"


@pytest.mark.parametrize(
    ("text", "name", "value", "told"),
    [
        ('theme = "a\n', "theme", "nord", "the file cannot be read"),
        ("", "reading.measure", "900", "from 30 to 200"),
        ("", "reading.measure", "٩٠", "from 30 to 200"),
        ("", "reading.measur", "90", "unknown setting"),
        ("", "tour", "perhaps", "true or false"),
        ("", "keys", "x", "keys.NAME"),
        ("", "reading", "x", "reading.NAME"),
        ("", "keys.article.tga", "x", "no such action', '', 'article.tag"),
        ("", "keys.:tga +war", "x", "unknown command|no command|no such"),
        ("", "keys.article.tag", "ctrl+m", "terminals need it"),
        ("", "commands.a", "echo 'unclosed", "no closing quotation"),
        ("", "browser", "firefox {nope}", "no {nope}"),
        ("reading = 3\n", "reading.measure", "90", "cannot be changed by itself"),
    ],
)
def test_what_cannot_be_changed_leaves_the_file_alone(
    tmp_path: Path, text: str, name: str, value: str, told: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(SettingsError, match=told):
        write_setting(path, name, value, problems_of)
    assert path.read_text() == text
    path.write_bytes(b"\xff")
    with pytest.raises(SettingsError):
        write_setting(path, "tour", "off")
    assert path.read_bytes() == b"\xff"


KEYS = st.sampled_from(["a", "b-1", "3", '"x y"', "'c'", '"é = \\" [ # ]"', "a.b", '"".q'])
TEXTS = ['"""\n} ] # "" \n"""', "'''\n'a' = 1'''", '"\\""', "'#'", '"]}"', '""', "''''''"]
ATOMS = st.sampled_from(["1", "true", "2020-01-01", "-1e5", *TEXTS])
INLINE = st.sampled_from(["1", '"},"', "'{'", "[1, {z = 2}]"])
VALUES = st.one_of(
    ATOMS,
    st.lists(ATOMS, max_size=3).map(lambda found: f"[ {', # ]'.join(found)}\n]" if found else "[]"),
    st.lists(ATOMS, max_size=3).map(lambda found: "[\n" + ",\n".join(found) + "# ]\n]"),
    st.dictionaries(st.sampled_from(["m", '"n.o"', "p.q"]), INLINE, max_size=3).map(
        lambda found: "{ " + ", ".join(f"{key} = {value}" for key, value in found.items()) + " }"
    ),
)
LINES = st.one_of(
    st.tuples(KEYS, st.sampled_from([" = ", "=", "  =\t"]), VALUES).map("".join),
    st.sampled_from(["", "# = [", "[t]", '[ t . "u" ] # x', "[[v]]", "[t.'w x']"]),
)


def test_a_long_file_takes_as_long_as_it_is_long() -> None:
    def seconds(count: int) -> float:
        text = "".join(f'k{number} = "some words of command {number}"\n' for number in range(count))
        began = process_time()
        places = find_places(text)
        took = process_time() - began
        assert places.line((f"k{count - 1}",)) == count
        return took

    def least(count: int) -> float:
        return min(seconds(count) for _ in range(4))

    # Eight times as much; a scan that goes back to the beginning takes about sixty times.
    assert least(16_000) < 25 * least(2_000)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_every_value_is_found_where_it_stands(lines: list[str], end: str) -> None:
    """What stands in the place of a value means the value; its line is that of its key."""
    text = end.join(lines)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    places = find_places(text)
    for path, place in places.values.items():
        value: object = table
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        if value is not None:  # not within a table of which there are several
            assert tomllib.loads(f"x = {text[place.start : place.end]}")["x"] == value
        assert 0 < place.line <= text.count("\n") + 1
        assert path[-1][:1] in text.splitlines()[place.line - 1] or not path[-1]


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=6), st.sampled_from([("t", "new"), ("a",), ("reading", "k k")]))
def test_a_change_means_just_that_change(lines: list[str], keys: tuple[str, ...]) -> None:
    text = "\n".join(lines)
    try:
        before = tomllib.loads(text)
        after = tomllib.loads(changed(Path("x"), text, keys, "42"))
    except (tomllib.TOMLDecodeError, SettingsError):
        return
    inner = after
    for key in keys[:-1]:
        inner = inner[key]
    assert inner.pop(keys[-1]) == 42
    old = before
    for key in keys[:-1]:
        old = old.setdefault(key, {})
    old.pop(keys[-1], None)
    assert after == before


@pytest.mark.parametrize(
    "before", ["\ufeffkeymap = 'vim'\n", "far = nan\n", "[" + ".".join("a" * 300) + "]\n"]
)
def test_a_file_of_odd_things_takes_a_setting(tmp_path: Path, before: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(before, encoding="utf-8")
    write_setting(path, "theme", "nord")
    assert read_settings(path).settings.theme == "nord"


def test_a_file_nested_without_end_is_told(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("[" + ".".join("a" * 3000) + "]\n")
    with pytest.raises(SettingsError):
        write_setting(path, "theme", "nord")


@pytest.mark.parametrize(
    ("name", "value"),
    [("reading.measure", "9" * 5000), ("browser", "\udcff"), ("keys.\udcff", "x")],
)
def test_what_no_setting_can_be_is_told(tmp_path: Path, name: str, value: str) -> None:
    path = tmp_path / "config.toml"
    with pytest.raises(SettingsError):
        write_setting(path, name, value)
    assert not path.exists()
