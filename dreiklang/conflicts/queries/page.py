"""One candidate with everything said of it, its weighings, and the form of a weighing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from dreiklang.conflicts.models import Candidate, Talk, Weighing
from dreiklang.conflicts.permissions import NOTE, WEIGH
from dreiklang.conflicts.queries.lines import BY_STRENGTH, lines_of, said_lines, visible
from dreiklang.conflicts.queries.names import names_in
from dreiklang.conflicts.queries.records import (
    CandidateLine,
    CandidatePage,
    OptionLine,
    Party,
    PositionLine,
    TalkLine,
    WeighingLine,
    WeighingPage,
)
from dreiklang.conflicts.rules import State
from dreiklang.core.errors import NotFound
from dreiklang.core.records import Ref
from dreiklang.papers.queries import visible_papers
from dreiklang.people.queries import accounts_by_id, departments_by_id, may
from dreiklang.people.rules import Viewer

OTHERS = 6
# An id that fits into the database.
LONGEST_ID = 19


def kept_candidate(viewer: Viewer, *, pk: int) -> Candidate:
    """The record behind the page, for its history. Raises: NotFound."""
    found = visible(viewer).filter(pk=pk).first()
    if found is None:
        raise NotFound("candidate", key=str(pk))
    return found


def kept(viewer: Viewer, key: str) -> tuple[Candidate, str]:
    """The record for its history, and the address of its page. Raises: NotFound."""
    found = kept_candidate(viewer, pk=int(key) if key.isdecimal() and len(key) < LONGEST_ID else 0)
    return found, reverse("conflicts:candidate", args=[found.pk])


def candidate_page(viewer: Viewer, *, pk: int) -> CandidatePage:
    """The candidate, its parties, findings, talks and weighings, and others of the same parties.

    Raises: NotFound, also for everybody outside the administration. Constant statements.
    """
    candidate = kept_candidate(viewer, pk=pk)
    beside = visible(viewer).filter(parties__overlap=candidate.parties).exclude(pk=pk)
    others = list(beside.exclude(state=State.OUTDATED).order_by(*BY_STRENGTH)[:OTHERS])
    line, *more = lines_of(viewer, [candidate, *others], with_places=True)
    # What is found no more is told by the facts people answered to.
    line = replace(
        line, names={**names_in(viewer, [one["facts"] for one in candidate.said_facts], {}), **line.names}
    )
    weighings = weighing_lines(viewer, candidate)
    return CandidatePage(
        line=line,
        version=candidate.version,
        said_state=State(candidate.said_state),
        said_by=candidate.said_by_name,
        said_at=candidate.said_at,
        said_reason=candidate.said_reason,
        said_facts=said_lines(candidate.said_facts),
        reopened_at=candidate.reopened_at,
        changes=tuple(candidate.reopened_by),
        talks=talk_lines(viewer, list(candidate.talks.order_by("-asked_at", "-pk"))),
        draft=next((one for one in weighings if not one.is_closed), None),
        weighings=tuple(one for one in weighings if one.is_closed),
        others=tuple(more),
        may_weigh=may(viewer, WEIGH, candidate),
    )


def weighing_page(viewer: Viewer, *, pk: int) -> WeighingPage:
    """The candidate and the weighing to be written: the open draft, or an empty one with the parties filled in.

    Raises: NotFound.
    """
    page = candidate_page(viewer, pk=pk)
    return WeighingPage(page, page.draft or _empty(page.line))


def protocol(viewer: Viewer, *, pk: int, weighing: int | None = None) -> WeighingPage:
    """What a protocol prints: that weighing of the candidate, or its newest; a draft where none is closed.

    Raises: NotFound if there is none.
    """
    page = candidate_page(viewer, pk=pk)
    written = [*page.weighings, *([page.draft] if page.draft else [])]
    found = next((one for one in written if weighing in {None, one.pk}), None)
    if found is None:
        raise NotFound("weighing", key=str(weighing or ""))
    return WeighingPage(page, found)


def weighing_lines(viewer: Viewer, candidate: Candidate) -> tuple[WeighingLine, ...]:
    """The weighings of the candidate, the newest first. Four statements."""
    found = candidate.weighings.prefetch_related("positions", "options").order_by("is_closed", "-pk")
    rows = list(found)
    papers = _papers(viewer, {pk for one in rows for pk in one.paper_ids})
    return tuple(_weighing(one, papers) for one in rows)


def _papers(viewer: Viewer, ids: Collection[int]) -> dict[int, Ref]:
    found = visible_papers(viewer).filter(pk__in=ids).values_list("pk", "key", "number", "title")
    return {pk: Ref(number, title, reverse("papers:paper", args=[key])) for pk, key, number, title in found}


def _weighing(one: Weighing, papers: Mapping[int, Ref]) -> WeighingLine:
    positions = sorted(one.positions.all(), key=lambda row: (row.order, row.pk))
    options = sorted(one.options.all(), key=lambda row: (row.order, row.pk))
    return WeighingLine(
        pk=one.pk,
        version=one.version,
        question=one.question,
        positions=tuple(PositionLine(row.party, row.claim_key, row.need) for row in positions),
        options=tuple(OptionLine(row.title, row.effects, row.is_chosen) for row in options),
        decision=one.decision,
        reason=one.reason,
        decided_by=one.decided_by,
        decided_on=one.decided_on,
        review_on=one.review_on,
        papers=tuple(papers[pk] for pk in one.paper_ids if pk in papers),
        weighed_facts=said_lines(one.weighed_facts),
        by_name=one.by_name,
        changed_at=one.changed_at,
        is_closed=one.is_closed,
    )


def _empty(line: CandidateLine) -> WeighingLine:
    positions = tuple(PositionLine(_party_words(one), one.key, "") for one in line.parties)
    return WeighingLine(
        pk=0,
        version=0,
        question="",
        positions=positions,
        options=(),
        decision="",
        reason="",
        decided_by="",
        decided_on=None,
        review_on=None,
        papers=(),
        weighed_facts=line.findings,
        by_name="",
        changed_at=line.found_at,
        is_closed=False,
    )


def _party_words(party: Party) -> str:
    who = party.office or party.lead
    name = f"{party.number} {party.title}".strip()
    return _("%(name)s (%(who)s)") % {"name": name, "who": who} if who else name


def talk_lines(viewer: Viewer, rows: Sequence[Talk]) -> tuple[TalkLine, ...]:
    """Who was asked, and what came of it; in the order given. Two statements."""
    asked = accounts_by_id({pk for one in rows for pk in one.to_ids})
    people = {pk: one.name for pk, one in asked.items()}
    asked_offices = departments_by_id({pk for one in rows for pk in one.to_offices})
    offices = {pk: one.name for pk, one in asked_offices.items()}
    return tuple(
        TalkLine(
            pk=one.pk,
            asked_at=one.asked_at,
            asked_by=one.asked_by_name,
            to=(*_names_of(one.to_ids, people), *_names_of(one.to_offices, offices)),
            message=one.message,
            note=one.note,
            held_on=one.held_on,
            draft_title=one.draft_title,
            may_note=may(viewer, NOTE, one),
        )
        for one in rows
    )


def _names_of(ids: Collection[int], names: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(names[pk] for pk in ids if pk in names)
