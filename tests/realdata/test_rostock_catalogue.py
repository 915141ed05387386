"""Rostock's catalogue of 2021 (DCAT-AP.de 1.1): nothing lost on the way in, and the same again after it went out."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from dreiklang.core.rdf import Literal, as_jsonld, as_rdfxml, as_turtle, read_rdf
from dreiklang.monitoring.rules.dcat.described import Described, Node, Said, triples_of_things
from dreiklang.monitoring.rules.dcat.reading import Remark, read_catalogue, things_of
from dreiklang.monitoring.rules.dcat.values import (
    Checksum,
    Resource,
    first_iri,
    first_text,
    things,
)
from dreiklang.monitoring.rules.dcat.vocabulary import DCT, HYDRA, PREFIXES, SPDX
from dreiklang.monitoring.rules.dcat.writing import fit_for_export, triples_of_catalogue
from tests.realdata.dcat_files import ROSTOCK, catalogue_of, rdf_of, upgraded_of

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not ROSTOCK.exists(), reason="../shared/data/catalogues is not there"),
]


def test_a_hundred_datasets_with_773_resources_are_read() -> None:
    read = catalogue_of(ROSTOCK)

    assert (len(read.catalogues), len(read.datasets)) == (1, 100)
    assert sum(len(things(one.resources, Resource)) for one in read.datasets) == 773
    assert all(first_text(one.title) and first_text(one.description) for one in read.datasets)
    assert (read.further, read.resources, read.services) == ((), (), ())


def test_it_says_that_it_is_one_page_of_three() -> None:
    read = catalogue_of(ROSTOCK)

    page = "https://www.opendata-hro.de/catalog.rdf?page=1"
    assert read.remarks == (Remark("more_pages", page, "217 announced, 100 here"),)
    assert first_text(read.paging[0].next).endswith("?page=2")


def test_all_17714_triples_are_in_the_values() -> None:
    given = rdf_of(ROSTOCK).triples

    out = list(triples_of_things(things_of(catalogue_of(ROSTOCK))))

    assert (len(given), len(out)) == (17_714, 17_714)
    assert read_catalogue(out) == catalogue_of(ROSTOCK)


def test_every_triple_is_the_same_mapped_or_dropped_with_its_reason() -> None:
    found = upgraded_of(ROSTOCK)

    gone, come = (
        sum(size((one.before,)) for one in found.changes),
        sum(size(one.after) for one in found.changes),
    )
    out = list(triples_of_things(things_of(found.value)))
    assert len(out) == 17_714 - gone + come == 17_429
    dropped = Counter((one.rules[-1], one.before[0]) for one in found.dropped())
    assert dropped == {
        ("rights_as_licence", DCT + "rights"): 773,
        ("checksum", SPDX + "checksum"): 3,
        **{("paging", HYDRA + name): 1 for name in HYDRA_NAMES},
        ("paging", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"): 1,
    }


HYDRA_NAMES = ("firstPage", "itemsPerPage", "lastPage", "nextPage", "totalItems")


def test_each_line_of_the_table_is_used_as_often_as_the_catalogue_needs_it() -> None:
    assert upgraded_of(ROSTOCK).counts() == {
        "german_namespace": 4_220,
        "listed": 3_235,
        "conforms_to": 873,
        "renamed": 873,
        "rights_as_licence": 773,
        "byte_size": 521,
        "more_types": 306,
        "mail": 200,
        "geocoding": 199,
        "geometry": 100,
        "paging": 6,
        "checksum": 3,
    }


def test_nothing_is_left_that_no_field_is_for() -> None:
    read = upgraded_of(ROSTOCK).value

    resources = [part for one in read.datasets for part in things(one.resources, Resource)]
    assert {predicate for one in (*read.datasets, *resources) for predicate, _ in one.extra} == set()


def test_values_stay_as_they_were_written() -> None:
    read = upgraded_of(ROSTOCK).value

    resources = [part for one in read.datasets for part in things(one.resources, Resource)]
    sums = [part for one in resources for part in things(one.checksum, Checksum)]
    assert len(sums) == 518
    assert all(len(first_text(one.value)) == 64 for one in sums)
    assert Counter(first_iri(one.licence).rsplit("/", 1)[-1] for one in resources) == {
        "cc-zero": 765,
        "odbl": 8,
    }
    instants = [first_text(one.modified) for one in read.datasets]
    assert "2021-01-28T05:29:46.515877" in instants


@pytest.mark.parametrize("writer", [as_turtle, as_rdfxml, as_jsonld])
def test_exported_and_read_again_it_is_the_same(writer: Callable[..., Iterator[str]]) -> None:
    value = upgraded_of(ROSTOCK).value
    triples = triples_of_catalogue(value.catalogues[0], value.datasets)

    again = read_catalogue(read_rdf("".join(writer(triples, prefixes=PREFIXES)).encode()).triples)

    assert again == value


def test_every_dataset_may_go_out_again() -> None:
    fit = fit_for_export(upgraded_of(ROSTOCK).value.datasets)

    assert (len(fit.datasets), fit.gaps) == (100, ())


def test_the_export_of_a_thousand_datasets_is_written_as_they_come() -> None:
    """Only named agents are remembered, so memory does not grow with the datasets."""
    value = upgraded_of(ROSTOCK).value
    asked = 0

    def endless() -> Iterator[object]:
        nonlocal asked
        while True:
            asked += 1
            yield value.datasets[asked % 100]

    pieces = as_turtle(triples_of_catalogue(value.catalogues[0], endless()), prefixes=PREFIXES)  # type: ignore[arg-type]
    for _ in range(1_000):
        next(pieces)

    assert asked < 1_000


def size(saids: tuple[Said, ...]) -> int:
    return sum(1 + (size(one.said) if isinstance(one, Node) else 0) for _, one in saids)


def test_a_cut_off_copy_is_refused_with_its_line() -> None:
    content = ROSTOCK.read_bytes()
    half = content[: len(content) // 2]

    with pytest.raises(Exception, match=r"cut_off \(line \d{5}\)"):
        read_rdf(half)


def test_empty_checksums_were_there() -> None:
    empty = [
        one
        for one in things_of(catalogue_of(ROSTOCK))
        if isinstance(one, Described)
        and Literal("", "http://www.w3.org/2001/XMLSchema#hexBinary") in texts(one.said)
    ]

    assert len(empty) == 3


def texts(said: tuple[Said, ...]) -> Iterator[Literal]:
    for _, one in said:
        if isinstance(one, Node):
            yield from texts(one.said)
        elif isinstance(one, Literal):
            yield one
