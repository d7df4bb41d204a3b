"""Which characters of somebody's text a report shows, and how text that runs from right to left is kept apart."""

import unicodedata

_DIRECTION = set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BREAKS = ("Cc", "Cs", "Zl", "Zp")
_NO_CHARACTERS = set("\ufffe\uffff")


def visible(text: str) -> str:
    """Return somebody's text as one line that no file format stumbles over: no control characters, no hidden reordering."""
    kept = (" " if sign in _NO_CHARACTERS or unicodedata.category(sign) in _BREAKS else sign for sign in text if sign not in _DIRECTION)
    return " ".join("".join(kept).split())


def runs_right_to_left(text: str) -> bool:
    """Say whether a text holds letters of a script that is written from right to left."""
    return any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text)


def isolated(text: str) -> str:
    """Return the text so that it cannot reorder what stands around it, for formats that know no direction of their own."""
    return f"\u2068{text}\u2069" if runs_right_to_left(text) else text
