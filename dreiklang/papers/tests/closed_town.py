"""A town with much that is not public, all of it under one word, for tests that look for that word outside."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from dreiklang.core.enums import Visibility
from dreiklang.measures.tests import factories as city
from dreiklang.papers.models import Check, Checklist, FileContent, Paper, SavedSearch
from dreiklang.papers.rules.kinds import CheckState, CoSignState, ProposalOrigin, TargetKind, Verdict
from dreiklang.papers.tests import factories as make
from dreiklang.papers.tests.check_factories import published_checklist
from dreiklang.people.rules import Role

SECRET = "Grundstücksgeheimnis"


def closed_town() -> dict[str, Any]:
    """A public paper, an internal one, a withdrawn one, a public meeting with a closed item, a closed meeting.

    With checks running and released, reports not released, and files that are not public.
    """
    goal = city.goal(city.framework(), "5.2", title="Sicher mit dem Rad")
    council = make.committee("GR", name="Gemeinderat")
    meeting = make.meeting(council, key="oeffentlich", name="Offene Sitzung", starts_at=timezone.now())
    closed = make.meeting(
        council,
        key="geschlossen",
        name=f"{SECRET} Klausur",
        visibility=Visibility.INTERNAL,
        starts_at=timezone.now() + timedelta(days=2),
    )
    make.meeting(council, key="spaeter", starts_at=timezone.now() + timedelta(days=4))
    hidden_item = make.item(meeting, "2", title=f"{SECRET} Ankauf", is_public=False, resolution_text=SECRET)
    open_item = make.item(meeting, "1", title="Radweg")
    papers = {
        "open": make.paper(
            "offen", title="Radweg Nord", note=f"{SECRET} Notiz", dated_on=timezone.localdate()
        ),
        "hidden": make.paper(
            "geheim",
            title=f"{SECRET} Ankauf",
            summary=SECRET,
            text=SECRET,
            visibility=Visibility.INTERNAL,
            dated_on=timezone.localdate(),
        ),
        "withdrawn": make.paper(
            "zurueck", title="Parkhaus", summary=SECRET, text=SECRET, withdrawn_at=timezone.now()
        ),
    }
    make.step(papers["open"], open_item)
    make.step(papers["open"], hidden_item)
    make.step(papers["open"], make.item(closed, title=f"{SECRET} Beratung"))
    make.step(papers["hidden"], hidden_item)
    for paper in papers.values():
        paper.links.create(
            kind=TargetKind.GOAL, target=goal.pk, reason=SECRET if paper.key != "offen" else ""
        )
        paper.versions.create(number=1, title=SECRET, text=SECRET)
    _add_files(papers, meeting)
    _add_resolutions(papers, closed, council)
    make.resolution("Z 1", title="Zusage", kind="promise", meeting=meeting, item=hidden_item)
    make.resolution("Z 2", title="Zusage", kind="promise", meeting=closed)
    _add_checks(papers, goal.pk)
    keeper = city.account(f"{SECRET} Koordination", role=Role.COORDINATOR)
    SavedSearch.objects.create(account=keeper, name=SECRET, query={"q": SECRET})
    return {"goal": goal, "council": council, **papers}


def _add_files(papers: dict[str, Paper], meeting: Any) -> None:
    """Files that are not public, or of a paper that is not; each with its bytes."""
    files = [
        make.council_file(paper=papers["open"], name=f"{SECRET}.pdf", is_public=False),
        make.council_file(paper=papers["hidden"], name=f"{SECRET} Anlage"),
        make.council_file(paper=papers["withdrawn"], name=f"{SECRET} Plan"),
        make.council_file(meeting=meeting, name=f"{SECRET} Niederschrift", is_public=False),
    ]
    for file in files:
        FileContent.objects.create(file=file, content=SECRET.encode(), sha256="0" * 64)


def _add_resolutions(papers: dict[str, Paper], closed: Any, council: Any) -> None:
    """An internal one; a public one of an internal paper, with notes that nobody released."""
    office = city.department("66")
    make.resolution(
        "B 9",
        title=f"{SECRET} Kauf",
        visibility=Visibility.INTERNAL,
        paper=papers["hidden"],
        committee=council,
        department=office,
    )
    step = make.step(papers["open"], make.item(closed, "7", title=f"{SECRET} Vergabe"))
    known = make.resolution(
        "B 10",
        title="Radweg",
        paper=papers["hidden"],
        consultation=step,
        committee=council,
        department=office,
        lead=city.account(f"{SECRET} Lead", role=Role.LEAD),
    )
    today = timezone.localdate()
    now = timezone.now()
    said: dict[str, Any] = {"public_note": SECRET, "note": SECRET, "by_name": SECRET, "state": "in_work"}
    known.reports.create(reported_on=today, **said)
    known.reports.create(reported_on=today, released_at=now - timedelta(days=30), withdrawn_at=now, **said)


def _add_checks(papers: dict[str, Paper], goal: int) -> None:
    """Drafts without a paper and of each paper, running; released ones with everything that stays inside."""
    checklist = published_checklist()
    Checklist.objects.create(name=SECRET, label=SECRET, content={**checklist.content, "name": SECRET})
    for number, paper in enumerate([None, *papers.values()], start=1):
        _add_check(f"P {number}", checklist, paper, CheckState.DRAFT, goal)
    for number, paper in enumerate(papers.values(), start=11):
        _add_check(f"P {number}", checklist, paper, CheckState.RELEASED, goal)


def _add_check(number: str, checklist: Checklist, paper: Paper | None, state: CheckState, goal: int) -> None:
    now = timezone.now()
    is_open = paper is not None and paper.key == "offen" and state is CheckState.RELEASED
    check = Check.objects.create(
        number=number,
        title=f"{SECRET} Entwurf",
        paper=paper,
        checklist=checklist,
        state=state,
        text=SECRET,
        file_name=f"{SECRET}.docx",
        editor=city.account(f"{SECRET} {number}", role=Role.DEPARTMENT_EDITOR),
        is_relevant=True,
        # What a released check says of a public paper is public: its reasons and its effects on goals.
        relevance_reason="Baut Wege." if is_open else SECRET,
        released_at=now if state is CheckState.RELEASED else None,
        released_by_name=SECRET,
    )
    check.steps.create(state=state, entered_at=now, reason=SECRET, by_name=SECRET)
    check.texts.create(number=1, text=SECRET, file_name=SECRET, by_name=SECRET)
    check.comments.create(text=SECRET, by_name=SECRET)
    check.answers.create(question="kosten", value="stated", text=SECRET, reason=SECRET, by_name=SECRET)
    check.answers.create(
        question="ziele", target=goal, value="gain", reason="Ein Weg." if is_open else SECRET, by_name=SECRET
    )
    check.proposals.create(
        kind=TargetKind.GOAL,
        target=goal,
        origin=ProposalOrigin.BY_HAND,
        verdict=Verdict.CONFIRMED,
        passage=SECRET,
        reason=SECRET,
    )
    check.co_signatures.create(
        department=city.department(f"6{number[2:]}9"),
        asked_at=now,
        due_on=timezone.localdate(),
        state=CoSignState.SIGNED,
        reason=SECRET,
    )
