"""How single values must look in 3.0: from a list, as an address, a day, a number. One function a rule of `mapping`."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from dreiklang.core.rdf import TYPE, Iri, Literal, clean_iri
from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.values import Refused

from .dates import read_day
from .described import Node, Object, Said
from .licences import licence_of
from .vocabulary import ADMS, DC, DCAT, DCATAP, DCATDE, DCT, FOAF, RDFS, SPDX, VCARD, XSD, Vocabularies

_IANA = re.compile(r"https?://www\.iana\.org/assignments/media-types/", re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+;=-]+")
MAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")
_ABSOLUTE = re.compile(r"(https?|ftp)://\S+", re.IGNORECASE)
_LIST_ADDRESSES = (
    "http://publications.europa.eu/resource/authority/",
    "http://purl.org/adms/",
    "http://dcat-ap.de/def/",
)

# Predicates whose values must come from a list, and the list.
LISTED = {
    DCT + "language": "language",
    DCT + "accessRights": "access-right",
    DCT + "accrualPeriodicity": "frequency",
    DCAT + "theme": "data-theme",
    DCT + "format": "file-type",
    DCATAP + "availability": "planned-availability",
    ADMS + "status": "distribution-status",
    SPDX + "algorithm": "checksum-algorithm",
}
# Where words go that no list knows: these predicates take any.
_ANY_WORDS = {
    DCT + "language": DC + "language",
    DCT + "accessRights": DC + "rights",
    DCAT + "theme": DCT + "subject",
    DCT + "format": DC + "format",
}
# Of these we ship only what cities use; of the others every entry.
_SHIPPED_IN_PART = ("language", "file-type")
_DATES = (DCT + "issued", DCT + "modified", DCAT + "startDate", DCAT + "endDate")
_ADDRESSES = (
    DCAT + "accessURL",
    DCAT + "downloadURL",
    DCAT + "landingPage",
    DCAT + "endpointURL",
    DCAT + "endpointDescription",
    FOAF + "homepage",
    FOAF + "page",
    VCARD + "hasURL",
    DCATDE + "contributorID",
)


@dataclass(frozen=True, slots=True)
class At:
    """Where a statement stands: all that is said beside it, and the lists."""

    said: tuple[Said, ...]
    lists: Vocabularies

    def objects(self, predicate: str) -> tuple[Object, ...]:
        """What is said here under a predicate."""
        return tuple(one for name, one in self.said if name == predicate)


Answer = tuple[Said, ...] | None


def listed(at: At, predicate: str, one: Object) -> Answer:
    """The address a list has for what was meant."""
    if predicate not in LISTED:
        return None
    known = at.lists[LISTED[predicate]]
    entry = next((found for words in _ways_to_mean(one) if (found := known.find(words))), None)
    return ((predicate, Iri(entry.iri)),) if entry else None


def _ways_to_mean(one: Object) -> tuple[str, ...]:
    """The words of an object, and what is left of an address of a list: its last piece, or a media type."""
    words = words_of(one)
    if _IANA.match(words):
        return (_IANA.sub("", words),)
    if isinstance(one, Iri) and one.value.startswith(_LIST_ADDRESSES):
        return (words, words.rstrip("/").rsplit("/", 1)[-1])
    return (words, words.strip().lstrip("."))


def unlisted(at: At, predicate: str, one: Object) -> Answer:
    """What must come from a list and does not: kept under a predicate that takes any words, or dropped."""
    if predicate not in LISTED:
        return None
    name = LISTED[predicate]
    known = at.lists[name]
    is_of_list = isinstance(one, Iri) and one.value.startswith(known.base)
    if is_of_list and (name in _SHIPPED_IN_PART or known.find(words_of(one))):
        return None
    return ((_ANY_WORDS[predicate], one),) if predicate in _ANY_WORDS else ()


def media_type(at: At, predicate: str, one: Object) -> Answer:
    """The address of a media type at IANA; what is none goes to a predicate that takes any words."""
    if predicate not in (DCAT + "mediaType", DCAT + "compressFormat", DCAT + "packageFormat"):
        return None
    words = _IANA.sub("", words_of(one)).strip()
    if isinstance(one, Iri) and _IANA.match(one.value):
        return None
    if _MEDIA_TYPE.fullmatch(words):
        return ((predicate, Iri("https://www.iana.org/assignments/media-types/" + words)),)
    return ((DC + "format", one),)


def licence(at: At, predicate: str, one: Object) -> Answer:
    """The licence of the list; an address of another one stays, words become a document with these words as its name."""
    if predicate != DCT + "license" or isinstance(one, Node):
        return None
    entry = licence_of(words_of(one), known=at.lists["licence"])
    if not isinstance(entry, Unknown):
        return ((predicate, Iri(entry.iri)),)
    if isinstance(one, Iri):
        return None
    if _ABSOLUTE.fullmatch(one.text.strip()):
        return ((predicate, Iri(clean_iri(one.text.strip()))),)
    return ((predicate, Node(((TYPE, Iri(DCT + "LicenseDocument")), (RDFS + "label", one)))),)


def byte_size(at: At, predicate: str, one: Object) -> Answer:
    """A whole number of bytes; anything else says nothing."""
    if predicate != DCAT + "byteSize":
        return None
    try:
        size = Decimal(words_of(one).strip())
    except InvalidOperation:
        return ()
    if not size.is_finite() or size < 0 or size != size.to_integral_value():
        return ()
    return ((predicate, Literal(f"{size:.0f}", XSD + "nonNegativeInteger")),)


def checksum_value(at: At, predicate: str, one: Object) -> Answer:
    """The datatype 3.0 asks for."""
    if predicate != SPDX + "checksumValue" or not isinstance(one, Literal):
        return None
    return ((predicate, Literal(one.text, XSD + "hexBinary")),)


def mail(at: At, predicate: str, one: Object) -> Answer:
    """`mailto:`; what is no address of a mailbox says nothing."""
    if predicate not in (FOAF + "mbox", VCARD + "hasEmail") or (
        isinstance(one, Iri) and one.value.startswith("mailto:")
    ):
        return None
    words = words_of(one).strip().removeprefix("mailto:")
    return ((predicate, Iri("mailto:" + clean_iri(words))),) if MAIL.fullmatch(words) else ()


def telephone(at: At, predicate: str, one: Object) -> Answer:
    """`tel:` with the digits as they stand, also where they stand in a node of their own."""
    if predicate != VCARD + "hasTelephone" or isinstance(one, Iri):
        return None
    words = words_of(one)
    digits = re.sub(r"\(0\)|[^\d+]", "", words.removeprefix("tel:"))
    return ((predicate, Iri("tel:" + digits)),) if len(digits) > 2 else ()


def address(at: At, predicate: str, one: Object) -> Answer:
    """Words that are an address, as one; other words are none."""
    if predicate not in _ADDRESSES or not isinstance(one, Literal):
        return None
    text = one.text.strip()
    return ((predicate, Iri(clean_iri(text))),) if _ABSOLUTE.fullmatch(text) else ()


def date(at: At, predicate: str, one: Object) -> Answer:
    """ISO 8601 with the datatype that says how exact it is; unreadable words go to a predicate that takes any."""
    if predicate not in _DATES or not isinstance(one, Literal):
        return None
    read = read_day(one.text)
    if isinstance(read, Refused):
        return ((DC + "date", one),) if one.text.strip() else ()
    return ((predicate, Literal(read.text, read.datatype)),)


def words_of(one: Object) -> str:
    """The words of an object; of a node its label, its value or its title."""
    if isinstance(one, Iri):
        return one.value
    if isinstance(one, Literal):
        return one.text
    ends = ("#label", "#value", "/title", "#hasValue", "#prefLabel")
    return next((words_of(inner) for predicate, inner in one.said if predicate.endswith(ends)), "")
