"""What can happen to the map services of others, and who may show our map in a frame."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext_noop as _

from dreiklang.core.errors import ChangedMeanwhile, NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require
from dreiklang.places import permissions
from dreiklang.places.models import MapService, Municipality
from dreiklang.places.rules.map_offers import Checked
from dreiklang.places.rules.map_services import MapRole

LONGEST_ANSWER = 300


class CannotKeepMap(Refused):
    """Code: not_checked, title_taken, no_attribution or zoom_turned."""


@dataclass(frozen=True)
class MapDraft:
    """What a person says of a service; the service itself says the rest."""

    role: MapRole
    title: str
    attribution: str
    attribution_url: str = ""
    min_zoom: int | None = None
    max_zoom: int | None = None
    is_active: bool = True


def keep_map_service(
    *,
    by: Viewer,
    draft: MapDraft,
    checked: Checked | None,
    now: datetime,
    pk: int | None = None,
    version: int = 0,
) -> MapService:
    """Add a service that gave a picture, or change one; `checked` may only be missing where nothing of it changed.

    A new one, and one of another role than before, stands behind the others. Raises: NotAllowed; NotFound; ChangedMeanwhile; CannotKeepMap.
    """
    require(by, permissions.EDIT)
    _refuse(draft, pk=pk, checked=checked)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Kartendienst gespeichert")):
        service = _locked(pk) if pk else MapService(version=0)
        if service.version != version:
            raise ChangedMeanwhile(service, version=service.version)
        if service.pk is None or service.role != draft.role:
            others = MapService.objects.filter(role=draft.role).aggregate(last=Max("rank"))
            service.rank = 0 if others["last"] is None else others["last"] + 1
        for name in ("role", "title", "attribution", "attribution_url", "min_zoom", "max_zoom", "is_active"):
            setattr(service, name, getattr(draft, name))
        if checked:
            _take(service, checked, now)
        service.version += 1
        service.save()
        return service


def note_check(
    *, by: Viewer, pk: int, now: datetime, checked: Checked | None = None, problem: str = "", value: str = ""
) -> MapService:
    """Keep what looking at a service again gave: its answer, or what was wrong. Raises: NotAllowed; NotFound."""
    require(by, permissions.EDIT)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Kartendienst geprüft")):
        service = _locked(pk)
        if checked:
            _take(service, checked, now)
        else:
            service.checked_at, service.problem, service.problem_value = now, problem, value[:LONGEST_ANSWER]
        service.save()
        return service


def move_map_service(*, by: Viewer, pk: int, steps: int) -> MapService:
    """Move a service among those of its role: -1 is one place up. Raises: NotAllowed; NotFound."""
    require(by, permissions.EDIT)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Kartendienste geordnet")):
        # All at once and always by key, so that two who order at the same time wait for each other.
        everything = list(MapService.objects.select_for_update().order_by("pk"))
        moving = next((one for one in everything if one.pk == pk), None)
        if moving is None:
            raise NotFound("map_service", pk=pk)
        alike = (one for one in everything if one.role == moving.role)
        ordered = sorted(alike, key=lambda one: (one.rank, one.pk))
        place = ordered.index(moving)
        moved = ordered.pop(place)
        ordered.insert(min(max(place + steps, 0), len(ordered)), moved)
        for rank, one in enumerate(ordered):
            if one.rank != rank:
                one.rank = rank
                one.save(update_fields=["rank"])
        return moved


def remove_map_service(*, by: Viewer, pk: int) -> str:
    """Take a service away; its history stays. Gives its title. Raises: NotAllowed; NotFound."""
    require(by, permissions.EDIT)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Kartendienst entfernt")):
        service = _locked(pk)
        title = service.title
        service.delete()
        return title


def save_embedders(*, by: Viewer, sites: Sequence[str]) -> Municipality:
    """Say which sites may show the map in a frame: `*` is all, none is nobody. Raises: NotAllowed."""
    require(by, permissions.EDIT)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Einbetten der Karte geregelt")):
        city = Municipality.objects.select_for_update().first() or Municipality(name="", version=0)
        city.embedders = "\n".join(sites)
        city.version += 1
        city.save()
        return city


def _locked(pk: int) -> MapService:
    found = MapService.objects.select_for_update().filter(pk=pk).first()
    if found is None:
        raise NotFound("map_service", pk=pk)
    return found


def _refuse(draft: MapDraft, *, pk: int | None, checked: Checked | None) -> None:
    if pk is None and checked is None:
        raise CannotKeepMap("not_checked")
    if not draft.attribution.strip():
        raise CannotKeepMap("no_attribution")
    if draft.min_zoom is not None and draft.max_zoom is not None and draft.min_zoom > draft.max_zoom:
        raise CannotKeepMap("zoom_turned")
    others = MapService.objects.exclude(pk=pk or 0).filter(role=draft.role, title=draft.title)
    if others.exists():
        raise CannotKeepMap("title_taken")


def _take(service: MapService, checked: Checked, now: datetime) -> None:
    """What the service says of itself; it gave a picture, so nothing is wrong, but something may be to mind."""
    service.kind, service.address, service.url = checked.kind, checked.address, checked.url
    service.layers, service.systems = list(checked.layers), list(checked.systems)
    service.crs, service.image_format = checked.crs, checked.image_format
    service.facts, service.extent = dict(checked.facts), list(checked.extent or ())
    service.checked_at = now
    service.problem, service.problem_value = next(iter(checked.notes), ""), ""
