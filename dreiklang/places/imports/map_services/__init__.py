"""Map services of others: asked what they offer, tried for a picture, refused in words."""

from dreiklang.places.imports.map_services.asking import offer_at
from dreiklang.places.imports.map_services.checking import look_again, tried
from dreiklang.places.imports.map_services.records import CannotUse
from dreiklang.places.imports.map_services.wording import note, sentence

__all__ = [
    "CannotUse",
    "look_again",
    "note",
    "offer_at",
    "sentence",
    "tried",
]
