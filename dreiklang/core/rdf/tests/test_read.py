"""RDF from outside: what is read, what is refused and where, and that rdflib stays out of this process."""

import subprocess
import sys

import pytest

from dreiklang.core.rdf import (
    TYPE,
    XSD,
    Blank,
    CannotReadRdf,
    Form,
    Iri,
    Literal,
    RdfLimits,
    Triple,
    form_of,
    read_rdf,
)

DCT = "http://purl.org/dc/terms/"
DATASET = Iri("http://www.w3.org/ns/dcat#Dataset")

TURTLE = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .

<https://stadt.example/d/1> a dcat:Dataset ;
  dct:title "Einwohner"@de ;
  dct:issued "2024-02-30T00:00:00.1200"^^<http://www.w3.org/2001/XMLSchema#dateTime> ;
  dcat:contactPoint [ dct:title "Amt" ] .
"""

RDFXML = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dct="http://purl.org/dc/terms/">
  <rdf:Description rdf:about="https://stadt.example/d/1">
    <dct:title xml:lang="de">Einwohner</dct:title>
  </rdf:Description>
</rdf:RDF>
"""

JSONLD = """{
 "@context": {"dct": "http://purl.org/dc/terms/"},
 "@id": "https://stadt.example/d/1",
 "dct:title": {"@value": "Einwohner", "@language": "de"}
}"""


def refusal(content: str | bytes, **options: object) -> CannotReadRdf:
    given = content.encode() if isinstance(content, str) else content
    with pytest.raises(CannotReadRdf) as caught:
        read_rdf(given, **options)  # type: ignore[arg-type]
    return caught.value


@pytest.mark.parametrize(
    ("text", "form"), [(TURTLE, Form.TURTLE), (RDFXML, Form.RDFXML), (JSONLD, Form.JSONLD)]
)
def test_each_form_is_recognised_and_gives_the_same_title(text: str, form: Form) -> None:
    read = read_rdf(text.encode())

    title = Triple(Iri("https://stadt.example/d/1"), DCT + "title", Literal("Einwohner", language="de"))
    assert read.form is form
    assert title in read.triples


def test_literals_come_as_they_were_written() -> None:
    read = read_rdf(TURTLE.encode())

    issued = next(one.object for one in read.triples if one.predicate == DCT + "issued")
    assert issued == Literal("2024-02-30T00:00:00.1200", XSD + "dateTime")


def test_a_node_without_a_name_stays_one() -> None:
    read = read_rdf(TURTLE.encode())

    blanks = {one.subject for one in read.triples if isinstance(one.subject, Blank)}
    assert len(read.triples) == 5
    assert len(blanks) == 1
    assert Triple(Iri("https://stadt.example/d/1"), TYPE, DATASET) in read.triples


def test_relative_addresses_stand_on_the_address_the_file_came_from() -> None:
    read = read_rdf(b"<d/1> <http://purl.org/dc/terms/title> 'x' .", base="https://stadt.example/katalog/")

    assert read.triples[0].subject == Iri("https://stadt.example/katalog/d/1")


def test_a_mark_at_the_begin_of_the_file_does_no_harm() -> None:
    assert len(read_rdf(b"\xef\xbb\xbf" + TURTLE.encode()).triples) == 5


def test_an_empty_file_is_refused() -> None:
    assert refusal(b"  \n").code == "empty"


def test_what_is_no_rdf_is_refused_with_its_first_words() -> None:
    found = refusal("Name;Wert\nSonnenberg;12\n")

    assert (found.code, found.line, found.words) == ("not_rdf", 1, "Name;Wert")


@pytest.mark.parametrize(
    "start", ["<!DOCTYPE html>\n<html>", "<html lang='de'>", '<?xml version="1.0"?>\n<html>']
)
def test_a_page_instead_of_a_file_is_named_with_its_title(start: str) -> None:
    found = refusal(start + "<head><title>502 Bad Gateway</title></head><body></body></html>")

    assert (found.code, found.words) == ("html_page", "502 Bad Gateway")


def test_an_invalid_line_of_turtle_is_named() -> None:
    found = refusal(TURTLE.replace('dct:title "Einwohner"@de ;', "dct:title Einwohner ohne Zeichen ;"))

    assert (found.code, found.line) == ("syntax", 5)
    assert "Einwohner ohne Zeichen" in found.words


@pytest.mark.parametrize("length", [len(TURTLE) - 4, len(TURTLE) - 20, len(TURTLE) - 60])
def test_a_cut_off_turtle_file_is_refused(length: int) -> None:
    assert refusal(TURTLE[:length]).code == "cut_off"


def test_a_cut_off_xml_file_is_refused_with_its_line() -> None:
    found = refusal(RDFXML[:-30])

    assert (found.code, found.line) == ("cut_off", 5)


def test_a_cut_off_json_file_is_refused() -> None:
    assert refusal(JSONLD[:-10]).code == "cut_off"


def test_broken_xml_is_refused_with_its_line() -> None:
    found = refusal(RDFXML.replace("</dct:title>", "</dct:titel>"))

    assert (found.code, found.line) == ("syntax", 4)


def test_rdfxml_that_is_xml_but_no_rdf_is_refused() -> None:
    broken = RDFXML.replace('rdf:about="https://stadt.example/d/1"', 'rdf:ID="a b"')

    assert refusal(broken).code == "syntax"


def test_entities_are_refused_before_they_are_expanded() -> None:
    lines = RDFXML.split("\n", 1)
    bomb = lines[0] + '\n<!DOCTYPE r [\n<!ENTITY a "aaaaaaaaaa">\n<!ENTITY b "&a;&a;">]>\n' + lines[1]

    found = refusal(bomb)

    assert (found.code, found.line, found.words) == ("entities", 3, "a")


def test_an_outside_document_type_is_refused() -> None:
    lines = RDFXML.split("\n", 1)
    found = refusal(lines[0] + '\n<!DOCTYPE r SYSTEM "file:///etc/passwd">\n' + lines[1])

    assert (found.code, found.words) == ("entities", "file:///etc/passwd")


@pytest.mark.parametrize(
    "context",
    [
        '"https://schema.example/context.jsonld"',
        '[{"dct": "x:"}, "https://schema.example/context.jsonld"]',
        '{"@import": "https://schema.example/context.jsonld"}',
    ],
)
def test_a_context_that_stands_elsewhere_is_refused_not_fetched(context: str) -> None:
    found = refusal(JSONLD.replace('{"dct": "http://purl.org/dc/terms/"}', context))

    assert (found.code, found.line) == ("remote_context", 2)
    assert found.words == "https://schema.example/context.jsonld"


def test_other_encodings_are_refused_with_their_line() -> None:
    found = refusal(TURTLE.replace("Einwohner", "Straße").encode("latin-1"))

    assert (found.code, found.line) == ("not_utf8", 5)


@pytest.mark.parametrize("form", ["turtle", "xml", "json-ld"])
def test_an_address_with_a_blank_is_not_lost(form: str) -> None:
    """Files with such names stand in catalogues; the reader of JSON-LD would drop the whole statement."""
    files = {
        "turtle": "<https://stadt.example/d/1> <http://purl.org/dc/terms/source> <https://stadt.example/a b.csv> .",
        "xml": RDFXML.replace(
            '<dct:title xml:lang="de">Einwohner</dct:title>',
            '<dct:source rdf:resource="https://stadt.example/a b.csv"/>',
        ),
        "json-ld": JSONLD.replace(
            '"dct:title": {"@value": "Einwohner", "@language": "de"}',
            '"dct:source": [{"@id": "https://stadt.example/a b.csv"}]',
        ),
    }

    [read] = read_rdf(files[form].encode()).triples

    assert isinstance(read.object, Iri)
    assert read.object.value.replace(" ", "%20") == "https://stadt.example/a%20b.csv"


def test_xml_says_its_own_encoding() -> None:
    text = RDFXML.replace("UTF-8", "ISO-8859-1").replace("Einwohner", "Straße")

    read = read_rdf(text.encode("latin-1"))

    assert [one.object for one in read.triples] == [Literal("Straße", language="de")]


def test_a_line_before_the_first_prefix_is_refused_and_can_be_left_out() -> None:
    text = "Stand: 22.02.2024 16:12\n\n" + TURTLE

    found = refusal(text)
    read = read_rdf(text.encode(), skip_preface=True)

    assert (found.code, found.line, found.proposal) == ("syntax", 1, "skip_preface")
    assert found.words == "Stand: 22.02.2024 16:12"
    assert (len(read.triples), read.skipped_lines) == (5, 1)


def test_a_file_over_the_limit_is_refused_unread() -> None:
    assert refusal(TURTLE, limits=RdfLimits(size=100)).code == "too_large"


def test_more_triples_than_allowed_are_refused() -> None:
    assert refusal(TURTLE, limits=RdfLimits(triples=4)).code == "too_large"


def test_the_form_of_a_list_of_turtle_nodes_is_not_json() -> None:
    assert form_of(b"[ a <x:y> ] .\n<a:b> <c:d> <e:f> .") is Form.TURTLE
    assert form_of(b"[\n {}\n]") is Form.JSONLD


def test_the_library_stays_out_of_this_process() -> None:
    asked = "import sys, dreiklang.core.rdf; sys.exit('rdflib' in sys.modules or 'pyshacl' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
