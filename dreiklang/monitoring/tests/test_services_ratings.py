"""Ratings are given by people with a reason, beside frozen figures, and never overwritten."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from dreiklang.monitoring.models import Rating
from dreiklang.monitoring.rules.values import RatingState
from dreiklang.monitoring.services import ratings as services
from dreiklang.monitoring.tests import rated
from dreiklang.monitoring.tests.rated import NOW, TODAY
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.rules import Role
from dreiklang.people.tests import factories as people

pytestmark = pytest.mark.django_db

SAID = services.RatingDraft(RatingState.ON_WAY, "Es geht voran.", TODAY)


def give(by, criterion, **facts):
    return services.rate(by=by, criterion_id=criterion.pk, now=NOW, on=TODAY, said=replace(SAID, **facts))


@pytest.fixture
def coordinator():
    return people.viewer(Role.COORDINATOR, name="Karla Koordination")


def test_a_rating_keeps_who_when_why_and_what_the_figures_said(coordinator):
    made = give(coordinator, rated.measured(), words_against="Der Bus kam im Sommer selten.")

    assert (made.state, made.reason, made.by_name) == ("on_way", "Es geht voran.", "Karla Koordination")
    assert made.released_at is None
    target, trend = made.figures
    assert (target["code"], target["side"], target["value"], target["target"]) == (
        "target_on_way",
        "for",
        "44",
        "40",
    )
    assert (trend["code"], trend["side"]) == ("trend_better", "for")


def test_figures_kept_stay_when_values_change(coordinator):
    criterion = rated.measured()
    made = give(coordinator, criterion)
    before = made.figures

    rated.value_of(criterion.indicator, 2025, "52")

    made.refresh_from_db()
    assert made.figures == before
    assert "target_off_way" in {one["code"] for one in give(coordinator, criterion).figures}


def test_figures_are_those_of_the_day_of_the_rating(coordinator):
    made = give(coordinator, rated.measured(), rated_on=date(2023, 6, 1))

    assert made.figures[0]["on"] == "2022-12-31"


def test_a_criterion_in_words_has_no_figures(coordinator):
    assert give(coordinator, rated.criterion()).figures == []


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"reason": "  "}, "needs_reason"),
        ({"rated_on": TODAY + timedelta(1)}, "future"),
        ({"corrects": 4711}, "corrects_other"),
    ],
)
def test_a_rating_that_cannot_be_is_refused(coordinator, facts, code):
    criterion = rated.criterion()

    with pytest.raises(services.CannotRate, match=code), transaction.atomic():
        give(coordinator, criterion, **facts)
    assert not Rating.objects.exists()


def test_a_criterion_given_up_is_rated_no_more(coordinator):
    criterion = rated.criterion(retired_on=date(2026, 6, 1), retired_reason="Zählt nicht mehr.")

    with pytest.raises(services.CannotRate, match="retired"), transaction.atomic():
        give(coordinator, criterion)
    give(coordinator, criterion, rated_on=date(2026, 5, 31))


def test_the_person_named_and_the_department_rate():
    office = people.department()
    person = people.account()
    criterion = rated.criterion(department=office, responsible=person)

    give(people.viewer_of(account=person), criterion)
    give(people.viewer(Role.LEAD, where=office), criterion)
    give(people.viewer(Role.DEPARTMENT_EDITOR, where=office), criterion)


@pytest.mark.parametrize("role", [Role.DEPARTMENT_EDITOR, Role.LEAD, Role.STATISTICS, Role.LEADERSHIP])
def test_others_do_not_rate(role):
    criterion = rated.criterion()

    with pytest.raises(NotAllowed):
        give(people.viewer(role, where=people.department()), criterion)


def test_a_lead_may_rate_but_not_release():
    office = people.department()
    criterion = rated.criterion(department=office)
    lead = people.viewer(Role.LEAD, where=office)

    with pytest.raises(NotAllowed), transaction.atomic():
        give(lead, criterion, release=True)
    made = give(lead, criterion)
    with pytest.raises(NotAllowed):
        services.release_rating(by=lead, pk=made.pk, now=NOW)


def test_a_rating_is_released_once(coordinator):
    made = give(coordinator, rated.criterion())

    freed = services.release_rating(by=coordinator, pk=made.pk, now=NOW)

    assert (freed.released_at, freed.released_by_name) == (NOW, "Karla Koordination")
    with pytest.raises(services.CannotRate, match="released_already"):
        services.release_rating(by=coordinator, pk=made.pk, now=NOW)


def test_a_rating_is_withdrawn_for_a_reason_and_stays(coordinator):
    made = give(coordinator, rated.criterion())

    with pytest.raises(services.CannotRate, match="needs_reason"), transaction.atomic():
        services.withdraw_rating(by=coordinator, pk=made.pk, now=NOW, reason="")
    gone = services.withdraw_rating(by=coordinator, pk=made.pk, now=NOW, reason="Falsches Ziel.")

    assert (gone.withdrawn_reason, gone.reason) == ("Falsches Ziel.", "Es geht voran.")
    with pytest.raises(services.CannotRate, match="withdrawn"), transaction.atomic():
        services.withdraw_rating(by=coordinator, pk=made.pk, now=NOW, reason="Noch einmal.")
    with pytest.raises(services.CannotRate, match="withdrawn"):
        services.release_rating(by=coordinator, pk=made.pk, now=NOW)


def test_a_released_rating_is_withdrawn_by_whoever_may_release():
    office = people.department()
    made = rated.rating(criterion=rated.criterion(department=office))

    with pytest.raises(NotAllowed), transaction.atomic():
        services.withdraw_rating(
            by=people.viewer(Role.LEAD, where=office), pk=made.pk, now=NOW, reason="Irrtum."
        )
    editor = people.viewer(Role.DEPARTMENT_EDITOR, where=office)
    services.withdraw_rating(by=editor, pk=made.pk, now=NOW, reason="Irrtum.")


def test_a_newer_rating_corrects_an_older_one(coordinator):
    criterion = rated.criterion()
    first = give(coordinator, criterion)

    second = give(coordinator, criterion, state=RatingState.OFF_WAY, corrects=first.pk)

    first.refresh_from_db()
    assert (first.state, second.corrects_id) == ("on_way", first.pk)


def test_a_rating_of_another_criterion_is_not_corrected_here(coordinator):
    other = rated.rating()

    with pytest.raises(services.CannotRate, match="corrects_other"):
        give(coordinator, rated.criterion(), corrects=other.pk)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("state", RatingState.REACHED),
        ("reason", "anders"),
        ("rated_on", date(2020, 1, 1)),
        ("figures", [{}]),
        ("words_for", "anders"),
        ("words_against", "anders"),
    ],
)
def test_the_database_refuses_to_rewrite_a_rating(field, value):
    made = rated.rating()

    with pytest.raises(DatabaseError, match="rating"), transaction.atomic():
        Rating.objects.filter(pk=made.pk).update(**{field: value})


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"reason": ""}, "rating_has_a_reason"),
        ({"withdrawn_at": NOW}, "withdrawn_rating_has_a_reason"),
        ({"withdrawn_reason": "x"}, "withdrawn_rating_has_a_reason"),
    ],
)
def test_the_database_refuses_a_rating_that_makes_no_sense(facts, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        rated.rating(**facts)


def test_the_database_refuses_a_rating_that_corrects_itself():
    made = rated.rating()

    with pytest.raises(IntegrityError, match="rating_corrects_another_one"), transaction.atomic():
        Rating.objects.create(
            pk=made.pk + 1000,
            criterion=made.criterion,
            rated_on=TODAY,
            state="reached",
            reason="x",
            corrects_id=made.pk + 1000,
        )
