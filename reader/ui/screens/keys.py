"""A screen whose keys mean actions: sequences, keys that wait, and those that mean nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from time import monotonic

from textual import events
from textual.timer import Timer

from reader.ui.actions import BY_NAME, PROMPTS, Place
from reader.ui.footer import footer
from reader.ui.help_entries import order_of, show_keys
from reader.ui.keymap import Found, Keymap, Keys, show_key
from reader.ui.live_keys import with_keys
from reader.ui.screens.working import WorkScreen
from reader.ui.verbs.base import Deed
from reader.ui.widgets.bars import HintsBar
from reader.ui.widgets.prompt import Prompt
from reader.ui.widgets.strip import Entry, KeyStrip
from reader.ui.wording import tell_unbound

TOGETHER = 0.3
"""Seconds between keys below which nobody presses them one by one."""


_LETTERED = frozenset({Place.LETTERS, Place.PICK})
"""Where letters stand for something."""


_ARROWS = frozenset({"up", "down", "left", "right"})


HESITATION = 0.4
"""Seconds after the first key of a sequence until everything that can follow is shown."""


class KeyScreen(WorkScreen):
    """Sends keys to actions, by the place they are pressed in."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self.keymap = keymap
        self.hints = HintsBar(id="hints")
        self.strip = KeyStrip()
        self.deeds: dict[str, Deed] = {}
        self.status.with_keys = self.with_keys
        self.place = Place.LIST
        self._pressed: Keys = ()
        self._unbound_at = -TOGETHER
        self._held: list[events.Key] | None = None
        self._strip_waits: Timer | None = None

    @property
    def prompt(self) -> Prompt:
        """The line that is typed into, in the places that have one."""
        raise NotImplementedError

    def with_keys(self, words: str) -> str:
        """Words in which actions are named, with the keys these have now."""
        return with_keys(words, self.keymap)

    def take_key(self, event: events.Key) -> bool:
        """Do what a key means here; False leaves it to the line that is typed into."""
        self.status.key_pressed()
        if self._held is not None and event.key != "escape":
            self._held.append(event)
            return True
        # A letter pressed together with Alt comes with the letter as its character.
        alone = not event.key.startswith("alt+")
        printable = event.is_printable and event.character is not None and alone
        if printable and self.place in PROMPTS:
            return False
        if printable and self.place in _LETTERED and event.key != "space":
            self.take_letter(str(event.character))
            return True
        return self._press(
            str(event.character) if printable and event.key != "space" else event.key
        )

    def take_letter(self, letter: str) -> None:
        """Take a letter typed where letters stand for something."""
        raise NotImplementedError

    @property
    def is_typing(self) -> bool:
        """Whether keys go into a line first."""
        return self.place in PROMPTS and self._held is None

    @property
    def holds_keys(self) -> bool:
        return self._held is not None

    def hold_keys(self) -> list[events.Key]:
        """Keep what is typed until it is clear what it is meant for; Esc still counts.

        Returns what `release_keys` takes.
        """
        if self._held is None:
            self._held = []
            self.set_focus(None)
        return self._held

    def holds(self, held: list[events.Key]) -> bool:
        """Whether these keys still wait: they were neither released nor dropped."""
        return self._held is held

    def forget_keys(self) -> None:
        """Drop what was typed meanwhile."""
        self._held = None

    def release_keys(self, held: list[events.Key]) -> None:
        """Let what was typed meanwhile count, in order, unless it was dropped."""
        if not self.holds(held):
            return
        self._held = None
        for event in held:
            if self.is_typing:
                self.prompt.input.post_message(events.Key(event.key, event.character))
            else:
                self.take_key(event)

    def _press(self, key: str) -> bool:
        """Do what a key means, alone or after those pressed before it; False when nothing."""
        found = self.keymap.find(self.place, (*self._pressed, key))
        if self._pressed and found.action is None and not found.following:
            pressed = self._pressed
            self._show_pending(())
            if key in _ARROWS:
                self.choose_following(pressed)
                return True
            return key == "escape" or self._press(key)
        if found.following and (why := self.why_none(found)):
            self._show_pending(())
            self.say(why)
            return True
        if found.following:
            self._show_pending((*self._pressed, key), found)
            return True
        self._show_pending(())
        if found.action is None:
            self._tell_unbound(key)
            return False
        return self.perform(found.action.name)

    def choose_following(self, pressed: Keys) -> None:
        """Let what can follow the keys pressed be chosen with arrows."""
        raise NotImplementedError

    def why_none(self, found: Found) -> str:
        """Why nothing that can follow a key can be done now; "" where something can."""
        raise NotImplementedError

    def _tell_unbound(self, key: str) -> None:
        """Say that a character does nothing, once for all of those that come together."""
        if len(key) == 1 and self.place not in PROMPTS:
            now = monotonic()
            if now - self._unbound_at > TOGETHER:
                self.say(tell_unbound(key, self.keymap.keys_of(BY_NAME["screen.help"])))
            self._unbound_at = now

    def perform(self, name: str) -> bool:
        """Do an action; False when it has nothing to do here."""
        return self.deeds[name]() is not False

    def _show_pending(self, keys: Keys, found: Found | None = None) -> None:
        if keys == self._pressed == ():
            return
        self._pressed = keys
        self.hints.pending = " ".join(map(show_key, keys))
        # Where there is no room for hints they stand in for the status meanwhile.
        # Of the bars alone: all of a screen whose class changes is styled anew.
        for bar in (self.hints, self.status):
            bar.set_class(bool(keys), "-sequence")
        if self._strip_waits is not None:
            self._strip_waits.stop()
            self._strip_waits = None
        if found is not None:
            self._show_following(found)
        else:
            self.strip.hide()
            self.show_hints()

    def _show_following(self, found: Found) -> None:
        """Tell in the footer what can follow, and all of it in a strip once nothing does."""
        following = [
            (show_keys(tuple(key.split())), action)
            for key, action in sorted(found.following, key=lambda one: order_of(one[0]))
        ]
        self.hints.hints = tuple(
            (key, action.short or action.description) for key, action in following
        )
        full = [Entry(key, action.description) for key, action in following]
        short = [Entry(key, action.short or action.description) for key, action in following]
        # Who knows the key has pressed it by then, and nothing has flickered.
        self._strip_waits = self.set_timer(HESITATION, partial(self._show_strip, full, short))

    def _show_strip(self, full: Sequence[Entry], short: Sequence[Entry]) -> None:
        self.strip.show(full, short)
        # The footer need not say it again.
        self.hints.hints = (("Esc", "leave"),)

    def show_hints(self) -> None:
        """Say in the footer what can be pressed, unless it tells what can follow a key."""
        if not self._pressed:
            self.hints.hints = footer(
                self.keymap, self.place, selected=self.has_selection, idle=self.idle
            )
            lead = self.hints.hints[:1] if self.place in PROMPTS else self.hints.hints[-1:]
            self.status.leading_on = " ".join(*lead) if lead else ""

    @property
    def has_selection(self) -> bool:
        """Whether articles of the list are selected."""
        raise NotImplementedError

    @property
    def idle(self) -> Collection[str]:
        """Actions that have nothing to do now, by name."""
        raise NotImplementedError
