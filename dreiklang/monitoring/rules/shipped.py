"""The lists that come with the software: who publishes, signs of each source, changed keys, variables that name areas."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from dreiklang.monitoring.rules.ffcsv_parts import RegionalVariables, shipped_variables_of
from dreiklang.monitoring.rules.marks import Mark, shipped_marks_of
from dreiklang.monitoring.rules.regions import KeyChange, shipped_changes_of


@dataclass(frozen=True, slots=True)
class KnownProvider:
    """Who publishes tables under a short name."""

    key: str
    name: str
    homepage: str


@cache
def known_providers() -> Mapping[str, KnownProvider]:
    """The publishers whose names are known, by their short names."""
    found = (KnownProvider(one["key"], one["name"], one["homepage"]) for one in _entries("providers"))
    return {one.key: one for one in found}


@cache
def marks() -> tuple[Mark, ...]:
    """Official signs with their meanings, dated, of every source known."""
    return shipped_marks_of(_entries("marks"))


@cache
def regional_variables() -> RegionalVariables:
    """Which variables of official tables name areas."""
    return shipped_variables_of(_entries("regional_variables"))


@cache
def key_changes() -> tuple[KeyChange, ...]:
    """Keys of areas that ended, and what they became."""
    return shipped_changes_of(_entries("region_changes"))


def _entries(name: str) -> Any:
    file = resources.files("dreiklang.monitoring").joinpath(f"data/{name}.yaml")
    return yaml.safe_load(file.read_text(encoding="utf-8"))
