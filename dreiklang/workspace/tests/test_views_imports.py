"""The pages of an import, from the upload to the report."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dreiklang.core.models import Mapping, Run, Upload
from dreiklang.people.models import Account, Department, RoleAssignment
from dreiklang.workspace.services import imports
from dreiklang.workspace.tests.uploads import tried, uploaded

pytestmark = pytest.mark.django_db


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
