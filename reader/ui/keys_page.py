"""The page `docs/keys.md`, made from the table of actions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from reader.commands.verbs import VERBS
from reader.ui.actions import ACTIONS, LETTERS, PANES, PROMPTS, Action
from reader.ui.help_entries import by_group
from reader.ui.keymap import RESERVED, Keymap, show_key

HEAD = """\
# Keys

Nothing here needs to be learned by heart. `Ctrl-p` finds anything that can be done by any word
for it, typed in any order and not quite right: actions, commands, settings, themes, saved searches,
tags and sources; it prints the keys, and says why something cannot be done just now. Arrows, Enter
and `Ctrl-p` alone reach everything. `?` shows all keys, those of the place one is in first, and
finds among them. After the first key of a sequence (`g`, `c`, `=`) a strip shows what can follow.
`:keys` (`g ?`) lists every key by its place with what clashes, `:keys unbound` what is free,
`:keys KEY` what one key does everywhere. `:tour` shows the first steps in two minutes.

Some keys let choose among several things by a letter, in a strip above the footer; there arrows
and Enter choose too, and Esc leaves.

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
parted by a comma and a space, the keys of a sequence by a space. A line of the command line can
have keys as well:

```toml
[keys]
"article.tag" = "ctrl+t"
"move.first" = "g g, home"
":tag +war" = "alt+w"
```

Terminals keep {reserved} for themselves. A binding that cannot be used, or that would give a key
two meanings in one place, is named in the status line when the reader starts, and in `:keys` with
its line and the nearest name; the action keeps the keys it had besides.
"""


def keys_page() -> str:
    """The page as Markdown."""
    reserved = ", ".join(f"`{show_key(key)}`" for key in sorted(RESERVED))
    return "\n".join([HEAD.format(reserved=reserved), *_tables(), *_commands()]) + "\n"


def _tables() -> Iterator[str]:
    keymap = Keymap()
    for group, actions in groupby(by_group(ACTIONS), lambda action: action.group):
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
    yield from (f"- `:{verb.usage}`: {verb.about}" for verb in VERBS)
