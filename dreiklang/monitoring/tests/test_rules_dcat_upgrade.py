"""The written table from 1.1 and 2.0 to 3.0: each line does what the page says, and nothing else changes."""

import re
from pathlib import Path

import pytest

from dreiklang.core.rdf import TYPE, Iri, Literal
from dreiklang.monitoring.rules.dcat.described import Node, Said, triples_of_things
from dreiklang.monitoring.rules.dcat.mapping import RULES
from dreiklang.monitoring.rules.dcat.reading import read_catalogue, said_of, things_of
from dreiklang.monitoring.rules.dcat.upgrade import WHOLE_RULES, upgraded
from dreiklang.monitoring.rules.dcat.vocabulary import CONFORMS_TO_3, shipped_vocabularies
from dreiklang.monitoring.tests.dcat import brought, read, triples

PAGE = Path(__file__).parents[3] / "docs" / "sources" / "dcat-ap-de.md"
EU = "http://publications.europa.eu/resource/authority/"


def said(turtle: str) -> tuple[Said, ...]:
    """What 3.0 says of one dataset, without its type."""
    return tuple(one for one in said_of(brought(turtle).value.datasets[0]) if one[0] != TYPE)


def wanted(turtle: str) -> tuple[Said, ...]:
    """The same, read without a change."""
    found = read(f":d a dcat:Dataset ; {turtle} .").datasets[0] if turtle else None
    return tuple(one for one in said_of(found) if one[0] != TYPE) if found else ()


def test_the_page_names_every_rule_and_no_other() -> None:
    named = re.findall(r"^\| `(\w+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)

    assert named == [one.code for one in RULES] + list(WHOLE_RULES)


LABELLED = '[ a dct:{} ; rdfs:label "{}" ]'
CASES = [
    ("german_namespace", "dct:x <https://www.dcat-ap.de/def/contributors/openDataHRO>", "dct:x <http://dcat-ap.de/def/contributors/openDataHRO>"),
    ("german_namespace", "<https://www.dcat-ap.de/def/dcatde/1.1/contributorID> :c", "dcatde:contributorID :c"),
    ("german_namespace", "<http://dcat-ap.de/def/dcatde/2.0/contributorID> :c", "dcatde:contributorID :c"),
    ("eu_lists", "dct:spatial <http://publications.europa.eu/mdr/resource/authority/country/DEU>", f"dct:spatial <{EU}country/DEU>"),
    ("eu_lists", "dct:x <https://publications.europa.eu/mdr/authority/country/DEU>", f"dct:x <{EU}country/DEU>"),
    ("r5r", f"<http://data.europa.eu/r5r#availability> <{EU}planned-availability/STABLE>", f"dcatap:availability <{EU}planned-availability/STABLE>"),
    ("legal_basis", 'dcatde:legalBasis "HmbTG"', f"dct:provenance {LABELLED.format('ProvenanceStatement', 'HmbTG')}"),
    ("geocoding", "dcatde:politicalGeocodingURI :r", "dct:spatial :r"),
    ("geocoding", 'dcatde:geocodingDescription "Rostock"@de', 'dct:spatial [ a dct:Location ; skos:prefLabel "Rostock"@de ]'),
    ("geocoding", 'dct:spatial "{\\"type\\": \\"Point\\"}"', 'dct:spatial [ a dct:Location ; locn:geometry "{\\"type\\": \\"Point\\"}"^^geo:geoJSONLiteral ]'),
    ("geocoding", 'dct:spatial "POLYGON((1 2))"', 'dct:spatial [ a dct:Location ; locn:geometry "POLYGON((1 2))"^^geo:wktLiteral ]'),
    ("renamed", "dcatde:maintainer :a", "geodcatap:custodian :a"),
    ("renamed", "dcatde:originator :a", "geodcatap:originator :a"),
    ("renamed", "dct:hasVersion :a", "dcat:hasVersion :a"),
    ("renamed", "dct:isVersionOf :a", "dcat:isVersionOf :a"),
    ("renamed", 'owl:versionInfo "2"', 'dcat:version "2"'),
    ("renamed", "dcatde:qualityProcessURI :q", "dct:conformsTo :q"),
    ("renamed", "dcatde:plannedAvailability <http://dcat-ap.de/def/plannedAvailability/stable>", f"dcatap:availability <{EU}planned-availability/STABLE>"),
    ("conforms_to", "dct:conformsTo <https://www.dcat-ap.de/def/dcatde/1.1/>", f"dct:conformsTo <{CONFORMS_TO_3}>"),
    ("conforms_to", "dct:conformsTo <http://dcat-ap.de/def/dcatde/2.0>", f"dct:conformsTo <{CONFORMS_TO_3}>"),
    ("listed", 'dct:language "de"', f"dct:language <{EU}language/DEU>"),
    ("listed", f'dct:language "{EU}language/DEU"', f"dct:language <{EU}language/DEU>"),
    ("listed", 'dct:accessRights "public"', f"dct:accessRights <{EU}access-right/PUBLIC>"),
    ("listed", 'dct:accrualPeriodicity "jährlich"', f"dct:accrualPeriodicity <{EU}frequency/ANNUAL>"),
    ("listed", 'dct:accrualPeriodicity [ a dct:Frequency ; rdfs:label "jährlich" ]', f"dct:accrualPeriodicity <{EU}frequency/ANNUAL>"),
    ("listed", 'dcat:theme "soci"', f"dcat:theme <{EU}data-theme/SOCI>"),
    ("listed", 'dct:format ".csv"', f"dct:format <{EU}file-type/CSV>"),
    ("listed", f"dct:format <{EU}file-type/WMS>", f"dct:format <{EU}file-type/WMS_SRVC>"),
    ("listed", "dct:format <https://www.iana.org/assignments/media-types/text/csv>", f"dct:format <{EU}file-type/CSV>"),
    ("listed", "adms:status <http://purl.org/adms/status/Completed>", f"adms:status <{EU}distribution-status/COMPLETED>"),
    ("unlisted", 'dct:language "Klingonisch"', 'dc:language "Klingonisch"'),
    ("unlisted", 'dct:accessRights "auf Anfrage"', 'dc:rights "auf Anfrage"'),
    ("unlisted", "dcat:theme <https://stadt.example/themen/csv>", "dct:subject <https://stadt.example/themen/csv>"),
    ("unlisted", f"dcat:theme <{EU}data-theme/VERK>", f"dct:subject <{EU}data-theme/VERK>"),
    ("unlisted", f"dct:accessRights <{EU}access-right/OPEN_DATA>", f"dc:rights <{EU}access-right/OPEN_DATA>"),
    ("unlisted", f"dct:accrualPeriodicity <{EU}frequency/SOMETIMES>", ""),
    ("unlisted", 'dct:format "Papier"', 'dc:format "Papier"'),
    ("unlisted", 'dct:accrualPeriodicity "ab und zu"', ""),
    ("media_type", 'dcat:mediaType "text/csv"', "dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv>"),
    ("media_type", 'dcat:mediaType "Tabelle"', 'dc:format "Tabelle"'),
    ("rights_as_licence", "dct:rights <https://www.dcat-ap.de/def/licenses/cc-zero> ; dct:license <http://dcat-ap.de/def/licenses/cc-zero>", "dct:license <http://dcat-ap.de/def/licenses/cc-zero>"),
    ("licence", 'dct:license "dl-de/by-2-0"', "dct:license <http://dcat-ap.de/def/licenses/dl-by-de/2.0>"),
    ("licence", 'dct:license "frei"', f"dct:license {LABELLED.format('LicenseDocument', 'frei')}"),
    ("licence", 'dct:license "https://stadt.example/lizenz"', "dct:license <https://stadt.example/lizenz>"),
    ("rights", 'dct:rights "nur hier"', f"dct:rights {LABELLED.format('RightsStatement', 'nur hier')}"),
    ("byte_size", 'dcat:byteSize "6776.0"^^xsd:decimal', 'dcat:byteSize "6776"^^xsd:nonNegativeInteger'),
    ("byte_size", 'dcat:byteSize "1e3"', 'dcat:byteSize "1000"^^xsd:nonNegativeInteger'),
    ("byte_size", 'dcat:byteSize "10 kB"', ""),
    ("byte_size", 'dcat:byteSize "0.5"', ""),
    ("byte_size", 'dcat:byteSize "-1"', ""),
    ("byte_size", 'dcat:byteSize "NaN"', ""),
    ("checksum", 'spdx:checksum [ a spdx:Checksum ; spdx:algorithm spdx:checksumAlgorithm_md5 ; spdx:checksumValue ""^^xsd:hexBinary ]', ""),
    ("checksum", 'spdx:checksum [ a spdx:Checksum ; spdx:checksumValue "ab"^^xsd:hexBinary ]', ""),
    ("checksum", 'spdx:checksum [ a spdx:Checksum ; spdx:algorithm spdx:checksumAlgorithm_md5 ; spdx:checksumValue "xyz"^^xsd:hexBinary ]', ""),
    ("mail", 'foaf:mbox "a@stadt.example"', "foaf:mbox <mailto:a@stadt.example>"),
    ("mail", 'vcard:hasEmail "mailto:a@stadt.example"', "vcard:hasEmail <mailto:a@stadt.example>"),
    ("mail", 'vcard:hasEmail "bitte anrufen"', ""),
    ("telephone", 'vcard:hasTelephone "0381 / 381-0"', "vcard:hasTelephone <tel:03813810>"),
    ("telephone", 'vcard:hasTelephone "+49 (0)381 3810"', "vcard:hasTelephone <tel:+493813810>"),
    ("telephone", "vcard:hasTelephone [ a vcard:Voice ; vcard:hasValue <tel:+494012345665> ]", "vcard:hasTelephone <tel:+494012345665>"),
    ("telephone", 'vcard:hasTelephone "keins"', ""),
    ("address", 'dcat:landingPage "https://stadt.example/a|b"', "dcat:landingPage <https://stadt.example/a%7Cb>"),
    ("address", 'dcat:landingPage "im Rathaus"', ""),
    ("address", 'dcatde:contributorID "http://dcat-ap.de/def/contributors/stadt"', "dcatde:contributorID <http://dcat-ap.de/def/contributors/stadt>"),
    ("address", 'dcatde:contributorID "stadt"', ""),
    ("date", 'dct:issued "01.02.2021"', 'dct:issued "2021-02-01"^^xsd:date'),
    ("date", 'dct:issued "2021-02-01"^^xsd:dateTime', 'dct:issued "2021-02-01"^^xsd:date'),
    ("date", 'dct:issued "Februar 2021"', 'dct:issued "2021-02"^^xsd:gYearMonth'),
    ("date", 'dct:issued "demnächst"', 'dc:date "demnächst"'),
    ("agent_words", 'dct:publisher "Stadt"', 'dct:publisher [ a foaf:Agent ; foaf:name "Stadt" ]'),
    ("agent_words", 'dcat:contactPoint "Amt 12"', 'dcat:contactPoint [ a vcard:Kind ; vcard:fn "Amt 12" ]'),
    ("agent_words", 'dcat:contactPoint "a@stadt.example"', "dcat:contactPoint [ a vcard:Kind ; vcard:hasEmail <mailto:a@stadt.example> ]"),
    ("type_of_role", 'dct:publisher [ foaf:name "Stadt" ]', 'dct:publisher [ a foaf:Agent ; foaf:name "Stadt" ]'),
    ("type_of_role", 'dct:temporal [ dcat:startDate "2020-01-01"^^xsd:date ]', 'dct:temporal [ a dct:PeriodOfTime ; dcat:startDate "2020-01-01"^^xsd:date ]'),
    ("more_types", "dct:publisher [ a foaf:Organization ]", "dct:publisher [ a foaf:Agent, foaf:Organization ]"),
    ("more_types", "dcat:contactPoint [ a vcard:Individual ]", "dcat:contactPoint [ a vcard:Individual, vcard:Kind ]"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "before", "after"), CASES)
def test_a_line_of_the_table_does_what_it_says(rule: str, before: str, after: str) -> None:
    found = brought(before)

    assert said(before) == wanted(after)
    assert rule in {name for one in found.changes for name in one.rules}


@pytest.mark.parametrize(("rule", "before", "after"), CASES)
def test_what_a_line_made_is_left_alone_the_next_time(rule: str, before: str, after: str) -> None:
    once = brought(before).value

    assert upgraded(once, lists=shipped_vocabularies()).changes == ()


def test_each_rule_has_a_case() -> None:
    more = {"iri_signs", "geometry", "checksum_value"}

    assert {rule for rule, *_ in CASES} | more == {one.code for one in RULES}


def test_addresses_with_impossible_signs_are_encoded() -> None:
    given = triples(":d a dcat:Dataset ; dct:relation :x .")
    broken = tuple(
        type(one)(one.subject, one.predicate, Iri("https://stadt.example/a b"))
        if one.predicate != TYPE
        else one
        for one in given
    )

    found = upgraded(read_catalogue(broken), lists=shipped_vocabularies())

    assert found.counts() == {"iri_signs": 1}
    assert found.value.datasets[0].extra[0][1] == Iri("https://stadt.example/a%20b")


def test_old_datatypes_of_geometry_and_checksum_are_renewed() -> None:
    turtle = (
        'dct:spatial [ a dct:Location ; locn:geometry "{}"^^<https://www.iana.org/assignments/media-types/application/vnd.geo+json> ] ;'
        'spdx:checksum [ a spdx:Checksum ; spdx:algorithm <http://dcat-ap.de/def/hashAlgorithms/md/5> ; spdx:checksumValue "AB" ]'
    )

    assert said(turtle) == wanted(
        'dct:spatial [ a dct:Location ; locn:geometry "{}"^^geo:geoJSONLiteral ] ;'
        "spdx:checksum [ a spdx:Checksum ; spdx:algorithm spdx:checksumAlgorithm_md5 ;"
        ' spdx:checksumValue "AB"^^xsd:hexBinary ]'
    )


def test_two_words_for_the_same_are_said_once() -> None:
    found = brought('dct:language "de", "Deutsch"')

    assert len(found.value.datasets[0].language) == 1
    assert found.counts() == {"listed": 2, "said_twice": 1}


def test_where_one_is_allowed_the_first_stays_and_of_changes_the_last() -> None:
    found = brought(
        'dct:modified "2020-01-01"^^xsd:date, "2021-01-01"^^xsd:date ;'
        f"dct:accrualPeriodicity <{EU}frequency/ANNUAL>, <{EU}frequency/DAILY>"
    )

    dataset = found.value.datasets[0]
    assert [one.text for one in dataset.modified if isinstance(one, Literal)] == ["2021-01-01"]
    assert dataset.frequency == (Iri(f"{EU}frequency/ANNUAL"),)
    assert [one.rules for one in found.dropped()] == [("only_one",), ("only_one",)]


def test_pages_are_dropped_and_named() -> None:
    given = read(":p a hydra:PagedCollection ; hydra:totalItems 3 . :d a dcat:Dataset .")

    found = upgraded(given, lists=shipped_vocabularies())

    assert found.value.paging == ()
    assert found.counts() == {"paging": 2}
    assert [one.code for one in found.value.remarks] == ["more_pages"]


def test_a_change_names_the_thing_it_belongs_to_also_inside_a_node() -> None:
    change = brought('dcat:contactPoint [ a vcard:Kind ; vcard:hasEmail "a@stadt.example" ]').changes[0]

    assert (change.iri, change.rules) == ("https://stadt.example/d", ("mail",))
    assert change.before[1] == Literal("a@stadt.example")
    assert not change.is_dropped


def test_what_is_3_0_already_is_not_touched() -> None:
    given = read(
        ':d a dcat:Dataset ; dct:title "A, B"@de ; dcat:keyword "a, b" ; dct:publisher :p ;'
        ' dct:spatial [ a dct:Location ; skos:prefLabel "Rostock" ] ; dct:license :fremd .'
    )

    found = upgraded(given, lists=shipped_vocabularies())

    assert found.changes == ()
    assert found.value == given


def test_every_statement_is_counted() -> None:
    """What went in, less what changed, and what took its place, is what comes out."""
    given = triples(":d a dcat:Dataset ; " + " ; ".join(before for _, before, _ in CASES) + " .")

    found = upgraded(read_catalogue(given), lists=shipped_vocabularies())

    out = list(triples_of_things(things_of(found.value)))
    gone = sum(size((one.before,)) for one in found.changes)
    come = sum(size(one.after) for one in found.changes)
    assert len(out) == len(given) - gone + come


def size(saids: tuple[Said, ...]) -> int:
    return sum(1 + (size(one.said) if isinstance(one, Node) else 0) for _, one in saids)
