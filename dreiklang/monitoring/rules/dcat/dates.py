"""Days and instants as catalogues write them: ISO, German, words, seconds since 1970. How exact stays known."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum

from dreiklang.core.reading.dates import MONTH, month_number
from dreiklang.monitoring.rules.values import Refused

from .vocabulary import XSD

_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:Z|[+-]\d{2}:\d{2})?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_INSTANT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(\.\d+)?\s?(Z|[+-]\d{2}:?\d{2})?", re.IGNORECASE
)
_GERMAN = re.compile(
    r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:,?\s+(?:um\s+)?(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*Uhr)?)?"
)
_SPOKEN = re.compile(rf"(?:(\d{{1,2}})\.?\s+)?({MONTH})\s+(\d{{4}})", re.IGNORECASE)
_MONTH_YEAR = re.compile(r"(\d{1,2})[./](\d{4})")
_EPOCH = re.compile(r"\d{9,10}|\d{12,13}")
_FIRST, _LAST = 1900, 2100


class Precision(StrEnum):
    """How exact a source says when."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    INSTANT = "instant"


_DATATYPES = {
    Precision.YEAR: XSD + "gYear",
    Precision.MONTH: XSD + "gYearMonth",
    Precision.DAY: XSD + "date",
    Precision.INSTANT: XSD + "dateTime",
}


@dataclass(frozen=True, slots=True)
class ReadDay:
    """What was written, in ISO 8601.

    text        the words of the source where they are ISO already, else rebuilt from them
    on          the day; the first one of a month or a year
    is_rebuilt  the source wrote it in another way
    """

    text: str
    precision: Precision
    on: date
    is_rebuilt: bool = False

    @property
    def datatype(self) -> str:
        """The datatype of XML Schema that says how exact it is."""
        return _DATATYPES[self.precision]


def read_day(words: str) -> ReadDay | Refused:
    """The day or instant written. 02/03/2021 is refused: nobody can tell day from month.

    Refused: `not_a_day` with the words.
    """
    text = words.strip()
    for reader in (_instant, _day, _month, _year, _german, _spoken, _month_year, _epoch):
        try:
            found = reader(text)
        except ValueError:
            return Refused("not_a_day", words)
        if found is not None:
            return found if _FIRST <= found.on.year <= _LAST else Refused("not_a_day", words)
    return Refused("not_a_day", words)


def _instant(text: str) -> ReadDay | None:
    found = _INSTANT.fullmatch(text)
    if not found:
        return None
    day, minutes, seconds, fraction, zone = found.groups(default="")
    zone = zone.upper() if ":" in zone or zone.upper() in ("", "Z") else f"{zone[:3]}:{zone[3:]}"
    iso = f"{day}T{minutes}{seconds or ':00'}{fraction}{zone}"
    datetime.fromisoformat(f"{day}T{minutes}{seconds or ':00'}")
    return ReadDay(iso, Precision.INSTANT, date.fromisoformat(day), iso != text)


def _day(text: str) -> ReadDay | None:
    found = _DAY.fullmatch(text) or _COMPACT.fullmatch(text)
    if not found:
        return None
    on = date(*(int(part) for part in found.groups()))
    return ReadDay(on.isoformat(), Precision.DAY, on, on.isoformat() != text)


def _month(text: str) -> ReadDay | None:
    found = _MONTH.fullmatch(text)
    return ReadDay(text, Precision.MONTH, date(int(found[1]), int(found[2]), 1)) if found else None


def _year(text: str) -> ReadDay | None:
    return ReadDay(text, Precision.YEAR, date(int(text), 1, 1)) if _YEAR.fullmatch(text) else None


def _german(text: str) -> ReadDay | None:
    found = _GERMAN.fullmatch(text)
    if not found:
        return None
    on = date(int(found[3]), int(found[2]), int(found[1]))
    if found[4] is None:
        return ReadDay(on.isoformat(), Precision.DAY, on, is_rebuilt=True)
    at = time(int(found[4]), int(found[5]), int(found[6] or 0))
    return ReadDay(f"{on.isoformat()}T{at.isoformat()}", Precision.INSTANT, on, is_rebuilt=True)


def _spoken(text: str) -> ReadDay | None:
    found = _SPOKEN.fullmatch(text)
    if not found:
        return None
    month, year = month_number(found[2]), int(found[3])
    if found[1] is None:
        return ReadDay(f"{year:04}-{month:02}", Precision.MONTH, date(year, month, 1), is_rebuilt=True)
    on = date(year, month, int(found[1]))
    return ReadDay(on.isoformat(), Precision.DAY, on, is_rebuilt=True)


def _month_year(text: str) -> ReadDay | None:
    found = _MONTH_YEAR.fullmatch(text)
    if not found:
        return None
    on = date(int(found[2]), int(found[1]), 1)
    return ReadDay(f"{on.year:04}-{on.month:02}", Precision.MONTH, on, is_rebuilt=True)


def _epoch(text: str) -> ReadDay | None:
    """Seconds or thousandths of a second since 1970, as some catalogues write them."""
    if not _EPOCH.fullmatch(text):
        return None
    seconds = int(text) / (1000 if len(text) > 10 else 1)
    at = datetime.fromtimestamp(seconds, UTC).replace(microsecond=0)
    return ReadDay(at.isoformat().replace("+00:00", "Z"), Precision.INSTANT, at.date(), is_rebuilt=True)
