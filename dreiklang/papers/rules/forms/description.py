"""The description of a printed form, as data: which labels it has, and what stands beside them.

The shape, with an example, is in docs/rules/form-headers.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

TICKED = ("☒", "☑", "✔", "✓", "✘", "✗", "x", "X")
EMPTY = ("☐", "□")


class FieldKind(StrEnum):
    """What a field takes: one tick of several boxes, any number of ticks, money, names of a list, or words."""

    ONE = "one"
    SEVERAL = "several"
    MONEY = "money"
    NAMES = "names"
    WORDS = "words"


class InvalidForm(ValueError):
    """A form description is not what it should be: `where` names the place, `why` says what is wrong."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where
        self.why = why


@dataclass(frozen=True, slots=True)
class Option:
    """A tick box: the code of its answer, and the words printed beside it."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name that may stand in a field, and how else people write it."""

    name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One field. Without a label its options are looked for in the whole form, so they occur only once there.

    `title` is how our pages name it; `labels` are the ways its label is printed; `box_before` says that the box stands
    before its words.
    """

    name: str
    title: str
    kind: FieldKind
    labels: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    box_before: bool = False
    names: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class FormDescription:
    """A printed form: it is there where all of `recognised_by` are, and begins with `begins_with`.

    `front` are labels printed above it whose values stand on their line (number, office).
    """

    name: str
    title: str
    recognised_by: tuple[str, ...]
    begins_with: str
    fields: tuple[Field, ...]
    ticked: tuple[str, ...] = TICKED
    empty: tuple[str, ...] = EMPTY
    front: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()


def form_description(data: Mapping[str, Any]) -> FormDescription:
    """The description from data (YAML or JSON). Raises: InvalidForm, which names the place."""
    if not isinstance(data, Mapping):
        raise InvalidForm("form", "is not a table of names and values")
    fields = tuple(
        _field(entry, f"fields[{number}]") for number, entry in enumerate(_list(data, "fields", "form"))
    )
    names = [field.name for field in fields]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InvalidForm("fields", f"{twice[0]} stands twice")
    return FormDescription(
        name=_text(data, "name", "form"),
        title=_text(data, "title", "form"),
        recognised_by=_texts(data, "recognised_by"),
        begins_with=_text(data, "begins_with", "form"),
        fields=fields,
        ticked=_texts(data, "ticked", TICKED),
        empty=_texts(data, "empty", EMPTY),
        front=_texts(data, "front", ()),
        furniture=_texts(data, "furniture", ()),
    )


def _field(entry: Any, where: str) -> Field:
    if not isinstance(entry, Mapping):
        raise InvalidForm(where, "is not a table of names and values")
    try:
        kind = FieldKind(entry.get("kind", ""))
    except ValueError:
        raise InvalidForm(f"{where}.kind", f"is none of {', '.join(FieldKind)}") from None
    options = tuple(Option(str(code), str(words)) for code, words in dict(entry.get("options") or {}).items())
    if (kind in {FieldKind.ONE, FieldKind.SEVERAL}) != bool(options):
        raise InvalidForm(f"{where}.options", "belong to ticks, and to nothing else")
    labels = _labels(entry, where)
    if not labels and not options:
        raise InvalidForm(f"{where}.label", "is missing")
    if entry.get("box", "after") not in {"before", "after"}:
        raise InvalidForm(f"{where}.box", "is neither before nor after")
    return Field(
        name=_text(entry, "name", where),
        title=str(entry["title"])
        if "title" in entry
        else labels[0]
        if labels
        else _text(entry, "title", where),
        kind=kind,
        labels=labels,
        options=options,
        box_before=entry.get("box") == "before",
        names=tuple(_name(name, where) for name in entry.get("names") or ()),
    )


def _labels(entry: Mapping[str, Any], where: str) -> tuple[str, ...]:
    label = entry.get("label", [])
    labels = [label] if isinstance(label, str) else label
    if not isinstance(labels, list) or not all(isinstance(way, str) and way.strip() for way in labels):
        raise InvalidForm(f"{where}.label", "is neither a text nor a list of texts")
    return tuple(labels)


def _name(entry: Any, where: str) -> Name:
    if isinstance(entry, str):
        return Name(entry)
    if not isinstance(entry, Mapping):
        raise InvalidForm(f"{where}.names", "is neither a name nor a table")
    return Name(_text(entry, "name", f"{where}.names"), tuple(map(str, entry.get("also") or ())))


def _text(data: Mapping[str, Any], key: str, where: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise InvalidForm(f"{where}.{key}", "is missing, or is not text")
    return value.strip()


def _texts(data: Mapping[str, Any], key: str, otherwise: Iterable[str] | None = None) -> tuple[str, ...]:
    if key not in data and otherwise is not None:
        return tuple(otherwise)
    values = _list(data, key, "form")
    if not all(isinstance(value, str) and value for value in values):
        raise InvalidForm(key, "is not a list of texts")
    return tuple(values)


def _list(data: Mapping[str, Any], key: str, where: str) -> list[Any]:
    value = data.get(key)
    if not isinstance(value, list) or not value:
        raise InvalidForm(f"{where}.{key}", "is missing, or is not a list")
    return value
