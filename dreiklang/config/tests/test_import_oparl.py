"""`dreiklang import oparl`: a folder or an address, tried or taken over; its exit code and its words."""

import argparse
import json
from pathlib import Path

import pytest

from dreiklang.config.commands.import_oparl import run
from dreiklang.papers.models import OparlSource, Paper
from dreiklang.people.rules import SYSTEM
from tests.oparl_server.server import serving
from tests.oparl_server.towns import paper, town

pytestmark = pytest.mark.django_db


def ordered(file: object, **options: object) -> argparse.Namespace:
    given = {"file": str(file), "since": "", "source": "", "dry_run": False} | options
    return argparse.Namespace(**given)


def folder_of(tmp_path: Path) -> Path:
    lines = [json.dumps(paper(1)), "{kaputt", json.dumps(paper(2, modified="2027-01-01T00:00:00+01:00"))]
    (tmp_path / "papers.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_a_folder_with_a_broken_line_is_read_and_the_line_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(ordered(folder_of(tmp_path)), by=SYSTEM)

    said = capsys.readouterr().out
    assert code == 1
    assert "kein lesbares JSON" in said
    assert "3 Objekte gelesen: 2 neu" in said
    assert Paper.objects.count() == 2


def test_a_dry_run_says_what_would_come_and_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(ordered(folder_of(tmp_path), dry_run=True), by=SYSTEM)

    assert "2 neu" in capsys.readouterr().out
    assert not Paper.objects.exists()


def test_since_leaves_older_objects_out(tmp_path: Path) -> None:
    run(ordered(folder_of(tmp_path), since="2026-06-01"), by=SYSTEM)

    assert list(Paper.objects.values_list("number", flat=True)) == ["2026/002"]


def test_an_address_is_a_source_from_then_on() -> None:
    with serving(town()) as served:
        assert run(ordered(served.system, source="Musterstadt"), by=SYSTEM) == 0

    assert OparlSource.objects.get().name == "Musterstadt"
    assert Paper.objects.count() == 5


def test_no_folder_and_no_time_are_refused_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(ordered(tmp_path / "nichts"), by=SYSTEM) == 2
    assert run(ordered(tmp_path, since="gestern"), by=SYSTEM) == 2

    said = capsys.readouterr().err
    assert "gibt es nicht" in said
    assert "„gestern“ ist keine Zeit" in said
