"""A dataset of a catalogue in plain values: what is shown, found and filled in. The whole of it stays in `statements`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from dreiklang.core.rdf import Iri, Literal

from .dates import read_day
from .described import Node
from .values import Agent, Checksum, Contact, Dataset, Place, Resource, Span, first_iri, first_text, things
from .vocabulary import DC, DCT, RDFS, Vocabularies, Vocabulary

_IANA = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainResource:
    """One resource. `licence` is a code of the list; what no list knows stands in `licence_words`."""

    iri: str = ""
    title: str = ""
    description: str = ""
    access_url: str = ""
    download_url: str = ""
    format: str = ""
    media_type: str = ""
    byte_size: int | None = None
    checksum: str = ""
    licence: str = ""
    licence_words: str = ""
    attribution: str = ""
    availability: str = ""
    status: str = ""
    issued_words: str = ""
    modified_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainDataset:
    """One dataset. Themes, rhythm, level and access are codes of the lists; days as dates and as the source says them."""

    title: str = ""
    description: str = ""
    identifier: str = ""
    publisher_name: str = ""
    creator_name: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_url: str = ""
    contact_phone: str = ""
    themes: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    rhythm: str = ""
    issued_on: date | None = None
    issued_words: str = ""
    modified_on: date | None = None
    modified_words: str = ""
    begins_on: date | None = None
    ends_on: date | None = None
    place_words: str = ""
    place_addresses: tuple[str, ...] = ()
    political_level: str = ""
    access_rights: str = ""
    landing_page: str = ""
    edition: str = ""
    contributor_id: str = ""
    legal_basis: str = ""
    resources: tuple[PlainResource, ...] = ()


def plain_dataset(dataset: Dataset, *, lists: Vocabularies) -> PlainDataset:
    """The dataset in plain values; of several texts the German one, of several agents the first."""
    span = next(iter(things(dataset.temporal, Span)), Span())
    return PlainDataset(
        title=first_text(dataset.title),
        description=first_text(dataset.description),
        identifier=first_text(dataset.identifier),
        publisher_name=_agent(dataset.publisher),
        creator_name=_agent(dataset.creator or dataset.custodian or dataset.originator),
        **_contact(dataset),
        themes=_codes(dataset.theme, lists["data-theme"]),
        keywords=_texts(dataset.keyword),
        rhythm=_code(dataset.frequency, lists["frequency"]),
        issued_on=_day(first_text(dataset.issued)),
        issued_words=first_text(dataset.issued),
        modified_on=_day(first_text(dataset.modified)),
        modified_words=first_text(dataset.modified),
        begins_on=_day(first_text(span.starts)),
        ends_on=_day(first_text(span.ends)),
        place_words=", ".join(_texts(label for one in things(dataset.spatial, Place) for label in one.label)),
        place_addresses=tuple(one.iri for one in things(dataset.spatial, Place) if one.iri),
        political_level=_code(dataset.level, lists["political-level"]),
        access_rights=_code(dataset.access_rights, lists["access-right"]),
        landing_page=first_iri(dataset.landing_page),
        edition=first_text(dataset.version),
        contributor_id=first_iri(dataset.contributor_id) or first_text(dataset.contributor_id),
        legal_basis="\n".join(_texts(_labels(dataset.provenance))),
        resources=tuple(_resource(one, lists) for one in things(dataset.resources, Resource)),
    )


def _resource(one: Resource, lists: Vocabularies) -> PlainResource:
    licence, licence_words = _licence(one, lists["licence"])
    return PlainResource(
        iri=one.iri,
        title=first_text(one.title),
        description=first_text(one.description),
        access_url=first_iri(one.access_url),
        download_url=first_iri(one.download_url),
        format=_code(one.format, lists["file-type"]) or _extra_words(one, DC + "format"),
        media_type=first_iri(one.media_type).removeprefix(_IANA),
        byte_size=_size(first_text(one.byte_size)),
        checksum=next((first_text(part.value) for part in things(one.checksum, Checksum)), ""),
        licence=licence,
        licence_words=licence_words,
        attribution=first_text(one.attribution),
        availability=_code(one.availability, lists["planned-availability"]),
        status=_code(one.status, lists["distribution-status"]),
        issued_words=first_text(one.issued),
        modified_words=first_text(one.modified),
    )


def _licence(one: Resource, known: Vocabulary) -> tuple[str, str]:
    found = known.find(first_iri(one.licence))
    if found is not None:
        return found.code, ""
    return "", first_iri(one.licence) or next(iter(_texts(_labels(one.licence))), "")


def _contact(dataset: Dataset) -> dict[str, str]:
    found = next(iter(things(dataset.contact, Contact)), Contact())
    return {
        "contact_name": first_text(found.name),
        "contact_email": first_iri(found.email).removeprefix("mailto:"),
        "contact_url": first_iri(found.url),
        "contact_phone": first_iri(found.telephone).removeprefix("tel:"),
    }


def _agent(values: tuple[Any, ...]) -> str:
    agents = things(values, Agent)
    return first_text(agents[0].name) or agents[0].iri if agents else first_iri(values)


def _codes(values: tuple[Any, ...], known: Vocabulary) -> tuple[str, ...]:
    """Codes of the list, and addresses it does not have as they are."""
    addresses = [one.value for one in values if isinstance(one, Iri)]
    return tuple(dict.fromkeys(_code_of(one, known) for one in addresses))


def _code(values: tuple[Any, ...], known: Vocabulary) -> str:
    address = first_iri(values)
    if not address:
        return ""
    found = known.find(address)
    # An entry of the EU's list that we do not ship still ends in its code.
    return found.code if found else address.rstrip("/").rpartition("/")[2]


def _code_of(address: str, known: Vocabulary) -> str:
    found = known.find(address)
    return found.code if found else address


def _texts(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.text for one in values if isinstance(one, Literal) and one.text.strip()))


def _labels(values: tuple[Any, ...]) -> list[Any]:
    """Words, also those that stand in a node as its label."""
    inner = [
        what for one in values if isinstance(one, Node) for name, what in one.said if name == RDFS + "label"
    ]
    titles = [
        what for one in values if isinstance(one, Node) for name, what in one.said if name == DCT + "title"
    ]
    return [*values, *inner, *titles]


def _extra_words(one: Resource, predicate: str) -> str:
    return next(
        (what.text for name, what in one.extra if name == predicate and isinstance(what, Literal)), ""
    )


def _day(words: str) -> date | None:
    """Unreadable days are none: their words stay beside it."""
    return getattr(read_day(words), "on", None) if words else None


def _size(words: str) -> int | None:
    return int(words) if words.isascii() and words.isdigit() and len(words) < 19 else None
