"""How dates, numbers, money, shares and plurals are worded for people, in German and English.

The one place that does it: `from dreiklang.core import text`, then `text.day(...)`.
"""

from .dates import ago, day, day_short, instant, month, month_short, span, time_of_day
from .language import german
from .numbers import money, money_exact, money_short, number, percent_points, share
from .words import count, listing, quantity_word, unknown

__all__ = [
    "ago",
    "count",
    "day",
    "day_short",
    "german",
    "instant",
    "listing",
    "money",
    "money_exact",
    "money_short",
    "month",
    "month_short",
    "number",
    "percent_points",
    "quantity_word",
    "share",
    "span",
    "time_of_day",
    "unknown",
]
