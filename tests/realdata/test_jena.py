"""Jena's 42 projects of 2015: everything comes in, nothing is made up, nothing is lost."""

import copy
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dreiklang.core.enums import Outcome, Visibility
from dreiklang.core.imports.engine import read_list
from dreiklang.core.models import ImportedRow, RowResult, Run
from dreiklang.core.tables import CannotRead
from dreiklang.measures.imports.vorhabenliste import NOTHING, VORHABENLISTE
from dreiklang.measures.models import Measure, Report
from dreiklang.measures.tests.factories import framework, task
from dreiklang.places.models import Area, SpatialLevel
from tests.realdata.foreign_lists import MEASURES, everything_kept, imported, tidy

FOLDER = MEASURES / "jena"
FILE = FOLDER / "VorhabenJena_20150524.json"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.realdata,
    pytest.mark.skipif(not FOLDER.exists(), reason="../shared/data/measures/jena is not there"),
]


def content() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def words_of(value: Any) -> list[str]:
    """Each single statement of a field: the texts of lists and objects, their lines and listed names."""
    if isinstance(value, dict):
        return [word for one in value.values() for word in words_of(one)]
    if isinstance(value, list):
        return [word for one in value for word in words_of(one)]
    return [tidy(line) for line in str(value).splitlines() if line.strip()]


def test_all_42_projects_come_in() -> None:
    run = imported(VORHABENLISTE, FILE)

    assert (run.new_count, run.refused_count) == (42, 0)
    assert Measure.objects.count() == 42
    assert Measure.objects.get(number="438593").title.startswith("Konservierung")


def test_nothing_is_lost() -> None:
    run = imported(VORHABENLISTE, FILE)

    lost = []
    for project in content()["Vorhaben"]:
        kept = everything_kept(Measure.objects.get(number=project["@Id"]), run, project["@Id"])
        lost += [(project["@Id"], w) for w in words_of(project) if w not in kept and w not in NOTHING]

    assert lost == []


def test_what_the_file_says_of_itself_stands_with_run_and_source_but_no_contact_person() -> None:
    run = imported(VORHABENLISTE, FILE)

    said = json.dumps(run.file_facts, ensure_ascii=False) + run.source.attribution + run.source.licence
    rows = json.dumps(list(ImportedRow.objects.values_list("cells", flat=True)), ensure_ascii=False)
    author = content()["DataSource"]["Autor"]
    assert run.source.licence == "Keine, da amtliches Werk / CC-BY-SA-4.0"
    assert run.source.attribution == f"{author['Name']} / Offenes Jena, Achim Friedland"
    assert content()["DataSource"]["URL"] in said
    for name in ("Ansprechpartner", "Telefon", "E-Mail"):
        assert author[name] not in said
        assert author[name] not in rows


@pytest.mark.parametrize(
    ("number", "amount", "is_approximate", "words"),
    [
        ("438593", Decimal(50_000), True, "ca. 50.000 €"),
        ("439306", Decimal(990_000), True, "ca.\xa0990.000 € Baukosten entspr. Kostenvoranschlag"),
        ("439340", None, False, "jeweils ca. 40.000 € in 2015 und 2016"),
        ("439393", None, False, ""),
    ],
)
def test_costs_are_an_amount_or_their_words(
    number: str, amount: Decimal | None, is_approximate: bool, words: str
) -> None:
    run = imported(VORHABENLISTE, FILE)

    measure = Measure.objects.get(number=number)
    assert (measure.cost_eur, measure.cost_is_approximate) == (amount, is_approximate)
    assert measure.cost_words.startswith(words)
    has_problem = run.problems.filter(key=number, code="costs_in_words").exists()
    assert has_problem is (amount is None and words != "")


def test_decisions_keep_number_and_words_and_the_day_of_the_last_one() -> None:
    run = imported(VORHABENLISTE, FILE)

    gries = Measure.objects.get(number="439306")
    assert gries.resolution_on == date(2011, 6, 8)
    assert gries.resolution_reference == 'Stadtratsbeschluss BV-11/0965 vom 08.06.2011 "Rahmenplan Gries"'
    assert Measure.objects.exclude(resolution_on=None).count() == 34
    without_day = run.problems.filter(code="decision_without_day").values_list("value", flat=True)
    assert "Entscheidung der Jury zum Botho-Graef-Kunstpreis 2012" in without_day
    last = Measure.objects.get(place_words__startswith='Bereich "Landfeste"')
    assert last.resolution_on == date(2009, 3, 25)


def test_a_stated_period_gives_days_and_the_words_stay() -> None:
    imported(VORHABENLISTE, FILE)

    dated = Measure.objects.exclude(ends_on=None)
    assert dated.exists()
    assert not dated.filter(ends_words="").exists()
    assert {r.note for r in Report.objects.filter(measure__in=dated)} - {""}


def test_the_state_is_a_report_of_the_day_of_the_edition_with_phase_and_timeliness_unknown() -> None:
    imported(VORHABENLISTE, FILE)

    reports = Report.objects.all()
    assert reports.count() == 42
    assert set(reports.values_list("reported_on", "phase", "timeliness")) == {(date(2015, 5, 24), "", "")}
    assert not Measure.objects.exclude(visibility=Visibility.INTERNAL).exists()


def test_known_areas_and_topics_become_links_and_others_stay_text_with_a_problem() -> None:
    level = SpatialLevel.objects.create(key="stadtteile", name="Stadtteil", plural="Stadtteile", rank=2)
    Area.objects.create(level=level, key="", name="Maua")
    task(framework(), "1", title="Umwelt / Energie")

    run = imported(VORHABENLISTE, FILE)

    industry = Measure.objects.get(place_words="Ortsteil Maua")
    assert [one.name for one in industry.areas.all()] == ["Maua"]
    assert [one.task.number for one in industry.task_links.all()] == ["1"]
    assert "Wirtschaft / Arbeit" in industry.topics
    texts = set(run.problems.filter(code="area_stays_text").values_list("value", flat=True))
    assert "Planungsraum Ost" in texts
    assert not {"Maua", "Gesamtstädtisch", "gesamtstädtisch"} & texts


def test_a_second_import_changes_nothing() -> None:
    imported(VORHABENLISTE, FILE)

    run = imported(VORHABENLISTE, FILE)

    assert (run.unchanged_count, run.changed_count, run.new_count) == (42, 0, 0)
    assert Report.objects.count() == 42


def test_a_changed_file_changes_just_what_changed() -> None:
    imported(VORHABENLISTE, FILE)
    changed = copy.deepcopy(content())
    changed["Vorhaben"][0]["Kosten soweit bezifferbar"] = ["ca. 60.000 €"]
    changed["Vorhaben"][1]["Aktueller Bearbeitungsstand"] = ["Das Vorhaben wird gebaut."]
    changed["DataLiberator"]["Scraping"]["Timestamp"] = "2015-08-01T10:00:00.000Z"

    run = imported(VORHABENLISTE, changed)

    results = RowResult.objects.filter(run=run, outcome=Outcome.CHANGED).order_by("row")
    found = [(one.key, {d["field"] for d in one.differences}) for one in results]
    assert found == [("438593", {"cost_eur", "cost_words"}), ("439306", {"state"})]
    assert run.unchanged_count == 40
    assert Measure.objects.get(number="439306").current_report.reported_on == date(2015, 8, 1)


def test_a_project_that_vanished_is_reported_and_stays() -> None:
    imported(VORHABENLISTE, FILE)
    shorter = content()
    gone = shorter["Vorhaben"].pop()

    run = imported(VORHABENLISTE, shorter)

    assert (run.missing_count, run.unchanged_count) == (1, 41)
    assert Measure.objects.filter(number=gone["@Id"]).exists()


def test_the_broken_overlay_is_refused_with_line_and_column() -> None:
    with pytest.raises(CannotRead) as refused:
        read_list(VORHABENLISTE, FOLDER / "VorhabenJena_Overlay_20150524.json", file_name="overlay.json")

    with pytest.raises(json.JSONDecodeError) as reference:
        json.loads((FOLDER / "VorhabenJena_Overlay_20150524.json").read_text(encoding="utf-8"))
    place = (reference.value.lineno, reference.value.colno)
    assert (refused.value.code, refused.value.line, refused.value.column) == ("broken", *place)
    assert not Run.objects.exists()
