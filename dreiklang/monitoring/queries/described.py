"""A dataset as DCAT-AP.de 3.0 says it: word for word where a catalogue said it, else by what was filled in here."""

from collections.abc import Iterable
from dataclasses import replace

from django.conf import settings
from django.urls import reverse

from dreiklang.monitoring.models import CatalogueEntry, Dataset, OwnCatalogue, Resource
from dreiklang.monitoring.queries.plain import plain_of
from dreiklang.monitoring.queries.value_resources import value_resources
from dreiklang.monitoring.rules.dcat.own import own_agent, own_dataset
from dreiklang.monitoring.rules.dcat.plain import PlainDataset
from dreiklang.monitoring.rules.dcat.statements import dataset_from
from dreiklang.monitoring.rules.dcat.values import Agent
from dreiklang.monitoring.rules.dcat.values import Dataset as Described
from dreiklang.monitoring.rules.dcat.vocabulary import shipped_vocabularies


def own_catalogue() -> OwnCatalogue | None:
    """How the city's own catalogue is called, once somebody said so."""
    return OwnCatalogue.objects.first()


def address_of_dataset(dataset_id: int) -> str:
    """Where a dataset is described for everybody; also its name in our export."""
    return f"{settings.SITE_URL}{reverse('monitoring:dataset', args=[dataset_id])}"


def described(
    dataset: Dataset,
    *,
    entry: CatalogueEntry | None,
    resources: Iterable[Resource],
    own: OwnCatalogue | None,
) -> Described:
    """The dataset as it would go out. Where it names no publisher or contact itself, those of the own catalogue hold."""
    if entry is not None:
        return dataset_from(entry.statements)
    plain = _with_contact(plain_of(dataset, [*resources, *value_resources(dataset)]), own)
    return own_dataset(
        plain,
        iri=address_of_dataset(dataset.pk),
        publisher=publisher_of(own),
        contributor_id=own.contributor_id if own else "",
        lists=shipped_vocabularies(),
    )


def _with_contact(plain: PlainDataset, own: OwnCatalogue | None) -> PlainDataset:
    told = (plain.contact_name, plain.contact_email, plain.contact_url, plain.contact_phone)
    if own is None or any(told):
        return plain
    return replace(
        plain,
        contact_name=own.contact_name,
        contact_email=own.contact_email,
        contact_url=own.contact_url,
    )


def publisher_of(own: OwnCatalogue | None) -> Agent | None:
    """The city as a publisher."""
    if own is None:
        return None
    return own_agent(
        name=own.publisher_name,
        email=own.publisher_email,
        homepage=own.publisher_homepage,
        iri=f"{settings.SITE_URL}{reverse('monitoring:catalogue')}#herausgeber",
    )
