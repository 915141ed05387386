"""What a list is read from: its encoding, a sheet of a workbook, a service, a file with another system."""

import io
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dreiklang.core.geodata.tests.place_server import HTML, JSON, PAGE, XML, capabilities, features, serving
from dreiklang.core.models import Mapping, Run, Upload
from dreiklang.monitoring.tests.test_imports_genesis import delivered, line
from dreiklang.people.models import Account, RoleAssignment
from dreiklang.workspace.tests.uploads import tried, uploaded

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> Client:
    account = Account.objects.create(email="koordination@stadt.example", name="Koordination")
    RoleAssignment.objects.create(account=account, role="coordinator")
    client = Client()
    client.force_login(account)
    return client


def test_encoding_and_delimiter_can_be_chosen_and_are_tried_anew(coordinator: Client) -> None:
    upload = tried(coordinator)
    first = upload.choices["trial"]
    page = coordinator.get(reverse("workspace:import_columns", args=[upload.pk])).content.decode()
    assert 'name="encoding"' in page
    assert 'name="delimiter"' in page

    coordinator.post(
        reverse("workspace:import_columns", args=[upload.pk]),
        {
            "deed": "read",
            "source": "Ämter",
            "encoding": "cp1252",
            "column-key": "Amtsnummer",
            "column-parent": "Gehört zu",
        },
    )

    upload.refresh_from_db()
    assert (upload.choices["encoding"], upload.choices["trial"]) == ("cp1252", None)
    assert upload.choices["columns"]["key"] == "Amtsnummer"
    assert "Gehört zu" not in upload.choices["columns"].values()
    coordinator.post(
        reverse("workspace:import_columns", args=[upload.pk]),
        {"deed": "try", "source": "Ämter", "column-key": "Amtsnummer", "column-name": "Bezeichnung"},
    )
    upload.refresh_from_db()
    assert upload.choices["trial"] not in {None, first}


def workbook(**sheets: list[list[str]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()


def test_a_sheet_is_chosen_among_those_found_and_kept_with_the_mapping(coordinator: Client) -> None:
    book = workbook(
        Notizen=[["Thema", "Text"], ["a", "b"]], Stellen=[["Kürzel", "Name"], ["61", "Stadtplanung"]]
    )
    address = reverse("workspace:import_begin", args=["departments"])
    coordinator.post(address, {"file": SimpleUploadedFile("aemter.xlsx", book)})
    upload = Upload.objects.get()
    columns = reverse("workspace:import_columns", args=[upload.pk])
    page = coordinator.get(columns).content.decode()
    assert "<option>Notizen</option>" in page
    assert "<option>Stellen</option>" in page

    coordinator.post(
        columns, {"deed": "try", "source": "Ämter", "sheet": "Stellen", "save_as": "Stellenplan"}
    )

    upload.refresh_from_db()
    assert Run.objects.get(pk=upload.choices["trial"]).new_count == 1
    assert Mapping.objects.get().options["sheet"] == "Stellen"
    upload.delete()
    coordinator.post(address, {"file": SimpleUploadedFile("aemter.xlsx", book)})
    again = Upload.objects.get()
    coordinator.post(
        reverse("workspace:import_columns", args=[again.pk]),
        {"deed": "use", "source": "Ämter", "mapping": "Stellenplan"},
    )
    again.refresh_from_db()
    assert again.choices["sheet"] == "Stellen"
    assert again.choices["columns"] == {"key": "Kürzel", "name": "Name"}


def test_a_mapping_with_a_sheet_that_the_file_lacks_does_not_stop_anybody(coordinator: Client) -> None:
    Mapping.objects.create(
        kind="departments",
        name="Alt",
        columns={"key": "Amtsnummer"},
        options={"sheet": "Weg", "encoding": "utf-16"},
    )
    uploaded(coordinator)
    upload = Upload.objects.get()

    page = coordinator.post(
        reverse("workspace:import_columns", args=[upload.pk]),
        {"deed": "use", "source": "Ämter", "mapping": "Alt"},
        follow=True,
    )

    assert page.status_code == 200
    upload.refresh_from_db()
    assert upload.choices["encoding"] == ""


def asked_of_service(client: Client, address: str, **given: str) -> Any:
    page = reverse("workspace:import_begin", args=["concept-places"])
    return client.post(page, {"address": address, **given})


def test_a_list_of_places_can_come_from_a_service(coordinator: Client) -> None:
    with serving({"/daten": (200, JSON, features("FK-1", "FK-2"))}) as (base, _):
        page = asked_of_service(coordinator, f"{base}/daten")

    upload = Upload.objects.get()
    assert page["Location"] == reverse("workspace:import_columns", args=[upload.pk])
    assert upload.choices["columns"] == {"number": "nummer", "geometry": "geometry"}
    assert coordinator.get(page["Location"]).status_code == 200


def test_of_several_layers_the_page_lets_one_choose(coordinator: Client) -> None:
    with serving({"/wfs": (200, XML, capabilities("plaene", "orte"))}) as (base, _):
        page = asked_of_service(coordinator, f"{base}/wfs").content.decode()

    assert "<option>stadt:plaene</option><option>stadt:orte</option>" in page
    assert f'value="{base}/wfs"' in page
    assert not Upload.objects.exists()


def test_a_service_that_answers_with_a_page_is_named_in_words(coordinator: Client) -> None:
    with serving({"/": (200, HTML, PAGE)}) as (base, _):
        page = asked_of_service(coordinator, f"{base}/portal")

    assert page.status_code == 422
    assert "antwortet mit einer Webseite statt mit Daten" in page.content.decode()
    assert Run.objects.get().state == "refused"


def test_lists_without_places_do_not_come_from_a_service(coordinator: Client) -> None:
    page = reverse("workspace:import_begin", args=["departments"])

    answer = coordinator.post(page, {"address": "https://geo.stadt.example/wfs"})

    assert answer.status_code == 422
    assert 'name="address"' not in coordinator.get(page).content.decode()


def test_metres_without_a_system_can_be_read_once_it_is_named_with_the_file(coordinator: Client) -> None:
    content = features("FK-1").replace(b"[13, 51]", b"[352000, 5630000]")
    page = reverse("workspace:import_begin", args=["concept-places"])

    refused = coordinator.post(page, {"file": SimpleUploadedFile("a.geojson", content)})
    read = coordinator.post(page, {"file": SimpleUploadedFile("a.geojson", content), "option-srid": "25833"})

    assert "Die Koordinaten sind Meter" in refused.content.decode()
    assert (read.status_code, Upload.objects.get().choices["special"]) == (302, {"srid": "25833"})


def test_an_official_table_stands_among_the_imports_in_words(coordinator: Client) -> None:
    run = delivered(line("5"), line("viele", region="14612"))

    listed = coordinator.get(reverse("workspace:runs")).content.decode()
    told = coordinator.get(reverse("workspace:run", args=[run.pk])).content.decode()
    written = coordinator.get(reverse("workspace:run_problems", args=[run.pk])).content.decode()

    assert "Amtliche Statistik" in listed
    assert "„viele“ ist keine Zahl." in told
    assert "ist keine Zahl." in written
