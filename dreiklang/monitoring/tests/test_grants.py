"""Grant sheets: filled for an area and a year, gaps named, completed by hand, sent and then left alone."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from shapely.geometry import box

from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.core.values import Unknown
from dreiklang.measures.models import MeasureArea
from dreiklang.measures.tests import factories as city
from dreiklang.monitoring.models import GrantLayout, GrantSheet, Indicator
from dreiklang.monitoring.queries.grants import layouts, sheet_lines, sheet_page
from dreiklang.monitoring.queries.sheets_told import sheet_of
from dreiklang.monitoring.rules.layout_text import layout_of_text
from dreiklang.monitoring.rules.sheet_entries import read_entry, with_entries
from dreiklang.monitoring.rules.sheets import Given, InvalidLayout, Sheet, filled, shipped_layouts
from dreiklang.monitoring.rules.values import Refused, ValueKind
from dreiklang.monitoring.services import grants as services
from dreiklang.monitoring.services.regions import region_for_area
from dreiklang.monitoring.tests import factories
from dreiklang.monitoring.tests import frame_factories as make
from dreiklang.people.rules import PUBLIC, SYSTEM, Role, Viewer
from dreiklang.people.services import NotAllowed
from dreiklang.people.tests.factories import account, department, viewer
from dreiklang.places.models import Area
from dreiklang.places.tests.factories import area, level, municipality

NOW, TODAY = make.NOW, make.TODAY
EXAMPLE = shipped_layouts()["beispiel-staedtebaufoerderung"]
NAME = (EXAMPLE.key, EXAMPLE.version)
OWN = """
key: probe
version: "1"
title: Probebogen
programme: Probe
note: Nur zur Probe.
parts:
  - key: A
    title: Gebiet
    rows:
      - {key: name, title: Name, role: context, source: {kind: area, name: name}, basis: Probe}
      - {key: einwohner, title: Einwohner, role: context, unit: personen, source: {kind: indicator, name: einwohner}, basis: Probe}
      - {key: flaeche, title: Fläche, role: context, unit: ha, decimals: 1, source: {kind: area, name: size}, basis: Probe}
      - {key: wort, title: Erläuterung, role: output, source: {kind: manual}, basis: Probe}
      - {key: zahl, title: Wohnungen, role: output, unit: wohnungen, source: {kind: manual}, basis: Probe}
"""
LAYOUT = layout_of_text(OWN)
ROWS = {row.key: row for part in LAYOUT.parts for row in part.rows}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("x" * 200_001, "layout"),
        ("key: [1, 2", "line 1"),
        ("a: 1\nb: - c", "line 2"),
        ("- a\n- b", "layout"),
        ("", "layout"),
        ("a: &x [1]\nb: *x", "line 2"),
        (OWN.replace("personen", "elefanten"), "parts[0].rows[1].unit"),
        ("[" * 3000, "line 1"),
        ("!!python/object/apply:os.system ['true']", "line 1"),
    ],
)
def test_what_is_no_layout_is_refused_with_its_place(text: str, where: str) -> None:
    with pytest.raises(InvalidLayout) as refused:
        layout_of_text(text)

    assert refused.value.where == where


@pytest.mark.parametrize(
    ("key", "written", "read"),
    [
        ("zahl", "1.234", Decimal(1234)),
        ("zahl", "12,5", Decimal("12.5")),
        ("zahl", "viele", Refused("not_a_number", "viele")),
        ("zahl", "  ", Unknown("to_enter")),
        ("wort", " Im Bau. ", "Im Bau."),
        ("wort", "x" * 2001, Refused("too_long", "x" * 60)),
    ],
)
def test_entries_are_read_in_the_sort_of_their_row(key: str, written: str, read: Any) -> None:
    assert read_entry(ROWS[key], written, is_german=True) == read


def value_of(sheet: Sheet, key: str) -> Any:
    return next(row.value for row in sheet.rows if row.row.key == key)


def test_an_entry_fills_a_gap_and_never_overwrites_a_figure() -> None:
    known = filled(LAYOUT, values={ROWS["name"].source: Given("Nordend")})

    sheet = with_entries(
        known, {"name": "Süd", "wort": "Im Bau.", "zahl": Decimal(7), "einwohner": "viele"}, rests_on="Hand"
    )

    assert [value_of(sheet, key) for key in ("name", "wort", "zahl")] == ["Nordend", "Im Bau.", Decimal(7)]
    assert isinstance(value_of(sheet, "einwohner"), Unknown)


@pytest.fixture
def officer() -> Viewer:
    return viewer(Role.FUNDING_OFFICER)


@pytest.fixture
def people() -> Indicator:
    municipality(ags="14511000")
    return factories.indicator(
        key="einwohner", name="Einwohner", unit="personen", quantity=factories.quantity(unit="personen")
    )


def district(name: str, west: float, people: Indicator, *values: tuple[int, int]) -> Area:
    """A square district with inhabitants by year."""
    made = area(name=name, geometry=box(west, 50, west + 0.01, 50.01))
    for year, value in values:
        day = date(year, 12, 31)
        factories.observation(
            quantity=people.quantity, region=region_for_area(made), value=Decimal(value),
            starts_on=day, ends_on=day,
        )  # fmt: skip
    return made


def bring(by: Viewer) -> tuple[str, str]:
    services.bring_layout(by=viewer(Role.COORDINATOR), text=OWN)
    return ("probe", "1")


def fill(by: Viewer, layout: tuple[str, str] = NAME, **facts: Any) -> GrantSheet:
    given: dict[str, Any] = {"year": 2024, "area_id": None, "now": NOW, "today": TODAY} | facts
    return services.fill_sheet(by=by, layout=layout, **given)


@pytest.mark.django_db
def test_a_sheet_takes_the_last_value_of_its_year(officer: Viewer, people: Indicator) -> None:
    north = district("Nordend", 12.0, people, (2023, 900), (2024, 1000), (2025, 1100))

    made = fill(officer, bring(officer), area_id=north.pk)

    sheet = sheet_of(SYSTEM, made)
    row = next(row for row in sheet.rows if row.row.key == "einwohner")
    assert (row.value, row.is_estimate) == (Decimal(1000), False)
    assert row.rests_on.startswith("Einwohner, Stand 31.")
    assert value_of(sheet, "name") == "Nordend"
    assert value_of(sheet, "flaeche") > 60
    assert value_of(sheet, "wort") == Unknown("to_enter")


@pytest.mark.django_db
def test_a_drawn_area_takes_its_share_as_an_estimate(officer: Viewer, people: Indicator) -> None:
    district("Nordend", 12.0, people, (2024, 1000))
    district("Südend", 12.01, people, (2024, 500))

    made = fill(officer, bring(officer), geometry=box(12.005, 50, 12.02, 50.01), name="Bahnhof")

    row = next(row for row in sheet_of(SYSTEM, made).rows if row.row.key == "einwohner")
    assert (round(row.value), row.is_estimate) == (1000, True)  # type: ignore[arg-type]
    assert (made.area_words, made.area_id) == ("Bahnhof", None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("year", "facts", "reason"),
    [
        (2020, {}, "no_value_of_year"),
        (
            2024,
            {"kind": ValueKind.FORECAST, "scenario": "A", "made_on": date(2020, 1, 1)},
            "no_value_of_year",
        ),
        (2024, {"state": "suppressed", "value": None}, "suppressed"),
        (2024, {"mark": ".", "value": None, "meaning": "unknown"}, "."),
    ],
)
def test_what_is_not_known_is_a_gap_with_its_reason(
    officer: Viewer, people: Indicator, year: int, facts: dict[str, Any], reason: str
) -> None:
    north = area(name="Nordend", geometry=box(12, 50, 12.01, 50.01))
    factories.observation(quantity=people.quantity, region=region_for_area(north), **facts)

    made = fill(officer, bring(officer), area_id=north.pk, year=year)

    gap = value_of(sheet_of(SYSTEM, made), "einwohner")
    assert isinstance(gap, Unknown)
    assert reason in {gap.reason, gap.words}


@pytest.mark.django_db
def test_the_example_says_so_and_names_every_gap(officer: Viewer) -> None:
    municipality(ags="14511000")

    made = fill(officer, area_id=area(name="Nordend", geometry=None).pk)

    sheet = sheet_of(SYSTEM, made)
    reasons = {row.value.reason for row in sheet.gaps if isinstance(row.value, Unknown)}
    assert sheet.layout.is_example
    assert reasons == {"no_funding", "to_enter", "unknown_indicator", "no_border"}
    assert value_of(sheet, "a-massnahmen") == 0
    assert value_of(sheet, "a-jahr") == "2024"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({}, "no_place"),
        ({"area_id": 0}, "no_place"),
        ({"geometry": box(12, 50, 13, 51)}, "no_name"),
        ({"year": 1989, "area_id": 1}, "year"),
        ({"year": 2027, "area_id": 1}, "year"),
        ({"layout": ("probe", "9")}, "no_layout"),
        ({"area_id": 1, "geometry": box(12, 50, 13, 51)}, "two_places"),
    ],
)
def test_what_cannot_be_filled_is_refused(officer: Viewer, facts: dict[str, Any], code: str) -> None:
    with pytest.raises(services.CannotFill, match=code):
        fill(officer, **facts)

    assert not GrantSheet.objects.exists()


@pytest.mark.django_db
def test_what_people_wrote_stays_when_the_sheet_is_filled_anew(officer: Viewer, people: Indicator) -> None:
    north = district("Nordend", 12.0, people)
    made = fill(officer, bring(officer), area_id=north.pk)
    written: dict[str, Decimal | str] = {"wort": "Im Bau.", "einwohner": Decimal(950)}

    services.complete_sheet(by=officer, now=NOW, today=TODAY, pk=made.pk, version=1, entries=written)
    before = value_of(sheet_of(SYSTEM, GrantSheet.objects.get()), "einwohner")
    factories.observation(quantity=people.quantity, region=region_for_area(north), value=Decimal(1000))
    services.fill_anew(by=officer, now=NOW, today=TODAY, pk=made.pk, version=2)

    sheet = sheet_of(SYSTEM, GrantSheet.objects.get())
    assert (before, value_of(sheet, "einwohner"), value_of(sheet, "wort")) == (950, 1000, "Im Bau.")
    assert services.entries_of(GrantSheet.objects.get()) == written


@pytest.mark.django_db
def test_a_sheet_that_was_sent_stays_as_it_was(officer: Viewer, people: Indicator) -> None:
    north = district("Nordend", 12.0, people, (2024, 1000))
    made = fill(officer, bring(officer), area_id=north.pk)
    with pytest.raises(services.CannotFill, match="in_the_future"):
        services.send_sheet(by=officer, today=TODAY, pk=made.pk, version=1, on=date(2026, 11, 24), to="Land")
    services.send_sheet(by=officer, today=TODAY, pk=made.pk, version=1, on=TODAY, to="Land")
    GrantLayout.objects.all().delete()

    with pytest.raises(services.CannotFill, match="sent"):
        services.fill_anew(by=officer, now=NOW, today=TODAY, pk=made.pk, version=2)
    with pytest.raises(services.CannotFill, match="sent"):
        services.complete_sheet(by=officer, now=NOW, today=TODAY, pk=made.pk, version=2, entries={})

    sent = sheet_page(officer, pk=made.pk)
    assert (sent.sent_to, value_of(sheet_of(SYSTEM, sent), "einwohner")) == ("Land", Decimal(1000))
    assert sheet_of(SYSTEM, sent).layout.title == "Probebogen"


@pytest.mark.django_db
def test_a_contact_fills_sheets_of_her_department_only() -> None:
    office, there = department(), area(name="Nordend")
    contact = viewer(Role.FUNDING_CONTACT, where=office)
    municipality(ags="14511000")

    made = fill(contact, area_id=there.pk, department_id=office.pk)

    with pytest.raises(NotAllowed):
        fill(contact, area_id=there.pk, department_id=department().pk)
    with pytest.raises(ChangedMeanwhile):
        services.fill_anew(by=contact, now=NOW, today=TODAY, pk=made.pk, version=9)
    with pytest.raises(NotFound):
        sheet_page(PUBLIC, pk=made.pk)
    assert sheet_lines(PUBLIC) == []


@pytest.mark.django_db
def test_a_layout_of_the_city_is_brought_once_by_the_coordinator_and_ended(officer: Viewer) -> None:
    coordinator = viewer(Role.COORDINATOR)

    made = services.bring_layout(by=coordinator, text=OWN)

    with pytest.raises(NotAllowed):
        services.bring_layout(by=officer, text=OWN)
    with pytest.raises(services.CannotFill, match="layout_there"):
        services.bring_layout(by=coordinator, text=OWN)
    assert next(iter(layouts())) == ("probe", "1")
    services.end_layout(by=coordinator, pk=made.pk, on=TODAY)
    assert ("probe", "1") not in layouts()


@pytest.mark.django_db
def test_the_pages_lead_from_nothing_to_a_sent_workbook(client: Client, people: Indicator) -> None:
    north = district("Nordend", 12.0, people, (2024, 1000))
    client.force_login(account(Role.COORDINATOR))
    empty = client.get("/arbeit/foerderbogen/").content.decode()

    refused = client.post(
        "/arbeit/foerderbogen/vorlagen/neu/",
        {"file": SimpleUploadedFile("p.yaml", OWN.replace("role: output", "role: wunsch").encode())},
    )
    client.post("/arbeit/foerderbogen/vorlagen/neu/", {"file": SimpleUploadedFile("p.yaml", OWN.encode())})
    client.post("/arbeit/foerderbogen/neu/", {"layout": "probe|1", "area_id": north.pk, "year": 2024})
    made = GrantSheet.objects.get()
    page = f"/arbeit/foerderbogen/{made.pk}/"
    wrong = client.post(f"{page}ergaenzen/", {"z-zahl": "viele", "version": 1}).content.decode()
    client.post(f"{page}ergaenzen/", {"z-wort": "Im Bau.", "z-zahl": "1.250", "version": 1})
    client.post(f"{page}neu-fuellen/", {"version": 2})
    shown = client.get(page).content.decode()
    client.post(f"{page}abgeben/", {"on": "2026-11-01", "to": "Landesamt", "version": 3})
    sent = client.get(page).content.decode()
    listed = client.get("/arbeit/foerderbogen/").content.decode()

    assert "Noch kein Bogen" in empty
    assert "rows[3].role ist keines der vorgesehenen Wörter" in refused.content.decode()
    assert "Das ist keine Zahl." in wrong
    assert "Alle 5 Zeilen sind gefüllt." in shown
    assert "Landesamt" in sent
    assert "Neu füllen" not in sent
    assert "abgegeben" in listed
    rows = _cells(client.get(f"{page}bogen.xlsx").content)
    assert [row[3] for row in rows[1:]][:2] == ["Nordend", 1000]
    wide = _cells(client.get(f"{page}bogen-breit.xlsx").content)
    assert wide[0][:4] == ["Gebiet", "Jahr", "A Name", "A Einwohner (Personen)"]
    assert wide[1][:4] == ["Nordend", 2024, "Nordend", 1000]


def _cells(content: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.django_db
def test_a_place_of_ones_own_needs_a_name(client: Client) -> None:
    municipality(ags="14511000")
    client.force_login(account(Role.COORDINATOR))
    drawn = "POLYGON((12 50, 12.01 50, 12.01 50.01, 12 50.01, 12 50))"
    given = {"layout": f"{NAME[0]}|{NAME[1]}", "year": 2024, "place_text": drawn}

    refused = client.post("/arbeit/foerderbogen/neu/", given).content.decode()
    client.post("/arbeit/foerderbogen/neu/", given | {"name": "Bahnhof"})

    assert "Bitte geben Sie dem Gebiet mit eigener Grenze einen Namen." in refused
    assert GrantSheet.objects.get().area_words == "Bahnhof"


@pytest.mark.django_db
def test_nobody_outside_sees_a_sheet(client: Client) -> None:
    made = make.grant_sheet(area_words="Geheimes Gebiet")

    for address in (
        "",
        "neu/",
        "vorlagen/neu/",
        f"{made.pk}/",
        f"{made.pk}/bogen.xlsx",
        f"{made.pk}/ergaenzen/",
    ):
        answer = client.get(f"/arbeit/foerderbogen/{address}")
        assert answer.status_code in {302, 403}
        assert b"Geheimes Gebiet" not in answer.content


@pytest.mark.django_db
def test_measures_count_that_are_named_for_a_district_inside_or_lie_there(officer: Viewer) -> None:
    municipality(ags="14511000")
    levels = level(key="raum", rank=1), level()
    whole = area(name="Süd", level=levels[0], geometry=box(12, 50, 12.02, 50.01))
    east = area(name="Ost", level=levels[1], parent=whole, geometry=box(12.01, 50, 12.02, 50.01))
    far = area(name="Nord", level=levels[1], geometry=box(12, 50.01, 12.02, 50.02))
    for number, (there, ground) in enumerate(
        [(east, None), (far, None), (None, box(12.001, 50.001, 12.002, 50.002)), (None, None)]
    ):
        measure = city.measure(number=f"V-{number}", geometry=ground)
        if there is not None:
            MeasureArea.objects.create(measure=measure, area=there)

    own = fill(officer, area_id=whole.pk)
    drawn = fill(officer, geometry=box(12.01, 50, 12.02, 50.01), name="Ostrand")
    beside = fill(officer, geometry=box(12.002, 50.002, 12.003, 50.003), name="Daneben")

    counted = [value_of(sheet_of(SYSTEM, one), "a-massnahmen") for one in (own, drawn, beside)]
    assert counted == [2, 1, 0]
