"""The example files of DCAT-AP.de in three forms, and one dataset of Rostock: read with nothing lost."""

import pytest

from dreiklang.core.rdf import CannotReadRdf, Iri, as_turtle, read_rdf
from dreiklang.monitoring.rules.dcat.described import Node, Said, triples_of_things
from dreiklang.monitoring.rules.dcat.reading import read_catalogue, said_of, things_of
from dreiklang.monitoring.rules.dcat.values import Resource, Service, first_text, things
from dreiklang.monitoring.rules.dcat.vocabulary import PREFIXES
from dreiklang.monitoring.rules.dcat.writing import fit_for_export
from tests.realdata.dcat_files import DATA, EXAMPLES, catalogue_of, rdf_of, upgraded_of

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not EXAMPLES, reason="../shared/data/catalogues is not there"),
]

# triples, catalogues, datasets, resources, triples as 3.0 says it, what of it goes out
WANTED = {
    "2024-02-22_UAG_Beispieldatensatz_v1.ttl": (32, 0, 1, 1, 32, [("no_address", "resource")]),
    "dcat_ap_de-RefImp_JSONLD_ADVANCED.jsonld": (119, 1, 2, 3, 127, []),
    "dcat_ap_de-RefImp_JSONLD_SIMPLE.jsonld": (21, 1, 1, 1, 23, [("no_publisher", "dataset")]),
    "dcat_ap_de-RefImp_RDF_ADVANCED.rdf": (119, 1, 2, 3, 127, []),
    "dcat_ap_de-RefImp_RDF_SIMPLE.rdf": (21, 1, 1, 1, 23, [("no_publisher", "dataset")]),
    "dcat_ap_de-RefImp_TTL_ADVANCED.ttl": (119, 1, 2, 3, 127, []),
    "dcat_ap_de-RefImp_TTL_SIMPLE.ttl": (21, 1, 1, 1, 23, [("no_publisher", "dataset")]),
    "ex-23-dataservice.rdf": (36, 0, 1, 2, 36, [("no_publisher", "dataset")]),
    "rostock-catalog-dataset-extracted.rdf": (171, 0, 1, 7, 170, []),
}


def test_all_files_are_looked_at() -> None:
    assert set(EXAMPLES) == set(WANTED)


@pytest.mark.parametrize("name", WANTED)
def test_a_file_is_read_with_nothing_lost(name: str) -> None:
    given, read = rdf_of(EXAMPLES[name]).triples, catalogue_of(EXAMPLES[name])

    out = list(triples_of_things(things_of(read)))

    resources = sum(len(things(one.resources, Resource)) for one in read.datasets)
    assert (len(given), len(read.catalogues), len(read.datasets), resources) == WANTED[name][:4]
    assert len(out) == len(given)
    assert read_catalogue(out) == read


@pytest.mark.parametrize("name", WANTED)
def test_every_statement_is_the_same_mapped_or_dropped_by_name(name: str) -> None:
    found = upgraded_of(EXAMPLES[name])

    before = sum(size((one.before,)) for one in found.changes)
    after = sum(size(one.after) for one in found.changes)
    out = list(triples_of_things(things_of(found.value)))
    assert len(out) == len(rdf_of(EXAMPLES[name]).triples) - before + after == WANTED[name][4]
    assert all(one.rules for one in found.changes)


@pytest.mark.parametrize("name", WANTED)
def test_written_and_read_again_it_is_the_same(name: str) -> None:
    value = upgraded_of(EXAMPLES[name]).value

    text = "".join(as_turtle(triples_of_things(things_of(value)), prefixes=PREFIXES))

    assert read_catalogue(read_rdf(text.encode()).triples) == value


@pytest.mark.parametrize("name", WANTED)
def test_what_may_not_go_out_is_named(name: str) -> None:
    gaps = fit_for_export(upgraded_of(EXAMPLES[name]).value.datasets).gaps

    assert [(one.code, one.kind) for one in gaps] == WANTED[name][5]


def test_the_three_forms_say_the_same() -> None:
    simple = [
        upgraded_of(path).value for name, path in EXAMPLES.items() if "RefImp" in name and "SIMPLE" in name
    ]

    assert len(simple) == 3
    assert simple[0] == simple[1] == simple[2]


def test_a_dataset_without_a_name_and_its_service_stay_together() -> None:
    read = upgraded_of(EXAMPLES["ex-23-dataservice.rdf"]).value

    dataset = read.datasets[0]
    services = [
        service
        for one in things(dataset.resources, Resource)
        for service in things(one.access_service, Service)
    ]
    assert dataset.iri.startswith("urn:uuid:")
    assert [one.serves for one in services] == [(Iri(dataset.iri),)]
    assert [one.code for one in read.remarks] == ["node_named"]
    assert len(said_of(dataset)) == 8
    assert first_text(dataset.title) == "Kontaktdaten aller deutschen Polizeidienststellen"


def test_a_line_before_the_first_prefix_is_refused_and_can_be_left_out() -> None:
    path = EXAMPLES["2024-02-22_UAG_Beispieldatensatz_v1.ttl"]

    with pytest.raises(CannotReadRdf) as caught:
        read_rdf(path.read_bytes())

    assert (caught.value.code, caught.value.line, caught.value.proposal) == ("syntax", 1, "skip_preface")
    assert caught.value.words == "Stand: 22.02.2024 16:12"
    assert rdf_of(path).skipped_lines == 1


def test_a_list_of_licences_is_no_catalogue() -> None:
    """It is JSON, and JSON-LD takes any JSON: nothing is understood of it, so nothing comes in."""
    read = read_catalogue(read_rdf((DATA / "dcat-licences" / "dcat_licenses.json").read_bytes()).triples)

    assert (read.catalogues, read.datasets) == ((), ())


def test_a_readme_is_no_rdf() -> None:
    with pytest.raises(CannotReadRdf, match="not_rdf"):
        read_rdf((DATA / "README.md").read_bytes())


def size(saids: tuple[Said, ...]) -> int:
    return sum(1 + (size(one.said) if isinstance(one, Node) else 0) for _, one in saids)
