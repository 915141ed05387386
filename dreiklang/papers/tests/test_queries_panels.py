"""What the council has to do with a concept or an area, on the pages of those."""

from datetime import date

import pytest

from dreiklang.concepts.tests import factories as concepts
from dreiklang.core.enums import Visibility
from dreiklang.goals.tests import factories as goals
from dreiklang.measures.tests import factories as measures
from dreiklang.papers.queries import council_of_area, council_of_concept
from dreiklang.papers.rules.kinds import TargetKind
from dreiklang.papers.tests import factories as make
from dreiklang.people.rules import PUBLIC, Role
from dreiklang.people.tests import factories as people
from dreiklang.places.tests import factories as places

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def test_a_concept_shows_papers_that_present_or_touch_it_and_what_was_decided():
    concept = concepts.concept(number="FK-05", title="Hochwasserschutz")
    presenting = make.paper(title="Konzept beschließen", concept=concept, dated_on=date(2026, 1, 5))
    touching = make.paper(title="Deich erneuern")
    touching.links.create(kind=TargetKind.CONCEPT, target=concept.pk)
    make.paper(title="Anderes")
    decided = make.resolution(paper=presenting)
    make.resolution(paper=make.paper(title="Ohne Bezug"))

    panel = council_of_concept(PUBLIC, concept=concept.pk, today=TODAY)

    assert [line.title for line, _sign in panel.papers] == ["Deich erneuern", "Konzept beschließen"]
    assert [line.number for line, _sign in panel.resolutions] == [decided.number]


def test_an_area_does_not_show_the_public_what_is_internal(client):
    area = places.area(name="Auenviertel", key="07")
    shown, hidden = (
        make.paper(title="Spielplatz am Ufer"),
        make.paper("geheim", visibility=Visibility.INTERNAL),
    )
    for one in (shown, hidden):
        one.links.create(kind=TargetKind.AREA, target=area.pk)
    make.resolution("B 7", title="Ankauf am Ufer", paper=hidden)

    panel = council_of_area(PUBLIC, area=area.pk, today=TODAY)

    assert [line.title for line, _sign in panel.papers] == ["Spielplatz am Ufer"]
    assert panel.resolutions == ()
    page = client.get("/stadtteile/07/").content.decode()
    assert "Spielplatz am Ufer" in page
    assert "Ankauf am Ufer" not in page


def test_beyond_five_papers_the_rest_is_folded(client):
    area = places.area(name="Auenviertel", key="07")
    for number in range(7):
        paper = make.paper(title=f"Vorlage Nummer {number}", dated_on=date(2026, 1, 1 + number))
        paper.links.create(kind=TargetKind.AREA, target=area.pk)

    page = client.get("/stadtteile/07/").content.decode()

    folded = page.partition('<details class="u-folded">')[2].partition("</details>")[0]
    assert "2 weitere Vorlagen" in folded
    assert "Vorlage Nummer 0" in folded
    assert "Vorlage Nummer 6" not in folded


def test_without_anything_of_the_council_the_page_says_nothing_of_it(client):
    places.area(name="Auenviertel", key="07")

    assert "Im Rat" not in client.get("/stadtteile/07/").content.decode()


def test_a_link_to_a_goal_is_not_mixed_up_with_an_area_of_the_same_number():
    area = places.area(name="Auenviertel", key="07")
    make.paper().links.create(kind=TargetKind.GOAL, target=area.pk)

    assert council_of_area(PUBLIC, area=area.pk, today=TODAY).is_empty


PAGES = ("/ziele/2.1/", "/konzepte/FK-05/", "/massnahmen/I-01/", "/stadtteile/07/", "/zukunftsaufgaben/4/")


@pytest.fixture
def touched():
    """A goal, its future task, a concept, a measure and an area, each with a decided paper."""
    task = goals.task(number="4")
    goal = goals.goal(number="2.1", tasks=(task,))
    area = places.area(name="Auenviertel", key="07")
    concept = concepts.concept(number="FK-05", goals=(goal,), tasks=(task,), areas=(area,))
    measure = measures.measure(number="I-01", title="Deich erneuern")
    measure.concept_links.create(concept=concept)
    paper = make.paper(title="Vorlage zum Deich")
    make.decided(paper)
    make.resolution(paper=paper).measures.add(measure)
    found = {
        TargetKind.GOAL: goal,
        TargetKind.CONCEPT: concept,
        TargetKind.MEASURE: measure,
        TargetKind.AREA: area,
        TargetKind.TASK: task,
    }
    for kind, record in found.items():
        paper.links.create(kind=kind, target=record.pk)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_with_papers_needs_ten_statements_for_everybody(
    client, touched, django_assert_max_num_queries, address
):
    # Two more control the transaction around every request.
    with django_assert_max_num_queries(10 + 2):
        page = client.get(address).content.decode()

    assert ("Vorlage zum Deich" in page) == (not address.startswith("/zukunftsaufgaben"))


@pytest.mark.parametrize("address", PAGES)
def test_a_page_with_papers_needs_twelve_for_the_administration(
    client, touched, django_assert_max_num_queries, address
):
    client.force_login(people.account(Role.COORDINATOR))

    # Who is logged in, and the transaction, take five.
    with django_assert_max_num_queries(11 + 5):
        client.get(address)
