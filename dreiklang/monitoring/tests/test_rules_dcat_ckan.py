"""CKAN's answers, with the words people write into them: other days, licences in words, whatever in `extras`."""

from typing import Any

import pytest

from dreiklang.core.rdf import Iri, Literal
from dreiklang.monitoring.rules.dcat.ckan import ReadCkan, is_ckan, read_ckan
from dreiklang.monitoring.rules.dcat.reading import Remark
from dreiklang.monitoring.rules.dcat.upgrade import upgraded
from dreiklang.monitoring.rules.dcat.values import (
    Agent,
    Checksum,
    Contact,
    Dataset,
    Place,
    Resource,
    Span,
    first_iri,
    first_text,
    things,
)
from dreiklang.monitoring.rules.dcat.vocabulary import DC, XSD, shipped_vocabularies
from dreiklang.monitoring.rules.dcat.writing import fit_for_export
from dreiklang.monitoring.rules.values import Refused

BASE = "https://daten.stadt.example"
EU = "http://publications.europa.eu/resource/authority/"
PACKAGE: dict[str, Any] = {
    "id": "0b1c",
    "name": "einwohner",
    "title": "Einwohner",
    "notes": "Einwohner mit Hauptwohnung",
    "author": "Statistikstelle",
    "author_email": "statistik@stadt.example",
    "maintainer": "Frau Vogel",
    "maintainer_email": "vogel@stadt.example",
    "license_id": "dl-de/by-2-0",
    "license_title": "Datenlizenz Deutschland Namensnennung 2.0",
    "organization": {"title": "Stadt Beispiel", "name": "stadt"},
    "tags": [{"name": "einwohner", "display_name": "Einwohner"}, {"name": "bevoelkerung"}],
    "groups": [{"name": "soci", "title": "Bevölkerung"}],
    "metadata_created": "2021-02-01T10:00:00.123456",
    "num_tags": 2,
    "private": False,
    "besonderes_feld": {"a": 1},
    "extras": [
        {"key": "issued", "value": "01.03.2021"},
        {"key": "modified", "value": "Februar 2021"},
        {"key": "frequency", "value": "jährlich"},
        {"key": "language", "value": '["de"]'},
        {"key": "temporal_start", "value": "1612137600"},
        {"key": "spatial", "value": '{"type": "Point", "coordinates": [1, 2]}'},
        {"key": "eigenes", "value": "bleibt"},
        {"key": "leer", "value": ""},
    ],
    "resources": [
        {
            "id": "r1",
            "name": "als CSV",
            "url": "https://daten.stadt.example/e.csv",
            "format": "CSV",
            "mimetype": "text/csv",
            "size": 6776,
            "hash": "md5:a58d35bebefa4972898110b9f5da62bc",
            "last_modified": "2021-02",
            "schulnote": 3,
        },
        {
            "id": "r2",
            "url": "https://daten.stadt.example/e.pdf",
            "format": "Papier",
            "license": "frei",
            "hash": "ab12",
        },
    ],
}


def read(answer: object) -> ReadCkan:
    found = read_ckan(answer, base=BASE + "/")
    assert isinstance(found, ReadCkan)
    return found


def dataset(answer: object = PACKAGE) -> Dataset:
    return upgraded(read(answer).value, lists=shipped_vocabularies()).value.datasets[0]


def test_a_package_is_a_dataset_with_its_resources() -> None:
    found = dataset()

    assert found.iri == BASE + "/dataset/einwohner"
    assert (first_text(found.title), first_text(found.identifier)) == ("Einwohner", "0b1c")
    assert [first_text((one,)) for one in found.keyword] == ["Einwohner", "bevoelkerung"]
    assert found.theme == (Iri(EU + "data-theme/SOCI"),)
    resources = things(found.resources, Resource)
    assert [one.iri for one in resources] == [f"{found.iri}/resource/r1", f"{found.iri}/resource/r2"]
    assert first_iri(resources[0].access_url) == "https://daten.stadt.example/e.csv"
    assert first_text(resources[0].byte_size) == "6776"


def test_days_in_other_forms_are_read_with_how_exact_they_are() -> None:
    found = dataset()

    span = things(found.temporal, Span)[0]
    assert found.modified == (Literal("2021-02", XSD + "gYearMonth"),)
    assert span.starts == (Literal("2021-02-01T00:00:00Z", XSD + "dateTime"),)
    assert first_text(things(found.resources, Resource)[0].modified) == "2021-02"


def test_what_the_source_says_of_the_data_wins_over_ckans_own_days() -> None:
    found = dataset()

    assert found.issued == (Literal("2021-03-01", XSD + "date"),)


def test_the_licence_of_the_package_holds_for_resources_without_their_own() -> None:
    first, second = things(dataset().resources, Resource)

    assert first_iri(first.licence) == "http://dcat-ap.de/def/licenses/dl-by-de/2.0"
    assert [first_text((inner,)) for _, inner in second.licence[0].said[1:]] == ["frei"]  # type: ignore[union-attr]


def test_a_contact_in_extras_wins_and_the_other_is_kept() -> None:
    more = {**PACKAGE, "extras": [{"key": "contact_name", "value": "Herr Amsel"}]}

    found = dataset(more)

    assert first_text(things(found.contact, Contact)[0].name) == "Herr Amsel"
    assert ("maintainer", "Frau Vogel") in read(more).kept[found.iri]


def test_no_licence_is_invented() -> None:
    bare = {**PACKAGE, "license_id": "notspecified", "license_title": "", "license_url": None}

    found = dataset({**bare, "resources": PACKAGE["resources"][:1]})

    assert things(found.resources, Resource)[0].licence == ()
    assert [one.code for one in fit_for_export([found]).gaps] == ["no_licence"]


def test_people_and_offices_are_found() -> None:
    found = dataset()

    contact = things(found.contact, Contact)[0]
    assert [first_text(one.name) for one in things(found.publisher, Agent)] == ["Stadt Beispiel"]
    assert [first_text(one.name) for one in things(found.creator, Agent)] == ["Statistikstelle"]
    assert (first_text(contact.name), first_iri(contact.email)) == (
        "Frau Vogel",
        "mailto:vogel@stadt.example",
    )


def test_rhythm_language_place_and_checksum_are_what_3_0_asks_for() -> None:
    found = dataset()

    resource = things(found.resources, Resource)[0]
    assert first_iri(found.frequency) == EU + "frequency/ANNUAL"
    assert first_iri(found.language) == EU + "language/DEU"
    assert first_text(things(found.spatial, Place)[0].geometry).startswith('{"type"')
    assert first_iri(things(resource.checksum, Checksum)[0].algorithm).endswith("checksumAlgorithm_md5")


def test_words_no_list_knows_are_kept_and_a_checksum_without_algorithm_is_not() -> None:
    second = things(dataset().resources, Resource)[1]

    assert second.extra == ((DC + "format", Literal("Papier")),)
    assert second.checksum == ()


def test_other_fields_are_kept_by_their_path() -> None:
    kept = read(PACKAGE).kept[BASE + "/dataset/einwohner"]

    assert set(kept) == {
        ("besonderes_feld", '{"a": 1}'),
        ("license_title", "Datenlizenz Deutschland Namensnennung 2.0"),
        ("metadata_created", "2021-02-01T10:00:00.123456"),
        ("extras.eigenes", "bleibt"),
        ("resources.0.schulnote", "3"),
    }


@pytest.mark.parametrize(
    "answer",
    [
        PACKAGE,
        [PACKAGE],
        {"success": True, "result": PACKAGE},
        {"success": True, "result": {"count": 1, "results": [PACKAGE]}},
        {"success": True, "result": [PACKAGE]},
    ],
)
def test_each_form_of_answer_gives_the_same(answer: object) -> None:
    assert is_ckan(answer)
    assert dataset(answer) == dataset()


def test_one_page_of_several_says_how_many_are_missing() -> None:
    found = read({"success": True, "result": {"count": 217, "results": [PACKAGE]}})

    assert found.total == 217
    assert found.value.remarks == (Remark("more_pages", BASE + "/", "217 announced, 1 here"),)


def test_an_empty_search_is_an_answer_without_datasets() -> None:
    assert read({"success": True, "result": {"count": 0, "results": []}}).value.datasets == ()


def test_an_error_of_ckan_is_told_in_its_words() -> None:
    found = read_ckan({"success": False, "error": {"message": "Nicht gefunden"}}, base=BASE)

    assert found == Refused("service_answer", "Nicht gefunden")


@pytest.mark.parametrize(
    "answer", [{}, [], 7, "x", [{"@id": "x"}], {"@context": {}, "@id": "x"}, {"result": "x"}]
)
def test_other_json_is_no_ckan(answer: object) -> None:
    assert not is_ckan(answer)
    assert read_ckan(answer, base=BASE) == Refused("not_ckan")


def test_the_whole_goes_out_as_3_0() -> None:
    fit = fit_for_export([dataset()])

    assert (len(fit.datasets), fit.gaps) == (1, ())


def test_a_package_without_title_is_read_and_named() -> None:
    found = read({**PACKAGE, "title": ""})

    assert found.value.remarks == (Remark("no_title", BASE + "/dataset/einwohner"),)
