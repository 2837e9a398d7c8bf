"""What is used of Textual that it does not promise: a version without it fails here first."""

from __future__ import annotations

import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from textual.app import App
from textual.screen import ModalScreen
from textual.scroll_view import ScrollView
from textual.widgets import Input

ROOT = Path(__file__).resolve().parents[3]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ALLOWED = next(one for one in PROJECT["project"]["dependencies"] if one.startswith("textual>"))

USED = {
    "reader/ui/screens/modal.py": (ModalScreen, ("_compositor_refresh", "_repaint_required")),
    "reader/ui/tui.py": (App, ("_handle_exception", "_exit_renderables")),
    "reader/ui/widgets/pane.py": (ScrollView, ("_size_updated",)),
    "reader/ui/widgets/prompt.py": (Input, ("_bindings",)),
}
"""Private names by the module that overrides or reads them."""


@pytest.mark.parametrize("module", USED)
def test_what_is_private_in_textual_and_used_is_still_there(module: str) -> None:
    made, names = USED[module]
    text = (ROOT / module).read_text(encoding="utf-8")
    assert all(name in text for name in names)
    one = made()
    gone = [name for name in names if not hasattr(one, name)]
    assert not gone, (
        f"Textual {version('textual')} has no {', '.join(gone)} in {made.__name__}, which {module} "
        f"needs: mend it there, or narrow {ALLOWED!r} in pyproject.toml"
    )
