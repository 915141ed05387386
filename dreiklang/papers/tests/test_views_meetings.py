"""Pages of meetings, my next meeting, and mails about saved searches."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from dreiklang.core.enums import Visibility
from dreiklang.measures.tests import factories as city
from dreiklang.papers.models import Check, Checklist, Consultation, Meeting
from dreiklang.papers.rules.kinds import CheckState, Result, TargetKind
from dreiklang.papers.tests import factories as make
from dreiklang.people.models import Seat
from dreiklang.people.rules import Role

pytestmark = pytest.mark.django_db
SOON = timezone.now() + timedelta(days=5)


@pytest.fixture
def coordinator(client):
    account = city.account("Karin Kern", role=Role.COORDINATOR)
    client.force_login(account)
    return account


def text_of(answer):
    return answer.content.decode()


def checklist(*more):
    questions = [
        *more,
        {"id": "kosten", "kind": "amount", "text": "Was kostet es einmalig?", "reason_label": "Woher?"},
    ]
    content = {
        "format": 1,
        "name": "INSEK-Prüfung",
        "label": "1",
        "relevance": {"text": "Von Belang?", "reason_label": "Warum?"},
        "stages": [{"title": "Geld", "questions": questions}],
    }
    return Checklist.objects.create(name="INSEK-Prüfung", label="1", content=content)


def member(council, name="Rita Rat"):
    account = city.account(name, role=Role.COUNCIL_MEMBER)
    Seat.objects.create(committee=council, account=account)
    return account


def test_the_list_names_the_next_meeting(client):
    make.meeting(make.committee(name="Bauausschuss"), starts_at=SOON)
    make.meeting(make.committee(name="Gemeinderat"), starts_at=SOON, state="cancelled")

    page = text_of(client.get("/sitzungen/"))

    assert "<strong>Bauausschuss</strong>" in page


def test_the_list_names_a_committee_once(client):
    make.meeting(make.committee("GR", name="Gemeinderat"), name="Gemeinderat, 4. Mai 2027", starts_at=SOON)
    make.meeting(make.committee("BA", name="Bauausschuss"), name="12. Sitzung", starts_at=SOON)

    page = client.get("/sitzungen/")
    with_column = client.get("/sitzungen/?spalte=gremium")

    notes = {row.cells["name"].text: row.cells["name"].note for row in page.context["table"].rows}
    assert notes == {"Gemeinderat, 4. Mai 2027": "", "12. Sitzung": "Bauausschuss"}
    assert "gremium" not in page.context["table"].query.columns
    assert "gremium" in with_column.context["table"].query.columns


def test_on_a_phone_the_filters_of_the_list_are_folded(client):
    assert "data-fold-on-phone" in text_of(client.get("/sitzungen/"))


def test_the_list_is_narrowed_by_committee_year_and_text(client):
    first = make.meeting(make.committee("GR"), name="Haushaltssitzung", starts_at=SOON)
    make.meeting(make.committee("BA"), starts_at=SOON - timedelta(days=800))

    for query in ("gremium=GR", f"jahr={SOON.year}", "q=Haushalt"):
        found = client.get(f"/sitzungen/?{query}").context["table"].rows
        assert [row.href for row in found] == [f"/sitzungen/{first.key}/"], query
    assert client.get("/sitzungen/?gremium=nix").context["table"].rows == []


def test_an_agenda_shows_paper_result_and_resolution_text(client):
    item = make.item(
        make.meeting(key="gr"), "3", result=Result.ADOPTED, resolution_text="Der Rat beschließt."
    )
    make.step(make.paper("2026/0412", title="Radweg"), item)

    page = text_of(client.get("/sitzungen/gr/"))

    assert "2026/0412" in page
    assert "beschlossen" in page
    assert "Der Rat beschließt." in page


def test_the_agenda_takes_as_many_statements_for_one_as_for_thirty(client, django_assert_max_num_queries):
    meeting = make.meeting(key="gr")
    for _ in range(30):
        make.step(make.paper(), make.item(meeting))

    with django_assert_max_num_queries(14):
        client.get("/sitzungen/gr/")


def test_a_meeting_and_its_items_are_entered_by_hand(client, coordinator):
    council, paper = make.committee("GR", name="Gemeinderat"), make.paper("2026/0412")
    given = {"name": "12. Sitzung", "committee_id": council.pk, "starts_at": "2026-12-08T16:00"}
    client.post("/sitzungen/neu/", {**given, "state": "planned", "visibility": "public"})
    meeting = Meeting.objects.get()
    item = {"number": "3", "title": "Radweg", "is_public": "on", "paper": "2026/0412", "role": "decision"}

    client.post(f"/sitzungen/{meeting.key}/punkt/", {**item, "result": "adopted"})

    step = Consultation.objects.get()
    assert meeting.key == "2026-12-08-12-sitzung"
    assert (step.paper, step.meeting, step.is_deciding) == (paper, meeting, True)
    client.post(f"/sitzungen/{meeting.key}/punkt/{step.item_id}/", {**item, "paper": "", "result": "adopted"})
    step.refresh_from_db()
    assert step.item is None
    client.post(f"/sitzungen/{meeting.key}/punkt/{meeting.items.get().pk}/entfernen/")
    assert not meeting.items.exists()


def test_a_meeting_does_not_end_before_it_starts(client, coordinator):
    given = {"name": "X", "starts_at": "2026-12-08T16:00", "ends_at": "2026-12-08T15:00"}

    page = text_of(client.post("/sitzungen/neu/", {**given, "state": "planned", "visibility": "public"}))

    assert "Das Ende liegt vor dem Beginn" in page
    assert not Meeting.objects.exists()


def test_only_the_coordinator_keeps_meetings(client):
    make.meeting(key="gr")
    client.force_login(city.account(role=Role.DEPARTMENT_EDITOR))

    assert client.get("/sitzungen/neu/").status_code == 403
    assert client.get("/sitzungen/gr/bearbeiten/").status_code == 403


def test_a_member_sees_her_next_meeting_with_goals_money_and_earlier_decisions(client):
    goal = city.goal(city.framework(), "5.2", title="Sicher mit dem Rad")
    council = make.committee("GR", name="Gemeinderat")
    paper, old = make.paper("2026/0412", title="Radweg Nord"), make.paper("2024/0001", title="Radweg Süd")
    for one in (paper, old):
        one.links.create(kind=TargetKind.GOAL, target=goal.pk)
    make.resolution("B 1", title="Radweg Süd bauen", paper=old, state="done")
    make.step(paper, make.item(make.meeting(council, starts_at=SOON)), is_deciding=True)
    check = Check.objects.create(
        number="P-7", title="x", paper=paper, checklist=checklist(), state=CheckState.RELEASED,
        released_at=timezone.now(), is_relevant=True, relevance_reason="Er fördert den Radverkehr.",
    )  # fmt: skip
    check.answers.create(question="kosten", value="stated", amount_eur=Decimal("1200000"), reason="Schätzung")
    client.force_login(member(council))

    page = text_of(client.get("/arbeit/meine-sitzung/"))

    for expected in (
        "Gemeinderat", "Radweg Nord", "Sicher mit dem Rad", "hier wird entschieden", "Radweg Süd bauen",
        "Er fördert den Radverkehr.", "Was kostet es einmalig?", "1.200.000",
    ):  # fmt: skip
        assert expected in page, expected


def test_every_paper_of_an_item_is_told_with_the_effects_its_check_found(client):
    framework = city.framework()
    wheels = city.goal(framework, "5.2", title="Sicher mit dem Rad")
    trees = city.goal(framework, "2.4", title="Mehr Bäume")
    council = make.committee("GR")
    first, second = (
        make.paper("2026/0412", title="Radweg Nord"),
        make.paper("2026/0413", title="Bäume am Ufer"),
    )
    point = make.item(make.meeting(council, starts_at=SOON))
    for one in (first, second):
        make.step(one, point)
    asked = checklist(
        {"id": "ziele", "kind": "goals", "text": "Wie wirkt es?"},
        {"id": "folgen", "kind": "yes_no", "text": "Folgekosten?"},
        {
            "id": "hoehe",
            "kind": "amount",
            "text": "Wie hoch im Jahr?",
            "asked_if": [{"question": "folgen", "is": ["yes"]}],
        },
    )
    check = Check.objects.create(
        number="P-8", title="x", paper=second, checklist=asked, released_at=timezone.now(),
        state=CheckState.RELEASED, is_relevant=True, relevance_reason="Er verdrängt Bäume.",
    )  # fmt: skip
    for rank, (goal, value, reason) in enumerate(
        [(wheels, "strong_gain", "Neuer Weg."), (trees, "harm", "Drei Linden.")]
    ):
        check.proposals.create(
            kind=TargetKind.GOAL, target=goal.pk, rank=rank, origin="by_hand", verdict="confirmed"
        )
        check.answers.create(question="ziele", target=goal.pk, value=value, reason=reason)
    check.answers.create(question="folgen", value="no", reason="Keine.")
    # Left over from before the no: nobody asks for it any more.
    check.answers.create(question="hoehe", value="stated", amount_eur=Decimal("77000"), reason="Alt")
    client.force_login(member(council))

    page = text_of(client.get("/arbeit/meine-sitzung/"))

    for expected in ("Radweg Nord", "Bäume am Ufer", "Zielkonflikt", "fördert stark", "Drei Linden."):
        assert expected in page, expected
    assert page.count("Mehr Bäume</a>") == 1
    assert "77.000" not in page


def test_a_check_that_is_not_released_is_not_shown(client):
    council, paper = make.committee("GR"), make.paper()
    make.step(paper, make.item(make.meeting(council, starts_at=SOON)))
    Check.objects.create(
        number="P-7",
        title="x",
        paper=paper,
        checklist=checklist(),
        is_relevant=True,
        relevance_reason="geheim",
    )
    client.force_login(member(council))

    page = text_of(client.get("/arbeit/meine-sitzung/"))

    assert "keine freigegebene Prüfung" in page
    assert "geheim" not in page


def test_the_page_takes_as_many_statements_for_one_item_as_for_thirty(client, django_assert_max_num_queries):
    goal = city.goal(city.framework(), "5.2")
    council = make.committee("GR")
    meeting = make.meeting(council, starts_at=SOON)
    for _ in range(30):
        paper = make.paper()
        paper.links.create(kind=TargetKind.GOAL, target=goal.pk)
        make.step(paper, make.item(meeting))
    client.force_login(member(council))

    with django_assert_max_num_queries(22):
        client.get("/arbeit/meine-sitzung/")


def test_who_sits_nowhere_is_told_so(client):
    client.force_login(city.account(role=Role.COUNCIL_MEMBER))

    assert "Sie sitzen in keinem Gremium" in text_of(client.get("/arbeit/meine-sitzung/"))


def test_the_list_is_taken_away_as_csv_and_workbook(client):
    make.meeting(make.committee("GR", name="Gemeinderat"), name="Haushaltssitzung", starts_at=SOON)
    make.meeting(name="Klausur", visibility=Visibility.INTERNAL)

    page = text_of(client.get("/sitzungen/?gremium=GR"))
    csv = client.get("/sitzungen/export.csv?gremium=GR")
    xlsx = client.get("/sitzungen/export.xlsx")

    assert "/sitzungen/export.csv?gremium=GR" in page
    assert csv["Content-Disposition"] == 'attachment; filename="sitzungen.csv"'
    rows = csv.content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("Tag;Uhrzeit;Sitzung;Gremium;Stand")
    assert "Haushaltssitzung;Gemeinderat;geplant" in rows[1]
    assert len(rows) == 2
    assert xlsx.content.startswith(b"PK")
    assert "Klausur" not in client.get("/sitzungen/export.csv").content.decode()


def test_a_paper_two_meetings_deal_with_is_told_once(client):
    council, board = make.committee("GR", name="Gemeinderat"), make.committee("BA", name="Bauausschuss")
    paper = make.paper("2026/0412", title="Radweg Nord")
    make.step(paper, make.item(make.meeting(board, starts_at=SOON), "2"))
    make.step(paper, make.item(make.meeting(council, starts_at=SOON + timedelta(days=7)), "5"))
    account = member(council)
    Seat.objects.create(committee=board, account=account)
    client.force_login(account)

    page = text_of(client.get("/arbeit/meine-sitzung/"))

    assert page.count("keine freigegebene Prüfung") == 1
    assert '<a href="#punkt-1-1">Prüfung, Ziele und Geld stehen oben</a>' in page
    assert 'id="punkt-1-1"' in page
    assert '<a href="#sitzung-2">Gemeinderat</a>' in page


def test_what_comes_second_is_folded_and_still_on_the_page(client):
    framework = city.framework()
    goal = city.goal(framework, "5.2", title="Sicher mit dem Rad")
    council, paper, old = make.committee("GR"), make.paper(), make.paper(title="Radweg Süd")
    for one in (paper, old):
        one.links.create(kind=TargetKind.GOAL, target=goal.pk)
    make.resolution("B 1", title="Radweg Süd bauen", paper=old)
    make.step(paper, make.item(make.meeting(council, starts_at=SOON)))
    client.force_login(member(council))

    page = text_of(client.get("/arbeit/meine-sitzung/"))

    folded = page.partition('<details class="pa-details pa-more">')[2].partition("</details>")[0]
    assert "Ein früherer Beschluss dazu" in folded
    assert "Radweg Süd bauen" in folded
    assert "Sicher mit dem Rad</a>" not in folded
