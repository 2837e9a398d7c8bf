"""The page `docs/settings.md`, made from the table of settings."""

from __future__ import annotations

from collections.abc import Iterator

from reader.config.places import LIBRARY_VARIABLE, SETTINGS_VARIABLE, THEME_FILE
from reader.config.table import SETTINGS, Kind, Setting, toml_value
from reader.config.theme_names import FRAMEWORK

_HEAD = f"""\
# Settings

Nothing has to be set, and no file is needed. The reader looks for one here:

| system | settings file |
|---|---|
| Linux, BSD | `~/.config/dateline/config.toml` (or under `XDG_CONFIG_HOME`) |
| macOS | `~/Library/Application Support/dateline/config.toml` |
| any | the file that `{SETTINGS_VARIABLE}` names |

| command | what it does |
|---|---|
| `dateline config edit`, `:config edit` | opens the file in `VISUAL` or `EDITOR`; a new one \
has every setting in it as a comment. Afterwards the command tells of mistakes and offers to go on |
| `dateline config check` | tells what is wrong, with line and nearest name; exit code 2 \
if anything is |
| `dateline config show` | every setting as it is and where it comes from; `--json` for programs |
| `dateline config set NAME VALUE` | changes one setting in the file |
| `:set NAME VALUE` | the same, and it holds at once; without a value: what it is |
| `:config` | all settings, to be chosen and changed, and what is wrong in the file |

The open screen sees within a second or two that the file has changed, and takes it over. Nothing
in it stops the program: what cannot be used is named with its line, the rest holds. Of a file that
is not TOML nothing is taken over: what held before goes on. `:set` changes the one value
and leaves the comments and everything else as they are; a file that cannot be read is not touched.

```toml
theme = "nord"
keymap = "vim"

[reading]
measure = 90

[feeds]
every = "2h"

[keys]
"article.tag" = "ctrl+t, alt+t"
":tag +war" = "alt+w"

[commands]
later = "wallabag add {{url}}"
```

## All of them

| setting | what it is | takes | without it |
|---|---|---|---|
"""

_KEYS = """
## Keys

`keymap` chooses the keys to begin with. `default` has those of [Keys](keys.md). `newsboat`, `vim`
and `emacs` have the keys of these programs wherever there is the same thing to do; what they take
from another action it does without, and stays in the palette. `arrows` has no letters: arrows,
Enter, Esc, Backspace, Tab, function keys (F1 help, F2 palette, F3 search), and the palette for
the rest. `g ?` shows the keys as they are.

`[keys]` comes before all of them. The name of an action gives it other keys, `""` none at all; a
name that begins with `:` is a line of the command line, and gets a key of its own in the panes. A
key that a terminal keeps for itself, or that would mean two things in one place, is named at the
start and in `:keys`; where a line has such a mistake, the action keeps the keys it had besides.
"""

_THEMES = f"""
## Themes

| name | what it is |
|---|---|
| `dark` or `dateline-dark` | for 256 colours and more |
| `light` or `dateline-light` | the same on a light ground |
| `contrast` or `dateline-contrast` | black and white, every text at least 7:1 |
| `ansi-dark` | the terminal's own sixteen colours |
| `ansi-light` | the same for a light ground |
| {", ".join(f"`{name}`" for name in FRAMEWORK)} | those of Textual, \
with text made lighter or darker where it could not be read (4.5:1) |

`:theme NAME` or the palette (`Ctrl-p`, then the name) changes it at once, and it is the same the
next day: its name is kept in the file `{THEME_FILE}` beside the library. A `theme` in the settings
file comes first.

Where none was chosen, the terminal decides. It has more than sixteen colours when `COLORTERM` is
`truecolor` or `24bit`, or when `TERM` ends in `256color` or `kitty`; with fewer, or with
`NO_COLOR`, the theme is `ansi-dark`, or `ansi-light` where the background is white
(`COLORFGBG`). A remembered theme of more colours is shown as its like of sixteen there.

`entity_colours = "safe"` draws people, places, organisations and other names in colours that stay
apart for those who do not see red or green, and with lines of their own: people underlined, places
underlined twice, organisations bold, others italic with a line above.

## Variables

| variable | what it does |
|---|---|
| `{SETTINGS_VARIABLE}` | names the settings file |
| `{LIBRARY_VARIABLE}` | names the folder of the library; `--library DIR` comes first |
| `VISUAL`, `EDITOR` | the editor of `dateline config edit`, with its options |
| `NO_COLOR` | no colours at all, with whatever theme |
"""


def settings_page() -> str:
    """The page as Markdown."""
    return "".join([_HEAD, *_rows(), _KEYS, _THEMES])


def _rows() -> Iterator[str]:
    for setting in SETTINGS:
        name = f"[{setting.name}]" if setting.kind is Kind.TABLE else setting.name
        yield f"| `{name}` | {setting.about} | {_takes(setting)} | {_default(setting)} |\n"


def _takes(setting: Setting) -> str:
    if setting.name == "theme":
        return "a name of those [below](#themes)"
    if setting.choices:
        return ", ".join(f"`{choice}`" for choice in setting.choices)
    return setting.takes


def _default(setting: Setting) -> str:
    if setting.kind is Kind.TABLE or not str(setting.default):
        return "–"
    return f"`{toml_value(setting, setting.default)}`"


if __name__ == "__main__":
    import sys

    sys.stdout.write(settings_page())
