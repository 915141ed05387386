"""The yearly council report as a document; the same blocks become PDF and DOCX."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from dreiklang.core import text
from dreiklang.core.documents import Block, Document, Heading, Line, Paragraph, Span, Table
from dreiklang.papers.queries.resolutions import CouncilReport, fate_sign
from dreiklang.papers.queries.resolutions.signs import FATE_ORDER
from dreiklang.papers.rules.resolutions import Fate, Group, ResolutionLine
from dreiklang.papers.views.fates import fate_sentence, money_words, unfunded_sentence

Part = tuple[str, str, tuple[ResolutionLine, ...]]


def council_document(
    report: CouncilReport, *, parts: Sequence[Part], city: str, language: str, is_internal: bool
) -> Document:
    """The report as a document in the reader's language."""
    day = text.day(report.on)
    stand = _("Stand %(day)s") % {"day": day}
    scope = (
        _("Für die Verwaltung: mit nicht öffentlichen Beschlüssen und nicht freigegebenen Notizen")
        if is_internal
        else _("Öffentliche Beschlüsse")
    )
    blocks: list[Block] = [Paragraph((Span(fate_sentence(report.counts) or _none(report), strong=True),))]
    if unfunded := unfunded_sentence(report.counts):
        blocks.append(Paragraph(unfunded))
    blocks += _groups(_("Nach Gremien"), _("Gremium"), report.committees)
    blocks += _groups(_("Nach Ämtern"), _("Amt"), report.departments)
    for title, why, lines in parts:
        blocks += _listed(report, title, why, lines)
    return Document(
        title=_("Was aus den Beschlüssen wurde: %(year)s") % {"year": report.year},
        language=language,
        subtitle=(city, f"{stand} · {scope}"),
        blocks=tuple(blocks),
        foot=f"{city} · {stand}",
        author=city,
        dated_on=report.on,
    )


def group_heads() -> tuple[str, ...]:
    """The heads of the table of counts, without the first."""
    return (_("gesamt"), *(str(fate_sign(one).label) for one in FATE_ORDER))


def group_cells(group: Group) -> tuple[str, ...]:
    """A row of the table of counts, without its name."""
    numbers = (group.counts.total, *(group.counts.of(one) for one in FATE_ORDER))
    return tuple(text.number(number) for number in numbers)


def _none(report: CouncilReport) -> str:
    return _("Für %(year)s ist kein Beschluss verzeichnet.") % {"year": report.year}


def _groups(title: str, noun: str, groups: Sequence[Group]) -> list[Block]:
    if not groups:
        return []
    rows = tuple((one.name or _("nicht angegeben"), *group_cells(one)) for one in groups)
    # The name of an office is long, the counts are short.
    widths = (4.6, *(1.0 for _head in group_heads()[1:]), 1.4)
    return [
        Heading(title),
        Table((noun, *group_heads()), rows, widths=widths, numbers=tuple(range(1, len(widths)))),
    ]


def _listed(report: CouncilReport, title: str, why: str, lines: Sequence[ResolutionLine]) -> list[Block]:
    if not lines:
        return []
    head = (_("Nummer"), _("Beschluss"), _("Stand"), _("Zuständig"), _("Mittel"))
    rows = tuple(_row(report, line) for line in lines)
    said: list[Block] = [Paragraph(why, quiet=True)] if why else []
    return [Heading(title), *said, Table(head, rows, widths=(1.5, 4.2, 1.7, 1.9, 1.6))]


def _row(report: CouncilReport, line: ResolutionLine) -> tuple[Line, ...]:
    note = report.notes.get(line.id)
    days = filter(None, [line.committee, text.day_short(line.decided_on) if line.decided_on else ""])
    rest = [one for one in (", ".join(days), note[1] if note else "") if one]
    what = (Span(line.title, strong=True), "".join(f". {one}" for one in rest))
    return line.number, what, _state(line), line.department or _("noch kein Amt"), money_words(line)


def _state(line: ResolutionLine) -> str:
    """What became of it, with the day that matters: since when it is finished, by when it is to be."""
    said = {"state": str(fate_sign(line.fate).label)}
    if line.fate in {Fate.DONE, Fate.DROPPED}:
        return (
            _("%(state)s, Stand %(day)s") % {**said, "day": text.day_short(line.state_on)}
            if line.state_on
            else said["state"]
        )
    return (
        _("%(state)s, Frist %(day)s") % {**said, "day": text.day_short(line.due_on)}
        if line.due_on
        else said["state"]
    )
