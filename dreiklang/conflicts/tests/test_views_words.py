"""Evidence in words: areas, shares, periods and one sentence for each kind of finding."""

import pytest

from dreiklang.conflicts.rules import Kind, Sense
from dreiklang.conflicts.views.fact_words import area_words, length_words, period_words, share_words
from dreiklang.conflicts.views.words import evidence_numbers, evidence_sentence, kind_words

NAMES = {
    "measure:1": "I-01",
    "measure:2": "V-08",
    "goal:5": "2.1 Schutz vor Hochwasser",
    "office:66": "Tiefbauamt",
}


@pytest.mark.parametrize(
    ("area_m2", "words"),
    [(4300, "4.300 m²"), (9999, "9.999 m²"), (12_000, "1,2 ha"), (100_000, "10 ha"), (1_234_000, "123 ha")],
)
def test_an_area_is_said_in_the_unit_that_suits_it(area_m2, words):
    assert area_words(area_m2) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (1.0, "die ganze kleinere Fläche"),
        (0.35, "ein Drittel der kleineren Fläche"),
        (0.5, "die Hälfte der kleineren Fläche"),
        (0.4, "40 % der kleineren Fläche"),
        (0.0, "0 % der kleineren Fläche"),
    ],
)
def test_a_share_is_said_as_a_fraction_where_one_is_near(share, words):
    assert share_words(share).replace("\xa0", " ") == words


@pytest.mark.parametrize(
    ("begin", "end", "words"),
    [
        ("2027-04", "2027-06", "von April bis Juni 2027"),
        ("2026-11", "2027-02", "von November 2026 bis Februar 2027"),
        ("2027-05-01", "2027-05-31", "im Mai 2027"),
        ("2027-01", "2027-12", "im Jahr 2027"),
        ("2027-01", "2029-12", "von 2027 bis 2029"),
        ("2027-04", None, "ab April 2027, Ende offen"),
        (None, "2027-04", "bis April 2027"),
        (None, None, "ohne bekannten Zeitraum"),
    ],
)
def test_a_period_is_said_by_its_months(begin, end, words):
    assert period_words(begin, end) == words


def test_a_length_is_said_in_days_months_or_years():
    assert [length_words(one) for one in (1, 20, 91, 730, 800)] == [
        "1 Tag",
        "20 Tage",
        "3 Monate",
        "2 Jahre",
        "rund 2 Jahre",
    ]


def test_a_shared_place_names_area_share_and_period():
    facts = {"area_m2": 12_000, "share": 0.35, "from": "2027-04", "to": "2027-06", "days": 91}

    said = evidence_sentence(kind=Kind.PLACE_AND_TIME, sense=Sense.CONFLICT, facts=facts, names=NAMES)

    assert said == (
        "Beide brauchen 1,2 ha derselben Fläche, das ist ein Drittel der kleineren Fläche, von April bis Juni 2027."
    )


def test_an_effect_names_the_goal_and_who_does_what():
    facts = {"on": [{"key": "goal:5", "weights": [3, -2]}], "area_m2": 0, "districts": 0.5}

    said = evidence_sentence(
        kind=Kind.EFFECT,
        sense=Sense.CONFLICT,
        facts=facts,
        names=NAMES,
        parties=("measure:1", "measure:2"),
    )

    assert said == (
        "In denselben Stadtteilen wirken sie gegeneinander. "
        "I-01 unterstützt „2.1 Schutz vor Hochwasser“, V-08 erschwert es."
    )


def test_works_one_after_the_other_name_the_pause_and_what_both_burden():
    facts = {
        "area_m2": 4300,
        "share": 1.0,
        "gap_days": 120,
        "from": "2027-06-30",
        "to": "2027-11-01",
        "on": [{"key": "goal:5", "weights": [-1, -1]}],
    }

    said = evidence_sentence(
        kind=Kind.PLACE_AND_TIME,
        sense=Sense.SYNERGY,
        facts=facts,
        names=NAMES,
        parties=("measure:1", "measure:2"),
    )

    assert said == (
        "Beide arbeiten auf 4.300 m² derselben Fläche, das ist die ganze kleinere Fläche. Dazwischen liegen nur 4 Monate: "
        "Das eine endet im Juni 2027, das andere beginnt im November 2027. Beide erschweren „2.1 Schutz vor Hochwasser“."
    )


def test_the_numbers_behind_a_sentence_are_exact_enough_and_named():
    facts = {"area_m2": 12_345, "share": 0.347, "days": 91}

    assert evidence_numbers(kind=Kind.PLACE_AND_TIME, facts=facts) == [
        ("Gemeinsame Fläche", "12.345 m²"),
        ("Anteil an der kleineren", "35\xa0%"),
        ("Gemeinsame Zeit", "91 Tage"),
    ]
    assert evidence_numbers(kind=Kind.CONTENT, facts={"nearness": 0.72}) == [("Nähe der Texte", "0,72 von 1")]


@pytest.mark.parametrize(
    ("first_ends", "then_ends", "words"),
    [
        (
            "2029-12-31",
            "2028-10-31",
            "I-01 ist erst im Dezember 2029 so weit, V-08 soll aber schon im Oktober 2028 fertig sein.",
        ),
        (
            "2027-10-31",
            "2028-12-31",
            "I-01 ist erst im Oktober 2027 so weit, danach hat V-08 nur noch 14 Monate.",
        ),
        (
            "2028-10-20",
            "2028-10-05",
            "I-01 ist erst im Oktober 2028 so weit, dann soll V-08 schon fertig sein.",
        ),
        ("2029-12-31", None, "I-01 ist erst im Dezember 2029 so weit."),
    ],
)
def test_an_order_says_how_long_is_left_and_not_when_planning_began(first_ends, then_ends, words):
    facts = {
        "first": "measure:1",
        "then": "measure:2",
        "first_ends": first_ends,
        "then_starts": "2022-04-01",
        "then_ends": then_ends,
        "days": 2800,
    }

    said = evidence_sentence(kind=Kind.ORDER, sense=Sense.CONFLICT, facts=facts, names=NAMES)

    assert said == f"V-08 braucht zuerst I-01. {words}"


def test_money_and_people_name_what_is_wanted_and_what_is_there():
    money = evidence_sentence(
        kind=Kind.MONEY,
        sense=Sense.CONFLICT,
        facts={"source": "line:5", "year": 2027, "wanted": "1200000", "available": "800000"},
        names={"line:5": "Straßenbau"},
    )
    people = evidence_sentence(
        kind=Kind.PEOPLE,
        sense=Sense.CONFLICT,
        facts={"office": 66, "from": "2027-01", "to": "2027-12", "wanted": 30.0, "available": 12.5},
        names=NAMES,
    )

    assert "1,2 Mio. €" in money.replace("\xa0", " ")
    assert "Straßenbau" in money
    assert people == "Tiefbauamt braucht im Jahr 2027 30 Personenmonate und hat 13 Personenmonate."


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("sense", list(Sense))
def test_every_kind_has_a_sentence_even_without_facts(kind, sense):
    assert evidence_sentence(kind=kind, sense=sense, facts={}, names={}).endswith(".")


def test_neighbours_and_near_identical_texts_are_called_differently():
    assert kind_words("content", {"nearness": 0.7}) == "fast gleicher Inhalt"
    assert kind_words("content", {"nearness": 0.45, "distance_m": 0}) == "Ähnliches nebenan"
    assert kind_words("order", {}) == "Reihenfolge"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"nearness": 0.7}, "Die Texte handeln von fast demselben."),
        ({"nearness": 0.45, "distance_m": 60}, "Sie liegen nur 60 m auseinander und haben Ähnliches vor."),
        ({"nearness": 0.45, "distance_m": 0}, "Sie liegen beieinander und haben Ähnliches vor."),
    ],
)
def test_neighbours_with_a_like_purpose_are_not_said_to_be_the_same(facts, words):
    said = evidence_sentence(kind=Kind.CONTENT, sense=Sense.SYNERGY, facts=facts, names=NAMES)

    assert said.startswith(words)
