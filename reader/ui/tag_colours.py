"""The colours of tags, as every theme has them.

In a text (`Content`) a colour is a style: `tag_style(Colour.RED)` is "$tag-red". A widget that
draws its own lines takes the component classes `TAG_CLASSES` and, within its stylesheet,
`TAG_CSS`: `tag_class(Colour.RED)` is "tag--red".
"""

from __future__ import annotations

from reader.kept import Colour

TAG_CLASSES = frozenset(f"tag--{colour}" for colour in Colour)

TAG_CSS = "\n".join(f"& > .tag--{colour} {{ color: $tag-{colour}; }}" for colour in Colour)


def tag_style(colour: Colour | None) -> str:
    """The style of a text in the colour of a tag; "" for a tag without one."""
    return f"$tag-{colour}" if colour is not None else ""


def tag_class(colour: Colour | None) -> str:
    """The component class of the same; "" for a tag without one."""
    return f"tag--{colour}" if colour is not None else ""
