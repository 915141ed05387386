"""Our export against the shape files of DCAT-AP.de 3.0 at hand, and DCAT-AP 2.1.1 in place of the base they build on.

The files are read where the test data lie and never copied (AGPL, CC BY 4.0). docs/sources/dcat-ap-de.md says what this proves.
"""

import warnings
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pyshacl
import rdflib
from django.http import StreamingHttpResponse
from django.test import Client
from rdflib import URIRef
from rdflib.namespace import DCAT, RDF, SH, SKOS, Namespace

from dreiklang.core.enums import Visibility
from dreiklang.core.rdf import Iri, Literal, as_turtle
from dreiklang.monitoring.models import OwnCatalogue
from dreiklang.monitoring.rules.dcat.values import Agent, Catalogue
from dreiklang.monitoring.rules.dcat.vocabulary import FOAF, PREFIXES, shipped_vocabularies
from dreiklang.monitoring.rules.dcat.writing import (
    fit_for_export,
    gaps_of_catalogue,
    triples_of,
    triples_of_catalogue,
)
from dreiklang.monitoring.services.own_datasets import create_dataset, save_resource
from dreiklang.people.rules import SYSTEM
from tests.realdata.dcat_files import DATA, EXAMPLES, ROSTOCK, upgraded_of

HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
_V3 = DATA / "shacl-agpl-test-only" / "validator" / "resources" / "v3.0" / "shapes"
GERMAN_3_0 = tuple(
    _V3 / name
    for name in (
        "dcat-ap-spec-german-additions.ttl",
        "dcat-ap-de-controlledvocabularies.ttl",
        "dcat-ap-de-deprecated.ttl",
        "dcat-ap-SHACL-DE.ttl",
    )
)
BASE_2_1_1 = (DATA / "dcat-ap-de-2.0-cc-by" / "shacl" / "dcat-ap_2.1.1_shacl_shapes.ttl",)
CASES_3_0 = DATA / "shacl-agpl-test-only" / "testcases" / "v3.0_shapes"

# Rules of 2.1.1 that 3.0 gave up: only SHA-1 as checksum, sizes as decimals.
GIVEN_UP = {
    "http://data.europa.eu/r5r#Checksum_Property_spdx_algorithm",
    "http://data.europa.eu/r5r#Distribution_Property_dcat_byteSize",
}
# Lists we do not ship, of which 3.0 says SOLL: contributors of GovData, and types of datasets.
NOT_SHIPPED = {"contributorID", "dcterms:type"}

FILLED_IN = {
    "title": "Baustellen",
    "description": "Wo gebaut wird",
    "identifier": "B-12",
    "contact_name": "Tiefbauamt",
    "contact_email": "tiefbau@stadt.example",
    "contact_url": "https://stadt.example/tiefbau",
    "contact_phone": "0123 / 45 67",
    "themes": ["TRAN", "REGI"],
    "keywords": ["Straße", "Bau"],
    "rhythm": "DAILY",
    "issued_on": date(2020, 1, 1),
    "modified_on": date(2026, 1, 2),
    "begins_on": date(2026, 1, 1),
    "ends_on": date(2026, 12, 31),
    "place_words": "ganze Stadt",
    "political_level": "municipality",
    "access_rights": "PUBLIC",
    "landing_page": "https://stadt.example/baustellen",
    "edition": "2",
    "legal_basis": "Straßengesetz",
    "is_own": True,
    "visibility": Visibility.PUBLIC,
}
RESOURCE = {
    "title": "als GeoJSON",
    "access_url": "https://stadt.example/baustellen",
    "download_url": "https://stadt.example/baustellen.geojson",
    "format": "GEOJSON",
    "byte_size": 1200,
    "licence": "dl-by-de/2.0",
    "attribution": "Stadt Klarenbrück",
    "availability": "STABLE",
}

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not _V3.exists(), reason="../shared/data/catalogues is not there"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@cache
def shapes(files: tuple[Path, ...]) -> rdflib.Graph:
    graph = rdflib.Graph()
    for one in files:
        graph.parse(one, format="turtle")
    return graph


@cache
def lists() -> rdflib.Graph:
    """What the rules on lists look for: each entry in its scheme, each algorithm as one."""
    graph = rdflib.Graph()
    for one in shipped_vocabularies().values():
        for entry in one.entries:
            graph.add((URIRef(entry.iri), SKOS.inScheme, URIRef(one.scheme)))
    algorithms = shipped_vocabularies()["checksum-algorithm"]
    for entry in algorithms.entries:
        graph.add((URIRef(entry.iri), RDF.type, URIRef(algorithms.scheme)))
    return graph


def found(graph: rdflib.Graph, files: tuple[Path, ...]) -> Counter[tuple[str, str]]:
    """How often each severity and message comes, less the rules 3.0 gave up."""
    _, results, _ = pyshacl.validate(
        graph + lists(), shacl_graph=shapes(files), inference="none", do_owl_imports=False
    )
    assert isinstance(results, rdflib.Graph)
    said: Counter[tuple[str, str]] = Counter()
    for one in results.subjects(RDF.type, SH.ValidationResult):
        if str(results.value(one, SH.sourceShape)) not in GIVEN_UP:
            severity = str(results.value(one, SH.resultSeverity)).rsplit("#", 1)[-1]
            said[severity, str(results.value(one, SH.resultMessage))] += 1
    return said


def violations(graph: rdflib.Graph, files: tuple[Path, ...]) -> dict[str, int]:
    return {
        words: times for (severity, words), times in found(graph, files).items() if severity == "Violation"
    }


def outdated(graph: rdflib.Graph) -> dict[str, int]:
    told = found(graph, GERMAN_3_0).items()
    return {words: times for (_, words), times in told if words.startswith("Deprecated")}


def exported(path: Path) -> rdflib.Graph:
    """What would go out of a file that came in: as our catalogue, since theirs may lack what 3.0 asks for."""
    value = upgraded_of(path).value
    fit = fit_for_export(value.datasets)
    if not value.catalogues:
        triples = [triple for one in fit.datasets for triple in triples_of(one)]
        return rdflib.Graph().parse(data="".join(as_turtle(triples, prefixes=PREFIXES)), format="turtle")
    catalogue = ours(value.catalogues[0], tuple(Iri(one.iri) for one in fit.datasets))
    triples = list(triples_of_catalogue(catalogue, fit.datasets))
    return rdflib.Graph().parse(data="".join(as_turtle(triples, prefixes=PREFIXES)), format="turtle")


def ours(catalogue: Catalogue, datasets: tuple[Iri, ...]) -> Catalogue:
    city = Agent(
        iri="https://stadt.example/amt", types=(Iri(FOAF + "Agent"),), name=(Literal("Stadt", language="de"),)
    )
    found_ = replace(catalogue, dataset=datasets, publisher=catalogue.publisher or (city,))
    assert gaps_of_catalogue(found_) == ()
    return found_


def test_the_catalogue_of_rostock_goes_out_without_a_violation() -> None:
    graph = exported(ROSTOCK)

    told = found(graph, GERMAN_3_0)
    assert {severity for severity, _ in told} == {"Warning"}
    assert all(any(name in words for name in NOT_SHIPPED) for _, words in told)
    assert violations(graph, BASE_2_1_1) == {}
    assert len(set(graph.subjects(RDF.type, URIRef("http://www.w3.org/ns/dcat#Dataset")))) == 100


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_goes_out_without_a_violation(name: str) -> None:
    graph = exported(EXAMPLES[name])

    assert violations(graph, GERMAN_3_0) == {}
    assert violations(graph, BASE_2_1_1) == {}
    assert outdated(graph) == {}


def test_rostock_as_it_came_in_is_full_of_them() -> None:
    """So the zero above says something."""
    graph = rdflib.Graph().parse(ROSTOCK, format="xml")

    told = violations(graph, GERMAN_3_0)
    times = Counter[str]()
    for words, count in told.items():
        times[words.split()[1]] += count
    assert times == {
        "dcterms:language": 874,
        "adms:status": 773,
        "dcterms:format": 194,
        "dcterms:accessRights": 100,
    }


def test_the_good_case_of_the_shapes_has_no_violation_either() -> None:
    graph = rdflib.Graph().parse(CASES_3_0 / "quicktest.ttl")

    assert violations(graph, GERMAN_3_0) == {}
    assert len(found(graph, GERMAN_3_0)) == 2  # contributors and dataset types: the lists not shipped


def test_the_case_of_what_is_outdated_is_found_out_ten_times() -> None:
    graph = rdflib.Graph().parse(CASES_3_0 / "deprecated.ttl")

    told = outdated(graph)
    assert len(told) == 10
    assert any("hashAlgorithms" in words for words in told)


@pytest.mark.parametrize(
    ("without", "words"),
    [
        ("http://purl.org/dc/terms/license", "dcterms:license"),
        ("http://purl.org/dc/terms/publisher", "dcterms:publisher"),
        ("http://www.w3.org/2006/vcard/ns#hasEmail", "vcard:hasEmail"),
    ],
)
def test_what_is_taken_away_is_missed(without: str, words: str) -> None:
    graph = exported(EXAMPLES["rostock-catalog-dataset-extracted.rdf"])
    graph.remove((None, URIRef(without), None))

    assert any(words in told for told in violations(graph, GERMAN_3_0))


def test_the_overlay_holds_words_but_no_rule() -> None:
    """If it ever does, it must be looked at: then it would no longer need the shapes of SEMIC."""
    overlay = rdflib.Graph().parse(_V3 / "dcat-ap-SHACL-DE.ttl")

    assert list(overlay.subjects(SH.path, None)) == []


FORMS = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
def test_what_people_filled_in_goes_out_without_a_violation(
    client: Client, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The export of the application itself, page by page: datasets described here, with all fields of the form."""
    monkeypatch.setattr("dreiklang.monitoring.queries.catalogue_export.PER_PAGE", 1)
    people_fill_in()

    pages = [page_of(client, form, number) for number in (1, 2)]

    # Other datasets on each page: the last, with the link before it, is looked at like the first.
    assert [following(graph, HYDRA.nextPage) for graph in pages] == [f"/catalog.{form}?page=2", ""]
    assert [following(graph, HYDRA.previousPage) for graph in pages] == ["", f"/catalog.{form}?page=1"]
    assert len({one for graph in pages for one in graph.subjects(RDF.type, DCAT.Dataset)}) == 2
    assert [len(set(graph.subjects(RDF.type, DCAT.Distribution))) for graph in pages] == [2, 1]
    for graph, words_only in zip(pages, (1, 0), strict=True):
        told = found(graph, GERMAN_3_0)
        assert {severity for severity, _ in told} <= {"Warning"}
        assert not [words for _, words in told if words.startswith("Deprecated")]
        # A licence in words is allowed, though not wished for; nothing else is told.
        others = [words for _, words in told if not any(name in words for name in NOT_SHIPPED)]
        assert len(others) == words_only
        assert all("dcterms:license SOLL" in words for words in others)
        assert violations(graph, BASE_2_1_1) == {}


def people_fill_in() -> None:
    own = OwnCatalogue.objects.create(
        title="Datenkatalog",
        description="Alle Daten der Stadt",
        publisher_name="Stadt Klarenbrück",
        publisher_email="daten@stadt.example",
        publisher_homepage="https://stadt.example/",
        contributor_id="http://dcat-ap.de/def/contributors/stadt",
    )
    in_words = {**RESOURCE, "licence": "", "licence_words": "Nur nach Rücksprache", "format": "DXF 14"}
    for title, resources in (("Baustellen", (RESOURCE, in_words)), ("Umleitungen", (RESOURCE,))):
        made = create_dataset(by=SYSTEM, values=FILLED_IN | {"title": title}, city=own.publisher_name)
        for values in resources:
            made = save_resource(by=SYSTEM, dataset_id=made.pk, version=made.version, values=values)


def page_of(client: Client, form: str, number: int) -> rdflib.Graph:
    answer = client.get(f"/catalog.{form}?page={number}")
    assert isinstance(answer, StreamingHttpResponse)
    return rdflib.Graph().parse(data=answer.getvalue(), format=FORMS[form])


def following(graph: rdflib.Graph, link: URIRef) -> str:
    """Where a link between pages leads, without the host; empty if there is none."""
    address = next(graph.objects(predicate=link), None)
    return "/" + str(address).split("/", 3)[3] if address else ""
