"""Where the values of a dataset of the city can be had: the downloads of its public indicators."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.urls import reverse

from dreiklang.core.enums import Visibility
from dreiklang.core.values import Unknown
from dreiklang.monitoring.models import Dataset, Indicator, Resource
from dreiklang.monitoring.queries.labels import address
from dreiklang.monitoring.rules.dcat.licences import licence_of
from dreiklang.monitoring.rules.dcat.vocabulary import shipped_vocabularies

INDICATORS = "quantities__indicators"
_FORMS = ("csv", "xlsx", "json")


def value_resources(dataset: Dataset) -> list[Resource]:
    """Not kept, but told of the indicators as they are now: one that is withdrawn is gone from the export at once.

    Two statements, none where the dataset brings its `INDICATORS` along.
    """
    if not dataset.is_own:
        return []
    prefetch_related_objects([dataset], INDICATORS)
    found = [one for quantity in dataset.quantities.all() for one in quantity.indicators.all()]
    public = sorted((one for one in found if one.visibility == Visibility.PUBLIC), key=lambda one: one.key)
    return list(_resources(public))


def _resources(indicators: Iterable[Indicator]) -> Iterable[Resource]:
    for one in indicators:
        licence = licence_of(one.licence, known=shipped_vocabularies()["licence"])
        for form in _FORMS:
            download = reverse("monitoring:indicator-data", args=[one.key, form])
            yield Resource(
                title=f"{one.name} ({form.upper()})",
                access_url=f"{settings.SITE_URL}{address(one.key)}",
                download_url=f"{settings.SITE_URL}{download}",
                format=form.upper(),
                licence="" if isinstance(licence, Unknown) else licence.code,
                licence_words=one.licence if isinstance(licence, Unknown) else "",
                attribution=one.attribution,
            )
