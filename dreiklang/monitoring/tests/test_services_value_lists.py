"""Lists of a department: what becomes of them, and that bad ones change nothing."""

import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dreiklang.monitoring.models import (
    Breakdown,
    Dataset,
    Delivery,
    HeldValue,
    Indicator,
    Observation,
    Quantity,
    Region,
    SourceFile,
)
from dreiklang.monitoring.queries.wording import sentence
from dreiklang.monitoring.rules.value_plans import SERIES, ValuePlan, plan_from
from dreiklang.monitoring.tests import factories as make
from dreiklang.monitoring.tests.lists import delivered, districts, told
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.rules import PUBLIC, Role, Viewer
from dreiklang.people.tests import factories as people
from dreiklang.places.models import Municipality

pytestmark = pytest.mark.django_db

WIDE = "Nr;Stadtteil;2022;2023\n01;Altstadt;1200;1210\n02;Neustadt;800;790\n"
TABLES = (Observation, HeldValue, Quantity, Region, Breakdown, Dataset, Delivery, SourceFile)


@pytest.fixture(autouse=True)
def two_districts(db: Any) -> None:
    districts(("01", "Altstadt"), ("02", "Neustadt"))


def editor_of(indicator: Indicator) -> Viewer:
    return people.viewer(Role.DEPARTMENT_EDITOR, where=indicator.department)


def of_department(**facts: Any) -> Indicator:
    return make.indicator(department=people.department(), unit="count", **facts)


def values() -> list[tuple[str, date, Decimal | None]]:
    rows = Observation.objects.order_by("region__name", "ends_on")
    return [(one.region.name, one.ends_on, one.value) for one in rows]


def test_a_wide_list_becomes_the_values_of_an_indicator() -> None:
    indicator = of_department()

    done = delivered(WIDE, by=editor_of(indicator), use=indicator.key, areas="stadtteil")

    assert told(done.run) == []
    assert values() == [
        ("Altstadt", date(2022, 12, 31), Decimal(1200)),
        ("Altstadt", date(2023, 12, 31), Decimal(1210)),
        ("Neustadt", date(2022, 12, 31), Decimal(800)),
        ("Neustadt", date(2023, 12, 31), Decimal(790)),
    ]
    indicator.refresh_from_db()
    assert indicator.quantity is not None
    assert (indicator.quantity.unit, indicator.quantity.dataset.code) == ("count", "einwohner-der-stadtteile")
    assert (done.run.new_count, done.run.refused_count, done.delivery and done.delivery.file_id) != (
        0,
        0,
        None,
    )


def test_the_same_list_again_changes_nothing_and_another_value_is_told() -> None:
    indicator = of_department()
    by = editor_of(indicator)
    delivered(WIDE, by=by, use=indicator.key, areas="stadtteil")

    again = delivered(WIDE, by=by, use=indicator.key, areas="stadtteil")
    other = delivered(WIDE.replace("790", "795"), by=by, use=indicator.key, areas="stadtteil")

    assert (again.run.new_count, again.run.changed_count, again.run.unchanged_count) == (0, 0, 4)
    assert (other.run.new_count, other.run.changed_count, other.run.unchanged_count) == (0, 1, 3)
    assert Observation.objects.get(value=795).delivery == other.delivery


def test_a_dry_run_shows_what_would_change_and_leaves_everything() -> None:
    indicator = of_department()
    by = editor_of(indicator)
    delivered(WIDE, by=by, use=indicator.key, areas="stadtteil")
    before = [model.objects.count() for model in TABLES]

    done = delivered(WIDE.replace("790", "795"), by=by, use=indicator.key, areas="stadtteil", is_dry_run=True)

    (changed,) = done.run.results.filter(outcome="changed")
    assert (changed.row, changed.differences[0]["before"], changed.differences[0]["after"]) == (
        3,
        "790",
        "795",
    )
    assert changed.label.endswith("Neustadt · 31.12.2023")
    assert [model.objects.count() for model in TABLES] == before
    assert done.delivery is None


def test_a_long_list_names_its_indicators_row_by_row() -> None:
    people_count, area = of_department(name="Einwohner"), of_department(name="Fläche", decimals=1)
    text = (
        "Stadtteil;Jahr;Kennzahl;Wert\nAltstadt;2023;Einwohner;1210\nAltstadt;2023;Fläche;2,5\n"
        "Neustadt;2023;Einwohner;790\nNeustadt;2023;Vögel;12\n"
    )

    done = delivered(
        text,
        by=people.viewer(Role.COORDINATOR),
        areas="stadtteil",
    )

    assert told(done.run) == [(5, "Wert", "unknown_indicator", "Vögel")]
    for one in (people_count, area):
        one.refresh_from_db()
    assert people_count.quantity
    assert people_count.quantity.observations.count() == 2
    assert area.quantity
    assert area.quantity.observations.get().value == Decimal("2.5")
    assert area.quantity.decimals == 1


def test_values_of_others_are_refused_cell_by_cell() -> None:
    ours, theirs = of_department(name="Eigene"), of_department(name="Fremde")

    done = delivered(
        "Stadtteil;Eigene;Fremde\nAltstadt;1;2\nNeustadt;3;4\n",
        by=editor_of(ours),
        areas="stadtteil",
        columns={"Eigene": ours.key, "Fremde": theirs.key},
        period="31.12.2023",
    )

    assert told(done.run) == [
        (2, "Fremde", "not_your_indicator", "Fremde"),
        (3, "Fremde", "not_your_indicator", "Fremde"),
    ]
    assert {one for _, _, one in values()} == {Decimal(1), Decimal(3)}


def test_only_the_statistics_office_keeps_series_nobody_shows() -> None:
    ours = of_department()

    refused = delivered(WIDE, by=editor_of(ours), use=SERIES, areas="stadtteil")
    assert {code for _, _, code, _ in told(refused.run)} == {"no_indicator"}

    kept = delivered(WIDE, by=people.viewer(Role.STATISTICS), use=SERIES, areas="stadtteil")
    assert (kept.run.new_count, Quantity.objects.get().indicators.count()) == (4, 0)


def test_a_unit_somebody_names_is_converted_and_the_cell_kept() -> None:
    indicator = make.indicator(department=people.department(), unit="euro")

    done = delivered(
        "Stadtteil;Schulden\nAltstadt;2,5\n",
        areas="stadtteil",
        columns={"Schulden": indicator.key},
        units={"Schulden": "Tsd. EUR"},
        period="31.12.2023",
    )

    assert told(done.run) == []
    kept = Observation.objects.get()
    assert (kept.value, kept.words) == (Decimal(2500), "2,5")


@pytest.mark.parametrize(("unit_column", "rows"), [("", ""), (";Einheit", ";Tsd. EUR")])
def test_where_no_unit_is_named_values_are_in_that_of_their_indicator(unit_column: str, rows: str) -> None:
    kept = make.quantity(unit_words="EUR")
    indicator = make.indicator(department=people.department(), unit="tsd_eur", quantity=kept)

    done = delivered(
        f"Stadtteil;Schulden{unit_column}\nAltstadt;2,5{rows}\n",
        areas="stadtteil",
        columns={"Schulden": indicator.key},
        period="31.12.2023",
    )

    assert told(done.run) == []
    kept_value = Observation.objects.get()
    assert (kept_value.value, kept_value.words) == (Decimal(2500), "2,5")


def test_a_series_in_a_unit_that_does_not_fit_takes_no_value_unnamed() -> None:
    indicator = make.indicator(
        department=people.department(), unit="tsd_eur", quantity=make.quantity(unit_words="m²")
    )

    done = delivered(
        "Stadtteil;Schulden\nAltstadt;2,5\n",
        areas="stadtteil",
        columns={"Schulden": indicator.key},
        period="31.12.2023",
    )

    assert "unit_changed" in str(told(done.run))
    assert not Observation.objects.exists()


def test_a_forecast_has_its_scenario_and_may_lie_ahead() -> None:
    indicator = of_department()

    done = delivered(
        WIDE.replace("2022", "2030").replace("2023", "2035"),
        use=indicator.key,
        areas="stadtteil",
        kind="forecast",
        scenario="mittlere Variante",
        made_on="01.03.2026",
    )

    assert told(done.run) == []
    assert set(Observation.objects.values_list("kind", "scenario", "made_on")) == {
        ("forecast", "mittlere Variante", date(2026, 3, 1))
    }


def test_sums_check_the_list_or_are_the_city() -> None:
    indicator = of_department()
    city = make.region(key="01234567", name="Klarenbrück")
    Municipality.objects.update_or_create(is_only=True, defaults={"name": "Klarenbrück", "ags": "01234567"})
    text = "Stadtteil;2023\nAltstadt;1210\nNeustadt;790\nGesamt;2100\n"

    done = delivered(text, use=indicator.key, areas="stadtteil", totals_are_city=True)

    assert told(done.run) == [(4, "2023", "total_differs", "2100 (2000)")]
    assert Observation.objects.get(region=city).value == 2100


def test_of_small_counts_no_sum_is_named() -> None:
    indicator = of_department(suppress_below=5)

    done = delivered(
        "Stadtteil;2023\nAltstadt;3\nNeustadt;790\nGesamt;2100\n", use=indicator.key, areas="stadtteil"
    )

    assert told(done.run) == [(4, "2023", "total_differs", "nicht gezeigt")]


BAD = [
    ("Altstadt;2023;viele", "not_a_number", "viele"),
    ("Altstadt;2023;#", "unknown_sign", "#"),
    ("Alstadt;2023;7", "unknown_region", "Alstadt"),
    ("Altstadt;2031;7", "future_actual", "2031"),
    ("Altstadt;irgendwann;7", "unknown_period", "irgendwann"),
    ("Alt\ufffdtadt;2023;7", "broken_text", "Alt\ufffdtadt"),
    ("Altstadt;2023;12345678901234567", "too_large", "12345678901234567"),
]


@pytest.mark.parametrize(("row", "code", "value"), BAD)
def test_a_bad_cell_is_named_with_row_column_value_and_reason(row: str, code: str, value: str) -> None:
    indicator = of_department()

    done = delivered(
        f"Stadtteil;Jahr;Einwohner\nNeustadt;2023;790\nNeustadt;2022;800\nNeustadt;2021;810\n{row}\n",
        regions=("Stadtteil",),
        breakdowns=(),
        columns={"Einwohner": indicator.key},
        period_column="Jahr",
        areas="stadtteil",
    )

    assert told(done.run) == [(5, "Einwohner", code, value)]
    assert sentence(code, value=value) != sentence("no_such_code", value=value)
    assert Observation.objects.count() == 3


def test_an_unknown_area_gets_proposals() -> None:
    done = delivered(
        "Stadtteil;2023\nAlstadt;7\n", use=of_department().key, areas="stadtteil", is_dry_run=True
    )

    assert done.run.problems.get().proposals[0] == "Altstadt"


def test_a_key_that_goes_with_another_name_is_not_believed() -> None:
    done = delivered(
        "Nr;Stadtteil;2023\n01;Kernstadt;7\n02;Altstadt;8\n", use=of_department().key, areas="stadtteil"
    )

    assert [one[2:] for one in told(done.run)] == [
        ("area_contradicts", "01 Kernstadt"),
        ("area_contradicts", "02 Altstadt"),
    ]


def test_a_list_with_a_numbering_of_its_own_goes_by_names() -> None:
    done = delivered(
        "Nr;Stadtteil;2023\n01;Neustadt;7\n", use=of_department().key, areas="stadtteil", own_keys=True
    )

    assert told(done.run) == []
    assert values()[0][0] == "Neustadt"


def test_one_key_with_two_values_keeps_neither() -> None:
    done = delivered(
        "Stadtteil;2023\nAltstadt;7\nAltstadt;8\nNeustadt;9\n", use=of_department().key, areas="stadtteil"
    )

    assert told(done.run) == [(2, "2023", "twice_other", "3"), (3, "2023", "twice_other", "2")]
    assert [one[0] for one in values()] == ["Neustadt"]


def test_two_columns_of_one_indicator_say_which_they_are() -> None:
    done = delivered(
        "Stadtteil;Einwohner 2023;Menschen 2023\nAltstadt;7;8\n", use=of_department().key, areas="stadtteil"
    )

    assert [one[:3] for one in told(done.run)] == [
        (2, "Menschen 2023", "twice_other"),
        (2, "Einwohner 2023", "twice_other"),
    ]


def test_names_whose_umlauts_are_written_in_two_signs_are_the_same() -> None:
    districts(("08", "Windmühlenberg"))
    apart = unicodedata.normalize("NFD", "Windmühlenberg")

    done = delivered(
        f"Nr;Stadtteil;2022;2023\n08;{apart};7;8\n01;Altstadt;1;2\n",
        use=of_department().key,
        areas="stadtteil",
    )

    assert told(done.run) == []


def test_a_row_that_says_no_time_is_told_so() -> None:
    done = delivered(
        "Stadtteil;Jahr;Einwohner\nAltstadt;;7\nNeustadt;2023;8\n",
        use=of_department().key,
        areas="stadtteil",
    )

    assert told(done.run) == [(2, "Einwohner", "no_period", "")]


def test_a_unit_that_changes_in_the_middle_is_refused() -> None:
    indicator = make.indicator(department=people.department(), unit="euro")

    done = delivered(
        "Stadtteil;Einheit;Schulden 2023\nAltstadt;EUR;5000\nNeustadt;Tsd. EUR;5\n",
        regions=("Stadtteil",),
        breakdowns=(),
        unit="Einheit",
        columns={"Schulden": indicator.key},
        areas="stadtteil",
    )

    assert told(done.run) == [(3, "Schulden 2023", "unit_changed", "Tsd. EUR")]
    assert [one[0] for one in values()] == ["Altstadt"]


def test_percent_goes_to_shares_and_to_nothing_else() -> None:
    share = make.indicator(department=people.department(), unit="prozent")
    people_ = of_department()
    text = "Nr;Stadtteil;2022;2023\n01;Altstadt;12,5 %;13 %\n02;Neustadt;8 %;9,25\n"

    done = delivered(text, by=editor_of(share), use=share.key, areas="stadtteil")

    assert told(done.run) == []
    assert [one[2] for one in values()] == [Decimal("12.5"), Decimal(13), Decimal(8), Decimal("9.25")]

    wrong = delivered(text, by=editor_of(people_), use=people_.key, areas="stadtteil", name="Falsch")

    assert [one[2] for one in told(wrong.run)] == ["unit_changed"] * 3


def test_one_plan_fits_the_list_of_the_next_year() -> None:
    indicator = of_department()
    for text in ("Stadtteil;Einwohner 2022\nAltstadt;5\n", "Stadtteil;Einwohner 2023\nAltstadt;6\n"):
        done = delivered(text, columns={"Einwohner": indicator.key}, areas="stadtteil")
        assert told(done.run) == []

    assert [one[1].year for one in values()] == [2022, 2023]


def test_whoever_is_outside_brings_nothing() -> None:
    with pytest.raises(NotAllowed):
        delivered(WIDE, by=PUBLIC, use=SERIES, areas="stadtteil")


def test_a_plan_survives_being_kept() -> None:
    plan = ValuePlan(
        areas="stadtteil", regions=("Nr", "Stadtteil"), columns={"2023": "x"}, units={"2023": "%"}
    )

    assert plan_from({**plan.as_json(), "later": 1}) == plan
