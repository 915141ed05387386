"""`dreiklang import catalogue`: what it prints when a catalogue is suddenly empty."""

from pathlib import Path

import pytest

from dreiklang.config.cli import main
from dreiklang.monitoring.models import CatalogueEntry

CATALOGUE = (
    '<https://stadt.example/> a <http://www.w3.org/ns/dcat#Catalog> ; <http://purl.org/dc/terms/title> "A"'
)
DATASET = '<https://stadt.example/d/1> a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/title> "B" .'


@pytest.mark.django_db
def test_a_catalogue_is_emptied_only_by_somebody_who_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "katalog.ttl"
    file.write_text(f"{CATALOGUE} .\n{DATASET}\n", encoding="utf-8")
    asked = ["import", "catalogue", str(file), "--source", "Nachbarn"]
    assert main(asked) == 0
    file.write_text(f"{CATALOGUE} .\n", encoding="utf-8")

    assert main(asked) == 0
    assert "Die Quelle nannte keinen Datensatz" in capsys.readouterr().out
    assert CatalogueEntry.objects.get().missing_since is None

    assert main([*asked, "--emptied"]) == 0
    assert "1 nicht mehr gefunden" in capsys.readouterr().out
    assert CatalogueEntry.objects.get().missing_since is not None
