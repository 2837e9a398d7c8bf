"""How the left pane was left."""

from __future__ import annotations

from reader.service.library import Library


def test_it_is_kept(fresh: Library) -> None:
    pane = fresh.left_pane
    assert not pane.only_unread()
    pane.set_only_unread(True)
    assert pane.only_unread()
    pane.set_only_unread(False)
    assert not pane.only_unread()
