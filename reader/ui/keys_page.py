"""The page `docs/keys.md`, made from the table of actions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from reader.commands.verbs import VERBS
from reader.ui.actions import ACTIONS, LETTERS, PANES, PROMPTS, Action
from reader.ui.keymap import RESERVED, Keymap, show_key

HEAD = """\
# Keys

`?` in the reader shows this table and finds an action by any of its words, `Ctrl-p` does what
is chosen, and `:` takes the same verbs as the command line. Arrows, Enter and `Ctrl-p` alone
reach everything.

An article counts as read when it is opened (Enter, `l`, Space) or read to its end; looking at
it from the list leaves it unread. The list stands still: what arrives meanwhile is announced,
and `r` shows it. Every change is saved at once, and `u` takes it back, tomorrow as well.

`r` asks the source of the list or of the article for news too, in the pane of sources the one
under the cursor, and `R` asks all of them; `:stop` ends that. After `;` every link in view has a
letter: it opens the link, as a capital it copies it, and Esc takes the letters away. Where the
screen is narrower than 150 columns `s` brings the sources in; a mark beside one says that it
fails (`!`), has been stopped (`×`) or waits (`…`), and the status line says why.

`E`, or Enter on a mention that `}}` or a click has gone to, opens the card of a person, place or
organisation. On it every line opens: a name its card, an article at the mention; Esc goes back
the same way, and below stands the sentence that speaks for the line. Beside a search the pane of
names counts whom all of its articles name: there Enter narrows the list and `-` excludes. After
`c` the letter of a correction puts a name right.

The name of an action gives it other keys in the [settings file](settings.md); several are
parted by a comma and a space, the keys of a sequence by a space:

```toml
[keys]
"article.tag" = "T"
"move.first" = "g g, home"
```

Terminals keep {reserved} for themselves. A binding that cannot be used, or that would give a key
two meanings in one place, is named in the status line when the reader starts.
"""


def keys_page() -> str:
    """The page as Markdown."""
    reserved = ", ".join(f"`{show_key(key)}`" for key in sorted(RESERVED))
    return "\n".join([HEAD.format(reserved=reserved), *_tables(), *_commands()]) + "\n"


def _tables() -> Iterator[str]:
    keymap = Keymap()
    for group, actions in groupby(ACTIONS, lambda action: action.group):
        yield f"## {group.value}\n"
        yield "| keys | what happens | where | name |\n|---|---|---|---|"
        for action in actions:
            keys = " · ".join(f"`{key}`" for key in keymap.keys_of(action)) or "palette, `:`"
            yield f"| {keys} | {action.description} | {_where(action)} | `{action.name}` |"
        yield ""


def _where(action: Action) -> str:
    if action.places >= PANES | PROMPTS | LETTERS:
        return "everywhere"
    if action.places == PANES:
        return "all panes"
    return ", ".join(sorted(action.places))


def _commands() -> Iterator[str]:
    yield "## The command line of the screen\n"
    yield "`:` and a number goes to that row; `:` and the name of an action does it.\n"
    yield from (f"- `:{verb.usage}`" for verb in VERBS)
