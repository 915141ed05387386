"""Which part of a table is asked for: areas and years, as people say them and as GENESIS services want them.

docs/sources/genesis-service.md
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from dreiklang.monitoring.rules.regions import NATION
from dreiklang.monitoring.rules.values import Refused

# The regional variable of a key by its length, at the services whose tables we have seen. Those of Zensus 2022 carry
# a number that is another one in each table ("GEOGM4"), so nothing tells them.
VARIABLES: Mapping[int, str] = MappingProxyType({2: "DLAND", 3: "REGBEZ", 5: "KREISE", 8: "GEMEIN"})
_OF_NATION = "DINSG"
_NUMBERED = "zensus"
_KEY = re.compile(r"(?:\d{1,12}|DG)\*?|\*")
_VARIABLE = re.compile(r"[A-Z][A-Z0-9]{0,5}")
_YEARS = re.compile(r"(?P<first>\d{4})?(?P<dash>\s*[-–]\s*)?(?P<last>\d{4})?")


@dataclass(frozen=True, slots=True)
class RegionWish:
    """Some areas of a table: the variable that names them and their keys, parted by commas. Both empty: all of them."""

    variable: str = ""
    keys: str = ""


@dataclass(frozen=True, slots=True)
class YearWish:
    """Some years of a table, both ends inclusive; None is open."""

    first: int | None = None
    last: int | None = None


def region_wish(said: Sequence[str], *, source: str, variable: str = "") -> RegionWish | Refused:
    """Areas by official keys; "14*" are all that begin so, and several may stand in one word, parted by commas.

    Refused: `not_a_region_key`; `not_a_region_variable`; `region_variable_missing` where the keys do not tell it:
    with "*", of several levels, or at Zensus 2022.
    """
    keys = [one.strip() for words in said for one in words.split(",") if one.strip()]
    if variable and not _VARIABLE.fullmatch(variable):
        return Refused("not_a_region_variable", variable[:80])
    if variable and not keys:
        keys = ["*"]
    if odd := next((one for one in keys if not _KEY.fullmatch(one)), ""):
        return Refused("not_a_region_key", odd[:80])
    if not keys:
        return RegionWish()
    variable = variable or _variable(keys, source)
    return (
        RegionWish(variable, ",".join(keys))
        if variable
        else Refused("region_variable_missing", ", ".join(keys)[:80])
    )


def _variable(keys: Sequence[str], source: str) -> str:
    """The one variable that all of these are keys of; empty where they do not tell."""
    if source == _NUMBERED or any(one.endswith("*") for one in keys):
        return ""
    found = {_OF_NATION if one == NATION else VARIABLES.get(len(one), "") for one in keys}
    return found.pop() if len(found) == 1 else ""


def year_wish(said: str) -> YearWish | Refused:
    """Years as people write them: "2015-2024", "2015-", "-2024", "2020". Refused: `not_years`."""
    found = _YEARS.fullmatch(said.strip())
    if not said.strip():
        return YearWish()
    if not found or not (found["first"] or found["last"]):
        return Refused("not_years", said[:80])
    first, last = (int(found[name]) if found[name] else None for name in ("first", "last"))
    if not found["dash"]:
        # Eight digits in a row are two years without a dash.
        return YearWish(first, first) if last is None else Refused("not_years", said[:80])
    if first is not None and last is not None and last < first:
        return Refused("not_years", said[:80])
    return YearWish(first, last)
