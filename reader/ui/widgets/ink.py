"""Turns the names of component classes into styles."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget


class Ink:
    """The component styles of one widget, each combination worked out once.

    `clear` must be called when the styles of the widget change.
    """

    def __init__(self, widget: Widget, prefix: str) -> None:
        self._widget = widget
        self._prefix = prefix
        self._styles: dict[tuple[str, ...], Style] = {}

    def __call__(self, *names: str) -> Style:
        """Return the style of component classes laid one upon the other on the widget."""
        style = self._styles.get(names)
        if style is None:
            style = self._styles[names] = self._mixed(names)
        return style

    def clear(self) -> None:
        """Forget the styles."""
        self._styles.clear()

    def _mixed(self, names: tuple[str, ...]) -> Style:
        classes = [f"{self._prefix}--{name}" for name in names]
        style = self._widget.get_visual_style(*classes).rich_style
        # The visual style of a widget leaves these two out.
        for name in classes:
            flags = self._widget.get_component_styles(name).text_style
            style += Style(reverse=flags.reverse, underline2=flags.underline2)
        if style.reverse:
            # Many terminals show dim print on a reversed ground as grey on grey.
            style += Style(dim=False)
            if names[0].startswith("cursor"):
                # The colours of a row would be grounds of as many shades, some too light for it.
                style += Style(color="default")
        return style


def restyled(strip: Strip, start: int, end: int, style: Style) -> Strip:
    """Lay `style` on the code points `[start, end)` of a strip; an end of -1 is its end."""
    segments: list[Segment] = []
    at = 0
    last = sum(len(segment.text) for segment in strip) if end == -1 else end
    for text, base, _ in strip:
        first, behind = (max(0, min(len(text), cut - at)) for cut in (start, last))
        behind = max(first, behind)
        segments.append(Segment(text[:first], base))
        segments.append(Segment(text[first:behind], base + style if base else style))
        segments.append(Segment(text[behind:], base))
        at += len(text)
    return Strip([segment for segment in segments if segment.text], strip.cell_length)
