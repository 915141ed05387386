"""A district's profile as a document of two pages: the indicators first, then its like, what runs there, its map."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

from dreiklang.concepts.queries import ConceptLine
from dreiklang.core import text
from dreiklang.core.documents import (
    Block,
    Bullets,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Span,
    Table,
)
from dreiklang.goals.queries import TaskName
from dreiklang.measures.queries import standing_sign
from dreiklang.measures.rules import MeasureLine
from dreiklang.monitoring.queries.profiles import DistrictProfile
from dreiklang.monitoring.views import profile_words as words
from dreiklang.monitoring.views.map_svg import place_svg
from dreiklang.places.queries import AreaShape

# What fits on its page. Lines of text, not entries: a long name takes two.
MOST_LINES, MOST_RATE_LINES, MOST_BESIDE_LINES, MOST_MEASURE_LINES, MOST_CONCEPTS = 50, 32, 14, 18, 6
# So many letters of an indicator's, a measure's name stand on one line.
NAME_LETTERS, TITLE_LETTERS = 44, 62

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Around:
    """What stands on the sheet beside the indicators, and how it is signed."""

    city: str
    measures: Sequence[MeasureLine]
    concepts: Sequence[ConceptLine]
    tasks: Sequence[TaskName]
    shapes: Sequence[AreaShape]
    attribution: str
    address: str
    today: date
    language: str
    is_internal: bool


def profile_document(profile: DistrictProfile, around: Around) -> Document:
    """The profile in the reader's language. What does not fit is counted, and the page in the net has it all."""
    stand = _("Stand %(day)s") % {"day": text.day(around.today)}
    readers = [_("Für die Verwaltung: zeigt auch, was nicht öffentlich ist")] if around.is_internal else []
    return Document(
        title=_("%(name)s im Profil") % {"name": profile.area.name},
        language=around.language,
        subtitle=(" · ".join([around.city, _kind(profile), stand, *readers]),),
        blocks=(
            Paragraph((Span(words.sentence(profile), strong=True),)),
            *_indicators(profile, around),
            PageBreak(),
            *_place(profile, around),
            *_beside(profile),
            *_running(around),
            *_sources(profile, around),
        ),
        foot=f"{around.city} · {profile.area.name} · {stand} · {around.address}",
        author=around.city,
        dated_on=around.today,
        is_compact=True,
    )


def _kind(profile: DistrictProfile) -> str:
    return f"{profile.area.level} {profile.area.key}".strip()


def _indicators(profile: DistrictProfile, around: Around) -> list[Block]:
    """First what can be compared with the city, then how large the district is; both on one page."""
    lines = words.worded(profile)
    rates = [line for line in lines if not line.is_total]
    totals = [line for line in lines if line.is_total]
    shown = _fitting(rates, [line.name for line in rates], MOST_RATE_LINES, NAME_LETTERS)
    room = MOST_LINES - sum(_height(line.name, NAME_LETTERS) for line in shown)
    sized = _fitting(totals, [line.name for line in totals], room, NAME_LETTERS)
    left = len(lines) - len(shown) - len(sized)
    return [
        *_rates(profile, shown),
        *_totals(profile, sized),
        *_more(left, _("weitere Indikatoren"), around.address),
    ]


def _rates(profile: DistrictProfile, lines: Sequence[words.WordedLine]) -> list[Block]:
    if not lines:
        return []
    on, since = _common(line.on for line in lines), _common(line.since for line in lines)
    head = [
        _("Indikator"),
        profile.area.name,
        _("Stadt"),
        _("Unterschied"),
        _("Rang"),
        _since(since),
        _("Trend"),
    ]
    widths = [4.4, 1.3, 1.0, 2.4, 1.3, 2.5, 2.9]
    rows = [
        [
            line.name,
            line.value_note or line.value_short,
            line.city,
            line.difference_short,
            line.rank,
            _change(line.change_short, line, since),
            _trend(line),
        ]
        for line in lines
    ]
    return [Heading(_titled(_("Neben der ganzen Stadt"), on)), _table(head, rows, widths, lines, on)]


def _totals(profile: DistrictProfile, lines: Sequence[words.WordedLine]) -> list[Block]:
    if not lines:
        return []
    on, since = _common(line.on for line in lines), _common(line.since for line in lines)
    head = [_("Anzahl oder Menge"), profile.area.name, _("Teil der Stadt"), _since(since), _("Trend")]
    widths = [4.6, 2.3, 1.6, 4.3, 2.4]
    rows = [
        [
            line.name,
            line.value_note or line.value,
            line.part,
            _change(line.change, line, since),
            str(line.trend.label),
        ]
        for line in lines
    ]
    return [Heading(_titled(_("Wie groß"), on)), _table(head, rows, widths, lines, on)]


def _table(
    head: list[str], rows: list[list[str]], widths: list[float], lines: Sequence[words.WordedLine], on: str
) -> Table:
    """The rows; where not all are of one day, each says its own."""
    if not on:
        head.insert(1, _("Stand"))
        widths.insert(1, 1.6)
        for row, line in zip(rows, lines, strict=True):
            row.insert(1, line.on)
    first = 1 if on else 2
    return Table(tuple(head), tuple(map(tuple, rows)), widths=tuple(widths), numbers=(first, first + 1))


def _common(values: Iterable[str]) -> str:
    """What all have alike; empty where they differ."""
    found = set(values)
    return found.pop() if len(found) == 1 else ""


def _titled(title: str, on: str) -> str:
    return f"{title}, {on}" if on else title


def _since(year: str) -> str:
    return _("Änderung seit %(year)s") % {"year": year} if year else _("Änderung")


def _change(change: str, line: words.WordedLine, common: str) -> str:
    return f"{change} ({_('seit')} {line.since})" if line.since and not common else change


def _trend(line: words.WordedLine) -> str:
    return (
        f"{line.trend.label}, {line.trend.note}"
        if line.trend.note and line.trend.code != "unknown"
        else str(line.trend.label)
    )


def _place(profile: DistrictProfile, around: Around) -> list[Block]:
    picture = place_svg(around.shapes, marked=[profile.area.pk])
    if not picture:
        return []
    alt = _("Karte: %(name)s in der Stadt. Norden ist oben.") % {"name": profile.area.name}
    caption = _("Grenzen: %(source)s") % {"source": around.attribution} if around.attribution else ""
    return [Heading(_("Lage")), Picture(picture, alt, caption, share=0.34)]


def _beside(profile: DistrictProfile) -> list[Block]:
    blocks: list[Block] = [Heading(_("Neben anderen")), Paragraph(words.similar_sentence(profile))]
    if not profile.beside:
        return blocks
    rates = [line for line in profile.lines if not line.figure.is_total]
    chosen = [line for line in rates if line.is_trait] or rates
    lines = [one for one in words.worded(profile) if one.name in {line.indicator.name for line in chosen}]
    shown = _fitting(lines, [line.name for line in lines], MOST_BESIDE_LINES, NAME_LETTERS)
    head = (_("Indikator"), profile.area.name, *(one.name for one in profile.beside), _("ganze Stadt"))
    rows = tuple((line.name, line.value_short, *line.beside, line.city) for line in shown)
    widths = (4.2, *(1.6 for _one in head[1:]))
    return [*blocks, Table(head, rows, widths=widths, numbers=tuple(range(1, len(head))))]


def _running(around: Around) -> list[Block]:
    blocks: list[Block] = [
        Heading(_("Was geplant ist und läuft")),
        Paragraph(words.running_sentence(around.measures)),
    ]
    shown = _fitting(
        around.measures, [one.title for one in around.measures], MOST_MEASURE_LINES, TITLE_LETTERS
    )
    if shown:
        head = (_("Nummer"), _("Maßnahme"), _("Stand"), _("Federführung"))
        rows = tuple(
            (one.number, one.title, str(standing_sign(one.standing).label), one.department_name or "–")
            for one in shown
        )
        blocks.append(Table(head, rows, widths=(1.1, 4.6, 1.8, 2.6)))
        blocks += _more(len(around.measures) - len(shown), _("weitere Maßnahmen"), around.address)
    if around.concepts:
        named = [f"{one.number} {one.title}" for one in around.concepts[:MOST_CONCEPTS]]
        rest = len(around.concepts) - len(named)
        more = [_("und %(n)s weitere") % {"n": text.number(rest)}] if rest else []
        blocks.append(Paragraph((Span(_("Konzepte: "), strong=True), "; ".join([*named, *more]))))
    if around.tasks:
        named = [f"{one.number} {one.title}" for one in around.tasks]
        blocks.append(Paragraph((Span(_("Zukunftsaufgaben: "), strong=True), "; ".join(named))))
    return blocks


def _sources(profile: DistrictProfile, around: Around) -> list[Block]:
    found = words.sources(profile.lines)
    said = [
        _(
            "Verglichen wird mit dem Wert der ganzen Stadt am selben Tag; der Rang steht unter den Gebieten mit bekanntem Wert."
        )
    ]
    if profile.missing:
        said.append(
            _("Für %(n)s weitere Indikatoren liegt hier kein Wert vor.") % {"n": text.number(profile.missing)}
        )
    if found:
        said.append(_("Quellen: %(sources)s.") % {"sources": "; ".join(found)})
    return [Heading(_("Quellen und Hinweise")), Bullets(tuple(said))]


def _more(number: int, what: str, address: str) -> list[Block]:
    if not number:
        return []
    return [Paragraph(f"{text.number(number)} {what}: {address}", quiet=True)]


def _fitting(entries: Iterable[Entry], names: Sequence[str], most: int, letters: int) -> list[Entry]:
    """The first entries whose names fill at most so many lines."""
    shown, lines = [], 0
    for entry, name in zip(entries, names, strict=True):
        lines += _height(name, letters)
        if lines > most:
            break
        shown.append(entry)
    return shown


def _height(name: str, letters: int) -> int:
    """How many lines a name takes."""
    return -(-len(name) // letters)
