"""Which pictures a city may put beside its name."""

MOST_BYTES = 200_000
_BEGINNINGS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def arms_type(content: bytes) -> str:
    """The media type of a picture of arms, by its first bytes; empty if it is none that we take.

    PNG and JPEG only: an SVG can carry scripts, and every visitor opens the arms.
    """
    if len(content) > MOST_BYTES:
        return ""
    return next((kind for begin, kind in _BEGINNINGS.items() if content.startswith(begin)), "")
