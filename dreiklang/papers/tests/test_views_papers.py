"""Pages of papers: the list, one paper, kept searches."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from dreiklang.core.enums import Visibility
from dreiklang.measures.tests import factories as city
from dreiklang.papers.models import SavedSearch
from dreiklang.papers.rules.kinds import ConsultationRole, Result
from dreiklang.papers.tests import factories as make
from dreiklang.people.rules import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client):
    account = city.account("Karin Kern", role=Role.COORDINATOR)
    client.force_login(account)
    return account


def text_of(answer):
    return answer.content.decode()


def test_the_list_shows_where_papers_stand(client):
    council = make.committee("GR", name="Gemeinderat")
    item = make.item(make.meeting(council), result=Result.ADOPTED)
    make.step(make.paper("2026/0412", title="Radweg Nord"), item, is_deciding=True)

    page = text_of(client.get("/vorlagen/"))

    assert "<strong>Eine Vorlage</strong>" in page
    assert "Radweg Nord" in page
    assert "beschlossen" in page
    assert "Gemeinderat, 8.12.2026" in page or "Gemeinderat, 08.12.2026" in page


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("q=Schule", "2026/0001"),
        ("q=2026/0002", "2026/0002"),
        ("art=motion", "2026/0002"),
        ("gremium=GR", "2026/0001"),
        ("jahr=2025", "2026/0002"),
        ("stand=withdrawn", "2026/0002"),
        ("stand=planned", "2026/0001"),
    ],
)
def test_filters_stand_in_the_address_bar(client, query, number):
    first = make.paper("2026/0001", title="Neue Schule", is_strategic=True)
    make.step(first, make.item(make.meeting(make.committee("GR"), starts_at=timezone.now())))
    make.paper(
        "2026/0002", title="Brücke", kind="motion", dated_on=date(2025, 3, 1), withdrawn_at=timezone.now()
    )

    found = client.get(f"/vorlagen/?{query}").context["table"].rows

    assert [row.cells["nummer"] for row in found] == [number]


def test_the_administration_finds_what_is_strategic_and_outsiders_do_not_hear_of_it(client):
    make.paper("1", is_strategic=True)
    make.paper("2")

    assert client.get("/vorlagen/?strategisch=ja").context["found"].number == 2
    assert "strategisch" not in text_of(client.get("/vorlagen/1/"))
    client.force_login(city.account(role=Role.REVIEWER))
    assert client.get("/vorlagen/?strategisch=ja").context["found"].number == 1
    assert "strategisch" in text_of(client.get("/vorlagen/1/"))


def test_a_record_that_does_not_exist_finds_nothing(client):
    make.paper()

    assert client.get("/vorlagen/?gremium=nix").context["table"].rows == []


def test_the_list_takes_as_many_statements_for_one_as_for_fifty(client, django_assert_max_num_queries):
    council = make.committee()
    for _ in range(30):
        make.step(make.paper(), make.item(make.meeting(council)))

    with django_assert_max_num_queries(12):
        client.get("/vorlagen/")


def test_a_paper_shows_its_route_and_whether_the_local_council_was_heard(client):
    paper = make.paper("2026/0412", text="Der Gemeinderat beschließt den Radweg.")
    local = make.committee(name="Ortschaftsrat Nordfeld", kind="local_council")
    make.step(paper, make.item(make.meeting(local), result=Result.ADOPTED), role=ConsultationRole.HEARING)
    make.step(paper, committee=make.committee(name="Gemeinderat"), is_deciding=True)

    page = text_of(client.get("/vorlagen/2026-0412/"))

    assert "Ortschaftsrat wurde gehört" in page
    assert "nicht angegeben, entscheidet" in page
    assert "Anhörung, berät" in page
    assert "Der Gemeinderat beschließt den Radweg." in page


def test_a_paper_that_is_not_there_and_one_that_is_hidden_look_the_same(client):
    hidden = make.paper(visibility=Visibility.INTERNAL)

    assert client.get(f"/vorlagen/{hidden.key}/").status_code == 404
    assert client.get("/vorlagen/gibt-es-nicht/").status_code == 404


def test_the_list_is_downloaded_as_shown(client):
    make.paper("2026/0001", title="=1+1 Schule")
    make.paper("2026/0002", title="Brücke")

    found = client.get("/vorlagen/export.csv?q=Schule").content.decode("utf-8-sig")

    assert "2026/0001" in found
    assert "2026/0002" not in found
    assert client.get("/vorlagen/export.xlsx").status_code == 200


def test_a_search_is_kept_and_given_up(client):
    client.force_login(city.account(role=Role.COUNCIL_MEMBER))
    make.paper(title="Neue Schule")

    client.post("/arbeit/suchen/", {"name": "Schulen", "q": "Schule"})

    kept = SavedSearch.objects.get()
    assert (kept.query, len(kept.seen_ids)) == ({"q": "Schule"}, 1)
    assert "Schulen" in text_of(client.get("/arbeit/suchen/"))
    client.post(reverse("papers:search_forget", args=[kept.pk]))
    assert not SavedSearch.objects.exists()


def test_nobody_gives_up_another_persons_search(client):
    other = city.account(role=Role.COUNCIL_MEMBER)
    kept = SavedSearch.objects.create(account=other, name="Meine", query={"q": "x"})
    client.force_login(city.account(role=Role.COUNCIL_MEMBER))

    assert client.post(reverse("papers:search_forget", args=[kept.pk])).status_code == 404
