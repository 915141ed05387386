"""A catalogue as values: fields, extra, further; and back without a loss."""

from dreiklang.core.rdf import Iri, Literal
from dreiklang.monitoring.rules.dcat.described import Described, triples_of_things
from dreiklang.monitoring.rules.dcat.reading import Remark, read_catalogue, things_of
from dreiklang.monitoring.rules.dcat.values import Agent, Contact, Resource, first_iri, first_text, things
from dreiklang.monitoring.rules.dcat.vocabulary import ADMS, DCT, RDFS
from dreiklang.monitoring.tests.dcat import read, triples

CATALOGUE = """
:k a dcat:Catalog ; dct:title "Katalog"@de, "Catalogue"@en ; dct:publisher :amt ; dcat:dataset :d, :elsewhere .
:amt a foaf:Organization ; foaf:name "Amt" .
:d a dcat:Dataset ; dct:title "Einwohner" ; dct:publisher :amt ; dct:creator "Herr Müller" ;
   dcat:contactPoint [ a vcard:Kind ; vcard:fn "Auskunft" ] ; dcat:distribution :r, :not-here ;
   adms:identifier [ a adms:Identifier ] ; dct:conformsTo :standard .
:standard rdfs:label "Norm" .
:r a dcat:Distribution ; dcat:accessURL <https://stadt.example/a.csv> ; dct:license "frei" .
:lonely rdfs:label "niemand zeigt hierher" .
"""


def test_a_dataset_has_its_parts_as_values() -> None:
    found = read(CATALOGUE).datasets[0]

    assert first_text(found.title) == "Einwohner"
    assert [first_text(one.name) for one in things(found.publisher, Agent)] == ["Amt"]
    assert [first_text(one.name) for one in things(found.contact, Contact)] == ["Auskunft"]
    assert found.creator == (Literal("Herr Müller"),)
    here = [one for one in things(found.resources, Resource) if one.access_url]
    assert first_iri(here[0].access_url) == "https://stadt.example/a.csv"
    assert here[0].licence == (Literal("frei"),)


def test_what_no_field_is_for_stands_in_extra() -> None:
    found = read(CATALOGUE).datasets[0]

    assert [predicate for predicate, _ in found.extra] == [ADMS + "identifier"]


def test_described_things_a_dataset_points_to_travel_with_it() -> None:
    found = read(CATALOGUE)

    norm = Described("https://stadt.example/standard", ((RDFS + "label", Literal("Norm")),))
    assert found.datasets[0].further == (norm,)
    assert [one.iri for one in found.further] == ["https://stadt.example/lonely"]


def test_a_catalogue_names_its_datasets_also_those_of_other_pages() -> None:
    found = read(CATALOGUE).catalogues[0]

    assert found.dataset == (Iri("https://stadt.example/d"), Iri("https://stadt.example/elsewhere"))
    assert first_text(found.title, language="en") == "Catalogue"


def test_every_triple_comes_out_again() -> None:
    given = triples(CATALOGUE)

    out = list(triples_of_things(things_of(read_catalogue(given))))

    assert len(out) == len(given)
    assert read_catalogue(out) == read_catalogue(given)


def test_a_resource_of_two_datasets_is_in_both_and_said_once() -> None:
    given = triples(
        ":a a dcat:Dataset ; dcat:distribution :r . :b a dcat:Dataset ; dcat:distribution :r . :r a dcat:Distribution ."
    )

    found = read_catalogue(given)

    assert [len(things(one.resources, Resource)) for one in found.datasets] == [1, 1]
    assert len(list(triples_of_things(things_of(found)))) == len(given)


def test_services_and_resources_nobody_points_to_stand_beside() -> None:
    found = read(':s a dcat:DataService ; dct:title "WFS" . :r a dcat:Distribution ; dct:title "x" .')

    assert (len(found.services), len(found.resources), found.further) == (1, 1, ())


def test_a_service_and_its_dataset_may_name_each_other() -> None:
    given = triples(
        ":d a dcat:Dataset ; dcat:distribution :r . :r a dcat:Distribution ; dcat:accessService :s ."
        ":s a dcat:DataService ; dcat:servesDataset :d ."
    )

    found = read_catalogue(given)

    assert len(found.datasets) == 1
    assert len(list(triples_of_things(things_of(found)))) == len(given)


def test_one_page_of_several_says_how_many_are_missing() -> None:
    found = read(
        ':p a hydra:PagedCollection ; hydra:totalItems 217 ; hydra:nextPage "x?page=2" . :d a dcat:Dataset .'
    )

    assert found.remarks == (Remark("more_pages", "https://stadt.example/p", "217 announced, 1 here"),)
    assert first_text(found.paging[0].next) == "x?page=2"


def test_a_dataset_without_a_name_gets_one_and_says_so() -> None:
    found = read('[] a dcat:Dataset ; dct:title "x" .')

    assert found.remarks == (Remark("node_named", found.datasets[0].iri),)


def test_words_are_taken_in_german_then_without_language_then_any() -> None:
    english, plain, german = Literal("E", language="en"), Literal("P"), Literal("D", language="de-DE")

    assert first_text((english, plain, german)) == "D"
    assert first_text((english, plain)) == "P"
    assert first_text((english,)) == "E"
    assert first_text(()) == ""
    assert first_iri((english,)) == ""


def test_the_same_predicate_stands_under_the_class_it_belongs_to() -> None:
    found = read(':d a dcat:Dataset ; dct:title "x" ; dct:license :l .').datasets[0]

    assert found.extra == ((DCT + "license", Iri("https://stadt.example/l")),)
