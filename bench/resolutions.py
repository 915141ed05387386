"""The list of resolutions: 10,000 of them against 1,000, in the same city; as many decisions wait to be followed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

from django.db import connection

from bench import grown
from bench.databases import Databases
from bench.harness import Line
from bench.pages import Page
from dreiklang.core.enums import Visibility
from dreiklang.papers.models import AgendaItem, Consultation, Meeting, Paper, Resolution
from dreiklang.people.models import Committee, Department

# The word stands in so many resolutions, however many there are.
HITS = 40
WORD = "Trinkbrunnen"
PAGES = (
    Page("list of resolutions", "/beschluesse/"),
    Page("resolutions, search for a word", f"/beschluesse/?q={WORD}"),
)
STATES = ("open", "in_work", "done", "done", "dropped")


def cases(databases: Databases) -> Iterator[tuple[str, Callable[[], list[Line]]]]:
    """One case: both cities are filled once for all lines."""
    yield "resolutions", lambda: grown.measured(databases, fill=fill, noun="resolutions", pages=PAGES)


def fill(count: int) -> None:
    """So many resolutions, and half as many adopted papers that nobody follows."""
    committees = [
        Committee.objects.create(key=f"R{n}", name=f"Ausschuss {n}", kind="advisory") for n in range(12)
    ]
    offices = list(Department.objects.order_by("pk")[:30])
    Resolution.objects.bulk_create(
        (_resolution(n, count, committees, offices) for n in range(count)), batch_size=1_000
    )
    _unfollowed(count // 2, committees)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _resolution(n: int, count: int, committees: list[Committee], offices: list[Department]) -> Resolution:
    has_word = n % (count // HITS) == 0
    decided_on = date(2020, 1, 1) + timedelta(days=n * 2400 // count)
    return Resolution(
        number=f"R/{n:05d}",
        title=f"Beschluss Nummer {n} zum Ausbau eines Platzes",
        text=f"Der Rat beschließt den Ausbau. {WORD if has_word else ''}",
        committee=committees[n % len(committees)],
        decided_on=decided_on,
        state=STATES[n % len(STATES)],
        due_on=decided_on + timedelta(days=400) if n % 3 else None,
        department=offices[n % len(offices)],
        needs_money=n % 4 == 0 or None,
        visibility=Visibility.PUBLIC if n % 20 else Visibility.INTERNAL,
    )


def _unfollowed(count: int, committees: list[Committee]) -> None:
    first = datetime(2020, 1, 14, 16, tzinfo=UTC)
    meetings = Meeting.objects.bulk_create(
        Meeting(
            key=f"r-{n}",
            name=f"Sitzung {n}",
            committee=committees[n % len(committees)],
            starts_at=first + timedelta(days=n),
            state="held",
            visibility=Visibility.PUBLIC,
        )
        for n in range(count // 10)
    )
    papers = Paper.objects.bulk_create(
        Paper(key=f"r-{n}", number=f"U/{n:05d}", title=f"Vorlage {n}", visibility=Visibility.PUBLIC)
        for n in range(count)
    )
    items = AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meetings[n // 10 % len(meetings)],
            number=str(n % 10 + 1),
            position=n % 10,
            title=one.title,
            is_public=True,
            result="adopted",
        )
        for n, one in enumerate(papers)
    )
    Consultation.objects.bulk_create(
        Consultation(
            paper=one,
            item=items[n],
            meeting=items[n].meeting,
            committee=items[n].meeting.committee,
            position=1,
            role="decision",
            is_deciding=True,
        )
        for n, one in enumerate(papers)
    )
