"""What people write in lists, read as values, or refused with a reason.

The formats, with an example each, stand in docs/rules/reading-lists.md; a test reads that page.
"""

from .costs import Amount, Cost, amounts_in, read_cost
from .dates import Order, read_date
from .numbers import Notation, detect_notation, read_number, read_share
from .periods import Found, ReadPeriod, read_period
from .result import Refused

__all__ = [
    "Amount",
    "Cost",
    "Found",
    "Notation",
    "Order",
    "ReadPeriod",
    "Refused",
    "amounts_in",
    "detect_notation",
    "read_cost",
    "read_date",
    "read_number",
    "read_period",
    "read_share",
]
