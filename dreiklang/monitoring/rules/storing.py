"""What the tables of values hold, and what is too long or too fine for them: known before anything is written."""

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal

from .ffcsv_parts import BreakdownRef, FfcsvRow, QuantityRef, RegionRef, TimeRef
from .marks import ReadValue, written
from .values import Refused

# As in models.Observation, Quantity and Breakdown; a test holds them together.
WHOLE_DIGITS, DECIMALS = 16, 8
LONGEST_WORDS, LONGEST_MARK = 80, 12
LONGEST_CODE, LONGEST_UNIT, LONGEST_BREAKDOWN = 120, 120, 500
NUL = "\x00"
_FINEST = Decimal(1).scaleb(-DECIMALS)


def storable(read: ReadValue) -> ReadValue | Refused:
    """A value as the table holds it.

    A number finer than eight decimals is rounded to them, half to even, and kept word for word beside. Refused:
    `too_large` for more than sixteen digits before the comma, `too_long` for words or signs that do not fit,
    `broken_text` where letters are lost.
    """
    value, words = read.value, read.words
    if value is not None:
        if value.adjusted() >= WHOLE_DIGITS:
            return Refused("too_large", written(read))
        if decimals_of(value) > DECIMALS:
            words = written(read)
            value = value.quantize(_FINEST, rounding=ROUND_HALF_EVEN)
    if NUL in words or NUL in read.mark:
        return Refused("broken_text", _shown(words))
    if len(words) > LONGEST_WORDS or len(read.mark) + len(read.qualifiers) > LONGEST_MARK:
        return Refused("too_long", _shown(words or read.mark))
    return read if words == read.words else read._replace(value=value, words=words)


def decimals_of(value: Decimal | None) -> int:
    """How many digits behind the comma a number was written with; 0 for none."""
    exponent = value.as_tuple().exponent if value is not None else 0
    return max(-exponent, 0) if isinstance(exponent, int) else 0


class PartLimits:
    """Looks at the parts of rows, each once: rows of one region share one and the same part."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[str, Refused] | None] = {}

    def flaw(self, row: FfcsvRow) -> tuple[str, Refused] | None:
        """The column and the reason why a row cannot be kept (`too_long`, `broken_text`); None if nothing is wrong."""
        for part, look in (
            (row.quantity, _of_quantity),
            (row.region, _of_region),
            (row.breakdown, _of_breakdown),
            (row.time, _of_time),
        ):
            key = id(part)
            if key not in self._known:
                self._known[key] = look(part)  # type: ignore[arg-type]  # each looks at its own part
            if flaw := self._known[key]:
                return flaw
        return None


def _of_quantity(part: QuantityRef) -> tuple[str, Refused] | None:
    return (
        _flaw("value_variable_code", part.code, LONGEST_CODE)
        or _flaw("value_unit", part.unit_words, LONGEST_UNIT)
        or _lost("value_variable_label", (part.name, part.statistic_label))
    )


def _of_region(part: RegionRef) -> tuple[str, Refused] | None:
    return _lost("region", part.axis[1:]) if part.axis else None


def _of_breakdown(part: BreakdownRef) -> tuple[str, Refused] | None:
    said = [words for axis in part.axes for words in axis[1:]]
    return _lost("breakdown", said) or _flaw("breakdown", part.key, LONGEST_BREAKDOWN)


def _of_time(part: TimeRef) -> tuple[str, Refused] | None:
    return _lost("time", (part.code, part.words))


def _flaw(column: str, words: str, longest: int) -> tuple[str, Refused] | None:
    if len(words) > longest:
        return column, Refused("too_long", _shown(words))
    return _lost(column, (words,))


def _lost(column: str, words: Iterable[str]) -> tuple[str, Refused] | None:
    lost = next((one for one in words if NUL in one), None)
    return (column, Refused("broken_text", _shown(lost))) if lost is not None else None


def _shown(words: str) -> str:
    """The words as a report can show them."""
    return words.replace(NUL, "\N{REPLACEMENT CHARACTER}")[:LONGEST_WORDS]
