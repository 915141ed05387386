"""The public site: start page, what changed lately, and the pages the law asks for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from dreiklang.goals import queries as goals
from dreiklang.measures import queries as measures
from dreiklang.opendata.queries import COLLECTIONS
from dreiklang.opendata.rules import LONGEST
from dreiklang.papers import queries as papers
from dreiklang.papers.rules.meetings import MeetingLine
from dreiklang.people.requests import ViewerRequest
from dreiklang.places import queries as places
from dreiklang.ui.voices import POLITICS, voice_of
from dreiklang.workspace.queries.news import news as latest_news

NEWS_DAYS = 365


@dataclass(frozen=True)
class Statement:
    """A page of plain text that the city writes itself, and what stands there until it does."""

    title: str
    text: str
    missing: str


def start(request: ViewerRequest) -> HttpResponse:
    """The future tasks as a board; an empty city is led to the first hour."""
    today = timezone.localdate()
    city = places.municipality()
    if not city.name:
        return redirect("workspace:setup")
    terms = measures.terms_of(today=today, state=city.state)
    counts = measures.overview(request.viewer, today=today, terms=terms)
    named = re.search(r"\b20\d\d\b", city.framework_name)
    return render(
        request,
        "portal/start.html",
        {
            "city": city,
            "board": counts.board,
            "longest": max((row.distribution.total for row in counts.board), default=0),
            "horizon": named[0] if named else "",
            "whole": counts.whole,
            "news": latest_news(request.viewer, since=today - timedelta(days=NEWS_DAYS), limit=5),
            "priority_changes": goals.priority_changes(request.viewer, limit=2),
            "meetings": _meetings(request, today),
            "areas": places.area_names(request.viewer, limit=60),
            "stand": today,
        },
    )


def _meetings(request: ViewerRequest, today: date) -> Sequence[MeetingLine] | None:
    """The next meetings, for whoever looks as the council does; None for others, who find the links."""
    if request.viewer.is_council_member or voice_of(request) == POLITICS:
        return papers.coming_meetings(request.viewer, today=today, limit=3)
    return None


def news(request: ViewerRequest) -> HttpResponse:
    """What changed lately, newest first."""
    today = timezone.localdate()
    found = latest_news(request.viewer, since=today - timedelta(days=NEWS_DAYS), limit=200)
    return render(request, "portal/news.html", {"news": found, "days": NEWS_DAYS, "stand": today})


def counting(request: ViewerRequest) -> HttpResponse:
    """How measures are counted, for whoever doubts a number."""
    settings = measures.reporting_settings()
    return render(request, "portal/counting.html", {"stale_after_days": settings.stale_after_days})


def data(request: ViewerRequest) -> HttpResponse:
    """Which data there are, in which form, under which licence."""
    return render(
        request,
        "portal/data.html",
        {
            "attributions": places.attributions(request.viewer),
            "collections": COLLECTIONS,
            "most_features": LONGEST,
        },
    )


def imprint(request: ViewerRequest) -> HttpResponse:
    """Who answers for the site."""
    return _statement(
        request, Statement(_("Impressum"), places.municipality().imprint, _("Das Impressum fehlt noch."))
    )


def privacy(request: ViewerRequest) -> HttpResponse:
    """Which personal data are kept and why."""
    text = places.municipality().privacy_notice
    return _statement(request, Statement(_("Datenschutz"), text, _("Die Datenschutzhinweise fehlen noch.")))


def accessibility(request: ViewerRequest) -> HttpResponse:
    """The statement on accessibility (BITV 2.0, § 12a BGG and the state's law)."""
    text = places.municipality().accessibility_statement
    missing = _("Die Erklärung zur Barrierefreiheit fehlt noch.")
    return _statement(request, Statement(_("Erklärung zur Barrierefreiheit"), text, missing))


def easy_language(request: ViewerRequest) -> HttpResponse:
    """The site in easy language, as far as the city wrote it."""
    text = places.municipality().easy_language
    return _statement(
        request, Statement(_("Leichte Sprache"), text, _("Ein Text in Leichter Sprache fehlt noch."))
    )


def feedback(request: ViewerRequest) -> HttpResponse:
    """How to reach those who keep the site."""
    return render(request, "portal/feedback.html", {"email": places.municipality().feedback_email})


def _statement(request: ViewerRequest, statement: Statement) -> HttpResponse:
    return render(request, "portal/statement.html", {"statement": statement})
