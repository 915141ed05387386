import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from dreiklang.people.models import Account, Department, Invitation
from dreiklang.people.rules import Role
from dreiklang.people.tests.factories import PASSWORD, account, department

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_second_factor(settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


def signed_in(client: Client, *roles: Role, **facts: object) -> Account:
    person = account(*roles, **facts)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return person


def test_everybody_reads_the_tree_without_names_of_people(client: Client) -> None:
    top = department(name="Dezernat Bau", head=account(name="Frau Leitung"))
    department(name="Tiefbauamt", parent=top)

    html = client.get(reverse("people:departments")).content.decode()

    assert "Tiefbauamt" in html
    assert "Frau Leitung" not in html


def test_the_administration_reads_who_leads(client: Client) -> None:
    department(name="Dezernat Bau", head=account(name="Frau Leitung"))
    signed_in(client, Role.LEAD)

    assert "Frau Leitung" in client.get(reverse("people:departments")).content.decode()


def test_a_department_page_stays_within_twelve_statements(
    client: Client, django_assert_max_num_queries
) -> None:
    office = department(parent=department(), head=account())
    for _n in range(5):
        account(department=office)
        department(parent=office)

    with django_assert_max_num_queries(12):
        answer = client.get(reverse("people:department", args=[office.key]))

    assert answer.status_code == 200


def test_a_department_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get(reverse("people:department", args=["nirgends"])).status_code == 404


@pytest.mark.parametrize(
    "name", ["people:new_department", "people:accounts", "people:invite", "people:invite_list"]
)
def test_strangers_are_asked_to_sign_in_and_others_read_who_may(client: Client, name: str) -> None:
    stranger = client.get(reverse(name))
    signed_in(client, Role.LEAD)
    lead = client.get(reverse(name))

    assert stranger.status_code == 302
    assert stranger.url == f"/konto/anmelden/?next={reverse(name)}"
    assert lead.status_code == 403
    assert "Koordination" in lead.content.decode()


def test_a_coordinator_changes_a_department(client: Client) -> None:
    office = department(key="61")
    signed_in(client, Role.COORDINATOR)
    address = reverse("people:edit_department", args=["61"])
    typed = {"key": "61", "name": "Planungsamt", "kind": "office", "parent": "", "head": "", "version": "1"}

    saved = client.post(address, typed)
    late = client.post(address, typed | {"name": "Anderes Amt"})

    assert saved.status_code == 302
    assert late.status_code == 200
    assert "Anderes Amt" in late.content.decode()
    assert Department.objects.get(pk=office.pk).name == "Planungsamt"


def test_saving_over_the_shown_version_is_possible_after_reading_both(client: Client) -> None:
    department(key="61", version=3)
    signed_in(client, Role.COORDINATOR)
    typed = {"key": "61", "name": "Neu", "kind": "office", "parent": "", "head": "", "version": "2"}
    late = client.post(reverse("people:edit_department", args=["61"]), typed)
    version = re.search(
        r'name="version"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="version"', late.content.decode()
    )

    client.post(reverse("people:edit_department", args=["61"]), typed | {"version": version[1] or version[2]})

    assert Department.objects.get(key="61").name == "Neu"


def test_a_slash_in_a_key_is_refused_because_addresses_need_it(client: Client) -> None:
    signed_in(client, Role.COORDINATOR)

    answer = client.post(reverse("people:new_department"), {"key": "6/1", "name": "X", "kind": "office"})

    assert answer.status_code == 200
    assert not Department.objects.exists()


def test_a_person_changes_her_profile_and_her_language_at_once(client: Client) -> None:
    person = signed_in(client, Role.LEAD)

    client.post(reverse("account_email"), {"name": "Erika", "phone": "12", "language": "en", "deputy": ""})

    person.refresh_from_db()
    assert (person.name, person.language) == ("Erika", "en")
    assert 'lang="en"' in client.get(reverse("people:departments")).content.decode()


def test_the_language_switch_is_kept_on_the_account(client: Client) -> None:
    person = signed_in(client, Role.LEAD)

    client.post(reverse("set_language"), {"language": "en", "next": "/aemter/"})

    person.refresh_from_db()
    assert person.language == "en"


def test_an_absence_is_entered_and_struck_out(client: Client) -> None:
    person = signed_in(client, Role.LEAD)
    client.post(reverse("people:absence"), {"first": "2030-01-02", "last": "2030-01-05", "deputy": ""})
    (absence,) = person.absences.all()

    assert "5.\u00a0Januar 2030" in client.get(reverse("account_email")).content.decode()
    client.post(reverse("people:end_absence", args=[absence.pk]))

    assert not person.absences.exists()


def test_nobody_strikes_out_anothers_absence(client: Client) -> None:
    person = signed_in(client, Role.LEAD)
    client.post(reverse("people:absence"), {"first": "2030-01-02", "last": "2030-01-05", "deputy": ""})
    signed_in(client, Role.LEAD)

    client.post(reverse("people:end_absence", args=[person.absences.get().pk]))

    assert person.absences.exists()


def test_coordination_gives_and_takes_roles(client: Client) -> None:
    office, person = department(), account()
    signed_in(client, Role.COORDINATOR)
    client.post(reverse("people:give_role", args=[person.pk]), {"role": "lead", "department": office.pk})
    held = person.role_assignments.get()
    page = client.get(reverse("people:account", args=[person.pk])).content.decode()

    client.post(reverse("people:take_role", args=[person.pk, held.pk]))

    assert "Federführung" in page
    assert not person.role_assignments.exists()


def test_coordination_cannot_name_an_administrator(client: Client) -> None:
    person = account()
    signed_in(client, Role.COORDINATOR)

    client.post(reverse("people:give_role", args=[person.pk]), {"role": "administrator", "department": ""})

    assert not person.role_assignments.exists()


def test_the_list_of_accounts_is_filtered_in_the_address(client: Client) -> None:
    account(Role.TREASURY, name="Frau Kasse")
    account(Role.LEAD, name="Herr Plan")
    signed_in(client, Role.COORDINATOR)

    html = client.get(reverse("people:accounts"), {"rolle": "treasury"}).content.decode()

    assert "Frau Kasse" in html
    assert "Herr Plan" not in html


def test_an_invited_person_sets_her_password_and_signs_in(
    client: Client, django_capture_on_commit_callbacks
) -> None:
    signed_in(client, Role.COORDINATOR)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            reverse("people:invite"), {"email": "neu@stadt.example", "name": "Neu", "roles": ["lead"]}
        )
    client.logout()
    link = next(word for word in mail.outbox[0].body.split() if "/einladung/" in word)
    path = "/" + link.split("/", 3)[3]
    typed = {"name": "Neu Angekommen", "password": PASSWORD, "again": PASSWORD}

    assert "neu@stadt.example" in client.get(path).content.decode()
    assert client.post(path, typed | {"password": "kurz", "again": "kurz"}).status_code == 200
    assert client.post(path, typed | {"again": "anders"}).status_code == 200
    assert client.post(path, typed).url == reverse("account_login")
    assert client.post(path, typed).status_code == 410
    client.post(reverse("account_login"), {"login": "neu@stadt.example", "password": PASSWORD})

    assert client.session["_auth_user_id"] == str(Account.objects.get(email="neu@stadt.example").pk)


def test_a_list_shows_what_would_happen_before_anybody_is_invited(client: Client) -> None:
    department(key="61")
    signed_in(client, Role.COORDINATOR)
    text = "a@stadt.example;A;61;Federführung\nb@stadt.example;B;99;Federführung"

    dry = client.post(reverse("people:invite_list"), {"people": text}).content.decode()

    assert "das Amt „99“ gibt es nicht" in dry
    assert not Invitation.objects.exists()
    client.post(reverse("people:invite_list"), {"people": text, "send": "1"})
    assert [one.email for one in Invitation.objects.all()] == ["a@stadt.example"]


@pytest.mark.parametrize("deed", ["people:resend", "people:withdraw"])
def test_others_neither_send_nor_withdraw_invitations(client: Client, deed: str) -> None:
    signed_in(client, Role.LEAD)

    assert client.post(reverse(deed, args=[1])).status_code == 403
