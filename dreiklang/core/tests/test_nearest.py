import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.nearest import likeness, nearest

OFFICES = [
    "Amt für Umwelt und Klima",
    "Amt für Jugend und Familie",
    "Stadtplanungsamt",
    "Tiefbauamt",
    "Hochbauamt",
    "Kämmerei",
    "Grünflächenamt",
    "Sozialamt",
    "Schulverwaltungsamt",
    "Amt für Straßen und Verkehr",
]


@pytest.mark.parametrize(
    ("name", "office"),
    [
        ("amt für umwelt und klima", "Amt für Umwelt und Klima"),
        ("Amt f. Umwelt u. Klima", "Amt für Umwelt und Klima"),
        ("Umweltamt", "Amt für Umwelt und Klima"),
        ("Kaemmerei", "Kämmerei"),
        ("Kammerei", "Kämmerei"),
        ("Stadtplannungsamt", "Stadtplanungsamt"),
        ("Amt für Stadtplanung", "Stadtplanungsamt"),
        ("Tiefbau", "Tiefbauamt"),
        ("Gruenflaechenamt", "Grünflächenamt"),
        ("Jugendamt", "Amt für Jugend und Familie"),
        ("Amt für Strassen & Verkehr", "Amt für Straßen und Verkehr"),
        ("ASV", "Amt für Straßen und Verkehr"),
        ("Schulamt", "Schulverwaltungsamt"),
        ("Klima und Umwelt, Amt für", "Amt für Umwelt und Klima"),
    ],
)
def test_the_office_meant_comes_first(name, office):
    assert nearest(name, OFFICES)[0] == office


@pytest.mark.parametrize("name", ["Zoo", "", "   ", "???", "Feuerwehr", "Amt"])
def test_nothing_is_proposed_where_nothing_is_alike(name):
    assert nearest(name, OFFICES) == ()


def test_equal_proposals_come_in_the_order_of_their_names():
    assert nearest("Weg", ["Weg C", "Weg A", "Weg B"]) == ("Weg A", "Weg B", "Weg C")


def test_no_more_are_proposed_than_asked_for():
    assert len(nearest("Weg", ["Weg A", "Weg B", "Weg C"], limit=2)) == 2


@given(st.text(max_size=15), st.text(max_size=15))
def test_likeness_is_mutual_and_between_0_and_1(a, b):
    assert likeness(a, b) == pytest.approx(likeness(b, a))
    assert 0 <= likeness(a, b) <= 1


@given(st.lists(st.sampled_from(OFFICES)), st.text(max_size=10))
def test_the_order_of_the_candidates_does_not_matter(candidates, name):
    assert nearest(name, candidates) == nearest(name, list(reversed(candidates)))
