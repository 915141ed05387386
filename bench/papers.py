"""Papers: the list, the search in it, and the pages of what they touch, with 10,000 papers against 1,000."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

from django.db import connection

from bench import grown
from bench.databases import Databases
from bench.harness import Line
from bench.pages import Page
from dreiklang.concepts.models import Concept
from dreiklang.core.enums import Visibility
from dreiklang.goals.models import Goal
from dreiklang.measures.models import Measure
from dreiklang.papers.models import AgendaItem, Consultation, Meeting, Paper, PaperLink, Resolution
from dreiklang.people.models import Committee, Department
from dreiklang.places.models import Area

# The word stands in so many papers, however many there are.
HITS = 40
WORD = "Trinkbrunnen"
FILLER = (
    "Die Verwaltung legt dem Gemeinderat einen Vorschlag zur Entscheidung vor. Kosten entstehen keine. " * 12
)
# What the papers of one committee or one goal are grows with the papers there are; those lines only tell.
PAGES = (
    Page("list of papers", "/vorlagen/"),
    Page("papers, search for a word", f"/vorlagen/?q={WORD}"),
    Page("papers of a committee", "/vorlagen/?gremium=B1", grows=False),
    Page("meetings", "/sitzungen/"),
    Page("goal page with papers", "/ziele/1.2/", grows=False),
    Page("concept page with papers", "/konzepte/FK-051/", grows=False),
    Page("measure page with papers", "/massnahmen/M-0253/", grows=False),
    Page("area page with papers", "/stadtteile/05/", grows=False),
    Page("future-task page with papers", "/zukunftsaufgaben/3/", grows=False),
)
TOUCHED = {"goal": Goal, "concept": Concept, "measure": Measure, "area": Area}


def cases(databases: Databases) -> Iterator[tuple[str, Callable[[], list[Line]]]]:
    """One case: both cities are filled once for all lines."""
    yield "papers", lambda: grown.measured(databases, fill=fill, noun="papers", pages=PAGES)


def fill(papers: int) -> None:
    """So many papers, each with two steps at meetings and a link to a goal, concept, measure and area."""
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
    _touch(made)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _touch(papers: list[Paper]) -> None:
    """Links to every record there is in turn; a tenth of the papers became a resolution that a measure carries out."""
    found = {kind: list(model._default_manager.order_by("pk")) for kind, model in TOUCHED.items()}
    PaperLink.objects.bulk_create(
        PaperLink(paper=one, kind=kind, target=records[n % len(records)].pk)
        for n, one in enumerate(papers)
        for kind, records in found.items()
    )
    made = Resolution.objects.bulk_create(
        Resolution(
            number=f"BR/{n:05d}",
            title=one.title,
            kind="resolution",
            decided_on=one.dated_on,
            state="open",
            paper=one,
            visibility=one.visibility,
        )
        for n, one in enumerate(papers)
        if n % 10 == 0
    )
    links = Resolution.measures.through
    links.objects.bulk_create(
        links(resolution=one, measure=found["measure"][n * 10 % len(found["measure"])])
        for n, one in enumerate(made)
    )


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
