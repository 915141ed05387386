"""What a committee has before it and behind it: for the pages of committees."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from dreiklang.papers.queries.meetings import coming_meetings, past_meetings
from dreiklang.papers.queries.papers.lines import paper_total
from dreiklang.papers.queries.resolutions import resolution_counts
from dreiklang.papers.rules.meetings import MeetingLine
from dreiklang.papers.rules.papers import Counted, PaperFilter
from dreiklang.papers.rules.resolutions import ResolutionFilter
from dreiklang.people.rules import Viewer

SHOWN = 5


@dataclass(frozen=True)
class CommitteeWork:
    """The next meetings, soonest first, and the last ones, newest first; papers and resolutions with their lists."""

    coming: tuple[MeetingLine, ...]
    last: tuple[MeetingLine, ...]
    papers: Counted
    resolutions: int
    meetings_url: str
    papers_url: str
    resolutions_url: str


def work_of_committee(viewer: Viewer, *, committee: int, key: str, today: date) -> CommitteeWork:
    """What the viewer may know of the committee's meetings, papers and resolutions. `key` is its address."""
    asked = urlencode({"gremium": key})
    resolutions = resolution_counts(viewer, wanted=ResolutionFilter(committee=committee), today=today)
    return CommitteeWork(
        coming=tuple(coming_meetings(viewer, committee=committee, today=today, limit=SHOWN)),
        last=tuple(past_meetings(viewer, committee=committee, today=today, limit=SHOWN)),
        papers=paper_total(viewer, wanted=PaperFilter(committee=committee)),
        resolutions=resolutions.total,
        meetings_url=f"{reverse('papers:meetings')}?{asked}",
        papers_url=f"{reverse('papers:list')}?{asked}",
        resolutions_url=f"{reverse('papers:resolutions')}?{asked}",
    )
