"""Reading what council systems really send: tolerant of broken JSON, wrong types, "N/A" and the year 0001."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import orjson
from django.utils import timezone

from dreiklang.papers.imports.oparl.records import Noticed

EARLIEST, LATEST = 1900, 2200
# What vendors write where they know nothing.
NOTHING = frozenset({"", "n/a", "null", "none", "-"})
# Persons stand in these fields; without the city's wish they are not even kept.
PERSONS = (
    "membership",
    "person",
    "participant",
    "originatorPerson",
    "underDirectionOfPerson",
    "keeper",
    "contactName",
)
_CONTROL = re.compile("\x00|[\ud800-\udfff]")
SHOWN = 200


class NotJson(Exception):
    """The content cannot be read as JSON, not even with patience."""


def parsed(content: bytes) -> tuple[Any, bool]:
    """The value, and whether it had to be repaired (raw control characters, another encoding, NaN).

    Raises: NotJson.
    """
    try:
        value = orjson.loads(content)
    except ValueError:
        return _repaired(content), True
    if b"\\u0000" in content:
        return _cleaned(value), True
    return value, False


def fingerprint(content: Any) -> str:
    """A short mark of the content, whatever the order of its fields."""
    try:
        whole = orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
    except (TypeError, ValueError):
        whole = json.dumps(content, sort_keys=True).encode()
    return hashlib.blake2b(whole, digest_size=32).hexdigest()


def without_persons(content: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """The object without its fields that name persons, also further inside; and how many those were."""
    if not any(_names_persons(one) for one in (content, *_inside(content))):
        return content, 0
    left_out = 0
    kept: dict[str, Any] = {}
    for name, value in content.items():
        if name in PERSONS:
            left_out += 1
        elif isinstance(value, list):
            parts = [without_persons(one) if isinstance(one, dict) else (one, 0) for one in value]
            kept[name] = [one for one, _ in parts]
            left_out += sum(count for _, count in parts)
        elif isinstance(value, dict):
            kept[name], count = without_persons(value)
            left_out += count
        else:
            kept[name] = value
    return kept, left_out


class Fields:
    """One object's fields, read with patience. What was wrong is collected in `noticed`."""

    def __init__(self, content: Mapping[str, Any], noticed: list[Noticed], *, at: str = "") -> None:
        self.content = content
        self.noticed = noticed
        self.at = at

    def has(self, name: str) -> bool:
        """Whether the field is there and says something."""
        return not _is_nothing(self.content.get(name))

    def note(self, code: str, name: str, value: object = "") -> None:
        """Something was wrong with that field."""
        self.noticed.append(Noticed(code, f"{self.at}{name}", str(value)[:SHOWN]))

    def text(self, name: str, *, longest: int | None = None) -> str:
        """The words of a field, "" for none. Numbers count as words; too long ones are cut and noted."""
        value = self.content.get(name)
        if _is_nothing(value):
            return ""
        if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
            value = ", ".join(value)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.note("wrong_type", name, value)
            return ""
        words = str(value).strip()
        if longest is not None and len(words) > longest:
            self.note("too_long", name, words)
            return words[: longest - 1] + "…"
        return words

    def address(self, name: str, *, longest: int) -> str:
        """A web address, "" for none or for one that is none."""
        words = self.text(name)
        if words and (not words.startswith(("http://", "https://")) or len(words) > longest):
            self.note("not_an_address", name, words)
            return ""
        return words

    def flag(self, name: str) -> bool | None:
        """Yes, no, or None for nothing said or not understood."""
        value = self.content.get(name)
        if isinstance(value, bool) or _is_nothing(value):
            return value if isinstance(value, bool) else None
        if (word := str(value).strip().lower()) in _FLAGS:
            return _FLAGS[word]
        self.note("wrong_type", name, value)
        return None

    def number(self, name: str, *, most: int) -> int | None:
        """A whole number from 0 to `most`, or None."""
        value = self.content.get(name)
        if _is_nothing(value):
            return None
        if isinstance(value, str) and value.strip().isdecimal():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
            self.note("wrong_type", name, value)
            return None
        return value

    def instant(self, name: str) -> datetime | None:
        """A time; without a zone the city's own. None for nothing, or for a time that cannot be meant."""
        value = self.content.get(name)
        if _is_nothing(value):
            return None
        try:
            found = datetime.fromisoformat(str(value).strip())
        except ValueError:
            self.note("not_a_time", name, value)
            return None
        if not EARLIEST <= found.year <= LATEST:
            self.note("no_such_time", name, value)
            return None
        return found if found.tzinfo else timezone.make_aware(found)

    def day(self, name: str) -> date | None:
        """A day, also of a time."""
        found = self.instant(name)
        if found is None:
            return None
        # A plain day has no zone: it must not slip into the day before.
        return timezone.localdate(found)

    def objects(self, name: str) -> list[dict[str, Any]] | None:
        """The objects inside; None where the field is absent or only names addresses."""
        value = self.content.get(name)
        if _is_nothing(value):
            return [] if value == [] else None
        if isinstance(value, dict):
            self.note("object_for_list", name)
            value = [value]
        if not isinstance(value, list):
            if not isinstance(value, str):
                self.note("wrong_type", name, value)
            return None
        found = [one for one in value if isinstance(one, dict)]
        if len(found) < len(value) and not all(isinstance(one, str) for one in value):
            self.note("wrong_type", name, next(one for one in value if not isinstance(one, dict)))
        return found if found or not value else None

    def ids(self, name: str) -> tuple[str, ...]:
        """The addresses a field names: one, several, or those of objects inside; once each, in order."""
        value = self.content.get(name)
        if _is_nothing(value):
            return ()
        values = value if isinstance(value, list) else [value]
        found = [str(one.get("id") or "") if isinstance(one, dict) else one for one in values]
        wrong = [one for one in found if not isinstance(one, str)]
        if wrong:
            self.note("wrong_type", name, wrong[0])
        return tuple(dict.fromkeys(one for one in found if isinstance(one, str) and not _is_nothing(one)))

    def id(self, name: str) -> str:
        """The one address a field names, or ""."""
        return next(iter(self.ids(name)), "")


def _is_nothing(value: Any) -> bool:
    if isinstance(value, str):
        return value.strip().lower() in NOTHING
    return value is None or value == [] or value == {}


def _names_persons(content: Mapping[str, Any]) -> bool:
    return any(name in content for name in PERSONS)


def _inside(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = []
    for value in content.values():
        if isinstance(value, dict):
            found += [value, *_inside(value)]
        elif isinstance(value, list):
            for one in value:
                if isinstance(one, dict):
                    found += [one, *_inside(one)]
    return found


def _repaired(content: bytes) -> Any:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    try:
        return _cleaned(json.loads(text, strict=False, parse_constant=lambda _name: None))
    except (ValueError, RecursionError) as error:
        raise NotJson(str(error)[:SHOWN]) from error


def _cleaned(value: Any) -> Any:
    """Without characters that no database keeps (NUL, half of a pair)."""
    if isinstance(value, str):
        return _CONTROL.sub("", value)
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    if isinstance(value, dict):
        return {_CONTROL.sub("", name): _cleaned(one) for name, one in value.items()}
    return value


_FLAGS = {"true": True, "1": True, "ja": True, "false": False, "0": False, "nein": False}
