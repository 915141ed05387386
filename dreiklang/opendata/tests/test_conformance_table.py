"""docs/sources/ogc-api-features.md lists each requirement with its test. It must say what there is."""

import re
from pathlib import Path

from dreiklang.opendata.views.frame import CONFORMS_TO

HERE = Path(__file__).parent
PAGE = HERE.parents[2] / "docs" / "sources" / "ogc-api-features.md"
ROWS = re.findall(r"^\| `/req/(\w+)/([\w-]+)` \| `(test_\w+)` \|$", PAGE.read_text(encoding="utf-8"), re.M)
TESTS = [
    name
    for file in sorted(HERE.glob("test_conformance_*.py"))
    for name in re.findall(r"^def (test_req_\w+)\(", file.read_text(encoding="utf-8"), re.M)
]
# How many requirements each class of the standards has.
COUNTS = {"core": 35, "geojson": 2, "oas30": 6, "crs": 16}


def test_every_requirement_of_every_class_stands_in_the_table_once():
    assert {name: [kind for kind, *_ in ROWS].count(name) for name in COUNTS} == COUNTS
    assert len(set(ROWS)) == len(ROWS) == sum(COUNTS.values())


def test_every_class_that_is_claimed_stands_in_the_table():
    assert {uri.rsplit("/", 1)[1] for uri in CONFORMS_TO} == set(COUNTS)


def test_every_test_of_the_table_exists_and_says_its_requirement():
    for kind, requirement, test in ROWS:
        assert test in TESTS
        assert test == f"test_req_{kind}_{_spelled(requirement)}"


def test_every_test_of_a_requirement_stands_in_the_table():
    listed = [test for *_, test in ROWS]

    assert [one for one in TESTS if not one.startswith(tuple(listed))] == []


def _spelled(requirement: str) -> str:
    return (
        re.sub(r"(?<=[a-z])(?=[A-Z])", "_", requirement.replace("timeStamp", "timestamp"))
        .replace("-", "_")
        .lower()
    )
