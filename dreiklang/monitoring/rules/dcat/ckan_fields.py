"""Which field of CKAN says what. Names of ckanext-dcat and ckanext-dcatde stand beside CKAN's own."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dreiklang.core.rdf import Iri, Literal, clean_iri

from .described import Object, Said
from .vocabulary import ADMS, DCAT, DCATAP, DCATDE, DCT, FOAF, GEODCATAP

_ADDRESS = re.compile(r"(https?|ftp|urn|mailto):\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Field:
    """One field: under which predicate it stands. `inner`: where the words are, in lists of objects."""

    predicate: str
    is_text: bool = False
    inner: tuple[str, ...] = ()

    def read(self, value: object) -> Iterator[Said]:
        """The statements of a value: one, or one each for a list, also one written as JSON in a text."""
        for one in _several(value):
            words = self._words(one)
            if words:
                yield self.predicate, self._object(words)

    def _words(self, one: object) -> str:
        if isinstance(one, dict):
            return next((str(one[name]).strip() for name in self.inner if one.get(name)), "")
        return str(one).strip() if one is not None else ""

    def _object(self, words: str) -> Object:
        if not self.is_text and _ADDRESS.fullmatch(words):
            return Iri(clean_iri(words))
        return Literal(words)


def _several(value: object) -> Iterator[object]:
    if isinstance(value, str) and value.lstrip().startswith("["):
        try:
            value = json.loads(value)
        except ValueError:
            yield value
            return
    if isinstance(value, list):
        for one in value:
            yield from _several(one)
    else:
        yield value


DATASET: Mapping[str, Field] = MappingProxyType(
    {
        "title": Field(DCT + "title", is_text=True),
        "notes": Field(DCT + "description", is_text=True),
        "id": Field(DCT + "identifier", is_text=True),
        "url": Field(DCAT + "landingPage"),
        "version": Field(DCAT + "version", is_text=True),
        "tags": Field(DCAT + "keyword", is_text=True, inner=("display_name", "name")),
        "groups": Field(DCAT + "theme", inner=("name", "id")),
        "metadata_created": Field(DCT + "issued", is_text=True),
        "metadata_modified": Field(DCT + "modified", is_text=True),
    }
)

DATASET_EXTRAS: Mapping[str, Field] = MappingProxyType(
    {
        "identifier": Field(ADMS + "identifier", is_text=True),
        "issued": Field(DCT + "issued", is_text=True),
        "modified": Field(DCT + "modified", is_text=True),
        "frequency": Field(DCT + "accrualPeriodicity"),
        "language": Field(DCT + "language"),
        "theme": Field(DCAT + "theme"),
        "access_rights": Field(DCT + "accessRights"),
        "conforms_to": Field(DCT + "conformsTo"),
        "documentation": Field(FOAF + "page"),
        "provenance": Field(DCT + "provenance"),
        "dcat_type": Field(DCT + "type"),
        "version_notes": Field(ADMS + "versionNotes", is_text=True),
        "spatial": Field(DCT + "spatial"),
        "spatial_uri": Field(DCT + "spatial"),
        "geocodingText": Field(DCT + "spatial", is_text=True),
        "geocodingDescription": Field(DCT + "spatial", is_text=True),
        "politicalGeocodingURI": Field(DCT + "spatial"),
        "politicalGeocodingLevelURI": Field(DCATDE + "politicalGeocodingLevelURI"),
        "contributorID": Field(DCATDE + "contributorID"),
        "legalbasisText": Field(DCATDE + "legalBasis", is_text=True),
        "legalBasis": Field(DCATDE + "legalBasis", is_text=True),
        "plannedAvailability": Field(DCATAP + "availability"),
        "availability": Field(DCATAP + "availability"),
        "originator_name": Field(GEODCATAP + "originator", is_text=True),
    }
)

RESOURCE: Mapping[str, Field] = MappingProxyType(
    {
        "name": Field(DCT + "title", is_text=True),
        "description": Field(DCT + "description", is_text=True),
        "url": Field(DCAT + "accessURL"),
        "access_url": Field(DCAT + "accessURL"),
        "download_url": Field(DCAT + "downloadURL"),
        "format": Field(DCT + "format"),
        "mimetype": Field(DCAT + "mediaType"),
        "size": Field(DCAT + "byteSize", is_text=True),
        "created": Field(DCT + "issued", is_text=True),
        "issued": Field(DCT + "issued", is_text=True),
        "last_modified": Field(DCT + "modified", is_text=True),
        "modified": Field(DCT + "modified", is_text=True),
        "license": Field(DCT + "license"),
        "license_id": Field(DCT + "license"),
        "licenseAttributionByText": Field(DCATDE + "licenseAttributionByText", is_text=True),
        "license_attribution_by_text": Field(DCATDE + "licenseAttributionByText", is_text=True),
        "plannedAvailability": Field(DCATAP + "availability"),
        "availability": Field(DCATAP + "availability"),
        "status": Field(ADMS + "status"),
        "language": Field(DCT + "language"),
        "conforms_to": Field(DCT + "conformsTo"),
        "documentation": Field(FOAF + "page"),
        "rights": Field(DCT + "rights", is_text=True),
    }
)

# Read elsewhere (licence, agents, resources, names), or CKAN's own bookkeeping that says nothing of the data.
IGNORED = frozenset(
    {
        "author", "author_email", "maintainer", "maintainer_email", "organization", "resources", "extras", "name",
        "license_id", "license_title", "license_url", "hash", "hash_algorithm", "uri", "publisher_name",
        "publisher_email", "publisher_uri", "contact_name", "contact_email", "contact_url", "temporal_start",
        "temporal_end", "num_resources", "num_tags", "isopen", "creator_user_id", "owner_org", "revision_id",
        "package_id", "id", "position", "state", "private", "type", "cache_url", "cache_last_updated",
        "datastore_active", "mimetype_inner", "resource_type", "url_type", "metadata_modified", "guid",
    }
)  # fmt: skip
