"""Catalogues that are read: added, changed, started; and how the city's own is called. Reading is `imports.catalogue_harvest`."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import later
from dreiklang.core.errors import ChangedMeanwhile, NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import Catalogue, Dataset, OwnCatalogue, Provider
from dreiklang.monitoring.rules.harvests import HarvestState
from dreiklang.monitoring.services.gaps import tell_gaps_again
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

JOB = "monitoring_harvest"
# A harvest that told nothing for so long was killed.
SILENT = timedelta(minutes=15)


class CannotSaveCatalogue(Refused):
    """The catalogue cannot be like that: title_missing, title_taken, address_missing, address_taken, no_address."""


class CannotHarvest(Refused):
    """It cannot be read now: running, or it came as a file (no_address)."""


@dataclass(frozen=True, kw_only=True)
class CatalogueDraft:
    """Where a catalogue is, how it is called here, whether its data are the city's, whether it is read every day."""

    title: str
    address: str
    is_ours: bool = False
    is_active: bool = False


@dataclass(frozen=True, kw_only=True)
class OwnDraft:
    """How the city's own catalogue is called, who publishes it, who is asked."""

    title: str
    description: str
    publisher_name: str
    publisher_email: str = ""
    publisher_homepage: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_url: str = ""
    contributor_id: str = ""


def add_catalogue(*, by: Viewer, draft: CatalogueDraft) -> Catalogue:
    """A catalogue, not read yet. Raises: NotAllowed; CannotSaveCatalogue."""
    require(by, permissions.RUN_CATALOGUE)
    if not is_web(draft.address):
        raise CannotSaveCatalogue("no_address")
    return _added(by, draft)


def change_catalogue(*, by: Viewer, catalogue_id: int, draft: CatalogueDraft, version: int) -> Catalogue:
    """The catalogue as in the draft; at the next harvest all of it is read anew.

    Raises: NotAllowed; NotFound; CannotSaveCatalogue; ChangedMeanwhile.
    """
    require(by, permissions.RUN_CATALOGUE)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Datenkatalog geändert")):
        catalogue = Catalogue.objects.select_for_update().filter(pk=catalogue_id).first()
        if catalogue is None:
            raise NotFound("catalogue")
        if catalogue.version != version:
            raise ChangedMeanwhile(catalogue, version=catalogue.version)
        if draft.is_active and not is_web(draft.address):
            raise CannotSaveCatalogue("no_address")
        _check(catalogue, draft)
        if catalogue.is_ours != draft.is_ours:
            Dataset.objects.filter(entry__catalogue=catalogue).update(is_own=draft.is_ours)
        _fill(catalogue, draft)
        catalogue.pages = {}
        catalogue.version += 1
        catalogue.save()
    return catalogue


def catalogue_at(*, by: Viewer, address: str, title: str = "", is_ours: bool = False) -> Catalogue:
    """The catalogue of that address or file; added under its name where there is none yet (command line).

    Raises: NotAllowed; CannotSaveCatalogue.
    """
    require(by, permissions.RUN_CATALOGUE)
    found = Catalogue.objects.filter(address=address).first()
    if found is None:
        return _added(by, CatalogueDraft(title=title or address[-200:], address=address, is_ours=is_ours))
    if is_ours and not found.is_ours:
        draft = CatalogueDraft(
            title=found.title, address=found.address, is_ours=True, is_active=found.is_active
        )
        return change_catalogue(by=by, catalogue_id=found.pk, draft=draft, version=found.version)
    return found


@contextmanager
def untried_catalogue(
    *, by: Viewer, address: str, title: str = "", is_ours: bool = False
) -> Iterator[Catalogue]:
    """The catalogue of that address for a dry run: one that was not there is gone again afterwards, with its provider.

    Raises: NotAllowed; CannotSaveCatalogue.
    """
    require(by, permissions.RUN_CATALOGUE)
    found = Catalogue.objects.filter(address=address).first()
    catalogue = found or catalogue_at(by=by, address=address, title=title, is_ours=is_ours)
    try:
        yield catalogue
    finally:
        if found is None:
            with acting(by_id=by.account_id, by_name=by.name, reason=_("Probelauf")):
                catalogue.delete()
                catalogue.provider.delete()


def start_harvest(*, by: Viewer, catalogue_id: int, is_dry_run: bool = False) -> None:
    """Let the worker read the catalogue now, or try what would come. Raises: NotAllowed; NotFound; CannotHarvest."""
    require(by, permissions.RUN_CATALOGUE)
    catalogue = Catalogue.objects.filter(pk=catalogue_id).first()
    if catalogue is None:
        raise NotFound("catalogue")
    if not is_web(catalogue.address):
        raise CannotHarvest("no_address")
    if is_running(state=catalogue.state, progress=catalogue.progress, now=timezone.now()):
        raise CannotHarvest("running")
    Catalogue.objects.filter(pk=catalogue_id).update(
        state=HarvestState.RUNNING,
        progress={"at": timezone.now().isoformat(), "is_waiting": True, "before": catalogue.state},
    )
    later(
        JOB,
        lock=f"{JOB}-{catalogue_id}",
        catalogue_id=catalogue_id,
        by_id=by.account_id,
        is_dry_run=is_dry_run,
    )


def begin_harvest(*, catalogue: Catalogue, now: datetime) -> None:
    """Take the catalogue for this harvest. Raises: CannotHarvest (running) if somebody else reads it."""
    with transaction.atomic():
        current = Catalogue.objects.select_for_update().get(pk=catalogue.pk)
        is_ours = bool(current.progress.get("is_waiting"))
        if not is_ours and is_running(state=current.state, progress=current.progress, now=now):
            raise CannotHarvest("running")
        tell_progress(catalogue=catalogue, page=0, now=now)


def tell_progress(*, catalogue: Catalogue, page: int, now: datetime) -> None:
    """How many pages are read; also the sign that the harvest is alive."""
    Catalogue.objects.filter(pk=catalogue.pk).update(
        state=HarvestState.RUNNING, progress={"at": now.isoformat(), "page": page}
    )


def give_up_harvest(*, catalogue: Catalogue) -> None:
    """The harvest broke off by an error of ours: it is not running any more."""
    Catalogue.objects.filter(pk=catalogue.pk).update(state=HarvestState.BROKEN_OFF, progress={})


def end_trial(*, catalogue: Catalogue) -> None:
    """A dry run that was started on the page is over: the catalogue stands as it stood before."""
    told = Catalogue.objects.values_list("progress", flat=True).get(pk=catalogue.pk)
    Catalogue.objects.filter(pk=catalogue.pk).update(
        state=told.get("before") or HarvestState.NEVER, progress={}
    )


def daily_catalogues() -> list[int]:
    """The ids of the catalogues that are read every day."""
    return list(Catalogue.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True))


def is_running(*, state: str, progress: Mapping[str, Any], now: datetime) -> bool:
    """Whether somebody is reading it: a harvest that has been silent for long was killed."""
    told = progress.get("at")
    return state == HarvestState.RUNNING and bool(told) and now - datetime.fromisoformat(str(told)) < SILENT


def is_web(address: str) -> bool:
    """Whether it can be read again and again."""
    return urlsplit(address).scheme in ("http", "https") and bool(urlsplit(address).hostname)


def save_own_catalogue(*, by: Viewer, draft: OwnDraft, version: int) -> OwnCatalogue:
    """How the city's own catalogue is called. Raises: NotAllowed; ChangedMeanwhile; CannotSaveCatalogue (title_missing)."""
    require(by, permissions.RUN_CATALOGUE)
    if not draft.title.strip() or not draft.description.strip() or not draft.publisher_name.strip():
        raise CannotSaveCatalogue("title_missing")
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Eigener Datenkatalog beschrieben")):
        own = OwnCatalogue.objects.select_for_update().first() or OwnCatalogue(version=0)
        if own.version != version:
            raise ChangedMeanwhile(own, version=own.version)
        for one in fields(OwnDraft):
            setattr(own, one.name, getattr(draft, one.name).strip())
        own.version += 1
        own.save()
        tell_gaps_again()
    return own


def _added(by: Viewer, draft: CatalogueDraft) -> Catalogue:
    catalogue = Catalogue()
    _check(catalogue, draft)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Datenkatalog angelegt")):
        _fill(catalogue, draft)
        catalogue.provider = Provider.objects.create(
            key=_free_key(draft.title), name=draft.title.strip()[:200]
        )
        catalogue.save()
    return catalogue


def _free_key(title: str) -> str:
    base = slugify(title)[:30] or "katalog"
    taken = set(Provider.objects.filter(key__startswith=base).values_list("key", flat=True))
    number, key = 1, base
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return key


def _check(catalogue: Catalogue, draft: CatalogueDraft) -> None:
    if not draft.title.strip():
        raise CannotSaveCatalogue("title_missing")
    if not draft.address.strip():
        raise CannotSaveCatalogue("address_missing")
    others = Catalogue.objects.exclude(pk=catalogue.pk)
    if others.filter(title=draft.title.strip()).exists():
        raise CannotSaveCatalogue("title_taken")
    if others.filter(address=draft.address.strip()).exists():
        raise CannotSaveCatalogue("address_taken")


def _fill(catalogue: Catalogue, draft: CatalogueDraft) -> None:
    catalogue.title = draft.title.strip()[:300]
    catalogue.address = draft.address.strip()
    catalogue.is_ours = draft.is_ours
    catalogue.is_active = draft.is_active
