"""A small town's council data, in the form systems send them; ids follow the server's address."""

import json
from pathlib import Path
from typing import Any

from tests.oparl_server.server import Town

EARLY = "2026-01-10T08:00:00+01:00"
TYPE = "https://schema.oparl.org/1.1/"
BASE = "https://ris.musterstadt.example"


def one(kind: str, own: object, /, **fields: Any) -> dict[str, Any]:
    """An object of that type with its id."""
    return {
        "id": f"{BASE}/{kind.lower()}/{own}",
        "type": f"{TYPE}{kind}",
        "created": EARLY,
        "modified": EARLY,
        **fields,
    }


def file(number: object, **fields: Any) -> dict[str, Any]:
    return one(
        "File", number, **{"name": f"Anlage {number}", "accessUrl": f"{BASE}/f/{number}.pdf", **fields}
    )


def paper(number: int, **fields: Any) -> dict[str, Any]:
    """A paper that the council decides on at its meeting."""
    consultation = one(
        "Consultation",
        number,
        role="Entscheidung",
        authoritative=True,
        meeting=f"{BASE}/meeting/1",
        agendaItem=f"{BASE}/agendaitem/{number}",
        organization=[f"{BASE}/organization/1"],
    )
    return one(
        "Paper",
        number,
        **{
            "name": f"Radweg Abschnitt {number}",
            "reference": f"2026/{number:03d}",
            "paperType": "Beschlussvorlage",
            "date": "2026-01-08",
            "consultation": [consultation],
            "mainFile": file(number),
            **fields,
        },
    )


def meeting(**fields: Any) -> dict[str, Any]:
    items = [
        one("AgendaItem", number, name=f"Punkt {number}", number=str(number), order=number, public=True)
        for number in range(1, 6)
    ]
    items.append(one("AgendaItem", 6, name="Grundstücksverkauf", number="6", order=6, public=False))
    return one(
        "Meeting",
        1,
        **{
            "name": "Stadtrat",
            "start": "2026-02-03T17:00:00+01:00",
            "organization": [f"{BASE}/organization/1"],
            "agendaItem": items,
            **fields,
        },
    )


def town(**lists: list[dict[str, Any]]) -> Town:
    """A council, an office, one meeting with six items, five papers."""
    return Town(
        lists={
            "organization": [
                one("Organization", 1, name="Stadtrat", shortName="SR", organizationType="Gremium"),
                one("Organization", 2, name="Tiefbauamt", organizationType="Verwaltungsbereich"),
            ],
            "meeting": [meeting()],
            "paper": [paper(number) for number in range(1, 6)],
            **lists,
        }
    )


def town_of(folder: Path) -> Town:
    """A real town's objects, as they were once given out and then kept as a folder."""
    return Town(
        lists={
            "organization": _kept(folder / "organizations.json"),
            "meeting": _kept(folder / "meetings.jsonl"),
            "paper": _kept(folder / "papers.jsonl"),
        },
        per_page=100,
    )


def _kept(file: Path) -> list[dict[str, Any]]:
    content = file.read_text(encoding="utf-8")
    if file.suffix == ".json":
        found: list[dict[str, Any]] = json.loads(content)
        return found
    return [json.loads(line) for line in content.split("\n") if line]
