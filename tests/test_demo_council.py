"""The lists of the invented town's council: what they say of papers, meetings and resolutions fits together."""

import re
from collections import Counter

import pytest

from tests.demo_rows import TODAY, day, keys, parts, rows

TARGETS = {
    "Ziel": ("leitbild.csv", "Nummer"),
    "Konzept": ("konzepte.csv", "Nummer"),
    "Maßnahme": ("massnahmen.csv", "Nummer"),
}


@pytest.fixture(scope="module")
def papers() -> dict[str, dict[str, str]]:
    return {row["Nummer"]: row for row in rows("vorlagen.csv")}


@pytest.fixture(scope="module")
def meetings() -> dict[str, dict[str, str]]:
    return {row["Kürzel"]: row for row in rows("sitzungen.csv")}


def sentences(texts: list[str]) -> Counter[str]:
    """Longer sentences only: a short one may well be said twice."""
    found = Counter(one for text in texts for one in re.split(r"(?<=[.!?])\s+", text))
    return Counter({one: count for one, count in found.items() if len(one) > 60})


def test_the_council_has_the_promised_size() -> None:
    kinds = Counter(row["Art"] for row in rows("beschluesse.csv"))

    assert len(keys("gremien.csv", "Kürzel")) == 14
    assert len(keys("vorlagen.csv", "Nummer")) == 80
    assert len(keys("vorlagen.csv", "Titel")) == 80
    assert len(keys("beschluesse.csv", "Nummer")) == 60
    assert len(keys("pruefungen.csv", "Nummer")) == 40
    assert kinds == {"Beschluss": 47, "Antrag": 5, "Anfrage": 4, "Zusage": 4}
    assert {row["Stand"] for row in rows("beschluesse.csv")} == {
        "offen",
        "in Arbeit",
        "erledigt",
        "aufgegeben",
    }


def test_papers_touch_what_there_is() -> None:
    known = {kind: keys(*place) for kind, place in TARGETS.items()}
    for row in rows("vorlagen_bezuege.csv"):
        if row["Art"] != "Stadtteil":
            assert row["Bezug"] in known[row["Art"]], row
        assert bool(row["Wirkung"]) == (row["Art"] == "Ziel")
        assert bool(row["Begründung"]) == (row["Art"] == "Ziel")


def test_paper_texts_are_written_and_differ(papers: dict[str, dict[str, str]]) -> None:
    texts = [row["Text"] for row in papers.values()]

    assert all(row["Kurzfassung"] for row in papers.values())
    assert min(len(text) for text in texts) > 100
    assert {one for one, count in sentences(texts).items() if count > 1} == set()


def test_every_paper_has_a_route_in_the_order_of_its_days(
    papers: dict[str, dict[str, str]], meetings: dict[str, dict[str, str]]
) -> None:
    route: dict[str, list[tuple[str, str, str]]] = {}
    for item in rows("tagesordnungen.csv"):
        if item["Vorlage"]:
            step = (meetings[item["Sitzung"]]["Tag"], item["Zuständigkeit"], item["Ergebnis"])
            route.setdefault(item["Vorlage"], []).append(step)

    assert route.keys() == papers.keys()
    for number, steps in route.items():
        days = [day(on) for on, _role, _result in steps]
        assert days == sorted(days), number
        assert day(papers[number]["Datum"]) <= min(days), number
        assert [role for _on, role, _result in steps][-1] in {"Entscheidung", "Kenntnisnahme"}, number


def test_only_meetings_of_the_past_have_results(meetings: dict[str, dict[str, str]]) -> None:
    for item in rows("tagesordnungen.csv"):
        if day(meetings[item["Sitzung"]]["Tag"]) > TODAY:
            assert not item["Ergebnis"], item
            assert not item["Beschlusstext"], item
        elif item["Zuständigkeit"] == "Entscheidung":
            assert item["Ergebnis"], item


def test_what_is_not_public_is_an_item_that_is_not_public(papers: dict[str, dict[str, str]]) -> None:
    for item in rows("tagesordnungen.csv"):
        if item["Vorlage"]:
            is_public = papers[item["Vorlage"]]["Sichtbarkeit"] == "öffentlich"
            assert (item["Öffentlich"] == "ja") == is_public, item
    for row in rows("beschluesse.csv"):
        if row["Vorlage"] and papers[row["Vorlage"]]["Sichtbarkeit"] == "intern":
            assert row["Sichtbarkeit"] == "intern", row["Nummer"]


def test_resolutions_bear_the_numbers_that_measures_name() -> None:
    named = {row["Beschluss"]: row["Beschlussdatum"] for row in rows("massnahmen.csv") if row["Beschluss"]}
    for row in rows("beschluesse.csv"):
        if row["Nummer"] in named and row["Gremium"] == "SR":
            assert named[row["Nummer"]] == row["Beschlossen am"], row["Nummer"]
        assert day(row["Beschlossen am"]) <= TODAY
        assert day(row["Beschlossen am"]) <= day(row["Stand vom"]) <= TODAY, row["Nummer"]


def test_checks_go_their_way_before_the_committee() -> None:
    for row in rows("pruefungen.csv"):
        days = [day(found) for found in re.findall(r"\d\d\.\d\d\.\d{4}", row["Verlauf"])]

        assert days == sorted(days), row["Nummer"]
        assert days[-1] <= TODAY, row["Nummer"]
        assert row["Bearbeitet von"] != row["Zweitprüfung"], row["Nummer"]
        if "freigegeben" in row["Verlauf"] and row["Soll ins Gremium am"]:
            assert days[-1] < day(row["Soll ins Gremium am"]), row["Nummer"]


def test_links_by_hand_leave_to_released_checks_what_they_say() -> None:
    checks = [row for row in rows("pruefungen.csv") if row["Vorlage"] and "freigegeben" in row["Verlauf"]]
    by_hand = {(row["Vorlage"], row["Bezug"]) for row in rows("vorlagen_bezuege.csv") if row["Art"] == "Ziel"}

    assert len(checks) > 25
    for row in checks:
        if row["Von Belang"] == "nein":
            assert row["Vorlage"] not in {paper for paper, _goal in by_hand}, row["Nummer"]
        for goal in parts(row["Ziele"]):
            assert (row["Vorlage"], goal.split(" ")[0]) not in by_hand, row["Nummer"]


def test_checks_bear_the_year_they_began_in() -> None:
    years: Counter[str] = Counter()
    for row in rows("pruefungen.csv"):
        begun = re.findall(r"\d\d\.\d\d\.\d{4}", row["Verlauf"])[0]
        assert row["Nummer"].startswith(f"PR-{begun[-4:]}-"), row["Nummer"]
        years[begun[-4:]] += 1

    assert years == {"2025": 5, "2026": 35}


def test_one_concept_says_why_it_went_to_the_council_without_a_summary() -> None:
    waived = [row["Nummer"] for row in rows("konzepte.csv") if row["Warum ohne Kurzfassung"]]

    assert waived == ["FK-09"]


def test_each_answer_has_a_value_or_a_text_and_its_reason() -> None:
    for row in rows("pruefantworten.csv"):
        assert row["Antwort"] or row["Betrag"] or row["Freitext"], row
        assert row["Begründung"] or row["Freitext"], row
    given = {(row["Prüfung"], row["Ziel"]) for row in rows("pruefantworten.csv") if row["Frage"] == "ziele"}
    for row in rows("pruefungen.csv"):
        for goal in parts(row["Ziele"]):
            assert (row["Nummer"], goal.split(" ")[0]) in given
