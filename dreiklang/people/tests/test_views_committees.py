"""Committees by hand: the public list, one of them, and what the coordination may do."""

from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dreiklang.people.models import Account, Committee, Seat
from dreiklang.people.rules import SYSTEM, CommitteeKind, Role
from dreiklang.people.services import CommitteeDraft, create_committee
from dreiklang.people.tests.factories import account
from dreiklang.ui.messages import shown

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_second_factor(settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def council() -> Committee:
    return create_committee(by=SYSTEM, draft=CommitteeDraft("SR", "Stadtrat", CommitteeKind.COUNCIL))


@pytest.fixture
def coordinator(client: Client) -> Account:
    return signed_in(client, Role.COORDINATOR)


def signed_in(client: Client, *roles: Role) -> Account:
    person = account(*roles)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return person


def text_of(answer) -> str:
    return answer.content.decode()


def undo_of(answer) -> str:
    """The way back that the last message offers."""
    return str([shown(one)["undo_url"] for one in get_messages(answer.wsgi_request)][-1])


def typed(**changes: str) -> dict[str, str]:
    return {"name": "Bauausschuss", "key": "BA", "kind": "deciding", "ended_on": "", "version": ""} | changes


def test_everybody_reads_the_committees_and_nobody_who_sits_there(client: Client, council: Committee) -> None:
    Seat.objects.create(committee=council, account=account(Role.COUNCIL_MEMBER, name="Rita Rat"))

    for address in ("/gremien/", "/gremien/SR/", "/gremien/export.csv"):
        page = text_of(client.get(address))
        assert "Stadtrat" in page
        assert "Rita Rat" not in page
        assert "@" not in page.split("<footer")[0]


def test_the_council_stands_before_its_committees(client: Client, council: Committee) -> None:
    create_committee(by=SYSTEM, draft=CommitteeDraft("AB", "Ausschuss Bau", CommitteeKind.ADVISORY))

    page = text_of(client.get("/gremien/"))

    assert page.index(">Stadtrat<") < page.index("Ausschuss Bau")


def test_without_any_committee_the_list_says_where_they_come_from(
    client: Client, coordinator: Account
) -> None:
    page = text_of(client.get("/gremien/"))

    assert "Noch ist kein Gremium eingetragen." in page
    assert "Gremium anlegen" in page


def test_a_member_reads_that_the_seat_is_hers(client: Client, council: Committee) -> None:
    member = signed_in(client, Role.COUNCIL_MEMBER)
    Seat.objects.create(committee=council, account=member, is_deputy=True)

    page = text_of(client.get("/gremien/SR/"))

    assert "Sie vertreten hier ein Mitglied." in page
    assert reverse("papers:my_meeting") in page


@pytest.mark.parametrize("role", [None, Role.LEAD, Role.COUNCIL_MEMBER])
def test_others_change_nothing(client: Client, council: Committee, role: Role | None) -> None:
    if role:
        signed_in(client, role)

    answers = [
        client.post("/gremien/neu/", typed()),
        client.post("/gremien/SR/bearbeiten/", typed()),
        client.post("/gremien/SR/sitze/", {}),
        client.post("/gremien/SR/sitze/zurueck/"),
        client.post("/gremien/SR/beenden/"),
        client.post("/gremien/SR/fortsetzen/"),
    ]

    assert {answer.status_code for answer in answers} <= {302, 403}
    assert list(Committee.objects.values_list("key", "name", "ended_on")) == [("SR", "Stadtrat", None)]
    assert "Bearbeiten" not in text_of(client.get("/gremien/SR/"))


def test_the_coordination_creates_a_committee_once(client: Client, coordinator: Account) -> None:
    made = client.post("/gremien/neu/", typed())
    again = client.post("/gremien/neu/", typed(key="ba"))

    assert made.url == "/gremien/BA/"
    assert "Dieses Kürzel trägt schon ein anderes Gremium." in text_of(again)
    assert Committee.objects.count() == 1


@pytest.mark.parametrize("key", ["", "a/b", "neu", "Neu", ".."])
def test_a_key_that_cannot_stand_in_an_address_is_refused(
    client: Client, coordinator: Account, key: str
) -> None:
    answer = client.post("/gremien/neu/", typed(key=key))

    assert answer.status_code == 200
    assert not Committee.objects.exists()


def test_who_saved_later_reads_both_versions(
    client: Client, coordinator: Account, council: Committee
) -> None:
    client.post("/gremien/SR/bearbeiten/", typed(key="SR", name="Rat der Stadt", version="1"))

    late = client.post("/gremien/SR/bearbeiten/", typed(key="SR", name="Gemeinderat", version="1"))

    assert "Inzwischen hat jemand anders gespeichert" in text_of(late)
    assert "Rat der Stadt" in text_of(late)
    assert Committee.objects.get().name == "Rat der Stadt"


def test_a_seat_is_given_moved_and_taken_back(
    client: Client, coordinator: Account, council: Committee
) -> None:
    member, deputy = account(Role.COUNCIL_MEMBER), account(Role.COUNCIL_MEMBER)
    places = {f"platz-{member.pk}": "mitglied", f"platz-{deputy.pk}": "stellvertretung", "version": "1"}

    given = client.post("/gremien/SR/sitze/", places)
    moved = client.post("/gremien/SR/sitze/", places | {f"platz-{deputy.pk}": "mitglied", "version": "2"})
    client.post(undo_of(moved))

    assert given.url == "/gremien/SR/"
    assert dict(Seat.objects.values_list("account_id", "is_deputy")) == {member.pk: False, deputy.pk: True}
    page = text_of(client.get("/gremien/SR/"))
    assert page.index(member.name) < page.index("Stellvertretungen") < page.index(deputy.name)
    history = text_of(client.get("/verlauf/gremium/SR/"))
    assert "Sitze geändert" in history
    assert member.name in history


def test_nothing_is_taken_back_over_a_later_change(
    client: Client, coordinator: Account, council: Committee
) -> None:
    member = account(Role.COUNCIL_MEMBER)
    seated = client.post("/gremien/SR/sitze/", {f"platz-{member.pk}": "mitglied", "version": "1"})
    client.post("/gremien/SR/sitze/", {f"platz-{member.pk}": "stellvertretung", "version": "2"})

    answer = client.post(undo_of(seated), follow=True)

    assert "Inzwischen hat jemand anderes die Sitze geändert." in text_of(answer)
    assert Seat.objects.get().is_deputy


def test_seats_over_a_newer_version_are_shown_and_not_saved(
    client: Client, coordinator: Account, council: Committee
) -> None:
    member = account(Role.COUNCIL_MEMBER)
    client.post("/gremien/SR/sitze/", {f"platz-{member.pk}": "mitglied", "version": "1"})

    late = client.post("/gremien/SR/sitze/", {f"platz-{member.pk}": "keiner", "version": "1"})

    assert "Inzwischen hat jemand anders gespeichert" in text_of(late)
    assert Seat.objects.exists()


def test_seats_left_open_are_asked_for_again(
    client: Client, coordinator: Account, council: Committee
) -> None:
    account(Role.COUNCIL_MEMBER)

    answer = client.post("/gremien/SR/sitze/", {"version": "1"})

    assert answer.status_code == 200
    assert not Seat.objects.exists()


def test_without_council_members_the_way_to_invite_them_is_shown(
    client: Client, coordinator: Account, council: Committee
) -> None:
    page = text_of(client.get("/gremien/SR/sitze/"))

    assert "Noch hat kein Ratsmitglied ein Konto" in page
    assert reverse("people:invite") in page


def test_an_end_is_taken_back_and_loses_no_seat(
    client: Client, coordinator: Account, council: Committee
) -> None:
    Seat.objects.create(committee=council, account=account(Role.COUNCIL_MEMBER))

    ended = client.post("/gremien/SR/beenden/")
    twice = text_of(client.post("/gremien/SR/beenden/", follow=True))
    gone = text_of(client.get("/gremien/"))
    page = text_of(client.get("/gremien/SR/"))
    seats = text_of(client.get("/gremien/SR/sitze/"))
    client.post(undo_of(ended))

    assert "besteht nicht mehr" in twice
    assert 'href="/gremien/SR/"' not in gone
    assert 'href="/gremien/SR/"' in text_of(client.get("/gremien/"))
    assert "nicht mehr" in page
    assert "Setzen Sie es zuerst fort" in seats
    assert Seat.objects.count() == 1


def test_an_end_that_lies_ahead_has_not_come_yet(client: Client, council: Committee) -> None:
    Committee.objects.update(ended_on=timezone.localdate() + timedelta(days=30))

    assert 'href="/gremien/SR/"' in text_of(client.get("/gremien/"))
    assert "nicht mehr" not in text_of(client.get("/gremien/SR/"))


def test_ended_committees_are_shown_on_request(client: Client, council: Committee) -> None:
    Committee.objects.update(ended_on=date(2020, 1, 1))

    assert "Auch ein beendetes Gremium zeigen" in text_of(client.get("/gremien/"))
    assert "besteht seit dem 01.01.2020 nicht mehr" in text_of(client.get("/gremien/?beendet=1"))


def test_the_list_goes_out_as_the_import_reads_it(
    client: Client, coordinator: Account, council: Committee
) -> None:
    Seat.objects.create(committee=council, account=account(email="rita@rat.example"))
    Seat.objects.create(committee=council, account=account(email="udo@rat.example"), is_deputy=True)

    head, row = client.get("/gremien/export.csv").content.decode("utf-8-sig").splitlines()

    assert head.startswith("Kürzel;Name;Art;Besteht bis;Mitglieder;Stellvertretungen")
    assert row.startswith("SR;Stadtrat;Stadtrat;;rita@rat.example;udo@rat.example")


def test_a_committee_that_is_not_there_is_not_found(client: Client, coordinator: Account) -> None:
    assert client.get("/gremien/XY/").status_code == 404
    assert client.post("/gremien/XY/beenden/").status_code == 404
