"""The pages of an import, from the upload to the report."""

import io
from datetime import timedelta
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dreiklang.core.geodata.tests.place_server import HTML, JSON, PAGE, XML, capabilities, features, serving
from dreiklang.core.models import Mapping, Run, Upload
from dreiklang.people.models import Account, Department, RoleAssignment
from dreiklang.workspace.services import imports

pytestmark = pytest.mark.django_db

LIST = "Amtsnummer;Bezeichnung;Gehört zu;Etage\n61;Stadtplanungsamt;;2. OG\n61.1;Wohnen;Stadtplanungamt;\n"


@pytest.fixture
def coordinator() -> Client:
    account = Account.objects.create(email="koordination@stadt.example", name="Koordination")
    RoleAssignment.objects.create(account=account, role="coordinator")
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def lead() -> Client:
    account = Account.objects.create(email="lead@stadt.example", name="Federführung")
    RoleAssignment.objects.create(account=account, role="lead")
    client = Client()
    client.force_login(account)
    return client


def uploaded(client: Client, text: str = LIST, name: str = "aemter.csv") -> Any:
    file = SimpleUploadedFile(name, text.encode())
    return client.post(reverse("workspace:import_begin", args=["departments"]), {"file": file})


def tried(client: Client, text: str = LIST, **fields: str) -> Upload:
    uploaded(client, text)
    upload = Upload.objects.get()
    columns = {f"column-{name}": column for name, column in upload.choices["columns"].items()}
    client.post(
        reverse("workspace:import_columns", args=[upload.pk]),
        {"deed": "try", "source": "Ämter", **columns, **fields},
    )
    upload.refresh_from_db()
    return upload


def test_the_start_names_every_kind_of_list(coordinator: Client) -> None:
    page = coordinator.get(reverse("workspace:import"))

    assert "Stadtteile und Gebiete" in page.content.decode()


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_templates_can_be_downloaded(coordinator: Client, ending: str) -> None:
    page = coordinator.get(reverse("workspace:import_template", args=["departments", ending]))

    assert page.status_code == 200
    assert f"vorlage-departments.{ending}" in page["Content-Disposition"]


def test_our_own_template_is_read_without_a_click(coordinator: Client) -> None:
    template = coordinator.get(reverse("workspace:import_template", args=["departments", "csv"])).content

    uploaded(coordinator, template.decode())

    assert set(Upload.objects.get().choices["columns"]) == {"key", "name", "parent", "kind", "head"}


def test_what_was_left_longer_than_the_setting_is_discarded(coordinator: Client, settings: Any) -> None:
    settings.UPLOAD_DAYS = 7
    now = timezone.now()
    uploaded(coordinator)
    left = Upload.objects.get()
    Upload.objects.update(created_at=now - timedelta(days=7, seconds=1))
    uploaded(coordinator)
    Upload.objects.exclude(pk=left.pk).update(created_at=now - timedelta(days=6))

    assert "nach 7 Tagen verworfen" in coordinator.get(reverse("workspace:import")).content.decode()
    assert imports.discard_left(now=now) == 1
    assert not Upload.objects.filter(pk=left.pk).exists()
    assert Upload.objects.count() == 1


def test_a_refused_file_is_named_with_its_reason_and_kept_as_a_run(coordinator: Client) -> None:
    page = uploaded(coordinator, "%PDF-1.4", "liste.pdf")

    assert page.status_code == 422
    assert "kann hier nicht gelesen werden" in page.content.decode()
    assert Run.objects.get().state == "refused"


def test_columns_are_matched_by_their_names(coordinator: Client) -> None:
    page = coordinator.get(uploaded(coordinator).url)

    assert Upload.objects.get().choices["columns"] == {
        "key": "Amtsnummer",
        "name": "Bezeichnung",
        "parent": "Gehört zu",
    }
    assert "Etage" in page.content.decode()


def test_the_dry_run_shows_and_writes_nothing(coordinator: Client) -> None:
    upload = tried(coordinator)

    page = coordinator.get(reverse("workspace:import_trial", args=[upload.pk])).content.decode()

    assert "1 neue Zeile übernehmen" in page
    assert "61 Stadtplanungsamt" in page
    assert not Department.objects.exists()


def test_a_list_without_a_readable_row_is_not_said_to_be_there_already(coordinator: Client) -> None:
    upload = tried(coordinator, "Amtsnummer;Bezeichnung;Gehört zu\n61;;\n")

    page = coordinator.get(reverse("workspace:import_trial", args=[upload.pk])).content.decode()

    assert "Keine Zeile ließ sich lesen" in page
    assert "stehen schon genau so" not in page


def test_a_proposal_becomes_a_correction_and_is_tried_again(coordinator: Client) -> None:
    upload = tried(coordinator)

    coordinator.post(
        reverse("workspace:import_correct", args=[upload.pk]),
        {"field": "parent", "value": "Stadtplanungamt", "meant": "61 Stadtplanungsamt"},
    )

    page = coordinator.get(reverse("workspace:import_trial", args=[upload.pk])).content.decode()
    assert "2 neue Zeilen übernehmen" in page


def test_taking_over_writes_and_throws_the_file_away(coordinator: Client) -> None:
    upload = tried(coordinator)

    page = coordinator.post(
        reverse("workspace:import_take_over", args=[upload.pk]), {"reason": "Neue Gliederung"}, follow=True
    )

    assert Department.objects.get().name == "Stadtplanungsamt"
    assert not Upload.objects.exists()
    assert "Neue Gliederung" in page.content.decode()


def test_a_mapping_is_saved_under_its_name_and_used_next_time(coordinator: Client) -> None:
    tried(coordinator, save_as="Hauptamt")
    Upload.objects.all().delete()

    uploaded(coordinator)

    assert Mapping.objects.get().columns["name"] == "Bezeichnung"
    assert Upload.objects.get().choices["mapping_name"] == "Hauptamt"


def test_a_list_without_key_is_refused_with_a_sentence(coordinator: Client) -> None:
    uploaded(coordinator)
    upload = Upload.objects.get()

    page = coordinator.post(
        reverse("workspace:import_columns", args=[upload.pk]), {"deed": "try", "column-name": "Bezeichnung"}
    )

    assert page.status_code == 422
    assert "Keine Spalte ist „Kürzel“ zugeordnet" in page.content.decode()


def test_problems_can_be_downloaded(coordinator: Client) -> None:
    upload = tried(coordinator)

    page = coordinator.get(reverse("workspace:run_problems", args=[upload.choices["trial"]]))

    assert "Stadtplanungamt" in page.content.decode()


@pytest.mark.parametrize("name", ["workspace:import", "workspace:runs"])
def test_nobody_else_may_import(lead: Client, name: str) -> None:
    assert lead.get(reverse(name)).status_code == 403


def test_nobody_else_sees_an_upload(coordinator: Client, lead: Client) -> None:
    uploaded(coordinator)

    assert lead.get(reverse("workspace:import_columns", args=[Upload.objects.get().pk])).status_code == 403


def test_visitors_are_sent_away(client: Client) -> None:
    assert client.get(reverse("workspace:import")).status_code in {302, 403}


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
