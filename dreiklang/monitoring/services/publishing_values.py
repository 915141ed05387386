"""The city's own values go out with its catalogue, and stay at home again."""

from typing import Any

from dreiklang.core.enums import Visibility
from dreiklang.core.errors import NotFound
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import Dataset
from dreiklang.monitoring.queries.visibility import visible_indicators
from dreiklang.monitoring.services.own_datasets import OWN_PROVIDER, CannotSaveDataset, change_dataset
from dreiklang.people.rules import PUBLIC, Viewer
from dreiklang.people.services import require


def publish_values(*, by: Viewer, dataset_id: int, version: int) -> Dataset:
    """A list of values becomes a public dataset of the city; its public indicators lead to the values.

    Raises: NotFound, also where it is no list of the city's own; NotAllowed; ChangedMeanwhile; CannotSaveDataset
    (no_public_indicator).
    """
    dataset = _own_list(by, dataset_id)
    rows = visible_indicators(PUBLIC).filter(quantity__dataset=dataset).order_by("name", "pk")
    names = list(rows.values_list("name", flat=True))
    if not names:
        raise CannotSaveDataset("no_public_indicator")
    values: dict[str, Any] = {"is_own": True, "visibility": Visibility.PUBLIC, "access_rights": "PUBLIC"}
    if not dataset.description:
        # DCAT-AP.de asks for one, and what is kept is said in German; somebody may write a better one.
        values["description"] = f"Werte dieser Indikatoren: {', '.join(names)}."
    return change_dataset(by=by, dataset_id=dataset_id, version=version, values=values)


def keep_values_at_home(*, by: Viewer, dataset_id: int, version: int) -> Dataset:
    """It does not go out any more; the pages of its indicators stay as they are.

    Raises: NotFound; NotAllowed; ChangedMeanwhile.
    """
    _own_list(by, dataset_id)
    values = {"is_own": False, "visibility": Visibility.INTERNAL}
    return change_dataset(by=by, dataset_id=dataset_id, version=version, values=values)


def _own_list(by: Viewer, dataset_id: int) -> Dataset:
    found = (
        Dataset.objects.filter(pk=dataset_id, provider__key=OWN_PROVIDER, entry=None).defer("search").first()
    )
    if found is None:
        raise NotFound("dataset")
    require(by, permissions.EDIT_CATALOGUE, found)
    return found
