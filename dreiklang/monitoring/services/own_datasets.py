"""Datasets described here: created, changed, made public; their resources; and what the city says of those of others."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import record
from dreiklang.core.errors import ChangedMeanwhile, NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.core.values import Unknown
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import CatalogueEntry, Dataset, Indicator, Provider, Quantity, Resource
from dreiklang.monitoring.queries.plain import OF_RESOURCE, plain_of
from dreiklang.monitoring.rules.units import unit_of
from dreiklang.monitoring.services.dataset_entries import licence_names
from dreiklang.monitoring.services.definitions import create_indicator
from dreiklang.monitoring.services.gaps import tell_gaps_again
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

# The city's own words about a dataset, wherever it comes from: no harvest touches them.
LOCAL = (
    "department_id",
    "responsible_id",
    "next_due_on",
    "quality_note",
    "visibility",
    "dash_is_zero",
)
# What is filled in where no catalogue says it.
DESCRIBED = (
    "title",
    "description",
    "identifier",
    "publisher_name",
    "contact_name",
    "contact_email",
    "contact_url",
    "contact_phone",
    "themes",
    "keywords",
    "rhythm",
    "issued_on",
    "modified_on",
    "begins_on",
    "ends_on",
    "place_words",
    "political_level",
    "access_rights",
    "landing_page",
    "edition",
    "legal_basis",
    "is_own",
)
OWN_PROVIDER = "stadt"


class CannotSaveDataset(Refused):
    """It cannot be like that: title_missing, no_address (a resource leads nowhere), ends_before_begin."""


def create_dataset(*, by: Viewer, values: Mapping[str, Any], city: str) -> Dataset:
    """A dataset of the city, internal unless said otherwise. Raises: NotAllowed; CannotSaveDataset."""
    dataset = Dataset(version=0, is_own=True, department_id=values.get("department_id"))
    require(by, permissions.EDIT_CATALOGUE, dataset)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Datensatz beschrieben")):
        dataset.provider, _is_new = Provider.objects.get_or_create(
            key=OWN_PROVIDER, defaults={"name": city[:200]}
        )
        _set(dataset, values, (*LOCAL, *DESCRIBED))
        dataset.code = _free_code(dataset)
        _save(dataset, by, name="dataset_created")
    return dataset


def change_dataset(*, by: Viewer, dataset_id: int, version: int, values: Mapping[str, Any]) -> Dataset:
    """Change what `values` names; of a dataset that a catalogue describes, only what is the city's own to say.

    Raises: NotFound; NotAllowed, also when it would move to a department that is not the editor's; ChangedMeanwhile;
    CannotSaveDataset.
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Datensatz geändert")):
        dataset = _locked(by, dataset_id, version)
        is_harvested = CatalogueEntry.objects.filter(dataset=dataset).exists()
        _set(dataset, values, LOCAL if is_harvested else (*LOCAL, *DESCRIBED))
        require(by, permissions.EDIT_CATALOGUE, dataset)
        _save(dataset, by, name="dataset_changed")
    return dataset


def save_resource(
    *, by: Viewer, dataset_id: int, version: int, values: Mapping[str, Any], resource_id: int | None = None
) -> Dataset:
    """Add a resource to a dataset described here, or change one.

    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotSaveDataset (no_address).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Ressource geändert")):
        dataset = _locked(by, dataset_id, version, is_described_here=True)
        if resource_id is None:
            last = dataset.resources.order_by("-position").values_list("position", flat=True).first()
            resource = Resource(dataset=dataset, position=(last or 0) + 1)
        else:
            resource = _resource(dataset, resource_id)
        for name in OF_RESOURCE:
            if name in values:
                setattr(resource, name, values[name])
        if not resource.access_url and not resource.download_url:
            raise CannotSaveDataset("no_address")
        resource.save()
        _save(dataset, by, name="dataset_changed")
    return dataset


def remove_resource(*, by: Viewer, dataset_id: int, version: int, resource_id: int) -> Dataset:
    """A dataset described here cannot be had in this form any more. Raises: NotFound; NotAllowed; ChangedMeanwhile."""
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Ressource entfernt")):
        dataset = _locked(by, dataset_id, version, is_described_here=True)
        _resource(dataset, resource_id).delete()
        _save(dataset, by, name="dataset_changed")
    return dataset


def draft_of_quantity(*, by: Viewer, quantity_id: int, on: date) -> Indicator:
    """An internal indicator whose values lie in this quantity; what the dataset knows is filled in.

    Raises: NotFound; NotAllowed.
    """
    quantity = Quantity.objects.select_related("dataset__provider").filter(pk=quantity_id).first()
    if quantity is None:
        raise NotFound("quantity")
    dataset = quantity.dataset
    unit = unit_of(quantity.unit_words)
    values = {
        "name": quantity.name[:200],
        "unit": quantity.unit or ("" if isinstance(unit, Unknown) else unit.code),
        "decimals": min(quantity.decimals, 6),
        "quantity_id": quantity.pk,
        "provider_id": dataset.provider_id,
        "source_words": f"{dataset.title} ({dataset.code})"[:500],
        "licence": dataset.licence,
        "attribution": dataset.attribution[:300],
        "rhythm": dataset.rhythm,
        "department_id": dataset.department_id,
    }
    return create_indicator(by=by, key=_free_key(quantity.name), values=values, on=on)


def _locked(by: Viewer, dataset_id: int, version: int, *, is_described_here: bool = False) -> Dataset:
    dataset = Dataset.objects.select_for_update().defer("search").filter(pk=dataset_id).first()
    if dataset is None or (is_described_here and CatalogueEntry.objects.filter(dataset=dataset).exists()):
        raise NotFound("dataset")
    require(by, permissions.EDIT_CATALOGUE, dataset)
    if dataset.version != version:
        raise ChangedMeanwhile(dataset, version=dataset.version)
    return dataset


def _resource(dataset: Dataset, resource_id: int) -> Resource:
    found = dataset.resources.filter(pk=resource_id).first()
    if found is None:
        raise NotFound("resource")
    return found


def _set(dataset: Dataset, values: Mapping[str, Any], names: Iterable[str]) -> None:
    for name in names:
        if name in values:
            setattr(dataset, name, values[name])
    for name in ("issued", "modified"):
        if f"{name}_on" in values and f"{name}_on" in names:
            day = values[f"{name}_on"]
            setattr(dataset, f"{name}_words", day.isoformat() if day else "")


def _save(dataset: Dataset, by: Viewer, *, name: str) -> None:
    if not dataset.title.strip():
        raise CannotSaveDataset("title_missing")
    if dataset.begins_on and dataset.ends_on and dataset.ends_on < dataset.begins_on:
        raise CannotSaveDataset("ends_before_begin")
    dataset.version += 1
    dataset.save()
    is_harvested = CatalogueEntry.objects.filter(dataset=dataset).exists()
    if not is_harvested:
        resources = dataset.resources.order_by("position")
        named = licence_names(plain_of(dataset, resources).resources)
        if named and named != dataset.licence:
            Dataset.objects.filter(pk=dataset.pk).update(licence=named)
        tell_gaps_again([dataset])
    record(
        name=name,
        subject="monitoring",
        object_key=str(dataset.pk),
        by_id=by.account_id,
        by_name=by.name,
    )


def _free_code(dataset: Dataset) -> str:
    base = slugify(dataset.title)[:60] or "datensatz"
    taken = set(
        Dataset.objects.filter(provider=dataset.provider, code__startswith=base).values_list(
            "code", flat=True
        )
    )
    return _first_free(base, taken)


def _free_key(name: str) -> str:
    base = slugify(name)[:60].strip("-") or "indikator"
    return _first_free(
        base, set(Indicator.objects.filter(key__startswith=base).values_list("key", flat=True))
    )


def _first_free(base: str, taken: set[str]) -> str:
    number, found = 1, base
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found
