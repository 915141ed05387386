"""What opened a candidate again, in words: each fact by its own name and unit."""

import pytest

from dreiklang.conflicts.views.changed import sides_of


@pytest.mark.parametrize(
    ("kind", "fact", "before", "after", "label", "was", "now"),
    [
        ("effect", "districts", 0.33, 1.0, "gemeinsame Stadtteile", "33 %", "100 %"),
        ("content", "distance_m", 20, 95, "Abstand", "20 m", "95 m"),
        ("content", "nearness", 0.62, 0.8, "Nähe der Texte", "0,62", "0,80"),
        ("place_time", "area_m2", 4300, 12_000, "gemeinsame Fläche", "4.300 m²", "1,2 ha"),
        ("place_time", "to", "2027-04-30", None, "Ende", "April 2027", "offen"),
    ],
)
def test_a_changed_fact_has_its_name_and_unit(kind, fact, before, after, label, was, now):
    change = {"code": "changed", "kind": kind, "fact": fact, "before": before, "after": after}

    sides = sides_of([change], names={}, parties=["measure:1", "measure:2"])

    ((told, first),), ((same, second),) = (side.items() for side in sides)
    assert told == same
    assert told.endswith(f": {label}")
    assert (first.replace("\xa0", " "), second.replace("\xa0", " ")) == (was, now)
