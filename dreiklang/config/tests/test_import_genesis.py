"""`dreiklang import genesis`: what it prints and how it ends."""

import io
import zipfile
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from dreiklang.config.cli import main
from dreiklang.config.commands import import_genesis
from dreiklang.monitoring.imports import genesis_file
from dreiklang.monitoring.imports.genesis_service import fetch_table
from dreiklang.monitoring.models import Dataset, Observation
from dreiklang.monitoring.rules.marks import Mark
from dreiklang.monitoring.rules.values import MarkMeaning
from dreiklang.monitoring.tests.test_imports_genesis import HEAD, line
from dreiklang.people.tests import factories as people
from tests.genesis_server.server import HTML, ZIP, Office, Reply, serving, told


@pytest.mark.django_db
def test_the_command_says_what_became_of_each_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "12411-0015_flat.csv"
    file.write_text(f"{HEAD}\n{line('5')}\n{line('viele', region='14612')}\n", encoding="utf-8")

    assert main(["import", "genesis", str(file), "--source", "regionalstatistik"]) == 1

    said = capsys.readouterr().out
    assert "Zeile 3, BEVSTD: „viele“ ist keine Zahl." in said
    assert "Zeilen: 2. Werte: 1 neu" in said


@pytest.mark.django_db
def test_the_command_refuses_a_page_and_names_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "12411-0015.csv"
    file.write_text("<html><title>Anmeldung</title></html>", encoding="utf-8")

    assert main(["import", "genesis", str(file), "--source", "destatis"]) == 2
    assert "Internetseite („Anmeldung“)" in capsys.readouterr().err


def packed(*lines: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("12411-0015_flat.csv", "\n".join([HEAD, *lines]) + "\n")
    return file.getvalue()


@pytest.mark.django_db
def test_a_packed_table_is_opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "12411-0015.zip"
    file.write_bytes(packed(line("5")))

    assert main(["import", "genesis", str(file), "--source", "regionalstatistik"]) == 0
    assert "Zeilen: 1. Werte: 1 neu" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_package_with_one_file_that_cannot_be_read_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "12411-0015.zip"
    file.write_bytes(packed(line("5")))
    with zipfile.ZipFile(file, "a") as package:
        package.writestr("12411-0016_flat.csv", "<html><title>Anmeldung</title></html>")

    assert main(["import", "genesis", str(file), "--source", "regionalstatistik"]) == 2

    assert "Internetseite („Anmeldung“)" in capsys.readouterr().err
    assert not Observation.objects.exists()


@pytest.mark.django_db
def test_a_damaged_package_is_refused_by_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "12411-0015.zip"
    file.write_bytes(packed(line("5"))[:-30])

    assert main(["import", "genesis", str(file), "--source", "regionalstatistik"]) == 2
    assert "„12411-0015.zip“ ist beschädigt" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_no_question_to_a_service(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "genesis", "nirgends.csv", "--source", "destatis"]) == 2
    assert "Die Datei nirgends.csv gibt es nicht." in capsys.readouterr().err


@pytest.mark.django_db
def test_a_service_is_not_asked_without_an_account(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DREIKLANG_DESTATIS_USER", raising=False)

    assert main(["import", "genesis", "12411-0015", "--source", "destatis"]) == 2
    assert "DREIKLANG_DESTATIS_USER" in capsys.readouterr().err


@pytest.mark.django_db
def test_whoever_may_not_deliver_is_told_before_anything_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people.account(email="klara@example.org")

    with serving(Office({})) as office:
        address = office.base
        ended = main(
            [
                "import",
                "genesis",
                "12411-0015",
                "--source",
                "destatis",
                "--url",
                address,
                "--by",
                "klara@example.org",
            ]
        )

    assert ended == 2
    assert "liefern darf" in capsys.readouterr().err
    assert not office.asked


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["http://statistik.example.org/rest/", "ftp://127.0.0.1/", "nirgends"])
def test_a_password_never_travels_in_clear(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "genesis", "12411-0015", "--source", "destatis", "--url", address]) == 2
    assert "unverschlüsselt" in capsys.readouterr().err


SERVICES = ["destatis", "regionalstatistik", "zensus"]
# The job of a table that is too large.
JOB = "12411-0015_175879554"


def _at_once(_seconds: float) -> None:
    """Nobody waits for a test."""


def asked(
    office: Office, source: str, monkeypatch: pytest.MonkeyPatch, *options: str, table: str = "12411-0015"
) -> int:
    """What the command ends with when it asks this service."""
    name, password = office.account
    monkeypatch.setenv(f"DREIKLANG_{source.upper()}_USER", name)
    monkeypatch.setenv(f"DREIKLANG_{source.upper()}_PASSWORD", password)
    monkeypatch.setattr(import_genesis, "fetch_table", partial(fetch_table, pause=_at_once))
    return main(["import", "genesis", table, "--source", source, "--url", office.base, *options])


@pytest.mark.django_db
@pytest.mark.parametrize("source", SERVICES)
def test_every_service_is_asked_by_post_with_the_account_in_heads(
    source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(Office({"data/tablefile": [Reply(packed(line("5")), ZIP)]})) as office:
        assert asked(office, source, monkeypatch) == 0

    (question,) = office.asked
    assert (question.verb, question.query, question.account) == ("POST", "", office.account)
    assert not set(office.account) & set(question.form.values())
    assert Observation.objects.get().quantity.dataset.provider.key == source


@pytest.mark.django_db
@pytest.mark.parametrize("source", SERVICES)
def test_every_service_takes_a_token_in_place_of_name_and_password(
    source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    replies = {"data/tablefile": [Reply(packed(line("5")), ZIP)]}
    with serving(Office(replies, account=("ein-langer-schluessel", ""))) as office:
        assert asked(office, source, monkeypatch) == 0

    assert office.asked[0].account == ("ein-langer-schluessel", "")


@pytest.mark.django_db
@pytest.mark.parametrize("source", SERVICES)
def test_a_table_too_large_for_an_answer_is_made_in_a_job(
    source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    replies = {
        "data/tablefile": [told(98, "zu gross"), told(99, f"Der Auftrag wurde erstellt: {JOB}")],
        "catalogue/results": [told(104, "noch nichts"), told(0, results=(JOB,))],
        "data/resultfile": [Reply(packed(line("5")), ZIP)],
    }
    with serving(Office(replies)) as office:
        assert asked(office, source, monkeypatch) == 0

    assert [one["job"] for one in office.forms("data/tablefile")] == ["false", "true"]
    assert [one["name"] for one in office.forms("data/resultfile")] == [JOB]
    assert Observation.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("source", SERVICES)
def test_what_is_unchanged_since_the_last_time_is_not_fetched(
    source: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    replies = [Reply(packed(line("5")), ZIP), told(50, "nichts Neues")]
    with serving(Office({"data/tablefile": replies})) as office:
        assert [asked(office, source, monkeypatch) for _ in range(2)] == [0, 0]

    assert "hat sich nichts geändert" in capsys.readouterr().out
    assert [one["stand"] for one in office.forms("data/tablefile")] == ["", Dataset.objects.get().state_words]


@pytest.mark.django_db
@pytest.mark.parametrize("source", SERVICES)
def test_a_page_in_place_of_a_table_is_named_and_nothing_kept(
    source: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = Reply(b"<!DOCTYPE html><title>Wartungsarbeiten</title>", HTML)
    with serving(Office({"data/tablefile": [page]})) as office:
        assert asked(office, source, monkeypatch) == 2

    assert "Internetseite („Wartungsarbeiten“)" in capsys.readouterr().err
    assert not Dataset.objects.exists()


@pytest.mark.django_db
def test_a_part_of_a_table_is_asked_for_whole_and_hides_nothing_of_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with serving(Office({"data/tablefile": [Reply(packed(line("5")), ZIP)]})) as office:
        ask = partial(asked, office, "regionalstatistik", monkeypatch)
        assert ask("--region", "14511,14612", "--region", "14713", "--years", "2015-2024") == 0
        assert ask() == 0
        assert ask("--years", "2023") == 0

    part, whole, again = office.forms("data/tablefile")
    assert (part["regionalvariable"], part["regionalkey"]) == ("KREISE", "14511,14612,14713")
    assert (part["startyear"], part["endyear"], part["stand"]) == ("2015", "2024", "")
    assert (whole["regionalkey"], whole["startyear"], whole["stand"]) == ("", "", "")
    assert (again["startyear"], again["endyear"], again["stand"]) == ("2023", "2023", "")
    assert Dataset.objects.get().state_words


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--region", "Klarenbrück"], "kein amtlicher Schlüssel"),
        (["--region", "14*"], "--region-variable"),
        (["--years", "gestern"], "„gestern“ sind keine Jahre"),
        (["--stand", "2019-05-31"], "--stand gilt für Dateien"),
    ],
)
def test_a_part_nobody_can_ask_for_is_refused_before_it_is_asked(
    options: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(Office({})) as office:
        assert asked(office, "destatis", monkeypatch, *options) == 2

    assert said in capsys.readouterr().err
    assert not office.asked


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "said"),
    [(["--years", "2023"], "wird ganz gelesen"), (["--stand", "31.5.19"], "ist kein Tag")],
)
def test_of_a_file_no_part_is_taken(
    options: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "12411-0015_flat.csv"
    file.write_text(f"{HEAD}\n{line('5')}\n", encoding="utf-8")

    assert main(["import", "genesis", str(file), "--source", "destatis", *options]) == 2
    assert said in capsys.readouterr().err
    assert not Observation.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stand", "meaning"), [("2019-05-31", "unknown"), ("2024-05-31", "confidential"), ("", "confidential")]
)
def test_signs_are_read_by_the_legend_of_the_day_the_file_is_of(
    stand: str, meaning: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A source whose point meant something else until 2020."""
    before = Mark("destatis", ".", MarkMeaning.UNKNOWN, "unbekannt", valid_to=date(2019, 12, 31))
    since = Mark("destatis", ".", MarkMeaning.CONFIDENTIAL, "geheim", valid_from=date(2020, 1, 1))
    monkeypatch.setattr(genesis_file, "marks", lambda: (before, since))
    file = tmp_path / "12411-0015_flat.csv"
    file.write_text(f"{HEAD}\n{line('.')}\n", encoding="utf-8")

    asked = ["import", "genesis", str(file), "--source", "destatis"]
    assert main([*asked, "--stand", stand] if stand else asked) == 0

    assert Observation.objects.get().meaning == meaning
