"""Definitions, targets and links from lists: what comes in goes out the same, what is wrong is named."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dreiklang.core.imports.contract import Actor, Importer, Options
from dreiklang.core.imports.engine import read_list, run_import, suggested_plan
from dreiklang.core.imports.order import Order
from dreiklang.core.models import Run
from dreiklang.core.tables.write import write_csv
from dreiklang.goals.tests import factories as goals
from dreiklang.measures.tests import factories as measures
from dreiklang.monitoring.imports.effects import EFFECTS
from dreiklang.monitoring.imports.indicators import INDICATORS
from dreiklang.monitoring.imports.links import INDICATOR_LINKS
from dreiklang.monitoring.imports.targets import TARGETS
from dreiklang.monitoring.models import (
    Indicator,
    IndicatorGoal,
    IndicatorTask,
    MeasureIndicator,
    Target,
)
from dreiklang.monitoring.tests import factories as make
from dreiklang.people.tests.factories import account, department
from dreiklang.places.models import Area, SpatialLevel
from dreiklang.places.tests import factories as places

pytestmark = pytest.mark.django_db

HEAD = "Kurzname;Name;Einheit;Formel;Amt;Sichtbar\n"
FULL = (
    "Kurzname;Name;Art;Was er sagt;Was er nicht sagt;Einheit;Nachkommastellen;Richtung;Quelle genauer;Lizenz;"
    "Rhythmus;Stichtag;Tage bis zur Veröffentlichung;Nächste Werte bis;Gleich bleibend unter;Kleine Zahlen unter;"
    "Amt;Zuständig;Leitindikator;Sichtbar;Gilt ab\n"
    "leerstand;Leerstand;in Zahlen;Anteil leerer Wohnungen;Nicht, warum;%;1;weniger ist besser;Zählung;dl-de/by-2-0;"
    "jährlich;31. Dezember;90;31.03.2027;0,5;5;61;kim@stadt.example;ja;öffentlich;01.01.2024\n"
)


def imported(importer: Importer, content: str | bytes) -> Run:
    source = content.encode() if isinstance(content, str) else content
    options = Options(source="Liste")
    read = read_list(importer, source, file_name="liste.csv", options=options)
    plan = suggested_plan(importer, read.table)
    return run_import(Order(importer, read, plan, options, Actor(7, "Klara Korn")))


def problems(run: Run) -> list[tuple[int | None, str]]:
    return [(one.row, one.code) for one in run.problems.order_by("row", "pk")]


def counts(run: Run) -> tuple[int, int, int, int]:
    return run.new_count, run.changed_count, run.unchanged_count, run.refused_count


def comes_out_the_same(importer: Any, number: int) -> None:
    """What the importer writes of everything, it reads again and finds nothing new."""
    columns, rows = importer.all_rows()

    again = imported(importer, write_csv(columns=columns, rows=rows))

    assert problems(again) == []
    assert counts(again) == (0, 0, number, 0)


def office(key: str = "61") -> None:
    department(key=key, name="Amt für Stadtentwicklung")
    account(email="kim@stadt.example", name="Kim Kuhn")


def test_a_definition_with_all_its_facts_comes_in_and_out_the_same() -> None:
    office()

    run = imported(INDICATORS, FULL)

    assert (problems(run), counts(run)) == ([], (1, 0, 0, 0))
    found = Indicator.objects.get()
    assert (found.unit, found.rhythm, found.decimals) == ("prozent", "ANNUAL", 1)
    assert (found.steady_below, found.suppress_below) == (Decimal("0.5"), 5)
    assert (found.direction, found.visibility, found.is_headline) == ("less", "public", True)
    assert found.responsible is not None
    (version,) = found.versions.all()
    assert (version.valid_from, version.by_name) == (date(2024, 1, 1), "Klara Korn")
    comes_out_the_same(INDICATORS, 1)


def test_a_list_that_changes_what_an_indicator_means_begins_a_version() -> None:
    imported(INDICATORS, "Kurzname;Name;Was er sagt\neinwohner;Einwohner;Hauptwohnung\n")

    imported(
        INDICATORS,
        "Kurzname;Name;Was er sagt;Gilt ab;Grund der Änderung;Vergleichbar\n"
        "einwohner;Einwohner;Haupt- und Nebenwohnung;01.01.2026;Register umgestellt;nein\n",
    )

    old, new = Indicator.objects.get().versions.order_by("number")
    assert (old.definition["meaning"], old.reason) == ("Hauptwohnung", "")
    assert (new.valid_from, new.reason) == (date(2026, 1, 1), "Register umgestellt")
    assert Indicator.objects.get().breaks.get().on == date(2026, 1, 1)
    comes_out_the_same(INDICATORS, 1)


def test_what_does_not_define_makes_no_version() -> None:
    imported(INDICATORS, "Kurzname;Name\neinwohner;Einwohner\n")

    imported(INDICATORS, "Kurzname;Name;Lizenz\neinwohner;Einwohner;CC BY 4.0\n")

    assert Indicator.objects.get().versions.count() == 1
    assert Indicator.objects.get().version == 2


def test_an_empty_cell_of_the_quantity_leaves_where_the_values_are() -> None:
    quantity = make.quantity()
    make.indicator(key="einwohner", name="Einwohner", quantity=quantity)

    imported(INDICATORS, "Kurzname;Name;Größe\neinwohner;Einwohner;\n")

    assert Indicator.objects.get().quantity == quantity
    comes_out_the_same(INDICATORS, 1)


LIMITS = "Kurzname;Name;Einheit;Kleine Zahlen unter\n"


def test_a_list_may_hide_more_small_counts_and_shows_none_again() -> None:
    stored = make.indicator(key="kinder", name="Kinder", unit="personen", suppress_below=5)

    assert problems(imported(INDICATORS, LIMITS + "kinder;Kinder;Personen;4\n")) == [
        (2, "threshold_elsewhere")
    ]
    assert counts(imported(INDICATORS, LIMITS + "kinder;Kinder;Personen;\n")) == (0, 0, 1, 0)
    assert counts(imported(INDICATORS, LIMITS + "kinder;Kinder;Personen;7\n")) == (0, 1, 0, 0)
    stored.refresh_from_db()
    assert stored.suppress_below == 7


def test_a_list_that_sets_a_threshold_hides_what_is_there() -> None:
    quantity = make.quantity(unit_words="Personen")
    city = places.municipality(ags="99999000")
    small = make.observation(quantity=quantity, region=make.region(key=city.ags), value=Decimal(3))
    make.indicator(key="kinder", name="Kinder", unit="personen", quantity=quantity)

    imported(INDICATORS, LIMITS + "kinder;Kinder;Personen;5\n")

    small.refresh_from_db()
    assert small.value is None


def test_formulas_may_name_indicators_of_later_rows() -> None:
    run = imported(
        INDICATORS,
        HEAD + "rate;Rate;je 1.000 Einwohner;per([faelle], [leute], 1000);;\n"
        "faelle;Fälle;Fälle;;;\nleute;Leute;Personen;;;\n",
    )

    assert (problems(run), run.new_count) == ([], 3)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Ein Wohner;Einwohner;;;;", "key_not_plain"),
        ("a;A;Bretter;;;", "unknown_unit"),
        ("a;A;;;99;", "unknown_department"),
        ("a;A;;;;vielleicht", "unknown_word"),
        ("a;A;;;;öffentlich", "needs_department"),
        ("a;A;%;[b;;", "formula"),
        ("a;A;%;[b] + 1;;", "formula"),
        ("a;A;%;[a] * 1;;", "formula"),
        ("a;A;;[a] * 1;;", "formula"),
        (";A;;;;", "required_empty"),
    ],
)
def test_a_row_that_cannot_be_kept_is_named_and_left_out(row: str, code: str) -> None:
    run = imported(INDICATORS, HEAD + row + "\nda;Da;;;;\n")

    assert problems(run) == [(2, code)]
    assert list(Indicator.objects.values_list("key", flat=True)) == ["da"]


def test_a_formula_beside_values_is_refused() -> None:
    make.indicator(key="leute", name="Leute", unit="personen")
    make.indicator(key="a", name="A", unit="personen", quantity=make.quantity())

    run = imported(INDICATORS, HEAD + "a;A;Personen;[leute] * 1;;\n")

    assert problems(run) == [(2, "values_and_formula")]


TARGET_HEAD = "Indikator;Gebiet;Art;Gemeint ist;Wert;Bis;Zum;Beschluss\n"


def district(name: str = "Nordstadt") -> Area:
    level, _new = SpatialLevel.objects.get_or_create(
        key="stadtteile", defaults={"name": "Stadtteil", "plural": "Stadtteile", "rank": 2}
    )
    return Area.objects.create(level=level, key="01", name=name)


def test_targets_come_in_and_out_the_same() -> None:
    make.indicator(key="leerstand")
    district()

    run = imported(
        TARGETS,
        TARGET_HEAD + "leerstand;;Ausgangswert;genau;9,4;;31.12.2020;\n"
        "leerstand;;Zielwert;höchstens;5,5;;31.12.2030;B-112/2026\n"
        "leerstand;Nordstadt;Zielwert;zwischen;4;6;31.12.2030;\n",
    )

    assert (problems(run), run.new_count) == ([], 3)
    low = Target.objects.get(region__area__name="Nordstadt")
    assert (low.value, low.upper, low.comparison) == (Decimal(4), Decimal(6), "between")
    assert Target.objects.get(is_baseline=True).value == Decimal("9.4")
    comes_out_the_same(TARGETS, 3)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("nichts;;Zielwert;;5;;31.12.2030;", "unknown_indicator"),
        ("leerstand;Westend;Zielwert;;5;;31.12.2030;", "unknown_area"),
        ("leerstand;;Wunsch;;5;;31.12.2030;", "unknown_word"),
        ("leerstand;;Zielwert;zwischen;5;;31.12.2030;", "range_incomplete"),
        ("leerstand;;Zielwert;zwischen;5;4;31.12.2030;", "range_upside_down"),
        ("leerstand;;Ausgangswert;zwischen;5;6;31.12.2030;", "baseline_is_a_value"),
        ("leerstand;;Zielwert;;fünf;;31.12.2030;", "not_a_number"),
        ("leerstand;;Zielwert;;99999999999999999999;;31.12.2030;", "number_too_large"),
        ("leerstand;;Zielwert;;5;;31.02.2030;", "no_such_day"),
        ("leerstand;;Zielwert;;;;31.12.2030;", "required_empty"),
    ],
)
def test_a_target_that_cannot_be_kept_is_named(row: str, code: str) -> None:
    make.indicator(key="leerstand")

    run = imported(TARGETS, TARGET_HEAD + row + "\n")

    assert code in [found for _row, found in problems(run)]
    assert not Target.objects.exists()


def test_links_to_goals_and_tasks_come_in_and_out_the_same() -> None:
    make.indicator(key="leerstand")
    goals.goal(number="5.2")
    goals.task(number="3")

    run = imported(
        INDICATOR_LINKS,
        "Indikator;Art;Nummer;Leitindikator;Warum\nleerstand;Ziel;5.2;ja;Misst das Ziel\nleerstand;Zukunftsaufgabe;3;;\n",
    )

    assert (problems(run), run.new_count) == ([], 2)
    assert IndicatorGoal.objects.get().is_main
    assert IndicatorTask.objects.count() == 1
    comes_out_the_same(INDICATOR_LINKS, 2)


def test_a_goal_has_one_main_indicator_also_from_a_list() -> None:
    first, second = make.indicator(key="eins"), make.indicator(key="zwei")
    make.indicator(key="drei")
    goal = goals.goal(number="5.2")
    IndicatorGoal.objects.create(indicator=first, goal=goal, is_main=True)
    IndicatorGoal.objects.create(indicator=second, goal=goal)

    run = imported(
        INDICATOR_LINKS, "Indikator;Art;Nummer;Leitindikator\nzwei;Ziel;5.2;ja\ndrei;Ziel;5.2;ja\n"
    )

    assert problems(run) == [(3, "two_main_indicators")]
    assert IndicatorGoal.objects.get(is_main=True).indicator == second
    assert not IndicatorGoal.objects.filter(indicator__key="drei").exists()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("nichts;Ziel;5.2", "unknown_indicator"),
        ("leerstand;Ziel;9.9", "unknown_goal"),
        ("leerstand;Zukunftsaufgabe;9", "unknown_task"),
        ("leerstand;Maßnahme;V-1", "unknown_word"),
    ],
)
def test_a_link_to_what_is_not_there_is_named(row: str, code: str) -> None:
    make.indicator(key="leerstand")
    goals.goal(number="5.2")

    run = imported(INDICATOR_LINKS, "Indikator;Art;Nummer\n" + row + "\n")

    assert code in [found for _row, found in problems(run)]
    assert not IndicatorGoal.objects.exists()


EFFECT_HEAD = (
    "Maßnahme;Indikator;Wirkung;Gewicht;Erwartete Änderung;Bis Ende;Grundlage der Erwartung;"
    "Beobachtete Änderung;Beobachtet am;Grundlage der Beobachtung\n"
)


def test_effects_come_in_and_out_the_same() -> None:
    make.indicator(key="leerstand")
    measures.measure("V-1")
    measures.measure("V-2")

    run = imported(
        EFFECTS,
        EFFECT_HEAD
        + "V-1;leerstand;verbessert;3;-1,5;2030;Vergleich;-0,25;01.05.2026;Zählung\nV-2;leerstand;-;;;;;;;\n",
    )

    assert (problems(run), run.new_count) == ([], 2)
    first = MeasureIndicator.objects.get(measure__number="V-1")
    assert (first.expected_value, first.observed_value, first.weight) == (
        Decimal("-1.5"),
        Decimal("-0.25"),
        3,
    )
    assert MeasureIndicator.objects.get(measure__number="V-2").sign == "hinders"
    comes_out_the_same(EFFECTS, 2)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("X-9;leerstand;;;;;;;;", "unknown_measure"),
        ("V-1;nichts;;;;;;;;", "unknown_indicator"),
        ("V-1;leerstand;;4;;;;;;", "not_a_whole_number"),
        ("V-1;leerstand;;;-1,5;;Vergleich;;;", "expected_incomplete"),
        ("V-1;leerstand;;;-1,5;2030;;;;", "expected_incomplete"),
        ("V-1;leerstand;;;;;;2;;Zählung", "observed_incomplete"),
    ],
)
def test_an_effect_that_says_too_little_is_named(row: str, code: str) -> None:
    make.indicator(key="leerstand")
    measures.measure("V-1")

    run = imported(EFFECTS, EFFECT_HEAD + row + "\n")

    assert problems(run) == [(2, code)]
    assert not MeasureIndicator.objects.exists()
