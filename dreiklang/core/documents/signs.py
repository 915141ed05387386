"""Tick boxes, however a file spells them: as ☒ and ☐."""

TICKED, EMPTY = "☒", "☐"

# Unicode has many drawings of the two.
_ALIKE = str.maketrans(dict.fromkeys("☑⊠⌧🗹🗵🗷🅇🆇", TICKED) | dict.fromkeys("□❏❐❑❒▢◻⬜🞎🞏⎕", EMPTY))
# Symbol fonts draw them at the places of letters: font → code of one byte → sign.
_FONTS = {
    "wingdings2": dict.fromkeys(b"RSTVX", TICKED) | dict.fromkeys(b"\xa3*", EMPTY),
    # A font without an encoding of its own is read by the standard one: there the empty box is a currency sign.
    "wingdings": dict.fromkeys(b"\xfd\xfex", TICKED) | dict.fromkeys(b"\xa8\xa4oqr", EMPTY),
    "webdings": {0x63: EMPTY},
    "zapfdingbats": dict.fromkeys(b"oqr", EMPTY),
}
_PRIVATE = range(0xF000, 0xF100)  # where Word puts the codes of symbol fonts


def alike(text: str) -> str:
    """The text with every drawing of a tick box as ☒ or ☐, also those of Word's private codes."""
    text = text.translate(_ALIKE)
    if not any(0xF000 <= ord(char) < 0xF100 for char in set(text)):
        return text
    return "".join(symbol("wingdings", ord(char)) or char if ord(char) in _PRIVATE else char for char in text)


def symbol(font: str, code: int) -> str:
    """☒ or ☐ if that font draws one at that code, else empty; `font` may be a subset's name ("ABCDEF+Wingdings-2")."""
    signs = _FONTS.get(symbol_font(font), {})
    return signs.get(code - 0xF000 if code in _PRIVATE else code, "")


def symbol_font(font: str) -> str:
    """Which of the known symbol fonts it is, or empty."""
    name = "".join(char for char in font.rsplit("+", 1)[-1].lower() if char.isalnum())
    return next((known for known in _FONTS if name.startswith(known)), "")
