"""Papers written by hand: entered, changed, published, their route and links; and who may."""

from datetime import date

import pytest

from dreiklang.core.enums import Visibility
from dreiklang.measures.tests import factories as city
from dreiklang.papers.models import Paper, PaperSettings
from dreiklang.papers.rules.kinds import TargetKind
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


def test_a_paper_is_entered_by_hand(client, coordinator):
    given = {"number": "2026/0500", "title": "Spielplatz", "kind": "proposal", "text": "Erste Fassung"}

    answer = client.post("/vorlagen/neu/", given)

    made = Paper.objects.get(number="2026/0500")
    assert answer.url == "/vorlagen/2026-0500/"
    assert (made.visibility, made.versions.get().text) == (Visibility.INTERNAL, "Erste Fassung")


def test_two_papers_may_carry_one_number(client, coordinator):
    for title in ("Eins", "Zwei"):
        client.post("/vorlagen/neu/", {"number": "2026/0500", "title": title, "kind": "proposal"})

    assert set(Paper.objects.values_list("key", flat=True)) == {"2026-0500", "2026-0500-2"}


def test_a_changed_text_becomes_the_next_version_and_is_compared(client, coordinator):
    client.post("/vorlagen/neu/", {"number": "1", "title": "T", "kind": "proposal", "text": "Kosten: 1 Euro"})
    paper = Paper.objects.get()
    given = {"number": "1", "title": "T", "kind": "proposal", "version": paper.version}

    client.post("/vorlagen/1/bearbeiten/", {**given, "text": "Kosten: 2 Euro"})

    page = text_of(client.get("/vorlagen/1/fassungen/"))
    assert "<del>1</del>" in page
    assert "<ins>2</ins>" in page


def test_what_somebody_else_saved_meanwhile_is_shown(client, coordinator):
    paper = make.paper("7", title="Alt")
    Paper.objects.filter(pk=paper.pk).update(version=9, title="Von anderen")

    answer = client.post(
        "/vorlagen/7/bearbeiten/", {"number": "7", "title": "Von mir", "kind": "proposal", "version": 1}
    )

    assert "Von anderen" in text_of(answer)
    assert Paper.objects.get().title == "Von anderen"


def test_a_paper_is_published_and_taken_back(client, coordinator):
    paper = make.paper("7", visibility=Visibility.INTERNAL)

    client.post("/vorlagen/7/sichtbarkeit/", {"version": paper.version})

    paper.refresh_from_db()
    assert paper.visibility == Visibility.PUBLIC


def test_a_withdrawn_paper_stays_in_the_list_without_its_text(client, coordinator):
    paper = make.paper("7", text="Der alte Wortlaut", summary="Worum es ging")
    client.post("/vorlagen/7/zurueckziehen/", {"version": paper.version})
    client.logout()

    page = text_of(client.get("/vorlagen/7/"))

    assert "Zurückgezogen" in page
    assert "Wortlaut" not in page
    assert "Worum es ging" not in page
    assert "zurückgezogen" in text_of(client.get("/vorlagen/"))


def test_a_step_of_the_route_is_planned_changed_and_removed(client, coordinator):
    paper, council = make.paper("7"), make.committee(name="Gemeinderat")
    given = {"committee_id": council.pk, "role": "decision", "planned_on": "2026-12-08"}

    client.post("/vorlagen/7/route/", given)
    step = paper.route.get()
    client.post(f"/vorlagen/7/route/{step.pk}/", {**given, "role": "advice"})

    step.refresh_from_db()
    assert (step.planned_on, step.is_deciding) == (date(2026, 12, 8), False)
    client.post(f"/vorlagen/7/route/{step.pk}/entfernen/")
    assert not paper.route.exists()


def test_links_are_set_with_sign_and_reason(client, coordinator):
    paper = make.paper("7")
    goal = city.goal(city.framework(), "5.2", title="Sicher mit dem Rad")
    lines = {
        "bezug-TOTAL_FORMS": "1",
        "bezug-INITIAL_FORMS": "0",
        "bezug-0-target": f"goal-{goal.pk}",
        "bezug-0-sign": "hinders",
        "bezug-0-reason": "nimmt Platz",
    }

    client.post("/vorlagen/7/bezuege/", {**lines, "version": paper.version})

    link = paper.links.get()
    assert (link.kind, link.target, link.sign) == (TargetKind.GOAL, goal.pk, "hinders")
    page = text_of(client.get("/vorlagen/7/"))
    assert "Sicher mit dem Rad" in page
    assert "nimmt Platz" in page


def test_a_reason_without_a_link_is_asked_about_and_kept(client, coordinator):
    paper = make.paper("7")
    lines = {
        "bezug-TOTAL_FORMS": "1",
        "bezug-INITIAL_FORMS": "0",
        "bezug-0-target": "",
        "bezug-0-sign": "hinders",
    }

    asked = client.post(
        "/vorlagen/7/bezuege/", {**lines, "bezug-0-reason": "nimmt Platz", "version": paper.version}
    )
    silent = client.post("/vorlagen/7/bezuege/", {**lines, "bezug-0-reason": "", "version": paper.version})

    assert "Bitte wählen Sie, worauf sich die Begründung bezieht." in text_of(asked)
    assert 'value="nimmt Platz"' in asked.content.decode()
    assert silent.status_code == 302
    assert not paper.links.exists()


def test_a_link_without_its_target_goes_with_its_reason(client, coordinator):
    paper = make.paper("7")
    goal = city.goal(city.framework(), "5.2")
    paper.links.create(kind=TargetKind.GOAL, target=goal.pk, sign="hinders", reason="nimmt Platz")
    lines = {
        "bezug-TOTAL_FORMS": "1",
        "bezug-INITIAL_FORMS": "1",
        "bezug-0-target": "",
        "bezug-0-sign": "hinders",
        "bezug-0-reason": "nimmt Platz",
    }

    client.post("/vorlagen/7/bezuege/", {**lines, "version": paper.version})

    assert not paper.links.exists()


@pytest.mark.parametrize(
    "path", ["neu/", "regeln/", "7/bearbeiten/", "7/route/", "7/bezuege/", "7/fassungen/"]
)
def test_a_council_member_changes_nothing(client, path):
    make.paper("7")
    client.force_login(city.account(role=Role.COUNCIL_MEMBER))

    assert client.get(f"/vorlagen/{path}").status_code == 403


def test_an_editor_keeps_the_papers_of_her_own_office(client):
    mine, other = city.department("66"), city.department("61")
    make.paper("1", lead_department=mine)
    make.paper("2", lead_department=other)
    client.force_login(city.account(role=Role.DEPARTMENT_EDITOR, in_department=mine))

    assert client.get("/vorlagen/1/bearbeiten/").status_code == 200
    assert client.get("/vorlagen/2/bearbeiten/").status_code == 403


def test_the_city_rules_which_kinds_are_strategic(client, coordinator):
    make.paper("7", kind="motion")

    client.post(
        "/vorlagen/regeln/",
        {"strategic_kinds": ["motion"], "co_sign_workdays": 5, "lead_time_workdays": 10, "version": 0},
    )

    assert PaperSettings.objects.get().strategic_kinds == ["motion"]
    assert "strategisch" in text_of(client.get("/vorlagen/7/"))


def test_two_who_rule_at_once_notice_each_other(client, coordinator):
    PaperSettings.objects.create(strategic_kinds=["inquiry"])

    given = {"strategic_kinds": [], "co_sign_workdays": 1, "lead_time_workdays": 1, "version": 0}
    page = text_of(client.post("/vorlagen/regeln/", given, follow=True))

    assert "Inzwischen hat jemand anders" in page
    assert PaperSettings.objects.get().strategic_kinds == ["inquiry"]
