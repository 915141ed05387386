"""One statement of DCAT-AP.de 1.1 or 2.0 as 3.0 says it. The table in docs/sources/dcat-ap-de.md names each rule.

A rule gets one statement and answers with what takes its place: None (not its business), one, several or nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from dreiklang.core.rdf import TYPE, Iri, Literal, clean_iri

from .described import Node, Object, Said
from .forms import (
    MAIL,
    Answer,
    At,
    address,
    byte_size,
    checksum_value,
    date,
    licence,
    listed,
    mail,
    media_type,
    telephone,
    unlisted,
    words_of,
)
from .vocabulary import (
    CONFORMS_TO_3,
    DCAT,
    DCATAP,
    DCATDE,
    DCT,
    FOAF,
    GEO,
    GEODCATAP,
    LOCN,
    OWL,
    RDFS,
    SCHEMA,
    SKOS,
    SPDX,
    VCARD,
    plain,
)

_GERMAN_DEF = re.compile(r"https?://(www\.)?dcat-ap\.de/def/")
_GERMAN_VERSION = re.compile(r"http://dcat-ap\.de/def/dcatde/(\d\.\d(?:\.\d)?)/?")
_EU_LISTS = re.compile(r"https?://publications\.europa\.eu/(mdr/)?(resource/)?authority/")
_EU = "http://publications.europa.eu/resource/authority/"

_RENAMED = {
    DCATDE + "maintainer": GEODCATAP + "custodian",
    DCATDE + "originator": GEODCATAP + "originator",
    DCT + "hasVersion": DCAT + "hasVersion",
    DCT + "isVersionOf": DCAT + "isVersionOf",
    OWL + "versionInfo": DCAT + "version",
    DCATDE + "plannedAvailability": DCATAP + "availability",
    DCATDE + "qualityProcessURI": DCT + "conformsTo",
    SCHEMA + "startDate": DCAT + "startDate",
    SCHEMA + "endDate": DCAT + "endDate",
    DCT + "accessService": DCAT + "accessService",
}
_AGENT_ROLES = (
    DCT + "publisher",
    DCT + "creator",
    DCT + "contributor",
    GEODCATAP + "custodian",
    GEODCATAP + "originator",
)
_TYPE_OF_ROLE = {
    **dict.fromkeys(_AGENT_ROLES, FOAF + "Agent"),
    DCAT + "contactPoint": VCARD + "Kind",
    DCT + "spatial": DCT + "Location",
    DCT + "temporal": DCT + "PeriodOfTime",
    SPDX + "checksum": SPDX + "Checksum",
}
_MORE_TYPES = {
    **dict.fromkeys((FOAF + "Organization", FOAF + "Person", FOAF + "Group"), FOAF + "Agent"),
    **dict.fromkeys(
        (VCARD + "Individual", VCARD + "Organization", VCARD + "Group", VCARD + "Location"), VCARD + "Kind"
    ),
}
_GEOMETRIES = {
    "//iana.org/assignments/media-types/application/vnd.geo+json": GEO + "geoJSONLiteral",
    "//iana.org/assignments/media-types/application/geo+json": GEO + "geoJSONLiteral",
    "//opengis.net/rdf#wktliteral": GEO + "wktLiteral",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: its name, and what it does to a statement."""

    code: str
    apply: Callable[[At, str, Object], Answer]


def _german_namespace(at: At, predicate: str, one: Object) -> Answer:
    name = _GERMAN_DEF.sub("http://dcat-ap.de/def/", predicate)
    name = re.sub(r"^(http://dcat-ap\.de/def/dcatde/)\d\.\d(\.\d)?/(?=\w)", r"\1", name)
    if isinstance(one, Iri):
        one = Iri(_GERMAN_DEF.sub("http://dcat-ap.de/def/", one.value))
    return ((name, one),)


def _eu_lists(at: At, predicate: str, one: Object) -> Answer:
    return ((predicate, Iri(_EU_LISTS.sub(_EU, one.value))),) if isinstance(one, Iri) else None


def _iri_signs(at: At, predicate: str, one: Object) -> Answer:
    return ((predicate, Iri(clean_iri(one.value))),) if isinstance(one, Iri) else None


def _r5r(at: At, predicate: str, one: Object) -> Answer:
    old = "http://data.europa.eu/r5r#"
    return ((DCATAP + predicate.removeprefix(old), one),) if predicate.startswith(old) else None


def _renamed(at: At, predicate: str, one: Object) -> Answer:
    return ((_RENAMED[predicate], one),) if predicate in _RENAMED else None


def _conforms_to(at: At, predicate: str, one: Object) -> Answer:
    if predicate != DCT + "conformsTo" or not isinstance(one, Iri):
        return None
    return ((predicate, Iri(CONFORMS_TO_3)),) if _GERMAN_VERSION.fullmatch(one.value) else None


def _geocoding(at: At, predicate: str, one: Object) -> Answer:
    if predicate == DCATDE + "politicalGeocodingURI" and isinstance(one, Iri):
        return ((DCT + "spatial", one),)
    told = (DCATDE + "politicalGeocodingURI", DCATDE + "geocodingDescription", DCATDE + "geocodingText")
    if predicate in (*told, DCT + "spatial") and isinstance(one, Literal):
        return ((DCT + "spatial", _place(one)),)
    return None


def _place(one: Literal) -> Node:
    text = one.text.strip()
    if text.startswith("{"):
        said: Said = (LOCN + "geometry", Literal(one.text, GEO + "geoJSONLiteral"))
    elif re.match(r"(MULTI)?(POLYGON|POINT)\s*\(", text, re.IGNORECASE):
        said = (LOCN + "geometry", Literal(one.text, GEO + "wktLiteral"))
    else:
        said = (SKOS + "prefLabel", one)
    return Node(((TYPE, Iri(DCT + "Location")), said))


def _geometry(at: At, predicate: str, one: Object) -> Answer:
    if predicate not in (LOCN + "geometry", DCAT + "bbox", DCAT + "centroid") or not isinstance(one, Literal):
        return None
    return ((predicate, Literal(one.text, _GEOMETRIES.get(plain(one.datatype), one.datatype), one.language)),)


def _rights_as_licence(at: At, predicate: str, one: Object) -> Answer:
    if predicate != DCT + "rights" or isinstance(one, Node):
        return None
    licences = {plain(words_of(other)) for other in at.objects(DCT + "license")}
    return () if plain(words_of(one)) in licences else None


def _rights(at: At, predicate: str, one: Object) -> Answer:
    if predicate != DCT + "rights" or not isinstance(one, Literal):
        return None
    return ((predicate, Node(((TYPE, Iri(DCT + "RightsStatement")), (RDFS + "label", one)))),)


def _legal_basis(at: At, predicate: str, one: Object) -> Answer:
    if predicate not in (DCATDE + "legalBasis", DCATDE + "legalbasisText"):
        return None
    if not isinstance(one, Literal):
        return ((DCT + "provenance", one),)
    return ((DCT + "provenance", Node(((TYPE, Iri(DCT + "ProvenanceStatement")), (RDFS + "label", one)))),)


def _checksum(at: At, predicate: str, one: Object) -> Answer:
    if predicate != SPDX + "checksum" or not isinstance(one, Node):
        return None
    said = dict(one.said)
    value = said.get(SPDX + "checksumValue")
    is_whole = isinstance(value, Literal) and re.fullmatch(r"([0-9a-fA-F]{2})+", value.text.strip())
    if not is_whole or SPDX + "algorithm" not in said:
        return ()
    return None


def _agent_words(at: At, predicate: str, one: Object) -> Answer:
    if not isinstance(one, Literal):
        return None
    if predicate in _AGENT_ROLES:
        return ((predicate, Node(((TYPE, Iri(FOAF + "Agent")), (FOAF + "name", one)))),)
    if predicate == DCAT + "contactPoint":
        mail = MAIL.fullmatch(one.text.strip())
        said: Said = (
            (VCARD + "hasEmail", Iri("mailto:" + clean_iri(mail[0]))) if mail else (VCARD + "fn", one)
        )
        return ((predicate, Node(((TYPE, Iri(VCARD + "Kind")), said))),)
    return None


def _type_of_role(at: At, predicate: str, one: Object) -> Answer:
    if predicate not in _TYPE_OF_ROLE or not isinstance(one, Node) or any(p == TYPE for p, _ in one.said):
        return None
    return ((predicate, Node(((TYPE, Iri(_TYPE_OF_ROLE[predicate])), *one.said))),)


def _more_types(at: At, predicate: str, one: Object) -> Answer:
    if predicate != TYPE or not isinstance(one, Iri) or one.value not in _MORE_TYPES:
        return None
    more = Iri(_MORE_TYPES[one.value])
    return None if more in at.objects(TYPE) else ((predicate, one), (predicate, more))


RULES = (
    Rule("german_namespace", _german_namespace),
    Rule("eu_lists", _eu_lists),
    Rule("iri_signs", _iri_signs),
    Rule("r5r", _r5r),
    Rule("legal_basis", _legal_basis),
    Rule("geocoding", _geocoding),
    Rule("renamed", _renamed),
    Rule("conforms_to", _conforms_to),
    Rule("geometry", _geometry),
    Rule("listed", listed),
    Rule("unlisted", unlisted),
    Rule("media_type", media_type),
    Rule("rights_as_licence", _rights_as_licence),
    Rule("licence", licence),
    Rule("rights", _rights),
    Rule("byte_size", byte_size),
    Rule("checksum_value", checksum_value),
    Rule("checksum", _checksum),
    Rule("mail", mail),
    Rule("telephone", telephone),
    Rule("address", address),
    Rule("date", date),
    Rule("agent_words", _agent_words),
    Rule("type_of_role", _type_of_role),
    Rule("more_types", _more_types),
)
