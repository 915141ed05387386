"""Costs as people write them: "ca. 50.000 €", "rd. 1,2 Mio. €", "noch nicht bezifferbar"."""

import re
from dataclasses import dataclass
from decimal import Decimal

from dreiklang.core.values import Money, Unknown

from .numbers import NUMBER, Notation, read_number, unsigned
from .result import Refused, not_stated, tidy

# By the beginning of the word; the longer beginning first.
_UNITS = (("milliard", 10**9), ("mrd", 10**9), ("mi", 10**6), ("t", 10**3), ("k", 10**3))
_UNIT = r"(?:mrd\b\.?|milliarden?|mio\b\.?|millionen|million|mill\.|tsd\b\.?|tausend|[tk](?= ?(?:€|eur)))"
_CURRENCY = r"(?:€|eur\b|euros?\b)"
_AMOUNT = re.compile(
    rf"(?P<ahead>€ ?|\beur ?|\beuro ?)?(?<![\d.,])(?P<digits>{NUMBER})(?P<round>[,.][-–—]+)?"
    rf" ?(?P<unit>{_UNIT})? ?(?P<currency>{_CURRENCY})?",
    re.IGNORECASE,
)
_APPROXIMATE = re.compile(
    r"\bca\b|\bcirca\b|\brd\b|\brund\b|\betwa\b|\bgesch[äa]tzt|\bungef|\bvoraus|\bknapp\b|\bgut\b|[~≈]"
    r"|kostensch[äa]tzung|kostenrahmen|überschl[äa]g|\bapprox|\babout\b",
    re.IGNORECASE,
)
_PER_YEAR = re.compile(
    r"\bp\. ?a\b|\bpro (?:jahr|haushaltsjahr)|\bje jahr|/ ?(?:jahr|a)\b|\bj[äa]hrlich|per (?:year|annum)",
    re.I,
)
_PER_PART = re.compile(
    r"\bjeweils\b|\bje\b|\bpro\b|\bper\b|/ ?(?:m|m²|qm|stück|st|monat|einwohner)\b|\bmonatlich", re.I
)
_BOUND = re.compile(
    r"(?:\bbis zu|\bbis|\bmax\.?|\bmaximal|\bhöchstens|\bmind\.?|\bmindestens|\bab|\büber|\bunter"
    r"|\bmehr als|\bweniger als|\bup to|\bat least|[<>≤≥]) ?(?:ca\.? |rd\.? |rund |etwa )?$",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"\d ?(?:mio\.? ?|mrd\.? ?|tsd\.? ?|€ ?|eur ?|euro ?)?(?:-|–|—|bis|und|to) ?(?:ca\. |rd\. )?$", re.I
)
_TOTAL = re.compile(r"\b(?:gesamt\w*|insgesamt|in summe|summe|total)\b[^\d]*$", re.IGNORECASE)
_MINUS = re.compile(r"(?:^|\s)-$")
_NOT_QUANTIFIABLE = re.compile(
    r"nicht (?:\w+ )?(?:bezifferbar|beziffert|bekannt|absehbar|quantifizierbar|ermittelt|ermittelbar|festgelegt"
    r"|geklärt|bestimmbar|fest)|(?:wird|werden) (?:noch )?ermittelt|in ermittlung|in pr[üu]fung|^(?:noch )?offen$|\btbd\b",
    re.IGNORECASE,
)
_OTHER_CURRENCY = re.compile(r"\$|£|\b(?:usd|chf|gbp|dm|us-dollar|franken|d-mark)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount in a text, with the piece of the text it stands in."""

    money: Money
    words: str
    approximate: bool


@dataclass(frozen=True, slots=True)
class Cost:
    """What something costs altogether. `words` keeps the whole text where it said more than a bare number."""

    amount: Money
    words: str = ""
    approximate: bool = False


def read_cost(value: object, *, notation: Notation | None = None) -> Cost | Unknown | Refused:
    """The total cost written in a cell, in EUR.

    Never added up, halved or multiplied: where the text gives no single total, it is Unknown with its words:
    `several_amounts`, `per_year`, `per_part`, `range`, `bound` (at most, at least), `not_quantifiable`,
    `no_amount`, `not_stated`. `amounts_in` gives the single amounts. A total named as such wins over its parts.
    """
    missing = not_stated(value)
    if missing is not None:
        return missing
    if not isinstance(value, str):
        return _bare(read_number(value), value, rounded=True)
    bare = read_number(value, notation=notation or _MONEY_NOTATION.get(_group_sign(value)))
    if not isinstance(bare, Refused):
        return _bare(bare, value, rounded=False)
    if _OTHER_CURRENCY.search(value):
        return Refused("other_currency", value)
    found = _amounts(value, notation)
    if isinstance(found, Refused):
        return found
    return _total(value, found) if found else _without_amount(value)


def amounts_in(value: str, *, notation: Notation | None = None) -> tuple[Amount, ...]:
    """Every amount in a text, in order; empty if there is none or one cannot be read."""
    found = _amounts(value, notation)
    return () if isinstance(found, Refused) else tuple(amount for amount, _ in found)


# Money has two places at most: three digits after a lone separator are a group, whichever sign it is.
_MONEY_NOTATION = {".": Notation.GERMAN, ",": Notation.ENGLISH}


def _group_sign(digits: str) -> str:
    match = re.search(r"\d([.,])\d{3}(?!\d)", digits)
    return match.group(1) if match else ""


def _bare(number: Decimal | Unknown | Refused, value: object, *, rounded: bool) -> Cost | Unknown | Refused:
    if not isinstance(number, Decimal):
        return number
    if number < 0:
        return Refused("negative_cost", str(value))
    try:
        return Cost(Money.rounded(number) if rounded else Money(number))
    except ValueError:
        return Refused("more_than_cents", str(value))


def _amounts(value: str, notation: Notation | None) -> list[tuple[Amount, re.Match[str]]] | Refused:
    """The amounts with the place they were found at: digits with a unit or a currency, nothing less."""
    found: list[tuple[Amount, re.Match[str]]] = []
    for line in _lines(value):
        for match in _AMOUNT.finditer(line):
            if not (match["unit"] or match["currency"] or match["ahead"] or match["round"]):
                continue
            money = _amount_of(match, notation)
            if isinstance(money, Refused):
                return Refused(money.code, value)
            before = line[: match.start()]
            if _MINUS.search(before):
                return Refused("negative_cost", value)
            found.append((Amount(money, line, bool(_APPROXIMATE.search(before))), match))
    return found


def _amount_of(match: re.Match[str], notation: Notation | None) -> Money | Refused:
    digits, unit = match["digits"], (match["unit"] or "").lower().rstrip(".")
    factor = next((size for beginning, size in _UNITS if unit.startswith(beginning)), 1)
    if factor == 1:
        notation = _MONEY_NOTATION.get(_group_sign(digits), notation)
    number = unsigned(digits, notation)
    if not isinstance(number, Decimal):
        return Refused("ambiguous_number" if number else "not_a_number", digits)
    try:
        return Money(number * factor)
    except ValueError:
        return Refused("more_than_cents", digits)


def _total(value: str, found: list[tuple[Amount, re.Match[str]]]) -> Cost | Unknown:
    words = value.strip()
    totals = [(a, m) for a, m in found if _TOTAL.search(m.string[: m.start()])]
    if len(found) > 1 and len(totals) != 1:
        return Unknown("range" if _is_range(found) else "several_amounts", words)
    amount, match = totals[0] if len(found) > 1 else found[0]
    before = match.string[: match.start()]
    reason = _not_a_total(before, match.string)
    if reason:
        return Unknown(reason, words)
    return Cost(
        amount.money,
        words if _says_more(value, match) else "",
        amount.approximate or _estimated(match.string),
    )


def _not_a_total(before: str, line: str) -> str:
    if _RANGE.search(before):
        return "range"
    if _PER_YEAR.search(line):
        return "per_year"
    if _PER_PART.search(line):
        return "per_part"
    return "bound" if _BOUND.search(before) else ""


def _is_range(found: list[tuple[Amount, re.Match[str]]]) -> bool:
    (_, first), (_, second) = found[0], found[1]
    return (
        len(found) == 2
        and first.string is second.string
        and bool(_RANGE.search(second.string[: second.start()]))
    )


def _estimated(line: str) -> bool:
    return bool(re.search(r"kostensch[äa]tzung|gesch[äa]tzt|kostenrahmen", line, re.IGNORECASE))


def _says_more(value: str, match: re.Match[str]) -> bool:
    return tidy(value) != match.group().strip() or bool(match["unit"])


def _without_amount(value: str) -> Unknown:
    reason = "not_quantifiable" if _NOT_QUANTIFIABLE.search(tidy(value)) else "no_amount"
    return Unknown(reason, value.strip())


def _lines(value: str) -> list[str]:
    return [tidy(line) for line in value.splitlines() if line.strip()]
