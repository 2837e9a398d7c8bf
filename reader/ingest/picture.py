"""Pictures as points, small enough for a screen. Pillow, which reads them, is an extra."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from reader.errors import ImportItemError
from reader.ingest.reasons import Reason
from reader.model import Pixels

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_POINTS = 40_000_000
"""Points of a picture that is read: at four bytes each, far below the memory of the process."""

LONGEST = 1280
"""Points of the longer side of what comes of it; a terminal seldom has more."""

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP")
_SCALED = frozenset({"RGB", "RGBA", "L", "LA", "CMYK", "YCbCr"})
"""Modes whose points can be mixed; those of others are numbers of colours."""


def read_picture(data: bytes) -> Pixels:
    """The picture in `data`, whatever its server calls it, on white where one sees through it;
    the first of those that move. Raises ImportItemError."""
    try:
        from PIL import Image, UnidentifiedImageError
    except ImportError as error:
        raise ImportItemError("", Reason.NO_PICTURES) from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=_FORMATS) as image:
                return _pixels(image)
    except UnidentifiedImageError as error:
        raise ImportItemError("", Reason.NOT_PICTURE) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImportItemError("", Reason.TOO_MANY_POINTS) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        # All of these are what Pillow says of a file with something missing or wrong in it.
        raise ImportItemError("", Reason.DAMAGED) from error


def _pixels(image: Image) -> Pixels:
    from PIL import Image, ImageOps

    if image.width * image.height > MOST_POINTS:
        raise ImportItemError("", Reason.TOO_MANY_POINTS)
    scaled = image if image.mode in _SCALED else image.convert("RGBA")
    scaled.thumbnail((LONGEST, LONGEST))
    turned = ImageOps.exif_transpose(scaled)
    if turned.has_transparency_data:
        ground = Image.new("RGBA", turned.size, "white")
        ground.alpha_composite(turned.convert("RGBA"))
        turned = ground
    drawn = turned.convert("RGB")
    return Pixels(drawn.width, drawn.height, drawn.tobytes())
