"""Reads a printed form out of a text by its description: ticks, amounts, names, words.

Columns of a printed form may run together in any order. So a tick is read by what stands right beside its words;
labels only tell apart the several "Ja" and "Nein".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dreiklang.core.reading import Cost, Refused, read_cost
from dreiklang.core.values import Unknown

from .description import Field, FieldKind, FormDescription, Option

# A form is not longer than this; further away the same words belong to something else.
_FARTHEST = 6_000
# Between two boxes of one form there is less than this; after the last one there may be a few words more.
_WIDEST_GAP = 1_500
_TAIL = 400
_END_OF_WORDS = re.compile(r"\n[ \t]*\n|\f|\n\s*[–-]{1,2}\s*\d+\s*(?:[–-]|of)|\Z")


@dataclass(frozen=True, slots=True)
class Tick:
    """One box: ticked, empty, or None where no sign stands beside its words."""

    option: Option
    ticked: bool | None


@dataclass(frozen=True, slots=True)
class ReadField:
    """What one field says.

    `value`: a code (one), codes (several), a cost (money), names (names), text (words), or Unknown: none_ticked,
    several_ticked, sign_missing, label_missing, not_stated, other_words, or as `read_cost`. `words` are those that
    stand there.
    """

    field: Field
    value: str | tuple[str, ...] | Cost | Unknown
    words: str = ""
    ticks: tuple[Tick, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadForm:
    """A form that was found, and where: `begin` and `end` count characters of the text that was read."""

    form: FormDescription
    fields: tuple[ReadField, ...]
    begin: int
    end: int


def read_form(text: str, *, forms: Sequence[FormDescription]) -> ReadForm | None:
    """The printed form in the text, by the description most of whose labels are there; None if there is none.

    `text` as `passages.mended` gives it: words whole.
    """
    found = [read for form in forms if (read := _read(text, form))]
    return max(found, key=_certainty, default=None)


def _certainty(read: ReadForm) -> tuple[int, int]:
    signs = sum(tick.ticked is not None for field in read.fields for tick in field.ticks)
    missing = sum(tick.ticked is None for field in read.fields for tick in field.ticks)
    return signs - missing, len(read.form.recognised_by)


def _read(text: str, form: FormDescription) -> ReadForm | None:
    begin = _begin(text, form)
    if begin is None:
        return None
    printed = _printed(text, begin, form)
    labels = _labels(printed, form)
    ends = [_end(printed, labels)]
    fields = []
    for field in form.fields:
        read, end = _field(printed, form, field, labels)
        fields.append(read)
        ends.append(end)
    return ReadForm(form, tuple(fields), begin, begin + max(ends))


def _begin(text: str, form: FormDescription) -> int | None:
    """Where the form begins: the last such beginning that all the words it is known by follow."""
    if any(word.split()[0] not in text for word in form.recognised_by):
        return None
    places = [found.start() for found in _pattern(form.begins_with).finditer(text)]
    rest = [word for word in form.recognised_by if word != form.begins_with]
    fitting = [
        place
        for place in places
        if all(_pattern(word).search(text, place, place + _FARTHEST) for word in rest)
    ]
    return fitting[-1] if fitting else None


def _printed(text: str, begin: int, form: FormDescription) -> str:
    """The text of the form: up to a little behind its last box."""
    end = begin
    for place in _signs(form).finditer(text, begin, begin + _FARTHEST):
        if end > begin and place.end() - end > _WIDEST_GAP:
            break
        end = place.end()
    return text[begin : end + _TAIL] if end > begin else text[begin : begin + _FARTHEST]


Labels = dict[str, tuple[int, int]]


def _labels(printed: str, form: FormDescription) -> Labels:
    """Where each label stands: at best alone on its line, else at the beginning of one, else anywhere."""
    found: Labels = {}
    for field in form.fields:
        places = [
            (_rank(printed, place), number, place.span())
            for number, label in enumerate(field.labels)
            for place in _pattern(label).finditer(printed)
        ]
        if form.begins_with in field.labels:
            found[field.name] = min(span for _, _, span in places)
        elif places:
            found[field.name] = min(places)[2]
    return found


def _rank(printed: str, place: re.Match[str]) -> int:
    begins_line = not printed[printed.rfind("\n", 0, place.start()) + 1 : place.start()].strip()
    rest = printed[place.end() :].split("\n", 1)[0].lstrip()
    if begins_line and (not rest or rest.startswith(":")):
        return 0
    return 1 if begins_line else 2


def _end(printed: str, labels: Labels) -> int:
    last = max((end for _, end in labels.values()), default=0)
    stop = printed.find("\n", last)
    return stop if stop >= 0 else len(printed)


def _section(printed: str, labels: Labels, name: str) -> tuple[int, int]:
    """What belongs to a label: all up to the next."""
    _, begin = labels[name]
    following = [start for start, _ in labels.values() if start >= begin]
    return begin, min(following, default=len(printed))


def _field(printed: str, form: FormDescription, field: Field, labels: Labels) -> tuple[ReadField, int]:
    if field.labels and field.name not in labels:
        ticks = tuple(Tick(option, None) for option in field.options)
        return ReadField(field, Unknown("label_missing"), ticks=ticks), 0
    if field.options:
        return _ticks(printed, form, field, labels)
    begin, end = _section(printed, labels, field.name)
    if end == len(printed):
        stop = _END_OF_WORDS.search(printed, begin)
        end = stop.start() if stop else end
    words = _words(printed[begin:end], form)
    return ReadField(field, _value(field, words), words), end


def _ticks(printed: str, form: FormDescription, field: Field, labels: Labels) -> tuple[ReadField, int]:
    begin, end = _reach(printed, form, field, labels)
    ticks, ends = [], [0]
    for option in field.options:
        box = _box_pattern(option.words, form.ticked, form.empty, field.box_before)
        place = box.search(printed, begin, end)
        if place is None and _is_unique(option, form):
            place = box.search(printed)
        ticks.append(Tick(option, place["sign"] in form.ticked if place else None))
        ends.append(place.end() if place else 0)
    return ReadField(field, _ticked(field, ticks), ticks=tuple(ticks)), max(ends)


def _reach(printed: str, form: FormDescription, field: Field, labels: Labels) -> tuple[int, int]:
    """Where the boxes of a field may stand: from its label up to the next label whose boxes are named alike."""
    if not field.labels:
        return 0, len(printed)
    begin = labels[field.name][1]
    own = {option.words for option in field.options}
    alike = [other.name for other in form.fields if own & {option.words for option in other.options}]
    following = [labels[name][0] for name in alike if name in labels and labels[name][0] >= begin]
    return begin, min(following, default=len(printed))


def _is_unique(option: Option, form: FormDescription) -> bool:
    """Whether no other field has an option of these words: it is known wherever a column put it."""
    return sum(option.words == other.words for field in form.fields for other in field.options) == 1


def _ticked(field: Field, ticks: list[Tick]) -> str | tuple[str, ...] | Unknown:
    codes = tuple(tick.option.code for tick in ticks if tick.ticked)
    missing = any(tick.ticked is None for tick in ticks)
    if field.kind == FieldKind.SEVERAL:
        return Unknown("sign_missing") if missing and not codes else codes
    if len(codes) == 1:
        return codes[0]
    if codes:
        return Unknown("several_ticked", ", ".join(tick.option.words for tick in ticks if tick.ticked))
    return Unknown("sign_missing" if missing else "none_ticked")


def _words(section: str, form: FormDescription) -> str:
    """The words of a section, without the colon of its label and without what a neighbouring column printed there."""
    words = section.lstrip(" \t:")
    box = _signs(form).search(words)
    return " ".join(words[: box.start() if box else len(words)].split())


def _value(field: Field, words: str) -> str | tuple[str, ...] | Cost | Unknown:
    if not words:
        return Unknown("not_stated")
    if field.kind == FieldKind.MONEY:
        cost = read_cost(words)
        return Unknown(cost.code, words) if isinstance(cost, Refused) else cost
    if field.kind == FieldKind.NAMES:
        names = _names(field, words)
        return names or Unknown("other_words", words)
    return words


def _names(field: Field, words: str) -> tuple[str, ...]:
    plain = _plain(words)
    return tuple(
        known.name for known in field.names if any(_plain(way) in plain for way in (known.name, *known.also))
    )


def _plain(words: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", words.lower()).split())


@lru_cache(maxsize=64)
def _signs(form: FormDescription) -> re.Pattern[str]:
    """The signs that stand for nothing but a box; a letter may be part of a word."""
    signs = [re.escape(sign) for sign in (*form.ticked, *form.empty) if not sign.isalnum()]
    return re.compile("|".join(signs) or r"(?!)")


@lru_cache(maxsize=512)
def _pattern(words: str) -> re.Pattern[str]:
    """The words wherever the line breaks between them; matches nothing for empty words."""
    if not words:
        return re.compile(r"(?!)")
    return re.compile(rf"(?<!\w){_loose(words)}(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=512)
def _box_pattern(
    words: str, ticked: tuple[str, ...], empty: tuple[str, ...], before: bool
) -> re.Pattern[str]:
    signs = "|".join(
        rf"(?<!\w){re.escape(sign)}(?!\w)" if sign.isalnum() else re.escape(sign)
        for sign in (*ticked, *empty)
    )
    sign, label = rf"(?P<sign>{signs})", rf"(?<!\w){_loose(words)}(?!\w)"
    return re.compile(rf"{sign}\s*{label}" if before else rf"{label}\s*:?\s*{sign}")


def _loose(words: str) -> str:
    """Blanks may be line ends; around hyphen and slash there may be some."""
    pieces = re.split(r"(\s+|[-/|])", words.strip())
    return "".join(
        r"\s+" if piece.isspace() else rf"\s*{re.escape(piece)}\s*" if piece in "-/|" else re.escape(piece)
        for piece in pieces
        if piece
    )
