"""What council systems really send: each kind of bad input has its line in the run's report, and the rest is read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from django.test import Client as Browser

from dreiklang.core.documents.tests import made
from dreiklang.core.enums import RunState
from dreiklang.papers.imports.oparl.downloads import fetch_files
from dreiklang.papers.imports.oparl.field_words import FIELDS, field_words
from dreiklang.papers.imports.oparl.run import sync
from dreiklang.papers.imports.oparl.wording import FILES, SENTENCES, file_sentence, sentence
from dreiklang.papers.models import CouncilFile, OparlSource, Paper
from dreiklang.papers.rules.kinds import TextState
from dreiklang.people.rules import Role
from dreiklang.people.tests.factories import account
from tests.oparl_server.reading import client, read, system
from tests.oparl_server.towns import file, meeting, paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(client: Browser, settings: Any) -> Callable[[OparlSource], str]:
    """The page of a source, as the coordinator reads it."""
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(account(Role.COORDINATOR))
    return lambda source: client.get(f"/arbeit/ratsinformation/{source.pk}/").content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"date": "0001-01-01"}, "Die Zeit „0001-01-01“ kann nicht stimmen."),
        ({"date": "vorgestern"}, "„vorgestern“ ist keine Zeit."),
        ({"name": {"de": "Radweg"}}, "ist hier nicht vorgesehen. Das Feld bleibt leer."),
        ({"auxiliaryFile": file(9)}, "Statt einer Liste steht ein einzelnes Objekt da."),
        ({"name": "N/A"}, "Der Name fehlt."),
        ({"reference": "N/A"}, "Die Vorlage hat keine Nummer."),
        ({"name": "lang" * 400}, "Der Text ist zu lang und wurde gekürzt."),
        ({"web": "www.stadt.example"}, "ist keine Web-Adresse."),
        ({"mainFile": file(1, accessUrl="N/A")}, "Die Datei hat keine Adresse."),
        ({"mainFile": {"name": "Ohne Kennung"}}, "Das Objekt hat keine Kennung"),
        ({"id": ""}, "Das Objekt hat keine Kennung"),
        ({"id": 7}, "Das Objekt hat keine Kennung"),
    ],
)
def test_a_field_that_cannot_be_is_named_and_the_rest_is_read(report, fields, said) -> None:
    with system(paper=[{**paper(1), **fields}, paper(2)]) as (_, source):
        run = read(source)

    assert run.state == RunState.DONE
    assert said in report(source)
    assert Paper.objects.filter(number="2026/002").exists()


def test_not_known_words_for_nothing_leave_fields_empty_without_a_word() -> None:
    odd = paper(1, paperType="N/A", date="n/a", web=None, underDirectionOf=[], keyword="-")
    with system(paper=[odd]) as (_, source):
        run = read(source)

    found = Paper.objects.get()
    assert (found.kind_words, found.dated_on, found.web, run.problems.count()) == ("", None, "", 0)


def test_two_papers_with_one_reference_both_stay_and_are_named(report) -> None:
    with system(paper=[paper(1), paper(2, reference="2026/001")]) as (_, source):
        read(source)

    assert "Eine andere Vorlage trägt dieselbe Nummer. Beide bleiben." in report(source)
    assert Paper.objects.filter(number="2026/001").count() == 2


def test_broken_json_in_the_middle_is_named_and_what_was_there_stays(report) -> None:
    with system() as (served, source):
        read(source)
        OparlSource.objects.update(last_success_at=None)
        served.quirks.broken.add("/body/1/paper")
        run = read(source)

    assert run.state == RunState.FAILED
    assert "Die Antwort ist kein lesbares JSON" in report(source)
    assert Paper.objects.filter(withdrawn_at=None).count() == 5


@pytest.mark.parametrize("status", [404, 500])
def test_an_error_in_the_middle_is_named_and_what_was_there_stays(report, status) -> None:
    with system() as (served, source):
        read(source)
        OparlSource.objects.update(last_success_at=None)
        served.quirks.failures["/body/1/paper"] = [status] * 9
        run = read(source)

    assert run.state == RunState.FAILED
    assert f"Der Server meldet Fehler {status}" in report(source)
    assert Paper.objects.filter(withdrawn_at=None).count() == 5


@pytest.mark.parametrize("how", ["same", "new"])
def test_a_list_without_end_is_named(report, how) -> None:
    with system() as (served, source):
        served.quirks.endless = how
        read(source)

    assert "Die Liste verweist im Kreis und nimmt kein Ende." in report(source)


def test_a_list_of_something_else_is_named(report) -> None:
    with system(meeting=["kein Objekt", meeting()]) as (_, source):
        read(source)

    assert "Statt eines Objekts steht da: kein Objekt" in report(source)


def test_a_list_of_400_megabytes_is_named(report, monkeypatch: Any) -> None:
    monkeypatch.setattr("dreiklang.core.fetching.LARGEST_PAGE", 1)
    with system() as (served, source):
        served.body["paper"] = f"{served.base}/huge"
        run = read(source)

    assert run.state == RunState.FAILED
    assert "Größer als erlaubt; nicht gelesen" in report(source)


def test_a_folder_with_broken_files_is_named_line_by_line(report, tmp_path: Path) -> None:
    (tmp_path / "papers.jsonl").write_text('{"id": "a", "name": "Radweg", "reference": "1"}\n{"id": \n[]\n')
    (tmp_path / "meetings.json").write_text("{nichts")
    source = OparlSource.objects.create(name="Ordner", address=str(tmp_path))

    run = sync(source=source)

    shown = report(source)
    assert (run.new_count, run.refused_count) == (1, 3)
    assert shown.count("Die Antwort ist kein lesbares JSON") == 2
    assert "Statt eines Objekts steht da" in shown


def filed(name: str, content: bytes) -> OparlSource:
    """A paper whose file the server gives out, fetched."""
    with system(paper=[paper(1)]) as (served, source):
        read(source)
        served.files[f"/{name}"] = content
        CouncilFile.objects.update(url=f"{served.base}/{name}", file_name=name)
        fetch_files(client=client())
    return source


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("zu.pdf", made.encrypted(), "mit einem Kennwort geschützt"),
        ("kaputt.pdf", b"%PDF-1.7 und dann nichts", "Die Datei ist beschädigt."),
        ("scan.pdf", made.scan(), "ein Bild ohne Text"),
        ("leer.pdf", b"", "Die Datei ist leer."),
        ("bild.exe", b"MZ\x90\x00", "Das Format der Datei wird nicht gelesen."),
    ],
)
def test_a_file_without_readable_text_is_named(report, name, content, said) -> None:
    source = filed(name, content)

    shown = report(source)

    assert said in shown
    assert "Eine Datei: 1 " in shown
    assert CouncilFile.objects.get().text == ""


def test_a_document_with_external_links_is_read_and_named(report) -> None:
    source = filed("verweist.docx", _linking())

    assert CouncilFile.objects.get().text_state == TextState.READ
    assert "den Verweisen folgt niemand" in report(source)


def _linking() -> bytes:
    document = docx.Document()
    document.add_paragraph("Siehe dort.")
    document.part.relate_to("http://127.0.0.1:9/fremd.dotm", "attachedTemplate", is_external=True)
    return made.saved(document)


@pytest.mark.parametrize("path", ["huge", "huge?quiet"])
def test_a_file_of_400_megabytes_is_named_and_not_fetched(report, settings: Any, path) -> None:
    settings.DOCUMENT_LIMIT_BYTES = 2_000_000
    with system(paper=[paper(1)]) as (served, source):
        read(source)
        CouncilFile.objects.update(url=f"{served.base}/{path}")
        fetch_files(client=client())

    assert "Die Datei ist größer als erlaubt." in report(source)
    assert CouncilFile.objects.get().text_state == TextState.TOO_LARGE


@pytest.mark.parametrize("status", [404, 500])
def test_a_file_that_the_server_does_not_give_is_named(report, status) -> None:
    with system(paper=[paper(1)]) as (served, source):
        read(source)
        CouncilFile.objects.update(url=f"{served.base}/fort.pdf")
        served.quirks.failures["/fort.pdf"] = [status] * 9
        fetch_files(client=client())

    assert f"Der Server meldet Fehler {status}. Die Datei steht ohne Text da." in report(source)


def test_every_code_has_a_sentence_and_every_field_its_words() -> None:
    for code in SENTENCES:
        assert sentence(code=code, field="x", value="y") != f"{code}: y"
    for code in FILES:
        assert file_sentence(code) != code
    assert field_words("Paper.title") == "Vorlage: Titel"
    assert field_words("consultation.role") == "Beratungsfolge: Rolle"
    assert field_words("unknownThing.deep") == "unknownThing.deep"
    assert all(field_words(name) != name for name in FIELDS)
