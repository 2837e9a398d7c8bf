"""Sets of keys for those who come from other programs.

A preset names the keys of some actions; a key of any other action that it takes is given up, and
that action keeps its name in the palette and on the command line. Where an equal exists the keys
are those that newsboat (`newsboat -h`, its manual, section "Keybindings"), vim and Emacs have by
themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

Table = Mapping[str, tuple[str, ...]]
"""Keys by the names of actions."""


@dataclass(frozen=True, slots=True)
class Preset:
    """`keys` stand before those of the table of actions; of the latter only those without
    letters and control keys are kept where `letters` are not wanted."""

    keys: Table = field(default_factory=lambda: MappingProxyType({}))
    letters: bool = True

    def takes(self, keys: str) -> bool:
        """Whether keys of the table of actions are kept."""
        return self.letters or all(len(key) > 1 and "ctrl+" not in key for key in keys.split())


_NEWSBOAT: Table = {
    "history.undo": ("U",),
    "history.redo": ("ctrl+y",),
    "link.letters": ("u",),
    "article.tag": ("ctrl+e", "t"),
    "unread.next": ("n",),
    "unread.previous": ("p",),
    "article.next": ("J",),
    "article.previous": ("K",),
    "article.toggle_read": ("N",),
    "find.all": ("ctrl+f",),
    "find.narrow": ("F",),
    "link.open": ("o",),
    "article.full_text": ("O",),
    "article.toggle_archive": ("D", "a"),
    "screen.leave": ("q",),
    "app.quit": ("Q", "ctrl+q"),
    "view.mark_read": ("A",),
    "view.reload": ("r",),
    "feeds.update": ("R",),
    "screen.help": ("?",),
}

_VIM: Table = {
    "hit.next": ("n",),
    "hit.previous": ("N",),
    "unread.next": ("]",),
    "unread.previous": ("[",),
    "history.undo": ("u",),
    "history.redo": ("ctrl+r",),
    "link.copy": ("y y",),
    "link.cite": ("y c",),
    "move.page_down": ("ctrl+f", "pagedown"),
    "move.page_up": ("ctrl+b", "pageup"),
    "article.toggle_archive": ("d d",),
    "move.next_pane": ("ctrl+w", "tab"),
    "link.open": ("g x", "o"),
    "app.quit": ("Z Z", "Z Q", "ctrl+q"),
}

_EMACS: Table = {
    "move.down": ("ctrl+n", "n", "down"),
    "move.up": ("ctrl+p", "p", "up"),
    "move.right": ("ctrl+f", "right"),
    "move.left": ("ctrl+b", "left"),
    "card.back": ("ctrl+b", "backspace", "left"),
    "move.first": ("ctrl+x [", "home"),
    "move.last": ("ctrl+x ]", "end"),
    "move.page_down": ("ctrl+v", "pagedown"),
    "move.page_up": ("alt+v", "pageup"),
    "move.next_pane": ("ctrl+x o", "tab"),
    "screen.palette": ("alt+x",),
    "find.search": ("s",),
    "entities.search": ("s",),
    "sources.toggle": ("j",),
    "unread.next": ("alt+n",),
    "unread.previous": ("alt+p",),
    "select.toggle": ("ctrl+@",),
    "article.tag": ("t",),
    "source.add": ("ctrl+x a",),
    "link.open": ("b",),
    "link.copy": ("alt+w", "y"),
    "feeds.update": ("G",),
    "history.undo": ("ctrl+underscore", "ctrl+x u"),
    "history.redo": ("ctrl+x r",),
    "screen.back": ("ctrl+g", "escape"),
    "prompt.cancel": ("ctrl+g", "escape"),
    "prompt.down": ("ctrl+n", "down"),
    "prompt.up": ("ctrl+p", "up"),
    "prompt.earlier": ("alt+p",),
    "prompt.later": ("alt+n",),
    "prompt.accept": ("enter",),
    "article.beside": ("ctrl+x 3",),
    "visit.forward": ("ctrl+x n",),
    "saved.go": ("ctrl+x s",),
    "tags.go": ("ctrl+x t",),
    "screen.help": ("?", "f1"),
    "app.quit": ("ctrl+x ctrl+c", "ctrl+q"),
}

_ARROWS: Table = {
    "screen.help": ("f1",),
    "screen.palette": ("f2",),
    "find.search": ("f3",),
    "article.tag": ("f4",),
    "view.reload": ("f5",),
    "sources.toggle": ("f6",),
    "article.toggle_star": ("f7",),
    "history.undo": ("f8",),
    "saved.pick": ("f9",),
    "app.quit": ("f10", "ctrl+q"),
    "screen.zen": ("f11",),
    "screen.command": ("f12",),
    "select.toggle": ("insert",),
    "select.all": ("shift+end",),
    "select.up_to_here": ("shift+home",),
    "article.toggle_archive": ("delete",),
    "entity.card": ("shift+right",),
    "article.next": ("ctrl+right",),
    "article.previous": ("ctrl+left",),
    "prompt.earlier": ("shift+up",),
    "prompt.later": ("shift+down",),
}

PRESETS: Mapping[str, Preset] = {
    "default": Preset(),
    "newsboat": Preset(_NEWSBOAT),
    "vim": Preset(_VIM),
    "emacs": Preset(_EMACS),
    "arrows": Preset(_ARROWS, letters=False),
}
"""By the name in the settings."""
