from pathlib import Path

import pytest

from dreiklang.config import cli


def test_overview_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["--help"])

    said = capsys.readouterr().out
    assert left.value.code == 0
    assert all(command.name in said for command in cli.COMMANDS)


def test_word_that_is_no_command_is_not_understood(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["abfahren"])

    assert left.value.code == 2
    assert "abfahren" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["demo", "serve", "migrate", "worker"])
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main([name, "--help"])

    assert left.value.code == 0
    assert "--data" in capsys.readouterr().out


def test_newer_data_are_refused_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DREIKLANG_DATA", str(tmp_path))
    (tmp_path / "dreiklang.json").write_text('{"application": "dreiklang", "version": "99.0"}')

    assert cli.main(["migrate", "--data", str(tmp_path)]) == 1
    assert "Dreiklang 99.0" in capsys.readouterr().err


def test_folder_that_is_not_ours_survives_a_fresh_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DREIKLANG_DATA", str(tmp_path))
    (tmp_path / "photo.jpg").touch()

    assert cli.main(["demo", "--fresh", "--port", "18765", "--data", str(tmp_path)]) == 1
    assert (tmp_path / "photo.jpg").exists()
    assert "kein Datenordner" in capsys.readouterr().err


@pytest.mark.django_db
def test_import_takes_the_word_earlier_versions_had_for_a_list(capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.main(["import", "watch_items", "nirgends.csv"])

    assert code == 2
    assert "nirgends.csv gibt es nicht" in capsys.readouterr().err
