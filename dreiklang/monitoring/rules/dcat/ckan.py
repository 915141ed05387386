"""CKAN's answers (package_show, package_search) as the triples a catalogue would have said.

They then go the way of every other file: words become list entries, days and licences in `upgrade`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dreiklang.core.rdf import TYPE, Iri, Literal, clean_iri
from dreiklang.monitoring.rules.values import Refused

from .ckan_fields import DATASET, DATASET_EXTRAS, IGNORED, RESOURCE, Field
from .described import Described, Node, Object, Said, ordered
from .reading import ReadCatalogue, Remark, read_things
from .vocabulary import DCAT, DCT, FOAF, SPDX, VCARD

_ADDRESS = re.compile(r"(https?|ftp|urn|mailto):\S+", re.IGNORECASE)

# The address says it best, then the code, then the words.
_LICENCE = ("license_url", "license_id", "license_title")
# What CKAN says of its own record, and of the data where somebody said that in `extras`.
_BETTER = {
    "metadata_created": "issued",
    "metadata_modified": "modified",
    "maintainer": "contact_name",
    "maintainer_email": "contact_email",
}


@dataclass(frozen=True, slots=True)
class ReadCkan:
    """What an answer held.

    value     as a catalogue of triples would say it; bring it to 3.0 with `upgraded`
    kept      by dataset: fields no rule is for, as (path, words)
    total     how many packages the answer says there are
    """

    value: ReadCatalogue
    kept: Mapping[str, tuple[tuple[str, str], ...]]
    total: int


def is_ckan(answer: object) -> bool:
    """Whether JSON is an answer of CKAN, and not JSON-LD."""
    return _packages(answer) is not None


def read_ckan(answer: object, *, base: str) -> ReadCkan | Refused:
    """The packages of an answer. `base` is the address of the portal, for names of datasets.

    Refused: `not_ckan`, or `service_answer` with the words of CKAN's own error.
    """
    if isinstance(answer, dict) and answer.get("success") is False:
        error = answer.get("error")
        words = error.get("message", "") if isinstance(error, dict) else error
        return Refused("service_answer", str(words or ""))
    packages = _packages(answer)
    if packages is None:
        return Refused("not_ckan")
    things: list[Described] = []
    kept: dict[str, tuple[tuple[str, str], ...]] = {}
    remarks: list[Remark] = []
    for one in packages:
        reader = _Package(one, base.rstrip("/"))
        things.extend(reader.things())
        kept[reader.iri] = tuple(reader.kept)
        if not one.get("title"):
            remarks.append(Remark("no_title", reader.iri))
    result = answer.get("result") if isinstance(answer, dict) else None
    announced = str(result.get("count", "")) if isinstance(result, dict) else ""
    total = int(announced) if announced.isdecimal() else len(packages)
    value = read_things(things)
    if total > len(packages):
        remarks.append(Remark("more_pages", base, f"{total} announced, {len(packages)} here"))
    return ReadCkan(ReadCatalogue(datasets=value.datasets, remarks=tuple(remarks)), kept, total)


def _packages(answer: object) -> list[dict[str, Any]] | None:
    """The packages in any of the forms they come in; None where it is no answer of CKAN."""
    found = answer.get("result", answer) if isinstance(answer, dict) else answer
    if isinstance(found, dict) and isinstance(found.get("results"), list):
        found = found["results"]
    elif isinstance(found, dict):
        found = [found]
    if not isinstance(found, list) or not all(_is_package(one) for one in found):
        return None
    return found if found or (isinstance(answer, dict) and "result" in answer) else None


def _is_package(one: object) -> bool:
    return (
        isinstance(one, dict) and "@id" not in one and "name" in one and ("resources" in one or "id" in one)
    )


class _Package:
    """One package: fields that are known become statements, the others are kept by their path."""

    def __init__(self, package: dict[str, Any], base: str) -> None:
        self.package = package
        self.extras = _extras(package.get("extras"))
        self.base = base
        self.iri = clean_iri(
            _address(self.extras.get("uri")) or f"{base}/dataset/{package.get('name') or package['id']}"
        )
        self.kept: list[tuple[str, str]] = []

    def things(self) -> Iterator[Described]:
        said: list[Said] = [(TYPE, Iri(DCAT + "Dataset"))]
        said.extend(self._fields(self._own_fields(), DATASET, ""))
        said.extend(self._fields(self.extras, DATASET_EXTRAS, "extras."))
        said.extend(self._agents())
        resources = [one for one in self.package.get("resources") or () if isinstance(one, dict)]
        for number, one in enumerate(resources):
            name = clean_iri(_address(one.get("uri")) or f"{self.iri}/resource/{one.get('id') or number}")
            said.append((DCAT + "distribution", Iri(name)))
            yield Described(name, self._resource(one, f"resources.{number}."))
        yield Described(self.iri, ordered(said))

    def _own_fields(self) -> dict[str, Any]:
        """The package's fields without those something better stands for; these are kept."""
        beaten = {own for own, better in _BETTER.items() if self.extras.get(better)}
        used = self._licence()
        beaten |= {name for name in _LICENCE if str(self.package.get(name) or "").strip() not in ("", used)}
        self.kept.extend(
            (name, _words(self.package[name]))
            for name in _BETTER | dict.fromkeys(_LICENCE)
            if name in beaten and not _is_empty(self.package.get(name))
        )
        return {name: value for name, value in self.package.items() if name not in beaten}

    def _resource(self, resource: dict[str, Any], path: str) -> tuple[Said, ...]:
        said: list[Said] = [(TYPE, Iri(DCAT + "Distribution"))]
        said.extend(self._fields(resource, RESOURCE, path))
        predicates = {predicate for predicate, _ in said}
        if DCT + "license" not in predicates and (licence := self._licence()):
            said.append((DCT + "license", _text(licence)))
        if resource.get("hash"):
            algorithm = str(resource.get("hash_algorithm") or "")
            said.append((SPDX + "checksum", _checksum(str(resource["hash"]), algorithm)))
        return ordered(said)

    def _licence(self) -> str:
        """CKAN says it for the package: the address where there is one, else the code, else the title."""
        for name in _LICENCE:
            words = str(self.package.get(name) or "").strip()
            if words and words.casefold() != "notspecified":
                return words
        return ""

    def _fields(self, given: Mapping[str, Any], fields: Mapping[str, Field], path: str) -> Iterator[Said]:
        for name, value in given.items():
            field = fields.get(name)
            if field is not None and not _is_empty(value):
                yield from field.read(value)
            elif not _is_empty(value) and name not in IGNORED:
                self.kept.append((path + name, _words(value)))

    def _agents(self) -> Iterator[Said]:
        extras, package = self.extras, self.package
        organization = package.get("organization")
        named = (
            organization.get("title") or organization.get("name") if isinstance(organization, dict) else ""
        )
        publisher = extras.get("publisher_name") or named
        if publisher:
            yield (
                DCT + "publisher",
                _agent(publisher, extras.get("publisher_email"), extras.get("publisher_uri")),
            )
        if package.get("author"):
            yield DCT + "creator", _agent(package["author"], package.get("author_email"))
        name = extras.get("contact_name") or package.get("maintainer")
        mail = extras.get("contact_email") or package.get("maintainer_email")
        if name or mail:
            yield DCAT + "contactPoint", _contact(name, mail, extras.get("contact_url"))
        if extras.get("temporal_start") or extras.get("temporal_end"):
            yield DCT + "temporal", _span(extras.get("temporal_start"), extras.get("temporal_end"))


def _extras(given: object) -> dict[str, Any]:
    """A list of key and value, or an object; a key that comes twice keeps both."""
    if isinstance(given, dict):
        return dict(given)
    found: dict[str, Any] = {}
    for one in given if isinstance(given, list) else ():
        if isinstance(one, dict) and "key" in one:
            key, value = str(one["key"]), one.get("value")
            found[key] = [found[key], value] if key in found else value
    return found


def _agent(name: object, mail: object = None, address: object = None) -> Node:
    said: list[Said] = [(TYPE, Iri(FOAF + "Agent")), (FOAF + "name", Literal(str(name)))]
    if mail:
        said.append((FOAF + "mbox", Literal(str(mail))))
    if _address(address):
        said.append((FOAF + "homepage", Iri(clean_iri(_address(address)))))
    return Node(ordered(said))


def _contact(name: object, mail: object, address: object) -> Node:
    said: list[Said] = [(TYPE, Iri(VCARD + "Kind"))]
    said.extend(
        (VCARD + predicate, Literal(str(value)))
        for predicate, value in (("fn", name), ("hasEmail", mail), ("hasURL", address))
        if value
    )
    return Node(ordered(said))


def _span(starts: object, ends: object) -> Node:
    said: list[Said] = [(TYPE, Iri(DCT + "PeriodOfTime"))]
    said.extend(
        (DCAT + predicate, Literal(str(value)))
        for predicate, value in (("startDate", starts), ("endDate", ends))
        if value
    )
    return Node(ordered(said))


def _checksum(value: str, algorithm: str) -> Node:
    """CKAN writes "md5:…" or the digits alone; without an algorithm it says nothing (rule `checksum`)."""
    told, _, digits = value.rpartition(":")
    said: list[Said] = [(TYPE, Iri(SPDX + "Checksum")), (SPDX + "checksumValue", Literal(digits))]
    if algorithm or told:
        said.append((SPDX + "algorithm", Literal(algorithm or told)))
    return Node(ordered(said))


def _text(words: str) -> Object:
    return Iri(clean_iri(words)) if _ADDRESS.fullmatch(words) else Literal(words)


def _address(value: object) -> str:
    return value.strip() if isinstance(value, str) and _ADDRESS.fullmatch(value.strip()) else ""


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], {}, "[]", "{}")


def _words(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
