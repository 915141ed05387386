"""What a map of values says: its sentence, its legend, its table, and what is filtered."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dreiklang.core import text
from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.classes import Interval
from dreiklang.monitoring.rules.shading import Shade
from dreiklang.monitoring.rules.years import years_apart
from dreiklang.monitoring.views.map_drawing import MapDrawing, MapLine, city_change, value_in
from dreiklang.monitoring.views.value_words import (
    Measure,
    change_words,
    number_words,
    reason_words,
    unit_words,
    value_words,
)
from dreiklang.ui.rules import Cell, Chip, Column, Row, Table, TableQuery

# The longest list of names in a sentence.
MOST_NAMED = 3
# So many small maps side by side an eye still compares.
MOST_SIDE_BY_SIDE = 12


@dataclass(frozen=True)
class LegendLine:
    """A class with its shade and how many areas lie in it; `address` shows these alone. A pattern has no number."""

    number: int | None
    shade: str
    words: str
    count: int
    address: str = ""
    is_chosen: bool = False


def profile_address(line: MapLine) -> str:
    """The page of the area."""
    return reverse("monitoring:profile", args=[line.area.level_key, line.area.slug])


def line_words(drawn: MapDrawing, line: MapLine) -> str:
    """The value of an area, or its change."""
    if line.area.pk in drawn.changes:
        return change_words(drawn.changes[line.area.pk], drawn.measure)
    return value_words(line.value, drawn.measure)


def interval_words(interval: Interval, measure: Measure, *, is_balance: bool = False) -> str:
    """A class in words: "10 bis unter 20"; the last one ends with its end."""
    low, high = (_edge(one, measure, is_balance) for one in (interval.low, interval.high))
    if interval.low is None:
        return _("unter %(high)s") % {"high": high}
    if interval.high is None:
        return _("%(low)s und mehr") % {"low": low}
    if interval.low == interval.high:
        return low
    said = {"low": low, "high": high}
    return _("%(low)s bis %(high)s") % said if interval.is_closed else _("%(low)s bis unter %(high)s") % said


def legend_lines(drawn: MapDrawing, params: QueryDict) -> tuple[LegendLine, ...]:
    """The classes from low to high, then what has no class."""
    found: list[LegendLine] = []
    if drawn.scale:
        counts = drawn.scale.counts(drawn.values)
        for at, interval in enumerate(drawn.scale.classes.intervals):
            is_chosen = drawn.wish.only_class == at + 1
            found.append(
                LegendLine(
                    at + 1,
                    drawn.scale.shades[at],
                    interval_words(interval, drawn.measure, is_balance=drawn.wish.is_balance),
                    counts[at],
                    address(params, klasse="" if is_chosen else str(at + 1)),
                    is_chosen,
                )
            )
    shades = [one.shade for one in drawn.lines]
    patterns = {Shade.HIDDEN: _("kleine Zahl, nicht gezeigt"), Shade.UNKNOWN: _("kein Wert")}
    found += [
        LegendLine(None, shade, words, shades.count(shade))
        for shade, words in patterns.items()
        if shade in shades
    ]
    return tuple(found)


def chips(drawn: MapDrawing, params: QueryDict) -> list[Chip]:
    """What is filtered or compared just now, each with the way out of it."""
    wish, found = drawn.wish, []
    if wish.is_balance:
        words = _("Bilanz: %(before)s bis %(after)s") % {"before": wish.before, "after": wish.after}
        found.append(Chip(words, address(params, von="", bis="")))
    if wish.part_of:
        found.append(Chip(_("Nur in %(part)s") % {"part": wish.part_of}, address(params, teil="")))
    if wish.only_class is not None:
        found.append(Chip(_("Nur Klasse %(n)s") % {"n": wish.only_class}, address(params, klasse="")))
    return found


def address(params: QueryDict, **changed: str) -> str:
    """The query string with some values set, or left out where they are empty."""
    left = params.copy()
    for name, value in changed.items():
        left.pop(name, None)
        if value:
            left[name] = value
    return f"?{left.urlencode()}" if left else "."


def sentence(drawn: MapDrawing) -> str:
    """The answer first: from where to where the values reach, or how many rose and fell."""
    if drawn.wish.is_balance:
        return _balance_sentence(drawn)
    known = [one for one in drawn.lines if not isinstance(one.value, Unknown)]
    if not known:
        return _("%(year)s: In keinem Gebiet liegt ein Wert vor.") % {"year": drawn.wish.year}
    low, high = min(_number(one) for one in known), max(_number(one) for one in known)
    said = {
        "year": drawn.wish.year,
        "low": value_words(low, drawn.measure),
        "high": value_words(high, drawn.measure),
        "where_low": _where(known, low),
        "where_high": _where(known, high),
    }
    return _(
        "%(year)s reicht der Wert von %(low)s (%(where_low)s) bis %(high)s (%(where_high)s)."
    ) % said + _city_words(drawn)


def _balance_sentence(drawn: MapDrawing) -> str:
    known = [one.value for one in drawn.lines if not isinstance(one.value, Unknown)]
    said = {
        "before": drawn.wish.before,
        "after": drawn.wish.after,
        "up": text.number(sum(1 for value in known if value > 0)),
        "down": text.number(sum(1 for value in known if value < 0)),
        "same": text.number(sum(1 for value in known if value == 0)),
    }
    words = _(
        "Von %(before)s bis %(after)s ist der Wert in %(up)s Gebieten gestiegen, in %(down)s gefallen, "
        "in %(same)s gleich geblieben."
    )
    change = city_change(drawn)
    if isinstance(change, Unknown):
        return words % said
    return (
        words % said
        + " "
        + _("Die ganze Stadt: %(change)s.") % {"change": change_words(change, drawn.measure)}
    )


def _city_words(drawn: MapDrawing) -> str:
    value = value_in(drawn.shown.city, drawn.wish.year)
    if isinstance(value, Unknown):
        return ""
    return " " + _("In der ganzen Stadt sind es %(value)s.") % {"value": value_words(value, drawn.measure)}


def left_out_words(drawn: MapDrawing) -> str:
    """How many areas have no class, by reason; empty where every one has."""
    reasons = [reason_words(one.value) for one in drawn.lines if isinstance(one.value, Unknown)]
    if not reasons:
        return ""
    named = [f"{text.number(reasons.count(one))} {one}" for one in dict.fromkeys(reasons) if one]
    words = ngettext("%(n)s Gebiet ohne Wert", "%(n)s Gebiete ohne Wert", len(reasons)) % {
        "n": text.number(len(reasons))
    }
    return f"{words}: {'; '.join(named)}." if named else f"{words}."


def table_of(drawn: MapDrawing, query: TableQuery, *, csv_href: str) -> Table:
    """The numbers behind the map, as many rows as it has areas."""
    lines = [one for one in drawn.lines if not one.is_faded]
    if query.sort == "wert":
        lines.sort(key=_by_value, reverse=query.is_descending)
    elif query.is_descending:
        lines.reverse()
    return Table(
        caption=_("Werte der Karte"),
        columns=columns(drawn),
        rows=[_row(drawn, one) for one in lines],
        query=query,
        csv_href=csv_href,
        empty_text=_("Kein Gebiet gehört zu dieser Auswahl."),
        id="karte-tabelle",
    )


def years_shown(drawn: MapDrawing) -> tuple[int, ...]:
    """The years that stand side by side; none where one year or a balance is shown."""
    return years_apart(drawn.shown.years, most=MOST_SIDE_BY_SIDE) if drawn.wish.is_side_by_side else ()


def columns(drawn: MapDrawing) -> tuple[Column, ...]:
    """The columns of the table: a value, or two years with what lies between."""
    unit = unit_words(drawn.measure)
    first = Column(
        "name", drawn.shown.level.name if drawn.shown.level else "", is_sortable=True, is_optional=False
    )
    number = Column("klasse", _("Klasse"), is_numeric=True)
    if drawn.wish.is_side_by_side:
        return first, *(Column(str(year), str(year), is_numeric=True) for year in years_shown(drawn))
    if not drawn.wish.is_balance:
        label = f"{drawn.wish.year}" + (f" ({unit})" if unit else "")
        return first, Column("wert", label, is_numeric=True, is_sortable=True), number
    return (
        first,
        Column("vorher", str(drawn.wish.before), is_numeric=True),
        Column("nachher", str(drawn.wish.after), is_numeric=True),
        Column("wert", _("Änderung"), is_numeric=True, is_sortable=True),
        number,
    )


def _row(drawn: MapDrawing, line: MapLine) -> Row:
    cells = {
        "name": Cell(line.area.name, href=profile_address(line)),
        "klasse": "–" if line.number is None else str(line.number),
        # Twelve years beside each other leave no room for reasons.
        **{
            str(year): number_words(value_in(line.area.years, year), drawn.measure)
            for year in years_shown(drawn)
        },
    }
    if drawn.wish.is_balance:
        for column, year in (("vorher", drawn.wish.before), ("nachher", drawn.wish.after)):
            cells[column] = _cell(value_in(line.area.years, year), drawn.measure)
        cells["wert"] = Cell(line_words(drawn, line)) if line.number else _cell(line.value, drawn.measure)
    else:
        cells["wert"] = _cell(line.value, drawn.measure)
    return Row(cells=cells)


def _cell(value: Decimal | Unknown, measure: Measure) -> Cell:
    note = reason_words(value) if isinstance(value, Unknown) else ""
    return Cell(number_words(value, measure), note=note)


def _by_value(line: MapLine) -> Decimal:
    return Decimal("-Infinity") if isinstance(line.value, Unknown) else line.value


def _number(line: MapLine) -> Decimal:
    if isinstance(line.value, Unknown):
        raise TypeError("an area without a number was to be left out before")
    return line.value


def _where(lines: Sequence[MapLine], value: Decimal) -> str:
    names = [one.area.name for one in lines if one.value == value]
    if len(names) > MOST_NAMED:
        return _("%(n)s Gebiete") % {"n": text.number(len(names))}
    return text.listing(names)


def _edge(value: Decimal | None, measure: Measure, is_balance: bool) -> str:
    """The number alone: the unit stands once above the legend."""
    if value is None:
        return ""
    if is_balance and measure.is_share and measure.unit:
        places = max(measure.decimals, 1)
        return _plus(value) + text.number(value * measure.unit.factor * 100, places=places)
    return (_plus(value) if is_balance else "") + number_words(value, measure)


def _plus(value: Decimal) -> str:
    return "+" if value > 0 else ""


def legend_unit(drawn: MapDrawing) -> str:
    """What the numbers of the legend are: the unit, or of a balance of shares percentage points."""
    if drawn.wish.is_balance and drawn.measure.is_share:
        return _("Prozentpunkte")
    return unit_words(drawn.measure)
