"""Rules the code of the screen keeps: text from outside is never markup."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

UI = Path(__file__).resolve().parents[3] / "reader" / "ui"
FILES = sorted(UI.rglob("*.py"))

MARKUP_TAKERS = {"notify", "Static", "Label", "Button", "Tree", "Link"}
NEVER = {"OptionList", "SelectionList", "DataTable", "Select", "Markdown", "from_markup", "escape"}


def calls(path: Path) -> list[tuple[str, ast.Call]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else None
            if ast.unparse(node.func) == "re.escape":
                # Of patterns, not of markup.
                continue
            if isinstance(node.func, ast.Name):
                name = node.func.id
            if name:
                found.append((name, node))
    return found


def is_plain(call: ast.Call) -> bool:
    """A literal without brackets, a Content, or a call that turns markup off."""
    if any(
        key.arg == "markup" and isinstance(key.value, ast.Constant) and key.value.value is False
        for key in call.keywords
    ):
        return True
    first = call.args[0] if call.args else None
    if isinstance(first, ast.Call) and isinstance(first.func, ast.Name):
        return first.func.id == "Content"
    return isinstance(first, ast.Constant) and "[" not in str(first.value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(UI)))
def test_no_text_is_read_as_markup(path: Path) -> None:
    for name, call in calls(path):
        if name == "notify":
            assert call.keywords, f"{path}:{call.lineno}"
        if name in MARKUP_TAKERS:
            assert is_plain(call), f"{path}:{call.lineno}: {name} reads markup"
        assert name not in NEVER, f"{path}:{call.lineno}: {name} reads markup"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(UI)))
def test_no_text_reaches_a_shell_or_an_action_string(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for word in ("os.system", "shell=True", "subprocess", "run_action", "@click"):
        assert word not in text, f"{path}: {word}"


def test_only_the_gateway_and_types_know_the_service() -> None:
    for path in FILES:
        if path.name == "gateway.py":
            continue
        checked = [
            node
            for node in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("reader.service")
        ]
        assert not checked, f"{path} imports the service when it is loaded"
