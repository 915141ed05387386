"""What keeps datasets described here out of the export, told anew whenever something it hangs on changes."""

from collections.abc import Iterable

from dreiklang.monitoring.models import Dataset, Indicator
from dreiklang.monitoring.queries.described import described, own_catalogue
from dreiklang.monitoring.rules.dcat.writing import fit_for_export
from dreiklang.monitoring.services.dataset_entries import keep_gaps


def tell_gaps_again(datasets: Iterable[Dataset] | None = None) -> None:
    """What is missing for the export, of all datasets described here or of these: the publisher may be new."""
    own = own_catalogue()
    found = (
        datasets if datasets is not None else Dataset.objects.filter(is_own=True, entry=None).defer("search")
    )
    for one in found:
        resources = list(one.resources.order_by("position"))
        fit = fit_for_export((described(one, entry=None, resources=resources, own=own),))
        keep_gaps(one, fit.gaps)
        Dataset.objects.filter(pk=one.pk).update(gaps=one.gaps, is_complete=one.is_complete)


def tell_gaps_of(indicator: Indicator) -> None:
    """The same of the dataset its values lie in: its downloads, under its licence, are resources there."""
    if indicator.quantity_id is not None:
        own = Dataset.objects.filter(quantities=indicator.quantity_id, is_own=True, entry=None)
        tell_gaps_again(own.defer("search"))
