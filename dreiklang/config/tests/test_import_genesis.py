"""`dreiklang import genesis`: what it prints and how it ends."""

from pathlib import Path

import pytest

from dreiklang.config.cli import main
from dreiklang.monitoring.tests.test_imports_genesis import HEAD, line


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
