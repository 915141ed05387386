"""The checks of a paper or a concept, for its page."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from dreiklang.papers.permissions.checks import SEE, START
from dreiklang.papers.queries.checks.pipeline import CheckLine, checks_of
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class ChecksPanel:
    """The checks, newest first, and the address where one begins; empty for whoever may not begin any."""

    lines: tuple[CheckLine, ...]
    start_url: str


def checks_of_paper(viewer: Viewer, *, paper_id: int, key: str, today: date) -> ChecksPanel | None:
    """The checks of a paper; None for outsiders."""
    return _panel(viewer, today, {"vorlage": key}, paper_id=paper_id)


def checks_of_concept(viewer: Viewer, *, concept_id: int, title: str, today: date) -> ChecksPanel | None:
    """The checks of a concept; None for outsiders."""
    return _panel(viewer, today, {"konzept": concept_id, "titel": title}, concept_id=concept_id)


def _panel(viewer: Viewer, today: date, about: dict[str, object], **of: int) -> ChecksPanel | None:
    if not may(viewer, SEE):
        return None
    start_url = f"{reverse('papers:check_new')}?{urlencode(about)}" if may(viewer, START) else ""
    return ChecksPanel(checks_of(viewer, today=today, **of), start_url)
