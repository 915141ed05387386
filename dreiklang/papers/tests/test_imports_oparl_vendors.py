"""Quirks of council systems: what vendors do otherwise, shown by a server that does it."""

import pytest

from dreiklang.core.enums import RunState
from dreiklang.papers.imports.oparl.downloads import fetched
from dreiklang.papers.models import CouncilFile, OparlSource, Paper
from tests.oparl_server.reading import client, codes, deleted, read, system
from tests.oparl_server.server import Quirks
from tests.oparl_server.towns import file, paper

pytestmark = pytest.mark.django_db
STERNBERG = "https://www.sitzungsdienst.net/"


@pytest.mark.parametrize("empty_as", ["404", "list"])
def test_sternberg_has_no_empty_lists(empty_as: str) -> None:
    with system() as (served, source):
        served.quirks = Quirks(vendor=STERNBERG, empty_as=empty_as)
        read(source)
        run = read(source)

    assert (run.state, run.file_facts["adapter"], codes(run)) == (RunState.DONE, "sternberg", [])


def test_sternberg_gives_the_body_for_its_list_and_an_ags_without_its_zero() -> None:
    with system() as (served, source):
        served.quirks = Quirks(vendor=STERNBERG, body_for_list=True)
        served.body["ags"] = "5114000"
        run = read(source)

    assert run.file_facts["bodies"][0]["ags"] == "05114000"
    assert Paper.objects.count() == 5


def test_sternberg_doubles_slashes_and_endings_of_files() -> None:
    doubled = paper(1, mainFile=file(1, downloadUrl="https://ris.example/files//rim/1.pdf"))
    with system(paper=[doubled]) as (served, source):
        served.quirks = Quirks(vendor=STERNBERG)
        served.files["/anlage.1.pdf"] = b"%PDF"
        read(source)
        content = fetched(client(served.base), f"{served.base}/anlage.1.1")

    assert CouncilFile.objects.get().url == "https://ris.example/files/rim/1.pdf"
    assert content == b"%PDF"


def test_deleted_objects_come_without_a_type_and_unasked() -> None:
    with system() as (served, source):
        read(source)
        served.quirks = Quirks(vendor=STERNBERG, shows_deleted=True)
        bare = deleted(served.lists["paper"][0])
        del bare["type"]
        served.lists["paper"][0] = bare
        OparlSource.objects.filter(pk=source.pk).update(last_success_at=None)

        run = read(source)

    assert run.state == RunState.DONE
    assert Paper.objects.get(number="2026/001").withdrawn_at is not None


def test_cc_egov_sends_raw_control_characters_and_one_file_for_a_list() -> None:
    odd = paper(1, auxiliaryFile=file(9), keyword=["N/A"], paperType="N/A", name="Radweg\nNord")
    with system(paper=[odd]) as (served, source):
        served.quirks = Quirks(vendor="http://cc-egov.de/", raw_control=True)
        run = read(source)

    assert (run.state, codes(run)) == (RunState.DONE, ["object_for_list"])
    assert Paper.objects.get().kind_words == ""
    assert CouncilFile.objects.filter(paper__isnull=False).count() == 2


def test_somacos_refuses_encoded_addresses() -> None:
    with system() as (served, source):
        served.quirks = Quirks(vendor="http://www.somacos.de", refuses_encoded=True)
        read(source)
        run = read(source)

    assert (run.state, codes(run)) == (RunState.DONE, [])


def test_a_filter_forgotten_on_the_next_page_is_put_back() -> None:
    papers = [paper(number, modified="2190-11-30T08:00:00+01:00") for number in range(1, 8)]
    with system(paper=papers) as (served, source):
        served.quirks.forgets_filter = True
        read(source)
        served.queries.clear()
        read(source)

    assert all("modified_since=" in query for query in served.queries if "page=" in query)
