"""What goes out: whole, or not at all and named; written as it comes."""

from itertools import count

import pytest

from dreiklang.core.rdf import Blank, Iri, Triple
from dreiklang.monitoring.rules.dcat.reading import read_catalogue
from dreiklang.monitoring.rules.dcat.values import Resource, Service, things
from dreiklang.monitoring.rules.dcat.vocabulary import FOAF
from dreiklang.monitoring.rules.dcat.writing import (
    fit_for_export,
    gaps_of_catalogue,
    paging,
    triples_of,
    triples_of_catalogue,
)
from dreiklang.monitoring.tests.dcat import dataset, read, triples

WHOLE = (
    'dct:title "Einwohner" ; dct:description "Alle" ; dct:publisher :amt ; dcat:contactPoint [ a vcard:Kind ;'
    " vcard:hasEmail <mailto:a@stadt.example> ] ; dct:temporal [ a dct:PeriodOfTime ;"
    ' dcat:startDate "2020-01-01"^^xsd:date ] ; dcat:distribution [ a dcat:Distribution ;'
    " dcat:accessURL <https://stadt.example/a.csv> ; dct:license <http://dcat-ap.de/def/licenses/cc-zero> ]"
)
OFFICE = ' . :amt a foaf:Agent ; foaf:name "Amt"'


def test_a_whole_dataset_goes_out_as_it_is() -> None:
    given = dataset(WHOLE + OFFICE)

    fit = fit_for_export([given])

    assert (fit.datasets, fit.gaps) == ((given,), ())


@pytest.mark.parametrize(
    ("piece", "instead", "code"),
    [
        ('dct:title "Einwohner" ; ', "", "no_title"),
        ('dct:title "Einwohner"', 'dct:title "  "', "no_title"),
        ('dct:description "Alle" ; ', "", "no_description"),
        ("dct:publisher :amt ; ", "", "no_publisher"),
        ("dct:publisher :amt", 'dct:publisher :amt, "Stadt"', "more_publishers"),
        ("dct:publisher :amt", "dct:publisher :nirgends", "publisher_without_name"),
    ],
)
def test_a_dataset_that_lacks_what_it_must_have_stays_at_home(piece: str, instead: str, code: str) -> None:
    fit = fit_for_export([dataset(WHOLE.replace(piece, instead) + OFFICE)])

    assert fit.datasets == ()
    assert [(one.code, one.kind, one.iri) for one in fit.gaps] == [
        (code, "dataset", "https://stadt.example/d")
    ]


@pytest.mark.parametrize(
    ("piece", "instead", "code", "kind"),
    [
        ("dcat:accessURL <https://stadt.example/a.csv>", "dct:title 'x'", "no_address", "resource"),
        ("dct:license <http://dcat-ap.de/def/licenses/cc-zero>", "dct:title 'x'", "no_licence", "resource"),
        ("dct:license <http", "dct:license :zweite, <http", "more_licences", "resource"),
        ("vcard:hasEmail <mailto:a@stadt.example>", 'vcard:fn "A"', "no_way_to_reach", "contact"),
        ('dcat:startDate "2020-01-01"^^xsd:date', 'dct:title "x"', "no_begin_or_end", "span"),
        (
            "dct:publisher :amt",
            "dct:publisher :amt ; dcatde:maintainer :fremd",
            "agent_not_described",
            "agent",
        ),
    ],
)
def test_a_part_that_lacks_what_it_must_have_is_left_out(
    piece: str, instead: str, code: str, kind: str
) -> None:
    fit = fit_for_export([dataset(WHOLE.replace(piece, instead) + OFFICE)])

    assert len(fit.datasets) == 1
    assert [(one.code, one.kind) for one in fit.gaps] == [(code, kind)]
    assert fit_for_export(fit.datasets).gaps == ()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("dcat:endpointURL <https://stadt.example/wfs> ; dct:publisher :amt", "no_title"),
        ('dct:title "WFS" ; dct:publisher :amt', "no_endpoint"),
        ('dct:title "WFS" ; dcat:endpointURL <https://stadt.example/wfs>', "no_publisher"),
    ],
)
def test_a_service_that_lacks_something_is_left_out_of_its_resource(said: str, code: str) -> None:
    turtle = WHOLE.replace("dct:license", f"dcat:accessService [ a dcat:DataService ; {said} ] ; dct:license")

    fit = fit_for_export([dataset(turtle + OFFICE)])

    resource = things(fit.datasets[0].resources, Resource)[0]
    assert [(one.code, one.kind) for one in fit.gaps] == [(code, "service")]
    assert things(resource.access_service, Service) == ()


def test_a_catalogue_says_what_it_lacks() -> None:
    found = read(":k a dcat:Catalog ; dct:title 'K' .").catalogues[0]

    assert [(one.code, one.kind) for one in gaps_of_catalogue(found)] == [
        ("no_description", "catalogue"),
        ("no_publisher", "catalogue"),
    ]


def test_a_named_office_is_said_once_in_a_file() -> None:
    two = read(
        ":k a dcat:Catalog ; dcat:dataset :a, :b . :a a dcat:Dataset ; dct:publisher :amt ."
        " :b a dcat:Dataset ; dct:publisher :amt . :amt a foaf:Agent ; foaf:name 'Amt' ."
    )

    out = list(triples_of_catalogue(two.catalogues[0], two.datasets))

    assert [one.predicate for one in out].count(FOAF + "name") == 1
    assert read_catalogue(out) == two


def test_nodes_of_different_datasets_never_share_a_label() -> None:
    one = dataset(WHOLE + OFFICE)
    labels = count(1)

    first, second = set(triples_of(one, labels=labels)), set(triples_of(one, labels=labels))

    def blanks(found: set[Triple]) -> set[str]:
        return {one.subject.label for one in found if isinstance(one.subject, Blank)}

    assert blanks(first)
    assert not blanks(first) & blanks(second)


def test_things_a_dataset_points_to_go_out_with_it() -> None:
    found = read(':d a dcat:Dataset ; dct:conformsTo :norm . :norm rdfs:label "Norm" .').datasets[0]

    assert len(list(triples_of(found))) == 3


def test_a_page_names_the_others() -> None:
    said = list(
        paging(
            page="https://s.example/?page=2",
            total=250,
            per_page=100,
            first="1",
            last="3",
            following="3",
            before="1",
        )
    )

    again = read_catalogue((*said, *triples(":d a dcat:Dataset ."))).paging[0]
    assert {one.subject for one in said} == {Iri("https://s.example/?page=2")}
    assert [one.text for one in (*again.total, *again.next, *again.previous)] == ["250", "3", "1"]  # type: ignore[union-attr]


def test_the_first_page_names_none_before() -> None:
    said = list(paging(page="p", total=1, per_page=100, first="p", last="p"))

    assert not [one for one in said if one.predicate.endswith(("previousPage", "nextPage"))]
