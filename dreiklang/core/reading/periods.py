"""Periods as people write them: "4. Quartal 2022", "Ende 2016", "seit Februar 2014", or inside a sentence."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from dreiklang.core.values import Period, Unknown

from .dates import MONTH, month_number, read_date
from .result import Refused, not_stated, tidy

_YEAR = r"(?:19[5-9]\d|20\d\d)"
_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_HALVES = {"1": 1, "2": 2, "i": 1, "ii": 2, "erst": 1, "zwei": 2}
# Months of the seasons and of the loose parts of a year; decided in docs/rules/reading-lists.md.
_SEASONS = {"früh": (3, 3), "somm": (6, 3), "herb": (9, 3)}
_PARTS_OF_YEAR = {"anfang": (1, 3), "mitte": (5, 4), "ende": (10, 3)}
_PARTS_OF_MONTH = {"anfang": (1, 10), "mitte": (11, 20), "ende": (21, 31)}

Groups = dict[str, str]
Build = Callable[[Groups], Period | str]


@dataclass(frozen=True, slots=True)
class ReadPeriod:
    """The period a cell states, with its words; a continuous task has no ends."""

    period: Period
    is_continuous: bool = False
    is_approximate: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Periods named somewhere in a sentence, in order. What happens in them only the words say."""

    periods: tuple[Period, ...]
    words: str


def read_period(value: object) -> ReadPeriod | Found | Unknown | Refused:
    """The period a cell states; for a sentence the periods it names, as Found.

    unknown: `not_stated` for empty cells, `no_date` (with the words) for text that names no period.
    """
    missing = not_stated(value)
    if missing is not None:
        return missing
    if isinstance(value, int | float) and not isinstance(value, bool):
        is_year = value == int(value) and re.fullmatch(_YEAR, str(int(value)))
        return ReadPeriod(Period.year(int(value))) if is_year else Refused("number_as_date", str(value))
    if isinstance(value, date):
        return ReadPeriod(Period.day(value.date() if isinstance(value, datetime) else value))
    if not isinstance(value, str):
        return Refused("not_a_day", str(value))
    return _of_text(value)


def _of_text(value: str) -> ReadPeriod | Found | Unknown | Refused:
    original, words = value.strip(), tidy(value).rstrip(".")
    if _CONTINUOUS.fullmatch(words):
        return ReadPeriod(Period(None, None, original), is_continuous=True)
    bare = _FILLING.sub("", words)
    whole = _expression(bare, original)
    if isinstance(whole, Refused):
        return whole
    if whole is not None:
        return ReadPeriod(whole, is_approximate=bool(_VAGUE.search(words)))
    found = tuple(
        period
        for match in _IN_SENTENCE.finditer(words)
        if isinstance(period := _expression(match.group(), match.group()), Period)
    )
    return Found(found, original) if found else Unknown("no_date", original)


def _expression(words: str, original: str) -> Period | Refused | None:
    """A whole expression: from–to, since, until, or one stretch; None if it is none of these."""
    for pattern, build in _COMPOUND:
        match = pattern.fullmatch(words)
        if match:
            result = build(match.groupdict())
            return Refused(result, original) if isinstance(result, str) else _named(result, original)
    stretch = _stretch(words)
    if isinstance(stretch, str):
        return Refused(stretch, original)
    return None if stretch is None else _named(stretch, original)


def _stretch(words: str) -> Period | str | None:
    """One stretch (day, month, quarter, season, year …), a code why not, or None if it is something else."""
    for pattern, build in _STRETCHES:
        match = pattern.fullmatch(words)
        if match:
            return build(match.groupdict())
    return None


def _named(period: Period, words: str) -> Period:
    return Period(period.start, period.end, words)


def _day(groups: Groups) -> Period | str:
    day = read_date(groups["day"])
    if isinstance(day, Refused):
        return day.code
    return Period.day(day) if isinstance(day, date) else "not_a_day"


def _season(groups: Groups) -> Period:
    return Period.months(int(groups["y"]), *_SEASONS[groups["season"].lower()[:4]])


def _winter(groups: Groups) -> Period | str:
    year, next_year = int(groups["y"]), groups["next"]
    if not next_year or _same_century(year, next_year) != year + 1:
        return "ambiguous_period"
    return Period.months(year, 12, 3)


def _part_of_year(groups: Groups) -> Period:
    return Period.months(int(groups["y"]), *_PARTS_OF_YEAR[groups["part"].lower()])


def _part_of_month(groups: Groups) -> Period:
    year, month = int(groups["y"]), month_number(groups["m"])
    longest = monthrange(year, month)[1]
    first, last = _PARTS_OF_MONTH[groups["part"].lower()]
    return Period(date(year, month, first), date(year, month, min(last, longest)))


def _years(groups: Groups) -> Period | str:
    first, last = int(groups["y"]), _same_century(int(groups["y"]), groups["next"])
    if last < first:
        return "ends_before_start"
    return Period.months(first, 1, 12 * (last - first + 1))


def _same_century(year: int, digits: str) -> int:
    return int(digits) if len(digits) > 2 else year // 100 * 100 + int(digits)


def _since(groups: Groups) -> Period | str:
    period = _stretch(groups["a"])
    return Period(period.start, None) if isinstance(period, Period) else period or "not_a_day"


def _until(groups: Groups) -> Period | str:
    period = _stretch(groups["a"])
    return Period(None, period.end) if isinstance(period, Period) else period or "not_a_day"


def _from_to(groups: Groups) -> Period | str:
    """From the start of the first to the end of the second; the first may leave its year (or month) to the second."""
    last = _stretch(groups["b"])
    if not isinstance(last, Period):
        return last or "not_a_day"
    assert last.end is not None  # noqa: S101 (a stretch is closed)
    first = _stretch(groups["a"])
    if first is None:
        first = _completed(groups["a"], groups["b"], last.end)
    if not isinstance(first, Period):
        return first or "not_a_day"
    if first.start and first.start > last.end:
        return "ends_before_start"
    return Period(first.start, last.end)


def _completed(beginning: str, ending: str, last: date) -> Period | str | None:
    beginning = beginning.rstrip(" /")
    if re.fullmatch(r"\d{1,2}\. ?\d{1,2}\.?", beginning):
        return _stretch(f"{beginning.rstrip('.')}.{last.year}")
    if re.fullmatch(r"\d{1,2}\.?", beginning):
        rest = re.sub(r"^\D*\d{1,2}\.? ?", "", ending)  # 1. bis 3. Quartal 2015, 1. bis 5. Mai 2015
        return _stretch(f"{beginning.rstrip('.')}. {rest}")
    return _stretch(f"{beginning} {last.year}")


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_IN = r"(?: ?/ ?| in | des jahres | )?"
_STRETCH_TEXTS: tuple[tuple[str, Build], ...] = (
    (rf"(?P<day>\d{{1,2}}\. ?\d{{1,2}}\. ?(?:{_YEAR}|\d{{2}})(?!\d)|\d{{4}}-\d{{2}}-\d{{2}})", _day),
    (rf"(?P<day>\d{{1,2}}\. ?{MONTH} {_YEAR})", _day),
    (
        rf"(?P<q>[1-4]|iv|i{{1,3}})\.? ?(?:quartal|quart\b\.?|q\b\.?){_IN}(?P<y>{_YEAR})",
        lambda g: Period.quarter(int(g["y"]), _QUARTERS[g["q"].lower()]),
    ),
    (rf"\bq ?(?P<q>[1-4])[ /.-]*(?P<y>{_YEAR})", lambda g: Period.quarter(int(g["y"]), int(g["q"]))),
    (rf"(?P<y>{_YEAR})[ /-]*q(?P<q>[1-4])", lambda g: Period.quarter(int(g["y"]), int(g["q"]))),
    (
        rf"\b(?P<q>iv|i{{1,3}}) ?/ ?(?P<y>{_YEAR})",
        lambda g: Period.quarter(int(g["y"]), _QUARTERS[g["q"].lower()]),
    ),
    (
        rf"(?:(?P<h>[12]|ii?)\.?|(?P<w>erste|zweite)[snr]?) ?(?:halbjahr|hj\b\.?|jahreshälfte){_IN}(?P<y>{_YEAR})",
        lambda g: Period.half_year(int(g["y"]), _HALVES[(g["h"] or g["w"][:4]).lower()]),
    ),
    (rf"\bh(?P<h>[12])[ /-]?(?P<y>{_YEAR})", lambda g: Period.half_year(int(g["y"]), int(g["h"]))),
    (rf"\b(?P<season>frühjahr|frühling|sommer|herbst) (?P<y>{_YEAR})", _season),
    (rf"\bwinter (?P<y>{_YEAR})(?: ?/ ?(?P<next>{_YEAR}|\d{{2}})(?!\d))?", _winter),
    (rf"\b(?P<part>anfang|mitte|ende) (?:des jahres )?(?P<y>{_YEAR})", _part_of_year),
    (rf"\b(?P<part>anfang|mitte|ende) (?P<m>{MONTH}) (?P<y>{_YEAR})", _part_of_month),
    (
        rf"\b(?P<m>{MONTH})(?: ?/ ?| )(?P<y>{_YEAR})",
        lambda g: Period.month(int(g["y"]), month_number(g["m"])),
    ),
    (
        rf"(?<![\d/.])(?P<m>0?[1-9]|1[0-2]) ?[/.] ?(?P<y>{_YEAR})",
        lambda g: Period.month(int(g["y"]), int(g["m"])),
    ),
    (rf"(?<!\d)(?P<y>{_YEAR}) ?/ ?(?P<next>{_YEAR}|\d{{2}})(?!\d)", _years),
    (rf"(?:jahr )?(?P<y>{_YEAR})", lambda g: Period.year(int(g["y"]))),
)
_STRETCHES = tuple((_pattern(text), build) for text, build in _STRETCH_TEXTS)
_STRETCH = "(?:" + "|".join(re.sub(r"\(\?P<\w+>", "(?:", text) for text, _ in _STRETCH_TEXTS) + ")"
_INCOMPLETE = rf"(?:\d{{1,2}}\. ?(?:\d{{1,2}}\.?|{MONTH})|\d{{1,2}}\.|(?:(?:anfang|mitte|ende) )?{MONTH})"
_BEGINNING = rf"(?:{_STRETCH}|{_INCOMPLETE}|frühjahr|frühling|sommer|herbst|anfang|mitte)"
_THE = r"(?:(?:dem|der|den|zum|zur|im|jahr|jahre|ca\.|etwa|voraussichtlich|spätestens|einschließlich|einschl\.) )*"
_TO = rf" ?(?:-|–|—|\bbis\b) ?{_THE}"
_COMPOUND_TEXTS: tuple[tuple[str, Build], ...] = (
    (rf"(?:\b(?:von|vom|zwischen) {_THE})?(?P<a>{_BEGINNING}){_TO}(?P<b>{_STRETCH})", _from_to),
    (rf"\b(?:von|vom|zwischen) {_THE}(?P<a>{_BEGINNING}) und {_THE}(?P<b>{_STRETCH})", _from_to),
    (rf"\b(?:ab|seit|frühestens(?: ab| am| im)?|nicht vor) {_THE}(?P<a>{_STRETCH})", _since),
    (rf"\b(?:bis|spätestens(?: bis| zum| am| im)?) {_THE}(?P<a>{_STRETCH})", _until),
)
_COMPOUND = tuple((_pattern(text), build) for text, build in _COMPOUND_TEXTS)
_COMPOUNDS = "|".join(re.sub(r"\(\?P<\w+>", "(?:", text) for text, _ in _COMPOUND_TEXTS)
# A bare year inside a sentence counts only behind a word that makes it a time.
_TEXT_STRETCHES = "|".join(re.sub(r"\(\?P<\w+>", "(?:", text) for text, _ in _STRETCH_TEXTS[:-1])
_IN_SENTENCE = _pattern(rf"{_COMPOUNDS}|{_TEXT_STRETCHES}|(?<=\bin ){_YEAR}\b|\b(?<=jahr )(?:{_YEAR})\b")
_FILLING = _pattern(
    r"^(?:(?:ca\.|circa|etwa|voraussichtlich|vorauss\.|geplant(?: für)?|in den|in dem|im|in|am|der|jahren?|zeitraum)"
    r"[: ] ?)+"
)
_VAGUE = _pattern(
    r"\b(?:ca|circa|etwa|vorauss\w*|geplant|anfang|mitte|ende|frühjahr|frühling|sommer|herbst|winter)\b"
)
_CONTINUOUS = _pattern(
    r"(?:ist |wird )?(?:fort)?laufend(?:e aufgabe)?|kontinuierlich|dauerhaft|dauer|daueraufgabe|ständig|unbefristet"
    r"|fortwährend|permanent|ongoing|continuous"
)
