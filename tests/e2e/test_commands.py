"""Commands of the reader's own in a real terminal."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.e2e.terminal import Terminal, needs_tmux

pytestmark = [pytest.mark.e2e, needs_tmux, pytest.mark.timeout(120)]


def test_an_article_is_piped_to_a_command_and_the_screen_comes_back(
    terminal: Callable[..., Terminal],
) -> None:
    screen = terminal(width=120, height=40)
    screen.wait_for("India sets a lander down")
    screen.send("|")
    screen.type("head -1")
    screen.send("Enter")
    told = screen.wait_for("] Enter goes on")
    assert "\n# " in f"\n{told}"
    screen.send("Enter")
    assert "head: # " in screen.wait_for("India sets a lander down")
    screen.send("C-q")
    assert screen.wait_for_end() == 0
