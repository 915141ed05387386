"""What a district's profile says: its sentence, its tables, its numbers to take away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dreiklang.core import text
from dreiklang.core.values import Share, Unknown
from dreiklang.measures.rules import MeasureLine, Standing
from dreiklang.monitoring.queries.data_sheets import SheetLine
from dreiklang.monitoring.queries.profiles import DistrictProfile, ProfileLine
from dreiklang.monitoring.views.value_words import (
    Measure,
    change_words,
    difference_words,
    measure_of,
    number_words,
    period_words,
    rank_words,
    reason_words,
    short_measure,
    signed_words,
    trend_sign,
    unit_words,
    value_words,
)
from dreiklang.places.queries import AreaRow
from dreiklang.ui.rules import Sign, Tone


@dataclass(frozen=True)
class WordedLine:
    """An indicator of the profile in words. What is unknown has its reason beside it."""

    name: str
    url: str
    unit: str
    on: str
    value: str
    value_short: str
    value_note: str
    city: str
    part: str
    is_total: bool
    difference: str
    is_better: bool | None
    rank: str
    rank_note: str
    difference_short: str
    since: str
    change: str
    change_short: str
    trend: Sign
    beside: tuple[str, ...]
    is_internal: bool

    @property
    def judged(self) -> Sign | None:
        """Better or worse than the city, as a word with its sign; None without a judgement."""
        if self.is_better is None:
            return None
        if self.is_better:
            return Sign("better", _("besser als die Stadt"), Tone.GOOD)
        return Sign("worse", _("schlechter als die Stadt"), Tone.WARN)


def profile_address(area: AreaRow) -> str:
    """The profile of an area."""
    return reverse("monitoring:profile", args=[area.level_key, area.slug])


def worded(profile: DistrictProfile) -> list[WordedLine]:
    """The lines of the profile in words, in their order."""
    return [_worded(profile, line) for line in profile.lines]


def _worded(profile: DistrictProfile, line: ProfileLine) -> WordedLine:
    figure, indicator = line.figure, line.indicator
    measure = measure_of(indicator.unit, indicator.decimals)
    short = short_measure(measure)
    value = figure.last.value
    rank_note = ""
    if not isinstance(figure.rank, Unknown) and not figure.rank.is_judged:
        rank_note = _("nach Größe")
    return WordedLine(
        name=indicator.name,
        url=reverse("monitoring:indicator", args=[indicator.key]),
        unit=unit_words(measure),
        on=period_words(figure.last),
        value=value_words(value, measure) if not isinstance(value, Unknown) else _("unbekannt"),
        value_short="–" if isinstance(value, Unknown) else value_words(value, short),
        value_note=reason_words(value) if isinstance(value, Unknown) else "",
        city=_short(figure.city, measure),
        part=part_words(figure.part),
        is_total=figure.is_total,
        difference="–"
        if isinstance(figure.difference, Unknown)
        else difference_words(figure.difference, measure),
        difference_short="–"
        if isinstance(figure.difference, Unknown)
        else signed_words(figure.difference, short),
        is_better=figure.is_better,
        rank="–" if isinstance(figure.rank, Unknown) else rank_words(figure.rank),
        rank_note=rank_note,
        since=str(figure.since.ends_on.year) if figure.since else "",
        change="–" if isinstance(figure.change, Unknown) else change_words(figure.change, measure),
        change_short="–" if isinstance(figure.change, Unknown) else change_words(figure.change, short),
        trend=trend_sign(figure.trend),
        beside=tuple(_short(value_of(profile, line, one), measure) for one in profile.beside),
        is_internal=indicator.visibility != "public",
    )


def part_words(part: Share | Unknown) -> str:
    """What part of the city a district is: 4,2 %."""
    return "–" if isinstance(part, Unknown) else text.share(part, places=1)


def value_of(profile: DistrictProfile, line: ProfileLine, area: AreaRow) -> Decimal | Unknown:
    """The value of another district on the day of the profile's."""
    region = profile.regions.get(area.pk)
    nothing = Unknown("not_delivered")
    return nothing if region is None else line.figure.on_day.get(region, nothing)


def sentence(profile: DistrictProfile) -> str:
    """How often the district stands better than the city, how often worse."""
    if not profile.lines:
        return _("Für %(name)s liegen noch keine Werte vor.") % {"name": profile.area.name}
    judged = [line.figure.is_better for line in profile.lines if not line.figure.is_total]
    if not judged:
        return _("%(name)s im Vergleich mit der ganzen Stadt.") % {"name": profile.area.name}
    better, worse = judged.count(True), judged.count(False)
    rest = len(judged) - better - worse
    said = {
        "name": profile.area.name,
        "better": text.number(better),
        "worse": text.number(worse),
        "of": text.number(len(judged)),
    }
    words = ngettext(
        "Von %(of)s Indikator steht %(name)s bei %(better)s besser da als die ganze Stadt, bei %(worse)s schlechter.",
        "Von %(of)s Indikatoren steht %(name)s bei %(better)s besser da als die ganze Stadt, bei %(worse)s schlechter.",
        len(judged),
    )
    return " ".join([words % said, *_rest(rest)])


def _rest(number: int) -> list[str]:
    if not number:
        return []
    words = ngettext("%(n)s ist ohne Wertung.", "%(n)s sind ohne Wertung.", number)
    return [words % {"n": text.number(number)}]


def similar_sentence(profile: DistrictProfile) -> str:
    """Which districts are most like it and by what, or why nobody can tell."""
    names = text.listing(one.name for one in profile.traits)
    if not profile.traits:
        return _(
            "Welche Stadtteile ähnlich sind, lässt sich noch nicht sagen: Niemand hat Vergleichsmerkmale gewählt."
        )
    if isinstance(profile.similar, Unknown):
        return _(
            "Welche Stadtteile ähnlich sind, lässt sich nicht sagen: Von den Merkmalen (%(names)s) sind "
            "zu wenige bekannt. Nötig sind mindestens drei."
        ) % {"names": names}
    areas = profile.by_region
    found = text.listing(areas[one.region].name for one in profile.similar)
    return _("Am ähnlichsten: %(found)s. Verglichen nach: %(names)s.") % {"found": found, "names": names}


def running_sentence(measures: Sequence[MeasureLine]) -> str:
    """How many measures there are in the district, and how they stand."""
    if not measures:
        return _("Diesem Gebiet ist noch keine Maßnahme zugeordnet.")
    standings = [one.standing for one in measures]
    parts = [
        (_("%(n)s im Plan"), Standing.ON_TRACK),
        (_("%(n)s verzögert"), Standing.DELAYED),
        (_("%(n)s stehen still"), Standing.STOPPED),
        (_("%(n)s in Nutzung"), Standing.IN_USE),
        (_("%(n)s ohne aktuellen Bericht"), Standing.UNREPORTED),
    ]
    listed = text.listing(
        words % {"n": text.number(standings.count(one))} for words, one in parts if standings.count(one)
    )
    whole = ngettext("Eine Maßnahme", "%(n)s Maßnahmen", len(measures)) % {"n": text.number(len(measures))}
    return f"{whole}: {listed}." if listed else f"{whole}."


def sources(lines: Iterable[ProfileLine | SheetLine]) -> list[str]:
    """Where the values come from, each source once, in the order of the indicators."""
    found = [
        one.indicator.attribution or (one.indicator.provider.name if one.indicator.provider else "")
        for one in lines
    ]
    return [one for one in dict.fromkeys(found) if one]


def heads() -> list[str]:
    """The columns of the download, in the reader's language."""
    return [
        _("Kurzname"),
        _("Indikator"),
        _("Einheit"),
        _("Stand"),
        _("Wert"),
        _("ganze Stadt"),
        _("Unterschied"),
        _("Rang"),
        _("von"),
        _("Vergleichsjahr"),
        _("Änderung"),
        _("Trend"),
    ]


def exported(line: ProfileLine) -> tuple[Any, ...]:
    """A row of the download: exact numbers; without one the reason in words."""
    figure = line.figure
    rank = figure.rank
    return (
        line.indicator.key,
        line.indicator.name,
        line.indicator.unit,
        figure.last.ends_on,
        _cell(figure.last.value),
        _cell(figure.city),
        _cell(figure.difference if isinstance(figure.difference, Unknown) else figure.difference.absolute),
        None if isinstance(rank, Unknown) else rank.place,
        None if isinstance(rank, Unknown) else rank.of,
        figure.since.ends_on.year if figure.since else None,
        _cell(figure.change if isinstance(figure.change, Unknown) else figure.change.absolute),
        str(trend_sign(figure.trend).label),
    )


def as_data(line: ProfileLine) -> dict[str, Any]:
    """The row for machines: decimals as text, without a number the code of the reason."""
    figure = line.figure
    return {
        "indicator": line.indicator.key,
        "name": line.indicator.name,
        "unit": line.indicator.unit,
        "on": figure.last.ends_on.isoformat(),
        "value": _datum(figure.last.value),
        "city": _datum(figure.city),
        "difference": _datum(
            figure.difference if isinstance(figure.difference, Unknown) else figure.difference.absolute
        ),
        "rank": None
        if isinstance(figure.rank, Unknown)
        else {"place": figure.rank.place, "of": figure.rank.of},
        "since": figure.since.ends_on.year if figure.since else None,
        "change": _datum(figure.change if isinstance(figure.change, Unknown) else figure.change.absolute),
        "trend": figure.trend.reason if isinstance(figure.trend, Unknown) else figure.trend.code.value,
    }


def _datum(value: Decimal | Unknown) -> dict[str, str] | str:
    return {"unknown": value.reason} if isinstance(value, Unknown) else f"{value:f}"


def _cell(value: Decimal | Unknown) -> Decimal | str:
    return reason_words(value) or _("unbekannt") if isinstance(value, Unknown) else value


def _short(value: Decimal | Unknown, measure: Measure) -> str:
    """In a narrow column: the number, or a dash; the reason stands where there is room."""
    return "–" if isinstance(value, Unknown) else number_words(value, measure)
