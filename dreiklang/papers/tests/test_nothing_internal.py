"""Every way from outside to what is not public: none of it leads there."""

from datetime import date

import pytest
from django.test import Client

from dreiklang.measures.tests import factories as city
from dreiklang.papers.models import CouncilFile
from dreiklang.papers.queries import meeting_page, paper_page, papers_of
from dreiklang.papers.rules.kinds import Result, TargetKind
from dreiklang.papers.tests.closed_town import SECRET, closed_town
from dreiklang.people.models import Seat
from dreiklang.people.rules import PUBLIC, Role

pytestmark = pytest.mark.django_db

PAGES = [
    "/vorlagen/",
    "/vorlagen/?q=Grundstücksgeheimnis",
    "/vorlagen/?intern=ja",
    "/vorlagen/?sortierung=titel",
    "/vorlagen/?ziel=5.2",
    "/vorlagen/?stand=withdrawn",
    "/vorlagen/export.csv",
    "/vorlagen/export.csv?intern=ja",
    "/vorlagen/offen/",
    "/vorlagen/zurueck/",
    "/vorlagen/geheim/",
    "/vorlagen/geheim/fassungen/",
    "/vorlagen/offen/fassungen/",
    "/vorlagen/geheim/bearbeiten/",
    "/sitzungen/",
    "/sitzungen/?q=Grundstücksgeheimnis",
    "/sitzungen/oeffentlich/",
    "/sitzungen/spaeter/",
    "/sitzungen/geschlossen/",
    "/sitzungen/geschlossen/punkt/",
    "/arbeit/meine-sitzung/",
    "/arbeit/suchen/",
    "/suche/?q=Grundstücksgeheimnis",
    "/suche/?q=Grundst%C3%BCcks&art=paper",
    "/neues/",
    "/neues/feed.atom",
    "/ziele/5.2/",
    "/",
    "/verlauf/vorlage/geheim/",
    "/api/v1/papers",
    "/api/v1/resolutions",
    "/api/v1/papers?limit=1000",
    "/beschluesse/",
]


@pytest.fixture
def town():
    return closed_town()


def visitor(role: Role | None, council) -> Client:
    client = Client()
    if role is not None:
        account = city.account(role=role)
        Seat.objects.create(committee=council, account=account)
        client.force_login(account)
    return client


@pytest.mark.parametrize("role", [None, Role.COUNCIL_MEMBER, Role.PARTNER])
def test_no_page_shows_an_outsider_what_is_not_public(town, role):
    client = visitor(role, town["council"])

    leaks = []
    for path in PAGES:
        body = client.get(path).content.decode()
        # What somebody typed into a search field stands there again, and so do the filters' chips.
        for echo in (f"Suche nach „{SECRET}“", f'value="{SECRET}"', f"Suche: {SECRET}", f"Text: {SECRET}"):
            body = body.replace(echo, "")
        if SECRET in body:
            leaks.append(path)

    assert leaks == []


def test_the_same_pages_show_it_to_the_administration(town):
    client = Client()
    client.force_login(city.account(role=Role.COORDINATOR))

    shown = [path for path in PAGES if f"{SECRET} " in client.get(path).content.decode()]

    assert {"/vorlagen/", "/vorlagen/geheim/", "/sitzungen/", "/sitzungen/oeffentlich/"} <= set(shown)
    assert {"/vorlagen/export.csv", "/suche/?q=Grundstücksgeheimnis", "/neues/"} <= set(shown)


def test_counts_tell_outsiders_nothing(town, client):
    assert client.get("/vorlagen/?q=Grundstücksgeheimnis").context["found"].number == 0
    assert client.get("/vorlagen/").context["found"].number == 2
    assert client.get("/sitzungen/").context["found"].number == 2


def test_a_closed_item_is_named_and_nothing_more(town):
    items = meeting_page(PUBLIC, key="oeffentlich").items

    closed = [one for one in items if one.is_hidden]
    assert len(closed) == 1
    assert (closed[0].id, closed[0].title, closed[0].papers, closed[0].result) == (0, "", (), Result.OPEN)


def test_the_route_of_a_public_paper_leaves_out_closed_steps(town):
    page = paper_page(PUBLIC, key="offen", today=date(2026, 11, 22))

    assert [step.meeting_key for step in page.route] == ["oeffentlich"]
    assert [step.item_number for step in page.route] == ["1"]
    assert page.files == ()
    assert page.inside is None


def test_links_to_the_next_meeting_pass_over_closed_ones(town):
    page = meeting_page(PUBLIC, key="oeffentlich")

    assert page.following.key == "spaeter"


def test_papers_of_a_goal_leave_out_internal_ones(town):
    found = papers_of(PUBLIC, kind=TargetKind.GOAL, target=town["goal"].pk, today=date(2026, 11, 22))

    assert {line.key for line in found} == {"offen", "zurueck"}


def test_nothing_was_lost_by_hiding_it(town):
    assert CouncilFile.objects.count() == 4
