"""`dreiklang import genesis`: what it prints and how it ends."""

import io
import zipfile
from pathlib import Path

import pytest

from dreiklang.config.cli import main
from dreiklang.monitoring.models import Dataset, Observation
from dreiklang.monitoring.tests.test_imports_genesis import HEAD, line
from dreiklang.people.tests import factories as people
from tests.genesis_server.server import ZIP, Office, Reply, serving, told


@pytest.mark.django_db
def test_the_command_says_what_became_of_each_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "12411-0015_flat.csv"
    file.write_text(f"{HEAD}\n{line('5')}\n{line('viele', region='14612')}\n", encoding="utf-8")

    assert main(["import", "genesis", str(file), "--source", "regionalstatistik"]) == 1

    said = capsys.readouterr().out
    assert "Zeile 3, BEVSTD: „viele“ ist keine Zahl." in said
    assert "2 Zeilen: 1 Werte sind neu" in said


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
    assert "1 Zeilen: 1 Werte sind neu" in capsys.readouterr().out


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
def test_a_table_is_fetched_by_its_name_and_not_again_while_nothing_is_newer(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    replies = [Reply(packed(line("5")), ZIP), told(50, "nichts Neues")]
    with serving(Office({"data/tablefile": replies})) as office:
        name, password = office.account
        monkeypatch.setenv("DREIKLANG_REGIONALSTATISTIK_USER", name)
        monkeypatch.setenv("DREIKLANG_REGIONALSTATISTIK_PASSWORD", password)
        asked = ["import", "genesis", "12411-0015", "--source", "regionalstatistik", "--url", office.base]

        assert main(asked) == 0
        assert (Observation.objects.count(), Dataset.objects.get().code) == (1, "12411-0015")
        assert main(asked) == 0

    assert "hat sich nichts geändert" in capsys.readouterr().out
    first, second = office.forms("data/tablefile")
    assert not first.get("stand")
    assert second["stand"] == Dataset.objects.get().state_words
    assert Observation.objects.count() == 1


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
