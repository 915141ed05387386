"""What was downloaded comes back by `dreiklang import observations` with nothing lost, and changes nothing where it still is."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dreiklang.config.cli import main
from dreiklang.core.models import Run
from dreiklang.monitoring.models import Breakdown, Indicator, Observation, Region
from dreiklang.monitoring.rules.values import MarkMeaning, RegionLevel, ReleaseState, ValueKind
from dreiklang.monitoring.tests import factories as make
from dreiklang.monitoring.tests.indicators import district, shown, value
from dreiklang.monitoring.tests.test_views_values import form_of
from dreiklang.people.rules import Role
from dreiklang.people.tests.factories import account

pytestmark = pytest.mark.django_db

LIST = "/indikatoren/leerstand/daten."


@pytest.fixture
def indicator() -> Indicator:
    """Values of every sort: measured, estimated, forecast, wanted, signs, of city, districts and others, hidden."""
    found = shown(quantity=make.quantity(unit="anteil"))
    value(found, 2023, "0.44", time_code="STAG", words="44,00 %")
    value(found, 2024, "0.4512345", kind=ValueKind.ESTIMATE, mark="p", meaning=MarkMeaning.PRELIMINARY)
    for scenario, number in (("Trend", "0.39"), ("Wachstum", "1.234")):
        facts: dict[str, Any] = {
            "kind": ValueKind.FORECAST,
            "scenario": scenario,
            "made_on": date(2026, 2, 1),
        }
        value(found, 2035, number, **facts)
    value(found, 2030, "0.40", kind=ValueKind.TARGET)
    north, old = district("01", "Nordstadt"), district("02", "Gesamt")
    value(found, 2024, None, where=north, mark="-", meaning=MarkMeaning.NOTHING_THERE)
    value(found, 2023, None, where=north, mark=".", meaning=MarkMeaning.UNKNOWN)
    value(found, 2024, "0", where=old, mark="0", meaning=MarkMeaning.LESS_THAN_HALF)
    value(found, 2023, None, where=old, state=ReleaseState.SUPPRESSED, mark="p")
    county = make.region(level=RegionLevel.COUNTY, key="14521", name="Erzkreis")
    town = make.region(key="14521010", ars="145215101010", name="Neudorf")
    year = {"starts_on": date(2024, 1, 1), "ends_on": date(2024, 12, 31)}
    split = Breakdown.objects.create(key="GES=;NAT=", labels=[])
    make.observation(quantity=found.quantity, region=county, value=Decimal("-0.5"), breakdown=split, **year)
    make.observation(quantity=found.quantity, region=town, value=Decimal("0.3"), **year)
    return found


def taken(folder: Path, client: Client, form: str, language: str) -> str:
    answer = client.get(f"{LIST}{form}", headers={"accept-language": language})
    assert answer.status_code == 200
    file = folder / f"leerstand.{form}"
    file.write_bytes(answer.content)
    return str(file)


def facts(*, inside: bool = True) -> set[tuple[object, ...]]:
    """All values that are shown, by what they say."""
    fields = [
        "region__level", "region__key", "region__ars", "region__name", "breakdown__key", "starts_on", "ends_on",
        "kind", "scenario", "made_on", "value", "mark", "meaning",
    ]  # fmt: skip
    rows = Observation.objects.filter(state=ReleaseState.RELEASED)
    return set(rows.values_list(*fields, *(["time_code", "words"] if inside else [])))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_what_was_downloaded_comes_back_whole(
    indicator: Indicator, client: Client, tmp_path: Path, form: str, language: str
) -> None:
    client.force_login(account(Role.STATISTICS))
    before = facts()
    file = taken(tmp_path, client, form, language)
    Observation.objects.all().delete()

    assert main(["import", "observations", file, "--doubts-read"]) == 0

    assert {one[:2] + one[3:] for one in facts()} == {one[:2] + one[3:] for one in before}
    assert len(before) == 10


def test_what_is_still_there_is_not_changed_by_its_own_download(
    indicator: Indicator, client: Client, tmp_path: Path
) -> None:
    client.force_login(account(Role.STATISTICS))
    before = facts()

    assert main(["import", "observations", taken(tmp_path, client, "csv", "de")]) == 0

    run = Run.objects.get()
    assert (run.new_count, run.changed_count, run.unchanged_count) == (0, 0, 10)
    assert facts() == before


def test_what_the_public_downloads_comes_back_as_well(
    indicator: Indicator, client: Client, tmp_path: Path
) -> None:
    before = facts(inside=False)
    file = taken(tmp_path, client, "csv", "de")
    assert "Wortlaut" not in Path(file).read_text()
    Observation.objects.all().delete()

    assert main(["import", "observations", file, "--doubts-read"]) == 0

    assert {one[:2] + one[3:] for one in facts(inside=False)} == {one[:2] + one[3:] for one in before}


def test_regions_nobody_knows_any_more_come_back_by_their_keys(
    indicator: Indicator, client: Client, tmp_path: Path
) -> None:
    client.force_login(account(Role.STATISTICS))
    file = taken(tmp_path, client, "csv", "de")
    Observation.objects.all().delete()
    before = set(Region.objects.values_list("level", "key", "name", "area"))
    Region.objects.all().delete()

    assert main(["import", "observations", file, "--doubts-read"]) == 0

    assert set(Region.objects.values_list("level", "key", "name", "area")) == before
    assert Region.objects.get(key="14521010").ars == "145215101010"


def test_rows_that_say_what_nobody_understands_are_refused_alone(
    indicator: Indicator, client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client.force_login(account(Role.STATISTICS))
    file = Path(taken(tmp_path, client, "csv", "de"))
    said = file.read_text(encoding="utf-8-sig")
    said = said.replace(";Schätzung;", ";Vermutung;").replace(";Trend;01.02.2026;", ";Trend;;")
    said = said.replace("nichts vorhanden", "wer weiß").replace(";14521010;", ";99999999;")
    file.write_text(said)

    assert main(["import", "observations", str(file), "--dry-run"]) == 1

    told = capsys.readouterr().out
    assert "„Vermutung“ ist keine Art von Werten" in told
    assert "Eine Prognose braucht ein Szenario" in told
    assert "Das Zeichen „- (wer weiß)“" in told
    assert "Ein Gebiet „Gemeinde 99999999“ kennen wir nicht" in told


def test_on_screen_the_file_is_known_by_its_heads_as_well(
    indicator: Indicator, client: Client, tmp_path: Path
) -> None:
    client.force_login(account(Role.STATISTICS))
    content = Path(taken(tmp_path, client, "csv", "de")).read_bytes()
    given = {"file": SimpleUploadedFile("leerstand.csv", content)}
    columns = client.get(client.post("/arbeit/werte/datei/", given)["Location"])
    uses = {one.label: one.use for one in columns.context["columns"]}
    assert (uses["Wert"], uses["Art"], uses["Bis"]) == ("=", "rolle:angabe", "rolle:zeit")

    posted = form_of(columns, numbers="german")
    trial = client.get(client.post(columns.request["PATH_INFO"], posted)["Location"])

    run = trial.context["run"]
    assert (run.new_count, run.changed_count, run.unchanged_count, run.refused_count) == (0, 0, 10, 0)
