"""How the invented town's measures go on: periods, milestones, reports and rounds are in order."""

from collections import Counter

import pytest

from tests.demo_rows import TODAY, day, reports, rows

STALE_AFTER_DAYS = 200
PHASES = ["Idee", "Vorbereitung", "Beschlossen", "Umsetzung", "In Nutzung"]
ENDINGS = {"In Nutzung", "zusammengelegt", "ersetzt", "aufgegeben"}


@pytest.fixture(scope="module")
def measures() -> dict[str, dict[str, str]]:
    return {row["Nummer"]: row for row in rows("massnahmen.csv")}


def test_periods_and_milestones_are_in_order(measures: dict[str, dict[str, str]]) -> None:
    for number, row in measures.items():
        if row["Art"] == "Daueraufgabe":
            assert not row["Ende"], number
        else:
            assert day(row["Beginn"]) < day(row["Ende"]), number
    for row in rows("meilensteine.csv"):
        assert day(row["Fällig"])
        assert not row["Erledigt"] or day(row["Erledigt"]) <= TODAY, row


def test_reports_stand_in_order_and_say_why(measures: dict[str, dict[str, str]]) -> None:
    for number, found in reports().items():
        valid = [row for row in found if not row["Zurückgezogen"]]
        days = [day(row["Datum"]) for row in found]
        phases = [PHASES.index(row["Phase"]) for row in valid if row["Phase"] in PHASES]

        assert days == sorted(set(days)), number
        assert days[-1] <= TODAY, number
        assert phases == sorted(phases), number
        assert all(row["Phase"] in {*PHASES, *ENDINGS} for row in found)
        assert all(row["Hindernis"] for row in valid if row["Stand"] != "im Plan"), number
        assert all(day(row["Neues Ende"]) > day(row["Datum"]) for row in valid if row["Neues Ende"]), number


def test_nothing_is_released_early_or_within_the_restraint_period() -> None:
    restraint = [(day(row["Von"]), day(row["Bis"])) for row in rows("beschraenkungen.csv")]
    for row in rows("berichte.csv"):
        if row["Freigegeben am"]:
            released = day(row["Freigegeben am"])

            assert row["Notiz für die Öffentlichkeit"]
            assert day(row["Datum"]) <= released <= TODAY
            assert not any(start <= released <= end for start, end in restraint)


def test_the_honest_picture_is_the_one_the_readme_tells(measures: dict[str, dict[str, str]]) -> None:
    found = reports()
    last = {number: [row for row in rows_ if not row["Zurückgezogen"]][-1] for number, rows_ in found.items()}
    running = {number: row for number, row in last.items() if row["Phase"] not in ENDINGS}
    old = {number for number, row in running.items() if (TODAY - day(row["Datum"])).days > STALE_AFTER_DAYS}
    endings = Counter(row["Phase"] for row in last.values() if row["Phase"] in ENDINGS)

    assert endings == {"In Nutzung": 15, "zusammengelegt": 3, "ersetzt": 2, "aufgegeben": 3}
    assert len(set(measures) - set(found)) == 7
    assert len(old | (set(measures) - set(found))) == 30
    assert sum(row["Stand"] == "steht still" for row in running.values()) == 7
    assert len([row for row in rows("berichte.csv") if row["Zurückgezogen"]]) == 4


def test_what_ended_in_another_measure_names_it() -> None:
    last = {number: found[-1]["Phase"] for number, found in reports().items()}
    named = {row["Maßnahme"]: row["Art"] for row in rows("nachfolge.csv")}

    assert named == {
        number: phase for number, phase in last.items() if phase in {"zusammengelegt", "ersetzt"}
    }


def test_one_round_is_open_today() -> None:
    is_open = [row["Name"] for row in rows("runden.csv") if day(row["Beginn"]) <= TODAY <= day(row["Frist"])]

    assert is_open == ["Herbst 2026"]
