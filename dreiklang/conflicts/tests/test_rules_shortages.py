"""Money and people: more wanted than there is, and where two could share."""

from datetime import date
from typing import Any

import pytest

from dreiklang.conflicts.rules import (
    Budget,
    Capacity,
    Exclusion,
    Kind,
    Sense,
    Supplies,
)
from dreiklang.conflicts.tests.claims import (
    YEAR,
    claim,
    found,
    only,
    square,
)
from dreiklang.core.claims import Claim, MoneyNeed, PeopleNeed
from dreiklang.core.values import Money, Period, Unknown


class TestMoney:
    def want(self, key: str, amount: Money | Unknown, source: str = "line:1", **more: Any) -> Claim:
        return claim(key, money=(MoneyNeed(source, 2027, amount),), **more)

    def test_more_wanted_than_there_is(self) -> None:
        claims = [
            self.want("measure:1", Money(300_000)),
            self.want("measure:2", Money(500_000)),
            self.want("measure:3", Unknown("not_stated")),
        ]

        finding = only(*claims, supplies=Supplies(budgets=(Budget("line:1", 2027, Money(400_000)),)))

        assert (finding.kind, finding.sense, finding.strength) == (Kind.MONEY, Sense.CONFLICT, 0.65)
        assert finding.parties == ("measure:1", "measure:2", "measure:3")
        assert finding.facts == {
            "source": "line:1",
            "year": 2027,
            "wanted": "800000.00",
            "available": "400000.00",
            "unknown_count": 1,
        }

    @pytest.mark.parametrize("available", [Money(800_000), Unknown("not_stated")], ids=str)
    def test_enough_or_unknown_is_no_conflict(self, available: Money | Unknown) -> None:
        claims = [self.want("measure:1", Money(300_000)), self.want("measure:2", Money(500_000))]

        assert not found(*claims, supplies=Supplies(budgets=(Budget("line:1", 2027, available),)))

    def test_a_whole_and_its_part_want_the_money_once(self) -> None:
        whole = self.want("concept:1", Money(300_000))
        part = self.want("measure:2", Money(300_000), kin=frozenset({"concept:1"}))
        supplies = Supplies(budgets=(Budget("line:1", 2027, Money(400_000)),))

        assert not found(whole, part, supplies=supplies)
        third = only(whole, part, self.want("measure:3", Money(200_000)), supplies=supplies)
        assert third.parties == ("measure:2", "measure:3")

    def test_programmes_that_exclude_each_other_meet_on_one_ground(self) -> None:
        one = self.want("measure:1", Money(1), "programme:a", place=square(), is_lasting=True)
        other = self.want("measure:2", Money(1), "programme:b", place=square(50))
        supplies = Supplies(exclusions=(Exclusion("programme:b", "programme:a"),))

        finding = only(one, other, supplies=supplies)

        assert finding.facts == {"sources": ["programme:a", "programme:b"], "area_m2": 5000, "share": 0.5}
        assert not [each for each in found(one, other) if each.kind is Kind.MONEY]

    def test_one_application_could_do_for_two_in_one_district(self) -> None:
        shared = {"source": "programme:a", "areas": frozenset({3})}
        one, other = self.want("measure:1", Money(1), **shared), self.want("measure:2", Money(1), **shared)

        finding = only(one, other)

        assert (finding.kind, finding.sense) == (Kind.MONEY, Sense.SYNERGY)
        assert finding.facts == {"source": "programme:a", "year": 2027, "districts": 1.0}

    def test_one_district_of_many_is_not_worth_one_application(self) -> None:
        """A share of 1/8 makes a strength of 0.06, less than half of what is listed."""
        one = self.want("measure:1", Money(1), "programme:a", areas=frozenset(range(1, 6)))
        other = self.want("measure:2", Money(1), "programme:a", areas=frozenset(range(5, 9)))

        assert found(one, other) == []


class TestPeople:
    def want(self, key: str, months: float, period: Period = YEAR, **more: Any) -> Claim:
        return claim(key, people=(PeopleNeed(7, period, months),), **more)

    def test_an_office_is_asked_for_more_than_it_can_do(self) -> None:
        half = Period(date(2027, 7, 1), date(2028, 6, 30))
        claims = [self.want("measure:1", 8), self.want("measure:2", 8, half)]

        finding = only(*claims, supplies=Supplies(capacities=(Capacity(7, YEAR, 6.0),)))

        assert (finding.kind, finding.sense) == (Kind.PEOPLE, Sense.CONFLICT)
        assert finding.facts == {
            "office": 7,
            "from": "2027-01-01",
            "to": "2027-12-31",
            "wanted": 12.0,
            "available": 6.0,
        }

    def test_enough_people_are_no_conflict(self) -> None:
        claims = [self.want("measure:1", 3), self.want("measure:2", 3)]

        assert not found(*claims, supplies=Supplies(capacities=(Capacity(7, YEAR, 6.0),)))

    def test_one_crew_could_do_two_works_on_one_ground(self) -> None:
        one, other = self.want("measure:1", 3, place=square()), self.want("measure:2", 3, place=square())

        finding = next(each for each in found(one, other) if each.kind is Kind.PEOPLE)

        assert (finding.sense, finding.facts) == (Sense.SYNERGY, {"office": 7, "area_m2": 10_000})
