"""The pages of the council systems: who may open them, adding one, reading it now, its report."""

from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from dreiklang.core.fetching import Client
from dreiklang.papers.imports.oparl.run import sync
from dreiklang.papers.models import OparlSource
from dreiklang.papers.rules.kinds import SourceState
from dreiklang.people.rules import Role
from dreiklang.people.tests.factories import account
from tests.oparl_server.reading import changed, read, system
from tests.oparl_server.server import serving
from tests.oparl_server.towns import paper, town

pytestmark = pytest.mark.django_db
ENTERED = {"name": "Musterstadt", "address": "https://ris.example/oparl", "is_active": "on"}


@pytest.fixture
def coordinator(client: Browser, settings: Any) -> Browser:
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(account(Role.COORDINATOR))
    return client


def test_others_do_not_learn_of_the_sources(client: Browser) -> None:
    OparlSource.objects.create(name="Musterstadt", address="https://ris.example")
    client.force_login(account(Role.LEAD))

    assert client.get("/arbeit/ratsinformation/").status_code == 403


def test_the_coordinator_adds_a_source_and_lets_it_be_read(coordinator: Browser) -> None:
    added = coordinator.post("/arbeit/ratsinformation/neu/", ENTERED)
    source = OparlSource.objects.get()

    page = coordinator.post(f"/arbeit/ratsinformation/{source.pk}/abgleichen/", follow=True)

    source.refresh_from_db()
    assert added.status_code == 302
    assert (source.is_active, source.state) == (True, SourceState.RUNNING)
    assert "Wird gerade gelesen" in page.content.decode()
    again = coordinator.post(f"/arbeit/ratsinformation/{source.pk}/abgleichen/", follow=True)
    assert "Diese Quelle wird gerade gelesen." in again.content.decode()


def test_an_address_is_read_once_only(coordinator: Browser) -> None:
    coordinator.post("/arbeit/ratsinformation/neu/", ENTERED)

    refused = coordinator.post("/arbeit/ratsinformation/neu/", ENTERED | {"name": "Andere"})

    assert refused.status_code == 422
    assert "Diese Adresse wird schon gelesen." in refused.content.decode()


def test_at_a_new_address_everything_is_read_anew(coordinator: Browser) -> None:
    source = OparlSource.objects.create(
        name="A", address="https://alt.example", last_success_at=timezone.now()
    )

    coordinator.post(
        f"/arbeit/ratsinformation/{source.pk}/bearbeiten/", ENTERED | {"version": source.version}
    )

    source.refresh_from_db()
    assert (source.address, source.last_success_at) == ("https://ris.example/oparl", None)


def test_the_page_tells_what_the_run_did_and_what_was_wrong(coordinator: Browser) -> None:
    with serving(town(paper=[paper(1, date="0001-01-01")])) as served:
        source = OparlSource.objects.create(name="Musterstadt", address=served.system)
        sync(source=source, client=Client(wait=lambda seconds: None))

    page = coordinator.get(f"/arbeit/ratsinformation/{source.pk}/").content.decode()
    shown = coordinator.get("/arbeit/ratsinformation/").content.decode()

    assert "Vollständig gelesen" in page
    assert "Die Zeit „0001-01-01“ kann nicht stimmen." in page
    assert "5 Objekte gelesen: 5 neu" in page
    assert "vollständig gelesen" in shown


def test_progress_ends_when_the_run_does(coordinator: Browser) -> None:
    source = OparlSource.objects.create(name="A", address="https://a.example", state=SourceState.DONE)

    assert coordinator.get(f"/arbeit/ratsinformation/{source.pk}/stand/")["HX-Refresh"] == "true"
    assert coordinator.get("/arbeit/ratsinformation/999999/").status_code == 404


def test_what_is_read_right_now_is_not_called_never_read(coordinator: Browser) -> None:
    source = OparlSource.objects.create(name="A", address="https://a.example")

    before = coordinator.get(f"/arbeit/ratsinformation/{source.pk}/").content.decode()
    during = coordinator.post(
        f"/arbeit/ratsinformation/{source.pk}/abgleichen/", follow=True
    ).content.decode()

    assert "Noch kein Lauf" in before
    assert "Noch kein Lauf" not in during


def test_changes_are_told_in_words_with_the_technical_name_beside(coordinator: Browser) -> None:
    with serving(town(paper=[paper(1, date="gestern")])) as served:
        source = OparlSource.objects.create(name="Musterstadt", address=served.system)
        sync(source=source, client=Client(wait=lambda seconds: None))
        served.lists["paper"][0] = changed(served.lists["paper"][0], name="Radweg Süd")
        source.refresh_from_db()
        sync(source=source, client=Client(wait=lambda seconds: None))

    page = coordinator.get(f"/arbeit/ratsinformation/{source.pk}/").content.decode()

    assert "Vorlage: Titel" in page
    assert "Paper.title" in page
    assert "<del>Radweg Abschnitt 1</del> <ins>Radweg Süd</ins>" in page
    assert "<span>Datum</span>" in page


def test_runs_stand_under_their_name_among_all_imports_and_lead_to_their_own_page(
    coordinator: Browser,
) -> None:
    with serving(town()) as served:
        source = OparlSource.objects.create(name="Musterstadt", address=served.system)
        run = sync(source=source, client=Client(wait=lambda seconds: None))

    listed = coordinator.get("/arbeit/importe/laeufe/").content.decode()
    opened = coordinator.get(f"/arbeit/importe/{run.pk}/")

    assert "Ratsinformationssystem" in listed
    assert ">oparl" not in listed
    assert opened["Location"] == f"/arbeit/ratsinformation/{source.pk}/?lauf={run.pk}"
    assert "9 Objekte gelesen" in coordinator.get(opened["Location"]).content.decode()


def test_the_way_to_the_council_systems_stands_among_the_tools_of_those_who_may(coordinator: Browser) -> None:
    theirs = coordinator.get("/arbeit/").content.decode()
    coordinator.force_login(account(Role.DEPARTMENT_EDITOR))

    assert 'href="/arbeit/ratsinformation/"' in theirs
    assert 'href="/arbeit/ratsinformation/"' not in coordinator.get("/arbeit/").content.decode()


def test_files_that_wait_are_counted_and_fetched_when_asked(coordinator: Browser) -> None:
    with system() as (_, source):
        read(source)
    address = f"/arbeit/ratsinformation/{source.pk}/"

    before = coordinator.get(address).content.decode()
    asked = coordinator.post(f"{address}dateien/", follow=True).content.decode()

    assert "5 Dateien: 5 " in before
    assert "Wartende Dateien jetzt holen" in before
    assert "Die Dateien werden jetzt geholt." in asked
    assert ProcrastinateJob.objects.filter(task_name="papers_oparl_files").count() == 1


def test_others_let_no_files_be_fetched(client: Browser) -> None:
    source = OparlSource.objects.create(name="Musterstadt", address="https://ris.example")
    client.force_login(account(Role.LEAD))

    assert client.post(f"/arbeit/ratsinformation/{source.pk}/dateien/").status_code == 403
