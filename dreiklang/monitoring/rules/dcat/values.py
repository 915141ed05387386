"""A catalogue as DCAT-AP.de 3.0 speaks of it.

Each field holds what the source says under one predicate, as it says it: several texts, an address or words. What no
field is for stands in `extra`, so that nothing is lost; `first_text` and its like give plain values.
"""

from dataclasses import Field, dataclass, field, fields
from functools import cache
from typing import Any, TypeVar, cast

from dreiklang.core.rdf import TYPE, Iri, Literal

from .described import Described, Node, Said
from .vocabulary import (
    ADMS,
    DCAT,
    DCATAP,
    DCATDE,
    DCT,
    FOAF,
    GEODCATAP,
    HYDRA,
    LOCN,
    OWL,
    SKOS,
    SPDX,
    VCARD,
)

Value = Iri | Literal | Node
T = TypeVar("T")


def said_as(predicate: str, of: "type[Thing] | None" = None) -> Any:
    """A field for one predicate; `of`: what its objects are read as, where they are described."""
    return field(default=(), metadata={"predicate": predicate, "of": of})


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What all have: a name (empty for one that has none), its types, and what no field is for."""

    iri: str = ""
    types: tuple[Value, ...] = said_as(TYPE)
    extra: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent(Thing):
    """Who publishes, keeps or made something (foaf:Agent)."""

    name: tuple[Value, ...] = said_as(FOAF + "name")
    mbox: tuple[Value, ...] = said_as(FOAF + "mbox")
    homepage: tuple[Value, ...] = said_as(FOAF + "homepage")
    kind: tuple[Value, ...] = said_as(DCT + "type")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Thing):
    """Where to ask (vcard:Kind): at least one of email, url, telephone."""

    name: tuple[Value, ...] = said_as(VCARD + "fn")
    email: tuple[Value, ...] = said_as(VCARD + "hasEmail")
    url: tuple[Value, ...] = said_as(VCARD + "hasURL")
    telephone: tuple[Value, ...] = said_as(VCARD + "hasTelephone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Thing):
    """What area something is about (dct:Location)."""

    label: tuple[Value, ...] = said_as(SKOS + "prefLabel")
    geometry: tuple[Value, ...] = said_as(LOCN + "geometry")
    bbox: tuple[Value, ...] = said_as(DCAT + "bbox")
    centroid: tuple[Value, ...] = said_as(DCAT + "centroid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span(Thing):
    """What time something is about (dct:PeriodOfTime): at least a begin or an end."""

    starts: tuple[Value, ...] = said_as(DCAT + "startDate")
    ends: tuple[Value, ...] = said_as(DCAT + "endDate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checksum(Thing):
    """Fingerprint of a file (spdx:Checksum)."""

    algorithm: tuple[Value, ...] = said_as(SPDX + "algorithm")
    value: tuple[Value, ...] = said_as(SPDX + "checksumValue")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Thing):
    """A service that gives data (dcat:DataService)."""

    title: tuple[Value, ...] = said_as(DCT + "title")
    description: tuple[Value, ...] = said_as(DCT + "description")
    publisher: tuple[Agent | Value, ...] = said_as(DCT + "publisher", Agent)
    contact: tuple[Contact | Value, ...] = said_as(DCAT + "contactPoint", Contact)
    endpoint: tuple[Value, ...] = said_as(DCAT + "endpointURL")
    endpoint_description: tuple[Value, ...] = said_as(DCAT + "endpointDescription")
    serves: tuple[Value, ...] = said_as(DCAT + "servesDataset")
    licence: tuple[Value, ...] = said_as(DCT + "license")
    access_rights: tuple[Value, ...] = said_as(DCT + "accessRights")
    availability: tuple[Value, ...] = said_as(DCATAP + "availability")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource(Thing):
    """One form a dataset can be had in (dcat:Distribution): an address and a licence at least."""

    title: tuple[Value, ...] = said_as(DCT + "title")
    description: tuple[Value, ...] = said_as(DCT + "description")
    access_url: tuple[Value, ...] = said_as(DCAT + "accessURL")
    download_url: tuple[Value, ...] = said_as(DCAT + "downloadURL")
    licence: tuple[Value, ...] = said_as(DCT + "license")
    attribution: tuple[Value, ...] = said_as(DCATDE + "licenseAttributionByText")
    rights: tuple[Value, ...] = said_as(DCT + "rights")
    format: tuple[Value, ...] = said_as(DCT + "format")
    media_type: tuple[Value, ...] = said_as(DCAT + "mediaType")
    compress_format: tuple[Value, ...] = said_as(DCAT + "compressFormat")
    package_format: tuple[Value, ...] = said_as(DCAT + "packageFormat")
    byte_size: tuple[Value, ...] = said_as(DCAT + "byteSize")
    checksum: tuple[Checksum | Value, ...] = said_as(SPDX + "checksum", Checksum)
    availability: tuple[Value, ...] = said_as(DCATAP + "availability")
    status: tuple[Value, ...] = said_as(ADMS + "status")
    language: tuple[Value, ...] = said_as(DCT + "language")
    conforms_to: tuple[Value, ...] = said_as(DCT + "conformsTo")
    issued: tuple[Value, ...] = said_as(DCT + "issued")
    modified: tuple[Value, ...] = said_as(DCT + "modified")
    access_service: tuple[Service | Value, ...] = said_as(DCAT + "accessService", Service)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset(Thing):
    """A dataset: title, description and publisher at least.

    `further` are named things its fields or `extra` point to and the same file describes.
    """

    title: tuple[Value, ...] = said_as(DCT + "title")
    description: tuple[Value, ...] = said_as(DCT + "description")
    identifier: tuple[Value, ...] = said_as(DCT + "identifier")
    publisher: tuple[Agent | Value, ...] = said_as(DCT + "publisher", Agent)
    creator: tuple[Agent | Value, ...] = said_as(DCT + "creator", Agent)
    contributor: tuple[Agent | Value, ...] = said_as(DCT + "contributor", Agent)
    custodian: tuple[Agent | Value, ...] = said_as(GEODCATAP + "custodian", Agent)
    originator: tuple[Agent | Value, ...] = said_as(GEODCATAP + "originator", Agent)
    contact: tuple[Contact | Value, ...] = said_as(DCAT + "contactPoint", Contact)
    contributor_id: tuple[Value, ...] = said_as(DCATDE + "contributorID")
    theme: tuple[Value, ...] = said_as(DCAT + "theme")
    keyword: tuple[Value, ...] = said_as(DCAT + "keyword")
    language: tuple[Value, ...] = said_as(DCT + "language")
    access_rights: tuple[Value, ...] = said_as(DCT + "accessRights")
    frequency: tuple[Value, ...] = said_as(DCT + "accrualPeriodicity")
    availability: tuple[Value, ...] = said_as(DCATAP + "availability")
    level: tuple[Value, ...] = said_as(DCATDE + "politicalGeocodingLevelURI")
    spatial: tuple[Place | Value, ...] = said_as(DCT + "spatial", Place)
    temporal: tuple[Span | Value, ...] = said_as(DCT + "temporal", Span)
    issued: tuple[Value, ...] = said_as(DCT + "issued")
    modified: tuple[Value, ...] = said_as(DCT + "modified")
    landing_page: tuple[Value, ...] = said_as(DCAT + "landingPage")
    page: tuple[Value, ...] = said_as(FOAF + "page")
    kind: tuple[Value, ...] = said_as(DCT + "type")
    version: tuple[Value, ...] = said_as(DCAT + "version")
    version_notes: tuple[Value, ...] = said_as(ADMS + "versionNotes")
    has_version: tuple[Value, ...] = said_as(DCAT + "hasVersion")
    is_version_of: tuple[Value, ...] = said_as(DCAT + "isVersionOf")
    provenance: tuple[Value, ...] = said_as(DCT + "provenance")
    conforms_to: tuple[Value, ...] = said_as(DCT + "conformsTo")
    references: tuple[Value, ...] = said_as(DCT + "references")
    resources: tuple[Resource | Value, ...] = said_as(DCAT + "distribution", Resource)
    sample: tuple[Resource | Value, ...] = said_as(ADMS + "sample", Resource)
    further: tuple[Described, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue(Thing):
    """A catalogue: title, description, publisher. Its datasets are named here and stand beside it."""

    title: tuple[Value, ...] = said_as(DCT + "title")
    description: tuple[Value, ...] = said_as(DCT + "description")
    publisher: tuple[Agent | Value, ...] = said_as(DCT + "publisher", Agent)
    homepage: tuple[Value, ...] = said_as(FOAF + "homepage")
    language: tuple[Value, ...] = said_as(DCT + "language")
    licence: tuple[Value, ...] = said_as(DCT + "license")
    rights: tuple[Value, ...] = said_as(DCT + "rights")
    issued: tuple[Value, ...] = said_as(DCT + "issued")
    modified: tuple[Value, ...] = said_as(DCT + "modified")
    spatial: tuple[Place | Value, ...] = said_as(DCT + "spatial", Place)
    theme_taxonomy: tuple[Value, ...] = said_as(DCAT + "themeTaxonomy")
    has_part: tuple[Value, ...] = said_as(DCT + "hasPart")
    version: tuple[Value, ...] = said_as(OWL + "versionInfo")
    service: tuple[Service | Value, ...] = said_as(DCAT + "service", Service)
    dataset: tuple[Value, ...] = said_as(DCAT + "dataset")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging(Thing):
    """What a page of a large catalogue says of the others (hydra)."""

    total: tuple[Value, ...] = said_as(HYDRA + "totalItems")
    per_page: tuple[Value, ...] = said_as(HYDRA + "itemsPerPage")
    first: tuple[Value, ...] = said_as(HYDRA + "firstPage")
    next: tuple[Value, ...] = said_as(HYDRA + "nextPage")
    previous: tuple[Value, ...] = said_as(HYDRA + "previousPage")
    last: tuple[Value, ...] = said_as(HYDRA + "lastPage")


def said_fields(kind: type[Thing]) -> tuple[Field[Any], ...]:
    """The fields of a class that stand for a predicate, types first."""
    return _said_fields(cast(Any, kind))


@cache
def _said_fields(kind: Any) -> tuple[Field[Any], ...]:
    return tuple(one for one in fields(kind) if "predicate" in one.metadata)


def first_text(values: tuple[Any, ...], *, language: str = "de") -> str:
    """The words in this language; else those without one; else the first. Empty where there are none."""
    texts = [one for one in values if isinstance(one, Literal)]
    for wanted in (language, ""):
        for one in texts:
            if one.language.split("-")[0].lower() == wanted:
                return one.text
    return texts[0].text if texts else ""


def first_iri(values: tuple[Any, ...]) -> str:
    """The first address; empty where there is none."""
    return next((one.value if isinstance(one, Iri) else one.iri for one in values if _has_iri(one)), "")


def things(values: tuple[Any, ...], kind: type[T]) -> tuple[T, ...]:
    """Those of the values that were read as this class."""
    return tuple(one for one in values if isinstance(one, kind))


def _has_iri(one: object) -> bool:
    return isinstance(one, Iri) or (isinstance(one, Thing) and bool(one.iri))
