"""The block "Bezug zum INSEK" and the printed check header, as documents in any form."""

from collections.abc import Iterator
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dreiklang.core import text
from dreiklang.core.documents import Block, Document, Facts, Heading, Paragraph, Span, Table
from dreiklang.core.documents.document import Line
from dreiklang.papers.models import Check
from dreiklang.papers.models.answer_labels import EFFECT_LABELS, EFFECT_SIGNS
from dreiklang.papers.models.labels import TARGET_KIND_LABELS
from dreiklang.papers.queries.checks.page import CheckPage
from dreiklang.papers.queries.checks.words import answer_words
from dreiklang.papers.queries.papers import name_of
from dreiklang.papers.rules.checklist import GoalFinding, QuestionKind
from dreiklang.papers.rules.kinds import CoSignState, TargetKind
from dreiklang.places.queries import municipality

_TICKED, _EMPTY = "☒", "☐"
TITLES = (0.36, 0.2, 0.44)


def reference_block(page: CheckPage, *, today: date) -> Document:
    """The block for the paper: number and date, relevance, effects on goals side by side, the answers.

    A check that is not released says so in its first line. Which offices signed stands there; objections
    and remarks stay in the administration, see queries.internal_block.
    """
    return block_of(page, today=today, blocks=(*said_blocks(page), *_signed(page)))


def block_of(page: CheckPage, *, today: date, blocks: tuple[Block, ...], note: str = "") -> Document:
    """The block made of these blocks, under its title, status and note."""
    return Document(
        title=_("Bezug zum %(framework)s") % {"framework": municipality().framework_name or "INSEK"},
        language=get_language() or "de",
        subtitle=tuple(filter(None, (_status(page.record, today), page.record.title, note))),
        blocks=blocks,
        foot=_foot(page),
        dated_on=_released_on(page.record) or today,
    )


def check_header(page: CheckPage, *, today: date) -> Document:
    """The head for the paper's first page: boxes that are ticked or not, nothing to explain."""
    check = page.record
    is_known = check.is_relevant is not None
    rows: list[tuple[str, Line]] = [
        (_("Stand"), _status(check, today)),
        (
            _("Für das INSEK von Belang"),
            _boxes(yes=bool(check.is_relevant), no=is_known and not check.is_relevant),
        ),
        (_("Fördert"), _names(page, page.findings.gains)),
        (_("Erschwert"), _names(page, page.findings.harms)),
        (_("Zielkonflikt"), _boxes(yes=page.findings.is_conflict, no=not page.findings.is_conflict)),
    ]
    if areas := page.touched.get(TargetKind.AREA):
        rows.append((_("Stadtteile"), text.listing([one.title for one in areas])))
    signed = [one.department.name for one in page.signatures if one.state == CoSignState.SIGNED]
    rows.append((_("Mitgezeichnet"), text.listing(signed) if signed else "–"))
    return Document(
        title=_("Prüfkopf"),
        language=get_language() or "de",
        subtitle=(check.title,),
        blocks=(Facts(tuple(rows)),),
        foot=_foot(page),
        dated_on=_released_on(check) or today,
    )


def said_blocks(page: CheckPage) -> Iterator[Block]:
    """What the check says of the draft: relevance, effects, answers, what it touches."""
    check = page.record
    if check.is_relevant is None:
        yield Paragraph(_("Ob das Vorhaben von Belang ist, wurde noch nicht beantwortet."))
        return
    words = (
        _("Das Vorhaben ist von Belang.") if check.is_relevant else _("Das Vorhaben ist nicht von Belang.")
    )
    yield Paragraph((Span(words, strong=True), f" {check.relevance_reason}"))
    if not check.is_relevant:
        return
    yield from _effects(page)
    yield from _other_answers(page)
    yield from _touched(page)


def _effects(page: CheckPage) -> Iterator[Block]:
    found = page.findings
    rows = [
        _effect_row(page, one)
        for group in (found.gains, found.harms, found.neutral, found.unknown)
        for one in group
    ]
    if not rows:
        return
    yield Heading(_("Wirkung auf die Ziele"))
    if found.is_conflict:
        yield Paragraph(
            (
                Span(_("Zielkonflikt:"), strong=True),
                _(" Das Vorhaben fördert %(gains)s und erschwert %(harms)s.")
                % {"gains": _names(page, found.gains), "harms": _names(page, found.harms)},
            )
        )
    yield Table(head=(_("Ziel"), _("Wirkung"), _("Begründung")), rows=tuple(rows), widths=TITLES)


def _effect_row(page: CheckPage, one: GoalFinding) -> tuple[Line, ...]:
    goal = page.goals[one.goal]
    return (
        f"{goal.key} {goal.title}".strip(),
        f"{EFFECT_SIGNS[one.effect]} {EFFECT_LABELS[one.effect]}",
        one.reason,
    )


def _other_answers(page: CheckPage) -> Iterator[Block]:
    asked = [one for stage in page.content.stages for one in page.asked(stage)]
    said = [(one.question, one.given) for one in asked if one.given is not None]
    rows = tuple(
        (question.text, answer_words(question, given), given.reason)
        for question, given in said
        if question.kind not in {QuestionKind.GOALS, QuestionKind.TEXT}
    )
    texts = [(question, given) for question, given in said if question.kind is QuestionKind.TEXT]
    if rows or texts:
        yield Heading(_("Weitere Antworten"))
    if rows:
        yield Table(head=(_("Frage"), _("Antwort"), _("Begründung")), rows=rows, widths=TITLES)
    for question, given in texts:
        yield Paragraph((Span(question.text, strong=True), f" {given.text}"))


def _touched(page: CheckPage) -> Iterator[Block]:
    kinds = (
        TargetKind.TASK,
        TargetKind.CONCEPT,
        TargetKind.MEASURE,
        TargetKind.INDICATOR,
        TargetKind.AREA,
    )
    pairs = tuple(
        (str(TARGET_KIND_LABELS[kind]), "; ".join(name_of(kind, ref) for ref in page.touched[kind]))
        for kind in kinds
        if page.touched.get(kind)
    )
    if pairs:
        yield Heading(_("Berührt außerdem"))
        yield Facts(pairs)


def _signed(page: CheckPage) -> Iterator[Block]:
    signed = [one.department.name for one in page.signatures if one.state == CoSignState.SIGNED]
    if signed:
        yield Heading(_("Mitzeichnung"))
        yield Facts(((_("Mitgezeichnet"), text.listing(signed)),))


def _status(check: Check, today: date) -> str:
    released_on = _released_on(check)
    if released_on is not None:
        return _("Prüfung %(number)s, freigegeben am %(day)s") % {
            "number": check.number,
            "day": text.day(released_on),
        }
    return _("Entwurf zur Prüfung %(number)s vom %(day)s, nicht freigegeben") % {
        "number": check.number,
        "day": text.day(today),
    }


def _released_on(check: Check) -> date | None:
    return localdate(check.released_at) if check.released_at else None


def _foot(page: CheckPage) -> str:
    words = _("Prüfschema %(name)s, Fassung %(label)s") % {
        "name": page.content.name,
        "label": page.content.label,
    }
    example = _(" (Beispielfragen, nicht die der Stadt)") if page.content.is_example else ""
    return f"{page.record.number} · {words}{example}"


def _names(page: CheckPage, found: tuple[GoalFinding, ...]) -> str:
    ids = dict.fromkeys(one.goal for one in found)
    names = [f"{page.goals[pk].key} {page.goals[pk].title}".strip() for pk in ids]
    return text.listing(names) if names else "–"


def _boxes(*, yes: bool, no: bool) -> str:
    """Both answers, each with its box; neither is ticked while nobody knows."""
    return "   ".join((f"{_box(yes)} " + _("ja"), f"{_box(no)} " + _("nein")))


def _box(is_ticked: bool) -> str:
    return _TICKED if is_ticked else _EMPTY
