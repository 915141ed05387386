"""Begin, end and price date of a measure, as lists write them."""

from datetime import date

from dreiklang.core.imports.draft import Draft
from dreiklang.core.reading import Found, ReadPeriod, Refused, read_period
from dreiklang.core.values import Unknown
from dreiklang.measures.rules import Duration


def read_span(draft: Draft) -> None:
    """Begin and end: a day, or a stretch in words whose first or last day counts; the words stay."""
    for name, words in (("starts_on", "starts_words"), ("ends_on", "ends_words")):
        if not draft.has(name):
            continue
        found = read_period(draft.row.cells[name])
        if isinstance(found, Refused):
            draft.note(found.code, name)
            continue
        day = _day_of(found, is_end=name == "ends_on")
        text = draft.cell(name)
        draft.set(name, day.isoformat() if day else None)
        draft.set(words, "" if day and _is_plain_day(found) else text[:300])
        if isinstance(found, ReadPeriod) and found.is_continuous and "duration" not in draft.values:
            draft.set("duration", Duration.CONTINUOUS.value)
    start, end = draft.values.get("starts_on"), draft.values.get("ends_on")
    if start and end and end < start:
        draft.note("ends_before_start", "ends_on")


def _day_of(found: ReadPeriod | Found | Unknown, *, is_end: bool) -> date | None:
    """The first or last day of a stated period; a sentence that only mentions days gives none."""
    if not isinstance(found, ReadPeriod):
        return None
    return found.period.end if is_end else found.period.start


def _is_plain_day(found: ReadPeriod | Found | Unknown) -> bool:
    """Whether the cell was one day and nothing more, so that its words say nothing further."""
    return (
        isinstance(found, ReadPeriod)
        and found.period.start is not None
        and found.period.start == found.period.end
    )


def read_price_date(draft: Draft) -> None:
    """The day whose prices the stated costs are in."""
    if not draft.has("cost_price_on"):
        return
    found = read_period(draft.row.cells["cost_price_on"])
    if isinstance(found, Refused | Found):
        draft.note("not_a_day", "cost_price_on")
        return
    day = found.period.start if isinstance(found, ReadPeriod) else None
    draft.set("cost_price_on", day.isoformat() if day else None)
