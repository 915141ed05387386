"""The coordinator's view: what runs, what is due, what she asks later, how long things take."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from dreiklang.goals.queries import goal_names
from dreiklang.papers.models.labels import CHECK_STATE_LABELS
from dreiklang.papers.permissions.checks import CHECKLIST, SEE, START
from dreiklang.papers.queries import checks as queries
from dreiklang.papers.queries.checklists import published_checklist
from dreiklang.papers.rules.checks import Duty, Pressure
from dreiklang.papers.rules.durations import Leg
from dreiklang.people.queries import departments_choices, may
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.rules import Sign, Tone

_TONES = {
    Pressure.IN_TIME: Tone.GOOD,
    Pressure.SOON: Tone.WARN,
    Pressure.LATE: Tone.BAD,
    Pressure.MISSED: Tone.BAD,
    Pressure.NO_DAY: Tone.NEUTRAL,
}


def pressure_sign(pressure: Pressure) -> Sign:
    """How a check stands against its day, in a word."""
    words = {
        Pressure.IN_TIME: _("reicht"),
        Pressure.SOON: _("wird knapp"),
        Pressure.LATE: _("zu spät"),
        Pressure.MISSED: _("Sitzung vorbei"),
        Pressure.NO_DAY: _("ohne Termin"),
    }
    return Sign(pressure, words[pressure], _TONES[pressure])


def duty_words(duty: Duty) -> str:
    """Whose turn it is, in words."""
    return {
        Duty.ANSWER: _("Antworten"),
        Duty.READ: _("Zweitprüfung"),
        Duty.CO_SIGN: _("Mitzeichnung"),
        Duty.RELEASE: _("Freigabe"),
        Duty.NOBODY: _("niemand"),
    }[duty]


@login_required
def pipeline(request: ViewerRequest) -> HttpResponse:
    """All running checks by the day their committee wants them."""
    require(request.viewer, SEE)
    today = timezone.localdate()
    asked = request.GET.get("amt", "")
    office = int(asked) if asked.isdecimal() else None
    days = queries.pipeline(request.viewer, today=today, department_id=office)
    lines = [line for day in days for line in day.lines]
    late = [line for line in lines if line.pressure in {Pressure.LATE, Pressure.MISSED}]
    context = {
        "days": [(day, [_row(line) for line in day.lines]) for day in days],
        "count": len(lines),
        "late_count": len(late),
        "overdue_count": sum(len(line.overdue) for line in lines),
        "finished": queries.finished_checks(request.viewer, today=today, limit=10),
        "offices": departments_choices(),
        "office": office,
        "checklist": published_checklist(request.viewer, today=today),
        "may_start": may(request.viewer, START),
        "may_edit_checklist": may(request.viewer, CHECKLIST),
        "stand": today,
    }
    return render(request, "papers/checks/pipeline.html", context)


def _row(line: queries.CheckLine) -> dict[str, Any]:
    return {"line": line, "sign": pressure_sign(line.pressure), "duty": duty_words(line.duty)}


@login_required
def later_questions(request: ViewerRequest) -> HttpResponse:
    """What the coordinator asks later, for one year."""
    require(request.viewer, SEE)
    today = timezone.localdate()
    years = queries.years_asked(request.viewer) or [today.year]
    asked_year, asked_goal = request.GET.get("jahr", ""), request.GET.get("ziel", "")
    year = int(asked_year) if asked_year.isdecimal() and int(asked_year) in years else years[0]
    goals = goal_names(request.viewer)
    goal = next((one for one in goals if one.number == asked_goal), None)
    viewer = request.viewer
    context = {
        "years": years,
        "year": year,
        "goals": goals,
        "goal": goal,
        "against": queries.against_goals(viewer, year=year, goal_id=goal.pk if goal else None),
        "bare": queries.without_reason(viewer, year=year),
        "unchecked": queries.strategic_without_check(viewer, year=year),
        "unsummed": queries.concepts_without_summary(viewer),
        "stand": today,
    }
    return render(request, "papers/checks/later.html", context)


@login_required
def durations(request: ViewerRequest) -> HttpResponse:
    """Median days per leg and year, and where checks wait."""
    require(request.viewer, SEE)
    legs = {
        Leg.CHECK: _("Entwurf bis Freigabe"),
        Leg.COMMITTEE: _("Freigabe bis Gremium"),
        Leg.RESOLUTION: _("Gremium bis Beschluss"),
        Leg.START: _("Beschluss bis Beginn"),
    }
    now = timezone.now()
    context = {
        "years": queries.durations(request.viewer),
        "heads": list(legs.values()),
        "waiting": [
            (str(CHECK_STATE_LABELS[one.state]), one)
            for one in queries.where_checks_wait(request.viewer, now=now)
        ],
        "lying": [
            (legs[one.leg], one)
            for one in queries.papers_on_their_way(request.viewer, today=timezone.localdate(now))
        ],
        "stand": timezone.localdate(now),
    }
    return render(request, "papers/checks/durations.html", context)
