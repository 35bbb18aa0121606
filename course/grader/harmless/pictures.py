"""Tells whether what is called a picture is one."""

import base64
import binascii
import warnings
from io import BytesIO

MOST_PIXELS = 50_000_000  # a browser takes four bytes for each, however few the picture has
# How the bytes of each kind of picture begin.
_BEGINNINGS = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
}


def read_picture(kind: str, data: object, most: int) -> str | None:
    """Return a picture's data in plain base64, or None when it is no picture or too large.

    Args:
        kind: its mimetype; PNG, JPEG and GIF are known.
        data: what is said to be base64.
        most: bytes of base64 it may have.
    """
    if isinstance(data, list):
        data = "".join(line for line in data if isinstance(line, str))
    if not isinstance(data, str) or len(data) > most or kind not in _BEGINNINGS:
        return None
    plain = "".join(data.split())
    try:
        content = base64.b64decode(plain, validate=True)
    except (binascii.Error, ValueError):
        return None
    # By its bytes: what is called a picture could be a page.
    known = content.startswith(_BEGINNINGS[kind]) and _is_shown_soon(content)
    return plain if known else None


def _is_shown_soon(content: bytes) -> bool:
    """Tell whether this is a picture that a browser has room for."""
    from PIL import Image  # takes long, and most of what is read shows no picture

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=["PNG", "JPEG", "GIF"]) as picture:
                return picture.width * picture.height <= MOST_PIXELS
    except Exception:  # it is none, or far too large
        return False
