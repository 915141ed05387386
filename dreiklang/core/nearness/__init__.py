"""How near texts are to each other: meaning by a sentence encoder, wording by runs of characters.

All arithmetic happens in a child process (`encoder`), which is started when first needed, kept warm and ended when
idle; this process needs neither the model nor numpy. See docs/rules/proposals.md for what the numbers mean.
"""

from dreiklang.core.nearness.encoder import CannotCompare, compare, describe, rest
from dreiklang.core.nearness.records import METHOD, Compared, Profile, Text, fingerprint

__all__ = [
    "METHOD",
    "CannotCompare",
    "Compared",
    "Profile",
    "Text",
    "compare",
    "describe",
    "fingerprint",
    "rest",
]
