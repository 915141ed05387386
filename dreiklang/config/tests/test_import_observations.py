"""`dreiklang import observations`: what it prints and how it ends; refused files leave every table as it was."""

from pathlib import Path

import pytest

from dreiklang.config.cli import main
from dreiklang.core.models import Mapping, Run
from dreiklang.monitoring.models import (
    Delivery,
    HeldValue,
    Indicator,
    Observation,
    Quantity,
    Region,
    SourceFile,
)
from dreiklang.monitoring.tests import factories as make
from dreiklang.monitoring.tests.lists import districts
from dreiklang.people.rules import Role
from dreiklang.people.tests import factories as people

pytestmark = pytest.mark.django_db

TABLES = (Observation, HeldValue, Delivery, Quantity, Region, SourceFile, Run)


@pytest.fixture
def indicator() -> Indicator:
    districts(("01", "Altstadt"), ("02", "Neustadt"))
    return make.indicator(key="einwohner", name="Einwohner", unit="count", department=people.department())


def written(folder: Path, text: str | bytes, name: str = "liste.csv") -> str:
    file = folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(file)


def test_columns_named_like_indicators_need_no_word_more(
    indicator: Indicator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, "Stadtteil;Einwohner\nAltstadt;1200\nNeustatt;800\n")

    assert main(["import", "observations", file, "--period", "31.12.2023"]) == 1

    said = capsys.readouterr().out
    assert (
        "Zeile 3, Einwohner: Ein Gebiet „Neustatt“ kennen wir nicht. Gemeint ist vielleicht: Neustadt" in said
    )
    assert "Zeilen: 2. Werte: 1 neu" in said
    assert Observation.objects.get().value == 1200


def test_a_dry_run_keeps_nothing_but_its_report(indicator: Indicator, tmp_path: Path) -> None:
    file = written(tmp_path, "Stadtteil;Einwohner 2023\nAltstadt;1200\n")

    assert main(["import", "observations", file, "--dry-run"]) == 0

    assert [model.objects.count() for model in TABLES[:-1]] == [0] * 6
    assert Run.objects.get().is_dry_run


def test_a_plan_is_kept_and_found_again_by_the_same_heads(indicator: Indicator, tmp_path: Path) -> None:
    first = written(tmp_path, "Ort;Anzahl 2022;Quelle\nAltstadt;1200;x\nNeustadt;800;x\n")
    asked = ["--column", "einwohner=B", "--source", "Melderegister", "--save-as", "Register"]
    assert main(["import", "observations", first, *asked]) == 0
    assert Mapping.objects.get().name == "Register"

    second = written(tmp_path, "Ort;Anzahl 2023;Quelle\nAltstadt;1210;x\nNeustadt;790;x\n", "neu.csv")
    assert main(["import", "observations", second]) == 0
    third = written(tmp_path, "Ort;Anzahl 2024;Quelle\nAltstadt;1220;x\nNeustadt;780;x\n", "noch.csv")
    assert main(["import", "observations", third, "--mapping", "Register"]) == 0

    assert Observation.objects.count() == 6
    assert set(Run.objects.values_list("source__name", "mapping_name")) >= {("Melderegister", "Register")}


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        ("<!DOCTYPE html><title>Wartung</title>", "a.csv", "Internetseite („Wartung“)"),
        ("", "a.csv", "leer"),
        ("nur;Worte\nnoch;mehr\n", "a.csv", "keine Tabelle"),
        (
            "Stadtteil;Einwohner;Fläche;Dichte\nAltstadt;1200;3;400\nNeustadt;800;2;400\nNeu",
            "a.csv",
            "bricht in Zeile 4 ab",
        ),
        (b"%PDF-1.7 \x00\x01", "a.csv", "kann hier nicht gelesen werden"),
        ("Stadtteil;Einwohner\nAltstadt;1200\n", "a.docx", "Messwerte kommen aus Dateien mit .csv"),
    ],
)
def test_what_is_no_list_is_refused_and_leaves_everything_as_it_was(
    indicator: Indicator,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    content: str | bytes,
    name: str,
    said: str,
) -> None:
    file = written(tmp_path, content, name)
    before = [model.objects.count() for model in TABLES]

    assert main(["import", "observations", file, "--period", "2023"]) == 2

    refusal = capsys.readouterr().err
    assert "Nicht eingelesen." in refusal
    assert said in refusal
    assert [model.objects.count() for model in TABLES] == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ["--column", "einwohner=Gibtsnicht"],
            "Eine Spalte „Gibtsnicht“ gibt es nicht. Es gibt: Stadtteil, Einwohner",
        ),
        (["--mapping", "Nie"], "Eine Zuordnung „Nie“"),
        (["--column", "=Einwohner"], "Keine Spalte ist einem Indikator zugeordnet"),
        (["--period", "irgendwann"], "„irgendwann“ ist kein Zeitpunkt"),
        (["--period", "31.12.2040"], "liegt in der Zukunft"),
        (["--value-kind", "forecast"], "Eine Prognose braucht ein Szenario"),
        (["--by", "niemand@stadt.example"], "Ein Konto niemand@stadt.example gibt es nicht"),
    ],
)
def test_a_plan_that_cannot_be_used_is_refused_in_words(
    indicator: Indicator,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    said: str,
) -> None:
    file = written(tmp_path, "Stadtteil;Einwohner\nAltstadt;1200\n")

    assert main(["import", "observations", file, *options]) == 2
    assert said in capsys.readouterr().err
    assert not Observation.objects.exists()


def test_others_indicators_are_not_touched(
    indicator: Indicator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people.account(Role.DEPARTMENT_EDITOR, where=people.department(), email="klara@stadt.example")
    file = written(tmp_path, "Stadtteil;Anzahl 2023\nAltstadt;1200\n")

    ended = main(["import", "observations", file, "--column", "einwohner=B", "--by", "klara@stadt.example"])

    assert ended == 1
    assert "Zeile 2, Anzahl 2023: Für „Einwohner“ ist ein anderes Amt zuständig." in capsys.readouterr().out
    assert not Observation.objects.exists()


def test_a_doubtful_value_waits_and_the_command_says_where(
    indicator: Indicator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    heads = ";".join(f"Einwohner {year}" for year in range(2018, 2024))
    file = written(tmp_path, f"Stadtteil;{heads}\nAltstadt;1200;1201;1202;1203;1204;1205000\n")

    assert main(["import", "observations", file]) == 0

    said = capsys.readouterr().out
    assert "Zeile 2, Einwohner 2023: Hinweis: 1.205.000 (1.202): etwa tausendmal so groß" in said
    assert f"/arbeit/werte/lieferungen/{Delivery.objects.get().pk}/" in said
    assert not Observation.objects.exists()
