"""Pictures made here, sound and hostile, read as points."""

from __future__ import annotations

import struct
import zlib
from importlib.util import find_spec
from io import BytesIO

import pytest

if find_spec("PIL") is None:
    pytest.skip("Pillow is not installed; `make test-extras` brings it", allow_module_level=True)

from PIL import Image

from reader.errors import ImportItemError
from reader.ingest.picture import LONGEST, read_picture
from reader.ingest.reasons import Reason

RED, WHITE = b"\xff\0\0", b"\xff\xff\xff"


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    data = BytesIO()
    image.save(data, kind, **options)
    return data.getvalue()


def chunk(name: bytes, data: bytes, length: int | None = None) -> bytes:
    told = len(data) if length is None else length
    return struct.pack(">I", told) + name + data + struct.pack(">I", zlib.crc32(name + data))


def claims(width: int, height: int) -> bytes:
    """The beginning of a PNG that says it has so many points, and nothing in it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"")


@pytest.mark.parametrize("kind", ["PNG", "GIF", "BMP", "JPEG", "WEBP", "AVIF"])
def test_pictures_of_every_kind_are_points(kind: str) -> None:
    picture = read_picture(encoded(Image.new("RGB", (4, 2), "white"), kind))
    assert (picture.width, picture.height) == (4, 2)
    assert picture.points == WHITE * 8


def test_what_is_seen_through_lies_on_white_and_palettes_are_colours() -> None:
    clear = Image.new("RGBA", (2, 1), (0, 0, 0, 0))
    clear.putpixel((0, 0), (255, 0, 0, 255))
    for mode in ("RGBA", "P"):
        assert read_picture(encoded(clear.convert(mode), "PNG")).points == RED + WHITE


def test_a_large_picture_is_made_small_and_a_turned_one_stands_upright() -> None:
    wide = read_picture(encoded(Image.new("L", (LONGEST * 2, 100)), "PNG"))
    assert (wide.width, wide.height) == (LONGEST, 50)
    assert len(wide.points) == LONGEST * 50 * 3
    turned = Image.Exif()
    turned[0x0112] = 6
    lying = encoded(Image.new("RGB", (40, 20)), "JPEG", exif=turned)
    assert (read_picture(lying).width, read_picture(lying).height) == (20, 40)


WHOLE = encoded(Image.effect_noise((64, 64), 90), "PNG")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<!doctype html><html><body>Sorry</body></html>", Reason.NOT_PICTURE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Reason.NOT_PICTURE),
        (encoded(Image.new("RGB", (4, 2)), "TIFF"), Reason.NOT_PICTURE),
        (claims(0, 5), Reason.NOT_PICTURE),
        (WHOLE[: len(WHOLE) // 2], Reason.DAMAGED),
        (claims(64, 64) + chunk(b"IDAT", b"abc", 1 << 30), Reason.DAMAGED),
        (claims(8_000, 8_000), Reason.TOO_MANY_POINTS),
        (claims(12_000, 9_000), Reason.TOO_MANY_POINTS),
        (claims(2_000_000, 2_000_000), Reason.TOO_MANY_POINTS),
    ],
)
def test_what_is_no_picture_or_too_much_of_one_is_refused(data: bytes, reason: Reason) -> None:
    with pytest.raises(ImportItemError) as caught:
        read_picture(data)
    assert caught.value.reason == reason
