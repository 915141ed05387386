from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from dreiklang.people import services
from dreiklang.people.models import Absence, Account, Invitation
from dreiklang.people.queries import invitation_by_token, invited_people_of, viewer_of
from dreiklang.people.rules import SYSTEM, Role
from dreiklang.people.services import Grant, NotAllowed, Profile
from dreiklang.people.tests.factories import PASSWORD, account, department, viewer

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
NOW = timezone.make_aware(datetime(2026, 11, 23, 9))


def link_of(message: object) -> str:
    return next(word for word in message.body.split() if "/einladung/" in word).rstrip("/").rsplit("/", 1)[1]


@pytest.fixture
def send(django_capture_on_commit_callbacks):
    """Invites somebody and returns the secret part of the link in the mail."""

    def invite(**facts: object) -> str:
        plain = {"email": "neu@stadt.example", "name": "Neu", "department_id": None, "roles": [Role.LEAD]}
        with django_capture_on_commit_callbacks(execute=True):
            services.invite(by=SYSTEM, now=NOW, **plain | facts)
        return link_of(mail.outbox[-1])

    return invite


# Accounts and roles


def test_a_person_changes_her_own_profile_and_nobody_elses() -> None:
    erika, max_ = account(Role.LEAD), account(Role.LEAD)
    wanted = Profile(name="Erika", phone="1", language="en", deputy_id=max_.pk)

    services.change_profile(by=viewer_of(account=erika), account=erika, profile=wanted)

    assert Account.objects.get(pk=erika.pk).deputy == max_
    with pytest.raises(NotAllowed):
        services.change_profile(by=viewer_of(account=max_), account=erika, profile=wanted)


@pytest.mark.parametrize("who", ["herself", "gone"])
def test_nobody_deputises_for_herself_or_after_leaving(who: str) -> None:
    erika = account(Role.LEAD)
    deputy = erika if who == "herself" else account(is_active=False)
    wanted = Profile(name="E", phone="", language="de", deputy_id=deputy.pk)

    with pytest.raises(services.CannotSaveAccount) as refused:
        services.change_profile(by=viewer_of(account=erika), account=erika, profile=wanted)

    assert refused.value.code == ("own_deputy" if who == "herself" else "deputy_left")


def test_an_address_is_taken_in_any_case() -> None:
    account(email="erika@stadt.example")

    with pytest.raises(services.CannotSaveAccount):
        services.create_account(by=SYSTEM, email="Erika@Stadt.example", name="E")


def test_a_coordinator_cannot_make_herself_administrator() -> None:
    coordinator = account(Role.COORDINATOR)

    with pytest.raises(NotAllowed):
        services.give_role(
            by=viewer_of(account=coordinator), account=coordinator, grant=Grant(Role.ADMINISTRATOR, None)
        )


def test_a_coordinator_cannot_change_an_administrators_account() -> None:
    administrator = account(Role.ADMINISTRATOR)

    with pytest.raises(NotAllowed):
        services.move_account(
            by=viewer(Role.COORDINATOR),
            account=administrator,
            email="meine@stadt.example",
            department_id=None,
        )


def test_a_role_in_a_foreign_department_is_refused() -> None:
    own, foreign = department(), department()
    coordinator = viewer(Role.COORDINATOR, where=own)
    person = account()

    services.give_role(by=coordinator, account=person, grant=Grant(Role.LEAD, own.pk))
    with pytest.raises(NotAllowed):
        services.give_role(by=coordinator, account=person, grant=Grant(Role.LEAD, foreign.pk))


def test_a_role_is_held_once() -> None:
    person = account(Role.LEAD)

    with pytest.raises(services.CannotGrant) as refused:
        services.give_role(by=SYSTEM, account=person, grant=Grant(Role.LEAD, None))

    assert refused.value.code == "holds_already"


def test_the_last_administrator_keeps_her_role() -> None:
    last = account(Role.ADMINISTRATOR)
    account(Role.ADMINISTRATOR, is_active=False)

    with pytest.raises(services.CannotGrant):
        services.take_role(by=SYSTEM, account=last, assignment_id=last.role_assignments.get().pk)

    account(Role.ADMINISTRATOR)
    services.take_role(by=SYSTEM, account=last, assignment_id=last.role_assignments.get().pk)
    assert not last.role_assignments.exists()


# Absences


def away(person: Account, first: int, last: int, deputy: Account | None = None) -> Absence:
    return services.be_away(
        by=viewer_of(account=person),
        account=person,
        first=TODAY + timedelta(days=first),
        last=TODAY + timedelta(days=last),
        deputy_id=deputy.pk if deputy else None,
    )


def test_the_last_day_of_an_absence_counts() -> None:
    deputy = account(Role.LEAD)
    person = account(Role.LEAD, deputy=deputy)

    away(person, 0, 2)

    assert viewer_of(account=deputy, today=TODAY + timedelta(days=2)).stands_for(person.pk)
    assert not viewer_of(account=deputy, today=TODAY + timedelta(days=3)).stands_for(person.pk)


def test_absences_do_not_overlap_and_are_not_backwards() -> None:
    person = account(Role.LEAD)
    away(person, 0, 2)

    with pytest.raises(services.CannotBeAway, match="overlaps"):
        away(person, 2, 4)
    with pytest.raises(services.CannotBeAway, match="wrong_order"):
        away(person, 9, 8)


def test_two_who_name_each_other_cannot_be_away_at_once() -> None:
    erika = account(Role.LEAD)
    max_ = account(Role.LEAD, deputy=erika)
    erika.deputy = max_
    erika.save()
    away(erika, 0, 5)

    with pytest.raises(services.CannotBeAway, match="deputy_away"):
        away(max_, 5, 8)

    away(max_, 6, 8)


# Invitations


def test_an_invitation_opens_an_account_with_roles_for_the_department(send) -> None:
    office = department()
    token = send(department_id=office.pk, roles=[Role.LEAD, Role.TREASURY])

    made = services.accept(now=NOW, token=token, name="Neu", password=PASSWORD)

    assert made.check_password(PASSWORD)
    held = set(made.role_assignments.values_list("role", "department_id"))
    assert held == {(Role.LEAD, office.pk), (Role.TREASURY, None)}


def test_only_the_hash_of_the_link_is_kept(send) -> None:
    token = send()

    row = Invitation.objects.values().get()

    assert token not in str(row)
    assert invitation_by_token(token).pk == row["id"]


def test_a_link_works_once(send) -> None:
    token = send()
    services.accept(now=NOW, token=token, name="Neu", password=PASSWORD)

    with pytest.raises(services.CannotAccept, match="accepted"):
        services.accept(now=NOW, token=token, name="Neu", password=PASSWORD)

    assert Account.objects.filter(email="neu@stadt.example").count() == 1


def test_an_expired_withdrawn_or_invented_link_opens_nothing(send) -> None:
    token = send()

    with pytest.raises(services.CannotAccept, match="expired"):
        services.accept(now=NOW + timedelta(days=14), token=token, name="N", password=PASSWORD)
    with pytest.raises(services.CannotAccept, match="unknown"):
        services.accept(now=NOW, token=token[:-1], name="N", password=PASSWORD)
    services.withdraw(by=SYSTEM, now=NOW, invitation_id=Invitation.objects.get().pk)
    with pytest.raises(services.CannotAccept, match="withdrawn"):
        services.accept(now=NOW, token=token, name="N", password=PASSWORD)

    assert not Account.objects.exists()


def test_sending_again_makes_the_old_link_worthless(send, django_capture_on_commit_callbacks) -> None:
    old = send()
    later = NOW + timedelta(days=20)

    with django_capture_on_commit_callbacks(execute=True):
        services.resend(by=SYSTEM, now=later, invitation_id=Invitation.objects.get().pk)

    assert invitation_by_token(old) is None
    assert services.accept(now=later, token=link_of(mail.outbox[-1]), name="N", password=PASSWORD).is_active


def test_nobody_is_invited_twice_or_with_an_account(send) -> None:
    send()
    account(email="da@stadt.example")

    with pytest.raises(services.CannotInvite, match="invited_already"):
        send()
    with pytest.raises(services.CannotInvite, match="has_account"):
        send(email="Da@stadt.example")


def test_a_coordinator_cannot_invite_an_administrator() -> None:
    with pytest.raises(NotAllowed):
        services.invite(
            by=viewer(Role.COORDINATOR),
            now=NOW,
            email="neu@stadt.example",
            name="N",
            department_id=None,
            roles=[Role.ADMINISTRATOR],
        )

    assert not Invitation.objects.exists()


def test_a_list_invites_the_fine_lines_only() -> None:
    office = department(key="61")
    text = "a@stadt.example;A;61;Federführung\nb@stadt.example;B;99;Federführung"
    people = invited_people_of(text=text, role_words=services.role_words())

    sent = services.invite_several(by=SYSTEM, now=NOW, people=people)

    assert [(one.email, one.department) for one in sent] == [("a@stadt.example", office)]


def test_a_list_with_somebody_invited_already_invites_nobody(send) -> None:
    send(email="b@stadt.example")
    text = "a@stadt.example;A;;lead\nb@stadt.example;B;;lead"
    people = invited_people_of(text=text, role_words=services.role_words())

    with pytest.raises(services.CannotInvite):
        services.invite_several(by=SYSTEM, now=NOW, people=people)

    assert Invitation.objects.count() == 1
