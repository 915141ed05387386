"""Reports name no number of what is guarded, also when the threshold was set after they were written."""

import pytest
from django.test import Client

from dreiklang.core.models import Run
from dreiklang.monitoring.models import Delivery, Indicator
from dreiklang.monitoring.services.suppression import hide_below
from dreiklang.monitoring.tests import factories as make
from dreiklang.monitoring.tests.lists import NOW, delivered, districts
from dreiklang.people.rules import Role
from dreiklang.people.tests.factories import account, viewer

pytestmark = pytest.mark.django_db
BEFORE = "Stadtteil;2022\nAltstadt;7004\nNeustadt;8005\n"
# Altstadt a thousandth of what it was; Neustadt no number; a sum that differs from its parts.
LIST = "Stadtteil;2023;2022\nAltstadt;7;7014\nNeustadt;9123x;8005\nGesamt;7;15099\n"
NUMBERS = ("7.004", "9123x", "15099", "7 (")


@pytest.fixture
def counted() -> Indicator:
    districts(("01", "Altstadt"), ("02", "Neustadt"))
    return make.indicator(unit="personen")


def bring(counted: Indicator, content: str = LIST, *, is_dry_run: bool = False) -> Run:
    done = delivered(
        content,
        by=viewer(Role.STATISTICS),
        use=counted.key,
        areas="stadtteil",
        is_dry_run=is_dry_run,
        has_looked=True,
    )
    return done.run


def hide(counted: Indicator) -> None:
    counted.refresh_from_db()
    hide_below(
        by=viewer(Role.STATISTICS),
        key=counted.key,
        version=counted.version,
        below=10,
        reason="Personen",
        now=NOW,
    )


def told(role: Role, *addresses: str) -> str:
    client = Client()
    client.force_login(account(role))
    answers = [client.get(address) for address in addresses]
    assert {one.status_code for one in answers} == {200}
    return "\n".join(one.content.decode() for one in answers)


def pages(run: Run) -> list[str]:
    """All that tells of a run."""
    found = [f"/arbeit/importe/{run.pk}/?zeigen={tab}" for tab in ("probleme", "changed", "new", "refused")]
    return [*found, f"/arbeit/importe/{run.pk}/hinweise.csv", *pages_of_delivery(run)]


def pages_of_delivery(run: Run) -> list[str]:
    made = Delivery.objects.filter(run=run).first()
    page = f"/arbeit/werte/lieferungen/{made.pk}/" if made else ""
    return [f"{page}?zeigen={tab}" for tab in ("probleme", "geaendert", "neu")] if made else []


@pytest.mark.parametrize("is_dry_run", [False, True])
def test_a_threshold_set_later_holds_for_reports(counted: Indicator, is_dry_run: bool) -> None:
    bring(counted, BEFORE)
    run = bring(counted, is_dry_run=is_dry_run)
    before = told(Role.COORDINATOR, *pages(run))
    assert [one for one in NUMBERS if one not in before] == []

    hide(counted)

    after = told(Role.COORDINATOR, *pages(run))
    assert [one for one in NUMBERS if one in after] == []
    assert "nicht gezeigt" in after


def test_the_statistics_office_reads_them_all(counted: Indicator) -> None:
    bring(counted, BEFORE)
    run = bring(counted)

    hide(counted)

    assert [one for one in NUMBERS if one not in told(Role.STATISTICS, *pages_of_delivery(run))] == []


def test_what_was_tried_before_anything_was_there_is_looked_at_as_well(counted: Indicator) -> None:
    run = bring(counted, is_dry_run=True)
    bring(counted)

    hide(counted)

    after = told(Role.COORDINATOR, *pages(run))
    assert [one for one in NUMBERS if one in after] == []


def test_a_trial_from_before_its_facts_were_kept_tells_no_number_either(counted: Indicator) -> None:
    run = bring(counted, is_dry_run=True)
    run.file_facts = {}
    run.save()
    bring(counted)

    hide(counted)

    assert "9123x" not in told(Role.COORDINATOR, *pages(run))


def test_words_that_are_no_numbers_stay_so_that_a_list_can_be_put_right(counted: Indicator) -> None:
    run = bring(counted, "Stadtteil;2023\nAltsatdt;3\n")
    bring(counted)

    hide(counted)

    assert "Altsatdt" in told(Role.COORDINATOR, *pages(run))


def test_reports_of_what_has_no_threshold_stay_as_they_are(counted: Indicator) -> None:
    other = make.indicator(unit="personen")
    bring(counted, BEFORE)
    run = bring(counted)
    delivered(
        "Stadtteil;2023\nAltstadt;4\n",
        by=viewer(Role.STATISTICS),
        use=other.key,
        areas="stadtteil",
        name="Andere",
    )

    hide(other)

    assert [one for one in NUMBERS if one not in told(Role.COORDINATOR, *pages(run))] == []
