"""What the council has to do with a measure, goal, concept or area: for the pages of those."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from dreiklang.papers.queries.papers.lines import papers_of
from dreiklang.papers.queries.papers.signs import standing_sign
from dreiklang.papers.queries.resolutions import (
    fate_sign,
    resolutions_of_goal,
    resolutions_of_measure,
    resolutions_of_target,
)
from dreiklang.papers.rules.kinds import TargetKind
from dreiklang.papers.rules.papers import PaperLine
from dreiklang.papers.rules.resolutions import ResolutionLine
from dreiklang.people.rules import Viewer
from dreiklang.ui.rules import Sign

SHOWN = 10


@dataclass(frozen=True)
class CouncilPanel:
    """Resolutions and papers, each with its sign, newest first."""

    resolutions: tuple[tuple[ResolutionLine, Sign], ...]
    papers: tuple[tuple[PaperLine, Sign], ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.resolutions and not self.papers


def council_of_measure(viewer: Viewer, *, measure: int, today: date) -> CouncilPanel:
    """What the council decided that the measure carries out, and papers that touch it."""
    found = resolutions_of_measure(viewer, measure=measure, today=today)
    papers = papers_of(viewer, kind=TargetKind.MEASURE, target=measure, today=today, limit=SHOWN)
    return _panel(found, papers)


def council_of_goals(viewer: Viewer, *, goals: Collection[int], today: date) -> CouncilPanel:
    """The newest resolutions and papers that act on one of the goals."""
    found = resolutions_of_goal(viewer, goals=goals, today=today, limit=SHOWN)
    papers = papers_of(viewer, kind=TargetKind.GOAL, target=goals, today=today, limit=SHOWN)
    return _panel(found, papers)


def council_of_concept(viewer: Viewer, *, concept: int, today: date) -> CouncilPanel:
    """The newest papers that present the concept or touch it, and what was decided on them."""
    return _of_papers(viewer, kind=TargetKind.CONCEPT, target=concept, today=today)


def council_of_area(viewer: Viewer, *, area: int, today: date) -> CouncilPanel:
    """The newest papers that touch the area, and what was decided on them."""
    return _of_papers(viewer, kind=TargetKind.AREA, target=area, today=today)


def _of_papers(viewer: Viewer, *, kind: TargetKind, target: int, today: date) -> CouncilPanel:
    papers = papers_of(viewer, kind=kind, target=target, today=today, limit=SHOWN)
    if not papers:
        return _panel([], [])  # Without a paper there is no decision on one.
    return _panel(resolutions_of_target(viewer, kind=kind, target=target, today=today, limit=SHOWN), papers)


def _panel(resolutions: list[ResolutionLine], papers: list[PaperLine]) -> CouncilPanel:
    return CouncilPanel(
        tuple((one, fate_sign(one.fate)) for one in resolutions),
        tuple((one, standing_sign(one.standing)) for one in papers),
    )
