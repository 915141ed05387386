"""The list of papers and the search in it: 10,000 papers against 1,000, in the same city."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta

from django.db import connection

from bench.city.frame import COORDINATOR
from bench.databases import Databases
from bench.harness import Line, in_turn
from bench.pages import PUBLIC, WHO, Visit
from dreiklang.core.enums import Visibility
from dreiklang.goals.models import Goal
from dreiklang.papers.models import AgendaItem, Consultation, Meeting, Paper, PaperLink
from dreiklang.people.models import Committee, Department

CITY = 500
SMALL, LARGE = 1_000, 10_000
MOST_STATEMENTS = 12
MOST_GROWTH = 1.3
# The word stands in so many papers, however many there are.
HITS = 40
WORD = "Trinkbrunnen"
FILLER = (
    "Die Verwaltung legt dem Gemeinderat einen Vorschlag zur Entscheidung vor. Kosten entstehen keine. " * 12
)
PATHS = {
    "list of papers": "/vorlagen/",
    "papers, search for a word": f"/vorlagen/?q={WORD}",
    "papers of a committee": "/vorlagen/?gremium=B1",
    "meetings": "/sitzungen/",
}


def cases(databases: Databases) -> Iterator[tuple[str, Callable[[], list[Line]]]]:
    """One case: both cities are filled once for all lines."""
    yield "papers", lambda: _measured(databases)


def _measured(databases: Databases) -> list[Line]:
    with ExitStack() as copies:
        small = copies.enter_context(databases.copy_of(databases.city(CITY)))
        large = copies.enter_context(databases.copy_of(small))
        for city, papers in ((small, SMALL), (large, LARGE)):
            with databases.using(city):
                fill(papers=papers)
        return [
            line
            for name, path in PATHS.items()
            for email in (PUBLIC, COORDINATOR)
            for line in _lines(databases, small, large, name, path, email)
        ]


def _lines(databases: Databases, small: str, large: str, name: str, path: str, email: str) -> Iterator[Line]:
    here = Visit(databases, large, path=path, email=email)
    there = Visit(databases, small, path=path, email=email)
    count = len(here.count())
    said = f"{name}, {WHO[email]}"
    # Papers of one committee grow with the papers there are; that line only tells.
    bound = None if "gremium" in path else MOST_GROWTH
    yield Line(f"{said}: statements", str(count), "", count, MOST_STATEMENTS, unit="statements")
    yield in_turn(here, there).line(f"{said}: {LARGE} papers", reference=f"at {SMALL}", bound=bound)


def fill(*, papers: int) -> None:
    """So many papers, each with two steps at meetings and a link to a goal."""
    committees = [
        Committee.objects.create(key=f"B{n}", name=f"Ausschuss {n}", kind="advisory") for n in range(12)
    ]
    first = datetime(2020, 1, 14, 16, tzinfo=UTC)
    meetings = Meeting.objects.bulk_create(
        Meeting(
            key=f"b-{n}",
            name=f"Sitzung {n}",
            committee=committees[n % 12],
            starts_at=first + timedelta(days=n * 2400 // (papers // 10)),
            state="held",
            visibility=Visibility.PUBLIC,
        )
        for n in range(papers // 10)
    )
    offices = list(Department.objects.order_by("pk")[:30])
    goals = list(Goal.objects.order_by("pk").values_list("pk", flat=True)[:60])
    made = Paper.objects.bulk_create((_paper(n, papers, offices) for n in range(papers)), batch_size=1_000)
    items = AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meetings[n // 10],
            number=str(n % 10 + 1),
            position=n % 10,
            title=one.title,
            is_public=True,
        )
        for n, one in enumerate(made)
    )
    Consultation.objects.bulk_create(
        step
        for n, one in enumerate(made)
        for step in (
            Consultation(paper=one, committee=committees[n % 12], position=1, role="advice"),
            Consultation(
                paper=one, item=items[n], meeting=items[n].meeting, committee=items[n].meeting.committee,
                position=2, role="decision", is_deciding=True,
            ),
        )
    )  # fmt: skip
    PaperLink.objects.bulk_create(
        PaperLink(paper=one, kind="goal", target=goals[n % len(goals)]) for n, one in enumerate(made)
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _paper(n: int, papers: int, offices: list[Department]) -> Paper:
    has_word = n % (papers // HITS) == 0
    return Paper(
        key=f"bench-{n}",
        number=f"B/{n:05d}",
        title=f"Beschlussvorlage Nummer {n} zum Ausbau eines Platzes",
        kind="proposal" if n % 3 else "motion",
        dated_on=date(2020, 1, 1) + timedelta(days=n * 2400 // papers),
        lead_department=offices[n % len(offices)],
        text=f"{FILLER} {WORD if has_word else ''}",
        visibility=Visibility.PUBLIC if n % 20 else Visibility.INTERNAL,
    )
