"""A dataset that was described here, as DCAT-AP.de 3.0 says it. Empty fields are not said; nothing is invented."""

from dreiklang.core.rdf import TYPE, Iri, Literal, clean_iri

from .dates import ReadDay, read_day
from .described import Node
from .plain import PlainDataset, PlainResource
from .values import Agent, Catalogue, Contact, Dataset, Place, Resource, Span, Value
from .vocabulary import CONFORMS_TO_3, DC, DCAT, DCT, FOAF, RDFS, VCARD, XSD, Vocabularies

_IANA = "https://www.iana.org/assignments/media-types/"
GERMAN = "de"


def own_agent(*, name: str, email: str = "", homepage: str = "", iri: str = "") -> Agent:
    """Who publishes."""
    return Agent(
        iri=iri,
        types=(Iri(FOAF + "Agent"),),
        name=(Literal(name),),
        mbox=_iris("mailto:" + email if email else ""),
        homepage=_iris(homepage),
    )


def own_catalogue(
    *, iri: str, title: str, description: str, publisher: Agent, homepage: str, datasets: tuple[str, ...]
) -> Catalogue:
    """The city's catalogue, or a page of it: it names the datasets of the page."""
    return Catalogue(
        iri=iri,
        types=(Iri(DCAT + "Catalog"),),
        title=_words(title),
        description=_words(description),
        publisher=(publisher,),
        homepage=_iris(homepage),
        extra=((DCT + "conformsTo", Iri(CONFORMS_TO_3)),),
        dataset=tuple(Iri(one) for one in datasets),
    )


def own_dataset(
    one: PlainDataset, *, iri: str, publisher: Agent | None, lists: Vocabularies, contributor_id: str = ""
) -> Dataset:
    """A dataset by what was filled in. `publisher` and `contributor_id` hold where the dataset names none itself."""
    named = own_agent(name=one.publisher_name) if one.publisher_name else publisher
    return Dataset(
        iri=iri,
        types=(Iri(DCAT + "Dataset"),),
        title=_words(one.title),
        description=_words(one.description),
        identifier=_literal(one.identifier),
        publisher=(named,) if named else (),
        creator=(own_agent(name=one.creator_name),) if one.creator_name else (),
        contact=_contact(one),
        contributor_id=_iris(one.contributor_id or contributor_id),
        theme=tuple(_listed(code, "data-theme", lists) for code in one.themes),
        keyword=tuple(Literal(word, language=GERMAN) for word in one.keywords),
        access_rights=_code(one.access_rights, "access-right", lists),
        frequency=_code(one.rhythm, "frequency", lists),
        level=_code(one.political_level, "political-level", lists),
        spatial=_spatial(one),
        temporal=_temporal(one),
        issued=_day(one.issued_words or _iso(one.issued_on)),
        modified=_day(one.modified_words or _iso(one.modified_on)),
        landing_page=_iris(one.landing_page),
        version=_literal(one.edition),
        provenance=_labelled("ProvenanceStatement", one.legal_basis),
        resources=tuple(
            _resource(part, part.iri or f"{iri}#ressource-{number}", lists)
            for number, part in enumerate(one.resources, start=1)
        ),
    )


def _resource(one: PlainResource, iri: str, lists: Vocabularies) -> Resource:
    licence = _code(one.licence, "licence", lists)
    known_format = lists["file-type"].find(one.format) if one.format else None
    return Resource(
        iri=iri,
        types=(Iri(DCAT + "Distribution"),),
        title=_words(one.title),
        description=_words(one.description),
        access_url=_iris(one.access_url or one.download_url),
        download_url=_iris(one.download_url),
        licence=licence or _licence_words(one.licence_words),
        attribution=_literal(one.attribution),
        format=(Iri(known_format.iri),) if known_format else (),
        media_type=_iris(_IANA + one.media_type if one.media_type else ""),
        byte_size=(Literal(str(one.byte_size), XSD + "nonNegativeInteger"),)
        if one.byte_size is not None
        else (),
        availability=_code(one.availability, "planned-availability", lists),
        status=_code(one.status, "distribution-status", lists),
        issued=_day(one.issued_words),
        modified=_day(one.modified_words),
        extra=((DC + "format", Literal(one.format)),) if one.format and not known_format else (),
    )


def _licence_words(words: str) -> tuple[Value, ...]:
    """An address as it is; other words as a licence of that name."""
    if words.startswith(("http://", "https://")):
        return _iris(words)
    return _labelled("LicenseDocument", words)


def _contact(one: PlainDataset) -> tuple[Contact, ...]:
    if not (one.contact_name or one.contact_email or one.contact_url or one.contact_phone):
        return ()
    phone = "".join(sign for sign in one.contact_phone if sign.isdigit() or sign == "+")
    return (
        Contact(
            types=(Iri(VCARD + "Kind"),),
            name=_literal(one.contact_name),
            email=_iris("mailto:" + one.contact_email if one.contact_email else ""),
            url=_iris(one.contact_url),
            telephone=_iris("tel:" + phone if phone else ""),
        ),
    )


def _spatial(one: PlainDataset) -> tuple[Place, ...]:
    named = tuple(Place(iri=clean_iri(address)) for address in one.place_addresses)
    if not one.place_words:
        return named
    return (*named, Place(types=(Iri(DCT + "Location"),), extra=(), label=_words(one.place_words)))


def _temporal(one: PlainDataset) -> tuple[Span, ...]:
    if one.begins_on is None and one.ends_on is None:
        return ()
    return (
        Span(
            types=(Iri(DCT + "PeriodOfTime"),),
            starts=_day(_iso(one.begins_on)),
            ends=_day(_iso(one.ends_on)),
        ),
    )


def _iso(on: object) -> str:
    return str(on) if on else ""


def _day(words: str) -> tuple[Value, ...]:
    read = read_day(words) if words else None
    return (Literal(read.text, read.datatype),) if isinstance(read, ReadDay) else ()


def _words(text: str) -> tuple[Value, ...]:
    return (Literal(text, language=GERMAN),) if text else ()


def _literal(text: str) -> tuple[Value, ...]:
    return (Literal(text),) if text else ()


def _iris(address: str) -> tuple[Value, ...]:
    return (Iri(clean_iri(address)),) if address else ()


def _labelled(kind: str, text: str) -> tuple[Value, ...]:
    if not text:
        return ()
    return (Node(((TYPE, Iri(DCT + kind)), (RDFS + "label", Literal(text, language=GERMAN)))),)


def _code(code: str, name: str, lists: Vocabularies) -> tuple[Value, ...]:
    return (_listed(code, name, lists),) if code else ()


def _listed(code: str, name: str, lists: Vocabularies) -> Iri:
    """The address of a code; what is an address already stays one."""
    found = lists[name].find(code)
    if found is not None:
        return Iri(found.iri)
    return Iri(clean_iri(code if "://" in code else lists[name].base + code))
