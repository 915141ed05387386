"""The text of a formula: cut into pieces, read into a tree, written out again. Nothing of it is ever run."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

# Far beyond what a person would write, and small enough for the recursion below.
MOST_CHARACTERS = 2000
_MOST_LEVELS = 40

_KEY = re.compile(r"[a-z0-9_-]+")
_PIECE = re.compile(
    r"\s*(?:(?P<number>\d[\d.]*)|(?P<input>\[[^\[\]]*\])|(?P<name>[a-z_]+)|(?P<sign>[-+*/(),;]))",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,30}(?:\.\d{1,30})?")
# 1.000 may be one or a thousand: the reader cannot know, so that it asks.
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
# What a text program makes of minus, times and divided.
_SIGNS = str.maketrans({"−": "-", "–": "-", "×": "*", "·": "*", "÷": "/"})


class CannotParse(ValueError):
    """A formula cannot be read: `code` says why, `at` where (from 0), `words` what is meant if the place does not say it.

    Codes: empty · too_long · too_deep · unknown_sign · unknown_function · bad_key · bad_number · ambiguous_number ·
    decimal_comma · wrong_count · years_expected · number_expected · change_in_change · nothing_named ·
    value_expected · unclosed · rest; and of `checked`: unit_mismatch · unit_unknown
    """

    def __init__(self, code: str, at: int, words: str = "") -> None:
        super().__init__(f"{code} at {at}")
        self.code = code
        self.at = at
        self.words = words


class Function(StrEnum):
    """What a formula can do besides + - * /."""

    PER = "per"
    SHARE = "share"
    CHANGE = "change"
    PCT_CHANGE = "pct_change"
    SUM_OF = "sum_of"


@dataclass(frozen=True, slots=True)
class InputRef:
    """Another indicator, by key, in one breakdown ("GES=GESW") or its total ("")."""

    key: str
    breakdown: str = ""

    def __str__(self) -> str:
        return f"{self.key}|{self.breakdown}" if self.breakdown else self.key


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it was written."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Negative:
    """Minus something."""

    inner: "Node"


@dataclass(frozen=True, slots=True)
class Sum:
    """Parts added (1) or taken away (-1), from left to right."""

    parts: tuple[tuple[int, "Node"], ...]


@dataclass(frozen=True, slots=True)
class Product:
    """Parts multiplied (1) or divided by (-1), from left to right."""

    parts: tuple[tuple[int, "Node"], ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments; `years` only of the changes."""

    function: Function
    arguments: tuple["Node", ...]
    years: int = 0


Node = InputRef | Number | Negative | Sum | Product | Call


def node_of(text: str) -> Node:
    """The tree of a formula. It names at least one input. Raises: CannotParse."""
    if len(text) > MOST_CHARACTERS:
        raise CannotParse("too_long", MOST_CHARACTERS)
    pieces = list(_pieces(text.translate(_SIGNS)))
    if not pieces:
        raise CannotParse("empty", 0)
    reader = _Reader(pieces, len(text))
    node = reader.sum()
    reader.end()
    if not any(piece.kind == "input" for piece in pieces):
        raise CannotParse("nothing_named", 0)
    return node


def text_of(node: Node) -> str:
    """The formula written out: as few brackets as it takes to be read the same."""
    match node:
        case InputRef():
            return f"[{node}]"
        case Number(value):
            return f"{value:f}"
        case Negative(inner):
            return f"-{_bracketed(inner, Sum, Product, Negative)}"
        case Sum(parts):
            return _joined(parts, {1: " + ", -1: " - "}, (Sum,))
        case Product(parts):
            return _joined(parts, {1: " * ", -1: " / "}, (Sum, Product))
        case Call(function, arguments, years):
            last = (str(years),) if years else ()
            return f"{function}({', '.join((*map(text_of, arguments), *last))})"


def _joined(parts: tuple[tuple[int, Node], ...], signs: dict[int, str], inside: tuple[type, ...]) -> str:
    first, *others = parts
    text = _bracketed(first[1], *inside)
    return text + "".join(signs[sign] + _bracketed(part, *inside) for sign, part in others)


def _bracketed(node: Node, *kinds: type) -> str:
    return f"({text_of(node)})" if isinstance(node, kinds) else text_of(node)


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: str
    text: str
    at: int


def _pieces(text: str) -> Iterator[_Piece]:
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _PIECE.match(text, at)
        if not found or not found.lastgroup:
            at = len(text) - len(text[at:].lstrip())
            raise CannotParse("unclosed" if text[at] == "[" else "unknown_sign", at)
        yield _Piece(found.lastgroup, found[found.lastgroup], found.start(found.lastgroup))
        at = found.end()


class _Reader:
    """Goes through the pieces once, from left to right."""

    def __init__(self, pieces: list[_Piece], end: int) -> None:
        self._pieces = pieces
        self._next = 0
        self._end = end
        self._level = 0

    @property
    def is_done(self) -> bool:
        return self._next == len(self._pieces)

    @property
    def at(self) -> int:
        return self._end if self.is_done else self._pieces[self._next].at

    def end(self) -> None:
        if not self.is_done:
            is_comma = self._pieces[self._next].text in {",", ";"}
            raise CannotParse("decimal_comma" if is_comma else "rest", self.at)

    def sum(self) -> Node:
        self._level += 1
        if self._level > _MOST_LEVELS:
            raise CannotParse("too_deep", self.at)
        parts = [(1, self._product())]
        while sign := self._took("+", "-"):
            parts.append((1 if sign == "+" else -1, self._product()))
        self._level -= 1
        return parts[0][1] if len(parts) == 1 else Sum(tuple(parts))

    def _product(self) -> Node:
        parts = [(1, self._single())]
        while sign := self._took("*", "/"):
            parts.append((1 if sign == "*" else -1, self._single()))
        return parts[0][1] if len(parts) == 1 else Product(tuple(parts))

    def _single(self) -> Node:
        # One minus may stand before a value; two would be a slip of the finger.
        return Negative(self._value()) if self._took("-") else self._value()

    def _value(self) -> Node:
        at = self.at
        if self.is_done:
            raise CannotParse("value_expected", at)
        piece = self._pieces[self._next]
        self._next += 1
        if piece.kind == "number":
            return Number(_number(piece))
        if piece.kind == "input":
            return _input(piece)
        if piece.kind == "name":
            return self._call(piece)
        if piece.text != "(":
            raise CannotParse("value_expected", at)
        node = self.sum()
        self._close(at)
        return node

    def _call(self, name: _Piece) -> Node:
        try:
            function = Function(name.text.lower())
        except ValueError:
            raise CannotParse("unknown_function", name.at) from None
        if not self._took("("):
            raise CannotParse("unclosed", self.at)
        arguments = [self.sum()]
        while self._took(",", ";"):
            arguments.append(self.sum())
        self._close(name.at)
        return _checked(function, arguments, name.at)

    def _close(self, opened_at: int) -> None:
        if not self._took(")"):
            if not self.is_done and self._pieces[self._next].text in {",", ";"}:
                raise CannotParse("decimal_comma", self.at)
            raise CannotParse("unclosed", opened_at)

    def _took(self, *signs: str) -> str:
        if (
            self.is_done
            or self._pieces[self._next].kind != "sign"
            or self._pieces[self._next].text not in signs
        ):
            return ""
        self._next += 1
        return self._pieces[self._next - 1].text


_COUNTS = {Function.PER: 3, Function.SHARE: 2, Function.CHANGE: 2, Function.PCT_CHANGE: 2}


def _checked(function: Function, arguments: list[Node], at: int) -> Call:
    count = _COUNTS.get(function, max(2, len(arguments)))
    if len(arguments) != count:
        raise CannotParse("wrong_count", at)
    if function in {Function.CHANGE, Function.PCT_CHANGE}:
        return _over_years(function, arguments, at)
    if function is Function.PER and not (isinstance(arguments[2], Number) and arguments[2].value > 0):
        raise CannotParse("number_expected", at)
    return Call(function, tuple(arguments))


def _over_years(function: Function, arguments: list[Node], at: int) -> Call:
    what, last = arguments
    if _changes(what):
        # Each level would double the years that are looked at.
        raise CannotParse("change_in_change", at)
    years = last.value if isinstance(last, Number) else Decimal(0)
    if years != years.to_integral_value() or not 1 <= years <= 100:
        raise CannotParse("years_expected", at)
    return Call(function, (what,), int(years))


def _changes(node: Node) -> bool:
    match node:
        case Negative(inner):
            return _changes(inner)
        case Sum(parts) | Product(parts):
            return any(_changes(part) for _sign, part in parts)
        case Call(_function, arguments, years):
            return years > 0 or any(map(_changes, arguments))
    return False


def _number(piece: _Piece) -> Decimal:
    if _THOUSANDS.fullmatch(piece.text):
        raise CannotParse("ambiguous_number", piece.at)
    if not _NUMBER.fullmatch(piece.text):
        raise CannotParse("bad_number", piece.at)
    return Decimal(piece.text)


def _input(piece: _Piece) -> InputRef:
    key, _bar, breakdown = piece.text[1:-1].partition("|")
    if not _KEY.fullmatch(key.strip()) or "|" in breakdown:
        raise CannotParse("bad_key", piece.at)
    return InputRef(key.strip(), breakdown.strip())
