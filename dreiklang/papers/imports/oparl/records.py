"""What an object of a council system means for us: frozen records, before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from dreiklang.core.enums import Weight


class Kind(StrEnum):
    """OParl's types, and TEXT for the text of a file that a folder brings along."""

    ORGANIZATION = "Organization"
    MEETING = "Meeting"
    PAPER = "Paper"
    ITEM = "AgendaItem"
    CONSULTATION = "Consultation"
    FILE = "File"
    TEXT = "FileText"
    # Kept as they came, without a record of ours.
    BODY = "Body"
    PERSON = "Person"
    MEMBERSHIP = "Membership"
    LOCATION = "Location"
    TERM = "LegislativeTerm"
    OTHER = "Other"


# Lists are read in this order: what others name comes first.
ORDER = (
    Kind.BODY,
    Kind.ORGANIZATION,
    Kind.MEETING,
    Kind.PAPER,
    Kind.ITEM,
    Kind.CONSULTATION,
    Kind.FILE,
    Kind.LOCATION,
    Kind.TERM,
    Kind.PERSON,
    Kind.MEMBERSHIP,
    Kind.OTHER,
    Kind.TEXT,
)


@dataclass(frozen=True)
class Noticed:
    """Something in an object that could not be taken as it is. ERROR: the object or list was left out."""

    code: str
    field: str = ""
    value: str = ""
    weight: Weight = Weight.WARNING


@dataclass(frozen=True)
class Raw:
    """One object as it was read. `content` is None where it was not readable: `noticed` says why."""

    kind: Kind
    row: int
    content: dict[str, Any] | None
    noticed: tuple[Noticed, ...] = ()


@dataclass(frozen=True)
class Page:
    """Some objects of one list. `next` is where a broken run goes on; None at the list's end.

    `noticed` is about the list itself; `is_broken`: what comes after could not be read. `is_needed`: a run that
    could not read it has not come to its end.
    """

    list_name: str
    objects: Sequence[Raw]
    next: str | None = None
    noticed: tuple[Noticed, ...] = ()
    is_broken: bool = False
    is_needed: bool = True


@dataclass(frozen=True)
class Record:
    """A record of ours as the source describes it.

    values  model field → value
    refs    foreign key → OParl id of what it names; "" names nothing
    orgs    model field → OParl ids of organisations whose names it lists
    items   OParl ids of the agenda items a file names; it is public no further than they are
    """

    kind: Kind
    id: str
    values: Mapping[str, Any] = field(default_factory=dict)
    refs: Mapping[str, str] = field(default_factory=dict)
    orgs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    items: tuple[str, ...] = ()
    is_deleted: bool = False


@dataclass(frozen=True)
class Understood:
    """One object with all it carries inside, the object's own record first."""

    records: tuple[Record, ...]
    noticed: tuple[Noticed, ...]
