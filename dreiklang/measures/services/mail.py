"""Mails about measures, in German, written by the worker after the commit."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import localdate

from dreiklang.measures.models import Measure, Report, Round
from dreiklang.measures.queries.lines import address
from dreiklang.measures.queries.terms import reporting_settings as settings_of_city
from dreiklang.measures.queries.terms import restraint_periods, round_deadlines
from dreiklang.measures.rules import ReminderKind, note_visible_on
from dreiklang.people.queries import accounts_by_id, accounts_in, away_on, line_of_command
from dreiklang.people.rules import Role


def send_letter(
    *, round_id: int, kind: str, to: Sequence[int], copy: Sequence[int], measures: Sequence[int]
) -> int:
    """One letter of a round; 0 if everybody has reported meanwhile, else the number of recipients."""
    current = Round.objects.get(pk=round_id)
    open_ones = Measure.objects.filter(pk__in=measures).select_related("lead_department", "current_report")
    lacking = [one for one in open_ones.order_by("number", "pk") if not _answered(one, current)]
    if not lacking:
        return 0
    due = round_deadlines(of=current, settings=settings_of_city())
    rows = [(one, due.get(one.pk, current.due_on), _full(one.number)) for one in lacking]
    return _send(
        f"letter_{ReminderKind(kind).value}",
        to,
        copy,
        {"round": current, "rows": rows, "focus_url": f"{settings.SITE_URL}/arbeit/"},
    )


def _answered(measure: Measure, current: Round) -> bool:
    report = measure.current_report
    return report is not None and (report.round_id == current.pk or report.reported_on >= current.opens_on)


def send_report_mail(*, report_id: int) -> int:
    """What a report asks of others, a minute after it was recorded: a note to release, a decision.

    0 if it was withdrawn meanwhile or asks nothing of anybody; else the number of recipients.
    """
    report = Report.objects.select_related("measure__lead_department").get(pk=report_id)
    if report.withdrawn_at is not None:
        return 0
    return _note_mail(report) + _decision_mail(report)


def _note_mail(report: Report) -> int:
    if not report.public_note or report.released_at is not None:
        return 0
    office = report.measure.lead_department
    editors = accounts_in(office.pk, Role.DEPARTMENT_EDITOR) if office else []
    to = [one.pk for one in editors] or _heads(report)[:1]
    today = localdate()
    visible_on = note_visible_on(today, periods=restraint_periods())
    facts = {"waits_until": visible_on if visible_on > today else None}
    return _send("note_to_release", _with_deputies(to, report), (), _of(report) | facts)


def _decision_mail(report: Report) -> int:
    if not report.decision_needed or report.is_confirmation:
        return 0
    return _send("decision_needed", _with_deputies(_heads(report)[:1], report), (), _of(report))


def _of(report: Report) -> dict[str, object]:
    return {"report": report, "measure": report.measure, "url": _full(report.measure.number)}


def _heads(report: Report) -> list[int]:
    office = report.measure.lead_department
    return [one.pk for one in line_of_command(office) if one.pk != report.by_id] if office else []


def _with_deputies(ids: Iterable[int], report: Report) -> list[int]:
    away = away_on(localdate())
    found: dict[int, None] = {}
    for pk in ids:
        found[pk] = None
        if (deputy := away.get(pk)) is not None and deputy != report.by_id:
            found[deputy] = None
    return list(found)


def _full(number: str) -> str:
    return f"{settings.SITE_URL}{address(number)}"


def _send(name: str, to: Sequence[int], copy: Sequence[int], facts: dict[str, object]) -> int:
    people = accounts_by_id([*to, *copy])
    addressed = [people[pk].email for pk in to if pk in people]
    copied = [people[pk].email for pk in copy if pk in people and pk not in to]
    if not addressed:
        return 0
    with translation.override("de"):
        said = render_to_string(
            f"measures/mail/{name}.txt", facts | {"names": [people[pk].name for pk in to if pk in people]}
        )
    subject, _, body = said.strip().partition("\n")
    EmailMessage(subject=subject.strip(), body=body.strip() + "\n", to=addressed, cc=copied).send()
    return len(addressed) + len(copied)
