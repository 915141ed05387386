"""The check a page is about, and its tabs."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dreiklang.core.errors import NotFound
from dreiklang.papers.models import Check
from dreiklang.papers.models.answer_labels import STEP_LABELS
from dreiklang.papers.queries.checks import CheckPage, check_of, check_page
from dreiklang.papers.rules.checks import NEEDS_REASON, Step
from dreiklang.papers.views.checks.words import hindrance_words
from dreiklang.people.requests import ViewerRequest


@dataclass(frozen=True)
class Tab:
    """One page of a check."""

    code: str
    label: str
    url: str
    count: str = ""


@dataclass(frozen=True)
class Deed:
    """A step as the page offers it: its button, what stands against it, whether a reason is asked for."""

    code: str
    label: str
    url: str
    is_possible: bool
    needs_reason: bool
    why_not: tuple[str, ...]
    is_main: bool


_FORWARD = {Step.HAND_IN, Step.FORWARD, Step.RELEASE}


def found_check(request: ViewerRequest, number: str) -> Check:
    """The check, or 404 also where the viewer may not know of it."""
    try:
        return check_of(request.viewer, number=number)
    except NotFound as missing:
        raise Http404 from missing


def found_page(request: ViewerRequest, number: str) -> CheckPage:
    """The check with all that is derived from it, or 404."""
    try:
        return check_page(request.viewer, number=number, today=timezone.localdate())
    except NotFound as missing:
        raise Http404 from missing


def around(request: ViewerRequest, page: CheckPage, tab: str) -> dict[str, Any]:
    """What every page of a check shows."""
    # What was saved is no longer a draft; said once, by the page that comes after saving.
    saved = request.session.pop("draft_saved", "") if request.method == "GET" else ""
    return {
        "page": page,
        "check": page.record,
        "tab": tab,
        "tabs": tabs_of(page.record, page),
        "deeds": [_deed(page, one.step) for one in page.steps],
        "today": timezone.localdate(),
        "draft_saved": saved,
    }


def tabs_of(check: Check, page: CheckPage | None = None) -> list[Tab]:
    """The pages of a check, with what is open on each."""
    base = reverse("papers:check", args=[check.number])
    return [
        Tab("overview", _("Überblick"), base),
        Tab(
            "proposals",
            _("Vorschläge"),
            f"{base}vorschlaege/",
            _open(page.open_proposal_count if page else 0),
        ),
        Tab("questions", _("Fragen"), f"{base}fragen/", _open(len(page.gaps) if page else 0)),
        Tab("signing", _("Mitzeichnung"), f"{base}mitzeichnung/"),
        Tab("block", _("Bezug zum INSEK"), f"{base}bezug/"),
        Tab("history", _("Verlauf"), f"{base}verlauf/"),
    ]


def moved_on() -> str:
    """Somebody else saved meanwhile."""
    return _(
        "Inzwischen wurde diese Prüfung geändert, von jemand anderem oder von Ihnen in einem anderen Fenster. Ihre Eingaben stehen noch da; speichern Sie sie noch einmal, wenn sie gelten sollen."
    )


def _open(count: int) -> str:
    return _("%(n)s offen") % {"n": count} if count else ""


def _deed(page: CheckPage, step: Step) -> Deed:
    choice = page.choice(step)
    against = choice.hindrances if choice else ()
    return Deed(
        code=step,
        label=str(STEP_LABELS[step]),
        url=reverse("papers:check_step", args=[page.record.number, step]),
        is_possible=choice is not None and choice.is_possible,
        needs_reason=step in NEEDS_REASON or bool(against),
        why_not=tuple(hindrance_words(one) for one in against),
        is_main=step in _FORWARD,
    )
