"""The files of a council system: how many were read, and which could not be or only in part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from dreiklang.papers.models import CouncilFile, OparlObject
from dreiklang.papers.permissions.oparl import SYNC
from dreiklang.papers.queries.papers.steps import address_of_paper
from dreiklang.papers.rules.kinds import TextState
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

_SETTLED = (TextState.SCANNED, TextState.UNREADABLE, TextState.TOO_LARGE)


@dataclass(frozen=True)
class NoticedFile:
    """A file without its text, or with a remark. `problems`: codes, several for files that were read in part."""

    name: str
    url: str
    state: TextState
    problems: tuple[str, ...]
    of: str
    page: str


@dataclass(frozen=True)
class SourceFiles:
    """How many files of each state there are; the first that something is to be said about; whether there are more."""

    counts: Mapping[TextState, int]
    noticed: Sequence[NoticedFile]
    is_more: bool

    @property
    def total(self) -> int:
        """All that are not withdrawn."""
        return sum(self.counts.values())


def files_of_source(viewer: Viewer, *, source_id: int, most: int = 100) -> SourceFiles:
    """The files of a source's papers and meetings, the newest first; none for those who may not read sources."""
    if not may(viewer, SYNC):
        return SourceFiles({}, (), is_more=False)
    found = _files(source_id)
    rows = found.values_list("text_state").annotate(number=Count("pk")).order_by("text_state")
    noticed = found.filter(Q(text_state__in=_SETTLED) | ~Q(text_problem=""))
    shown = list(noticed.select_related("paper", "meeting").defer(*_LARGE).order_by("-pk")[: most + 1])
    return SourceFiles(
        counts={TextState(state): number for state, number in rows},
        noticed=[_noticed(one) for one in shown[:most]],
        is_more=len(shown) > most,
    )


_LARGE = ("text", "paper__text", "paper__search")


def _files(source_id: int) -> QuerySet[CouncilFile]:
    kept = OparlObject.objects.filter(source=source_id)
    inside = Exists(kept.filter(oparl_id=OuterRef("paper__oparl_id"))) | Exists(
        kept.filter(oparl_id=OuterRef("meeting__oparl_id"))
    )
    return CouncilFile.objects.filter(inside, withdrawn_at=None).exclude(oparl_id=None)


def _noticed(one: CouncilFile) -> NoticedFile:
    said = tuple(code for code in one.text_problem.split(", ") if code)
    if one.paper is not None:
        of, page = one.paper.number, address_of_paper(one.paper.key)
    else:
        of, page = (one.meeting.name if one.meeting else ""), ""
    return NoticedFile(one.name, one.url, TextState(one.text_state), said or (one.text_state,), of, page)
