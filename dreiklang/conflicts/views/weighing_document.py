"""The protocol of a weighing as a document; the same blocks become PDF and DOCX."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from dreiklang.conflicts.queries import WeighingLine, WeighingPage
from dreiklang.conflicts.views.lines import Said, said_of, title_of
from dreiklang.core import text
from dreiklang.core.documents import Block, Bullets, Document, Facts, Heading, Line, Paragraph, Span, Table


def why_informal() -> str:
    """Why this is no weighing in the sense of the law, in one line."""
    return _(
        "Hier einigen sich Ämter. Eine Abwägung im Sinne von § 1 Abs. 7 BauGB ist das nicht: Die gehört in das Bauleitplanverfahren, mit eigenen Regeln und Beteiligung."
    )


def weighing_document(found: WeighingPage, *, city: str, language: str, today: date) -> Document:
    """The protocol in the reader's language; a draft says that it is one."""
    weighing, stand = found.weighing, _("Stand %(day)s") % {"day": text.day(today)}
    state = _("abgeschlossen") if weighing.is_closed else _("Entwurf, noch nicht abgeschlossen")
    blocks: list[Block] = [
        Paragraph(why_informal(), quiet=True),
        *_question(found),
        *_positions(weighing),
        *_options(weighing),
        *_decision(weighing),
    ]
    readers = _("Für die Verwaltung")
    return Document(
        title=_("Zielkonfliktklärung (informell)"),
        language=language,
        subtitle=(title_of(found.page.parties), f"{city} · {readers} · {state}"),
        blocks=tuple(blocks),
        foot=f"{city} · {stand}",
        author=weighing.by_name or city,
        dated_on=weighing.decided_on or today,
    )


def _question(found: WeighingPage) -> list[Block]:
    page, weighing = found.page, found.weighing
    facts = weighing.weighed_facts or page.line.findings
    said = said_of(facts, parties=page.parties, names=page.names)
    told = not_in(weighing.question, said)
    listed = [Bullets(tuple(told))] if told else []
    return [Heading(_("Worum es geht")), Paragraph(weighing.question or _("noch nicht gesagt")), *listed]


def not_in(question: str, said: Sequence[Said]) -> list[str]:
    """The sentences of evidence that the question does not say already: it begins with them."""
    asked = " ".join(question.split())
    return [one.sentence for one in said if " ".join(one.sentence.split()) not in asked]


def _positions(weighing: WeighingLine) -> list[Block]:
    if not weighing.positions:
        return []
    rows = tuple((one.party, one.need or _("nichts genannt")) for one in weighing.positions)
    head = (_("Beteiligt"), _("Was gebraucht wird"))
    return [Heading(_("Beteiligte")), Table(head, rows, widths=(2.0, 3.0))]


def _options(weighing: WeighingLine) -> list[Block]:
    if not weighing.options:
        return []
    rows: list[tuple[Line, ...]] = [
        (
            (Span(one.title, strong=one.is_chosen),),
            one.effects or _("nicht genannt"),
            _("gewählt") if one.is_chosen else "–",
        )
        for one in weighing.options
    ]
    head = (_("Möglichkeit"), _("Folgen"), _("Wahl"))
    return [Heading(_("Möglichkeiten")), Table(head, tuple(rows), widths=(2.0, 3.2, 0.9))]


def _decision(weighing: WeighingLine) -> list[Block]:
    pairs: list[tuple[str, Line]] = []
    if weighing.decided_by:
        pairs.append((_("Entschieden von"), weighing.decided_by))
    if weighing.decided_on:
        pairs.append((_("Entschieden am"), text.day(weighing.decided_on)))
    if weighing.review_on:
        pairs.append((_("Wieder ansehen am"), text.day(weighing.review_on)))
    if weighing.papers:
        pairs.append((_("Vorlagen"), "; ".join(f"{one.key} {one.title}" for one in weighing.papers)))
    return [
        Heading(_("Entscheidung")),
        Paragraph((Span(weighing.decision or _("noch keine"), strong=True),)),
        Heading(_("Begründung"), level=2),
        Paragraph(weighing.reason or _("noch keine")),
        *([Facts(tuple(pairs))] if pairs else []),
    ]
