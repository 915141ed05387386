"""What the three writers write is read again as it was, whatever the text."""

from collections.abc import Callable, Iterable, Iterator

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dreiklang.core.rdf import (
    TYPE,
    XSD,
    Blank,
    CannotWrite,
    Iri,
    Literal,
    Triple,
    as_jsonld,
    as_rdfxml,
    as_turtle,
)
from dreiklang.core.rdf.child import _said
from dreiklang.core.rdf.read import _subject, _term

PREFIXES = {"dct": "http://purl.org/dc/terms/", "dcat": "http://www.w3.org/ns/dcat#", "xsd": XSD}
DCT = PREFIXES["dct"]
ONE = Iri("https://stadt.example/d/1")
FORMS = {as_turtle: "turtle", as_rdfxml: "xml", as_jsonld: "json-ld"}
WRITERS = list(FORMS)
Writer = Callable[..., Iterator[str]]


def written(writer: Writer, triples: Iterable[Triple]) -> bytes:
    return "".join(writer(triples, prefixes=PREFIXES)).encode()


def again(writer: Writer, triples: Iterable[Triple]) -> set[Triple]:
    """Read in this process: a child for each would take the test minutes."""
    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        graph = rdflib.Graph().parse(data=written(writer, triples), format=FORMS[writer])
    finally:
        rdflib.NORMALIZE_LITERALS = before
    return {Triple(_subject(_said(s)), str(p), _term(_said(o))) for s, p, o in graph}


@pytest.mark.parametrize("writer", WRITERS)
def test_every_kind_of_object_comes_back(writer: Writer) -> None:
    triples = {
        Triple(ONE, TYPE, Iri("http://www.w3.org/ns/dcat#Dataset")),
        Triple(ONE, DCT + "title", Literal("Straße & <Weg> \"so\" \\ 'x'\n\tneue Zeile", language="de")),
        Triple(ONE, DCT + "title", Literal("Streets", language="en")),
        Triple(ONE, DCT + "issued", Literal("2024-02-01", XSD + "date")),
        Triple(ONE, DCT + "extent", Literal("6776.0", XSD + "decimal")),
        Triple(ONE, DCT + "identifier", Literal("")),
        Triple(ONE, DCT + "relation", Iri("https://stadt.example/?a=1&b=ä#c")),
        Triple(ONE, "https://stadt.example/eigenes/feld", Literal("x")),
    }

    assert again(writer, triples) == triples


@pytest.mark.parametrize("writer", WRITERS)
def test_a_node_without_a_name_is_still_the_same_node(writer: Writer) -> None:
    node = Blank("b1")
    triples = [Triple(ONE, DCT + "spatial", node), Triple(node, DCT + "title", Literal("Rostock"))]

    found = again(writer, triples)

    named = next(one.object for one in found if one.predicate == DCT + "spatial")
    assert isinstance(named, Blank)
    assert Triple(named, DCT + "title", Literal("Rostock")) in found
    assert len(found) == 2


@pytest.mark.parametrize("writer", WRITERS)
def test_an_address_with_spaces_is_encoded_and_stays_readable(writer: Writer) -> None:
    found = again(writer, [Triple(ONE, DCT + "relation", Iri("https://stadt.example/a b|c"))])

    assert {one.object for one in found} == {Iri("https://stadt.example/a%20b%7Cc")}


@pytest.mark.parametrize("writer", WRITERS)
def test_nothing_to_write_is_still_a_file(writer: Writer) -> None:
    assert written(writer, [])


def test_a_subject_is_one_block_of_turtle() -> None:
    triples = [Triple(ONE, DCT + "title", Literal("a")), Triple(ONE, DCT + "title", Literal("b"))]

    assert written(as_turtle, triples).decode().count("<https://stadt.example/d/1>") == 1


def test_the_writers_write_as_the_triples_come() -> None:
    pieces = as_turtle(
        (Triple(Iri(f"x:{number}"), DCT + "title", Literal("x")) for number in range(10**9)), prefixes={}
    )

    assert "x:0" in next(pieces)


def test_a_predicate_rdfxml_cannot_write_is_named() -> None:
    with pytest.raises(CannotWrite) as caught:
        written(as_rdfxml, [Triple(ONE, "https://stadt.example/123", Literal("x"))])

    assert caught.value.predicate == "https://stadt.example/123"


def test_a_sign_xml_cannot_hold_becomes_the_sign_for_a_lost_one() -> None:
    found = again(as_rdfxml, [Triple(ONE, DCT + "title", Literal("a\x0bb"))])

    assert {one.object for one in found} == {Literal("a\ufffdb")}


@pytest.mark.parametrize("writer", WRITERS)
@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t\r"))))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_comes_back(writer: Writer, texts: list[str]) -> None:
    triples = {
        Triple(ONE, DCT + "title", Literal(text.replace("\uffff", "").replace("\ufffe", "")))
        for text in texts
    }

    assert again(writer, triples) == triples
