"""The plain values of a dataset as they stand in the table."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from dreiklang.monitoring.models import Dataset, Resource
from dreiklang.monitoring.rules.dcat.plain import PlainDataset, PlainResource

# What a catalogue says of a dataset; all its other fields are the city's own.
PLAIN = tuple(one.name for one in fields(PlainDataset) if one.name != "resources")
OF_RESOURCE = tuple(one.name for one in fields(PlainResource))


def plain_of(dataset: Dataset, resources: Iterable[Resource]) -> PlainDataset:
    """The description of a dataset with its resources."""
    values: dict[str, Any] = {name: _tuple(getattr(dataset, name)) for name in PLAIN}
    parts = tuple(PlainResource(**{name: getattr(one, name) for name in OF_RESOURCE}) for one in resources)
    return PlainDataset(**values, resources=parts)


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
