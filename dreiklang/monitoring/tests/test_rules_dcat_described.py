"""Triples as trees: nameless nodes stand inside what they belong to, or get a name that stays the same."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dreiklang.core.rdf import TYPE, Blank, Iri, Literal, Triple
from dreiklang.monitoring.rules.dcat.described import Node, described, triples_of_things
from dreiklang.monitoring.rules.dcat.vocabulary import DCAT, DCT, SKOS
from dreiklang.monitoring.tests.dcat import triples

D = "https://stadt.example/d"


def test_a_nameless_node_stands_inside_what_it_belongs_to() -> None:
    found = described(triples(':d dct:spatial [ skos:prefLabel "Rostock" ] .'))

    assert [one.iri for one in found.things] == [D]
    assert found.things[0].said == ((DCT + "spatial", Node(((SKOS + "prefLabel", Literal("Rostock")),))),)
    assert found.named == ()


def test_two_equal_nodes_stay_two() -> None:
    found = described(triples(':d dct:spatial [ skos:prefLabel "A" ], [ skos:prefLabel "A" ] .'))

    assert len(found.things[0].said) == 2


def test_a_node_used_twice_gets_a_name() -> None:
    found = described(triples(':d dct:publisher _:a ; dct:creator _:a . _:a foaf:name "Amt" .'))

    assert len(found.named) == 1
    assert found.named[0].startswith("urn:uuid:")
    assert [one.iri for one in found.things] == [D, found.named[0]]


def test_a_node_nothing_is_said_of_stays() -> None:
    found = described(triples(":d dct:spatial [] ; dct:temporal _:a ; dct:relation _:a ."))

    said = dict(found.things[0].said)
    assert said[DCT + "spatial"] == Node(())
    assert said[DCT + "temporal"] == said[DCT + "relation"] == Iri(found.named[0])


def test_a_circle_of_nameless_nodes_is_named_and_lost_nothing() -> None:
    given_ = triples("_:a dct:relation _:b . _:b dct:relation _:c . _:c dct:relation _:a .")

    found = described(given_)

    assert len(found.named) == 1
    assert len(list(triples_of_things(found.things))) == 3


def test_a_nameless_dataset_keeps_its_name_when_other_things_change() -> None:
    first = described(triples('_:d a dcat:Dataset ; dct:identifier "7" ; dct:title "Alt" .'))
    then = described(triples('_:x a dcat:Dataset ; dct:identifier "7" ; dct:title "Neu" .'))

    assert first.named == then.named


def test_two_nameless_datasets_of_the_same_title_are_told_apart_by_the_rest() -> None:
    one = '_:d a dcat:Dataset ; dct:title "Haushalt" ; dct:issued "2020" .'
    two = '_:e a dcat:Dataset ; dct:title "Haushalt" ; dct:issued "2021" .'

    both, turned = described(triples(one + two)), described(triples(two + one))

    assert len(set(both.named)) == 2
    assert both == turned


def test_types_come_first_and_the_rest_in_order() -> None:
    found = described(triples(':d dct:title "b", "a" ; a dcat:Dataset ; dcat:keyword "k" .'))

    assert [predicate for predicate, _ in found.things[0].said] == [
        TYPE,
        DCT + "title",
        DCT + "title",
        DCAT + "keyword",
    ]
    assert found.things[0].said[1][1] == Literal("a")


NODES = st.sampled_from([Iri("x:1"), Iri("x:2"), Blank("a"), Blank("b"), Blank("c")])
TRIPLES = st.builds(
    Triple, NODES, st.sampled_from(["p:1", "p:2"]), NODES | st.builds(Literal, st.sampled_from("xy"))
)


@given(st.sets(TRIPLES, max_size=12))
@settings(max_examples=300, deadline=None)
def test_no_triple_is_lost_whatever_the_graph(graph: set[Triple]) -> None:
    found = described(graph)

    again = list(triples_of_things(found.things))
    assert len(again) == len(graph)
    assert described(again).things == found.things
    assert described(again).named == ()
