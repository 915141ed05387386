"""The lists and shapes of the invented town, read as they stand in the folder `demo`."""

import csv
import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path

from shapely import geometry

DEMO = Path(__file__).resolve().parent.parent / "demo"
TODAY = date(2026, 11, 22)


def rows(name: str) -> list[dict[str, str]]:
    with (DEMO / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";", strict=True))


def parts(text: str) -> list[str]:
    return [part for part in text.split("|") if part]


def day(text: str) -> date:
    return datetime.strptime(text, "%d.%m.%Y").date()


def keys(name: str, column: str) -> set[str]:
    found = [row[column] for row in rows(name)]
    assert len(found) == len(set(found)), f"{name}: {Counter(found).most_common(1)}"
    return set(found)


def shapes(name: str) -> dict[str, geometry.base.BaseGeometry]:
    features = json.loads((DEMO / name).read_text(encoding="utf-8"))["features"]
    return {
        feature["properties"].get("schluessel") or feature["properties"]["nummer"]: geometry.shape(
            feature["geometry"]
        )
        for feature in features
    }


def reports() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows("berichte.csv"):
        found.setdefault(row["Maßnahme"], []).append(row)
    return found
