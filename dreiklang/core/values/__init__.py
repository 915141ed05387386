"""The values every subject calculates with: exact, frozen, and honest about what is unknown."""

from .money import Money, Sum, add_up
from .period import Period
from .share import Share
from .unknown import Unknown, first_known, known

__all__ = ["Money", "Period", "Share", "Sum", "Unknown", "add_up", "first_known", "known"]
