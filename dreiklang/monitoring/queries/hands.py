"""What of the monitoring an office or a person holds: what a hand-over shows and moves."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import F, Model, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dreiklang.core.records import Held
from dreiklang.monitoring.models import Criterion, DataRequest, Dataset, Indicator, Survey, WatchItem
from dreiklang.monitoring.rules.requests import RequestState
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class Kind:
    """One sort of record that somebody answers for.

    people   its fields that name a person
    held     which of them change hands: what is over stays with whom it was
    facts    key, title and what its address is made of
    """

    label: Promise
    model: type[Model]
    people: tuple[str, ...]
    facts: tuple[str, str, str]
    address: Callable[[str | int], str]
    held: Q = field(default_factory=Q)


KINDS: Mapping[str, Kind] = {
    "indicators": Kind(
        _("Indikatoren"),
        Indicator,
        ("responsible_id",),
        ("key", "name", "key"),
        lambda key: reverse("monitoring:indicator", args=[key]),
    ),
    "criteria": Kind(
        _("Kriterien"),
        Criterion,
        ("responsible_id",),
        ("number", "text", "goal__number"),
        lambda number: reverse("monitoring:goal-criteria", args=[number]),
    ),
    "datasets": Kind(
        _("Datensätze"),
        Dataset,
        ("responsible_id",),
        ("code", "title", "pk"),
        lambda pk: reverse("monitoring:dataset", args=[pk]),
    ),
    "requests": Kind(
        _("Offene Datenanforderungen"),
        DataRequest,
        ("responsible_id", "asker_id"),
        ("pk", "question", "pk"),
        lambda pk: reverse("monitoring:request", args=[pk]),
        Q(state=RequestState.OPEN),
    ),
    "watched": Kind(
        _("Themen der Beobachtungsliste"),
        WatchItem,
        ("responsible_id",),
        ("field", "topic", "pk"),
        lambda pk: reverse("monitoring:watch-item", args=[pk]),
        Q(ended_on=None),
    ),
    "surveys": Kind(
        _("Umfragen und Studien"),
        Survey,
        (),
        ("key", "title", "key"),
        lambda key: reverse("monitoring:survey", args=[key]),
    ),
}
# Keys that only machines use say nothing to people.
_WITHOUT_KEY = ("requests", "watched", "surveys")


def in_hands_of(
    viewer: Viewer, *, department_id: int | None = None, account_id: int | None = None
) -> dict[str, tuple[Held, ...]]:
    """Name of the kind → what the department or the person holds of it, kinds without any left out. Administration only."""
    if not viewer.is_internal:
        return {}
    found = {
        name: tuple(_held(name, kind, department_id, account_id))
        for name, kind in KINDS.items()
        if department_id is not None or kind.people
    }
    return {name: held for name, held in found.items() if held}


def _held(name: str, kind: Kind, department_id: int | None, account_id: int | None) -> Iterable[Held]:
    of_whom = Q(pk=None)
    if department_id is not None:
        of_whom |= Q(department=department_id)
    if account_id is not None:
        for person in kind.people:
            of_whom |= Q(**{person: account_id})
    key, title, place = kind.facts
    rows = kind.model._default_manager.filter(kind.held & of_whom).order_by(F(title), "pk")
    for pk, said, words, where in rows.values_list("pk", key, title, place):
        yield Held(pk, "" if name in _WITHOUT_KEY else str(said), words, kind.address(where))
