"""Council systems as sources: added, changed, started. The reading itself is `papers.imports.oparl`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import later
from dreiklang.core.errors import ChangedMeanwhile, NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.papers.models import OparlSource
from dreiklang.papers.permissions.oparl import SYNC
from dreiklang.papers.rules.kinds import SourceState
from dreiklang.papers.services.jobs import FETCH_FILES
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

JOB = "papers_oparl_sync"
# A run that told nothing for so long was killed.
SILENT = timedelta(minutes=15)


class CannotSaveSource(Refused):
    """The source cannot be like that: name_missing, name_taken, address_missing, address_taken."""


class CannotStart(Refused):
    """It cannot be read now: running."""


@dataclass(frozen=True)
class SourceDraft:
    """Where a council system is, and how it is to be read."""

    name: str
    address: str
    vendor: str = ""
    is_active: bool = False
    with_persons: bool = False


def add_source(*, by: Viewer, draft: SourceDraft) -> OparlSource:
    """A new source, not read yet.

    Raises: NotAllowed; CannotSaveSource.
    """
    require(by, SYNC)
    source = OparlSource()
    _check(source, draft)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Ratsinformationssystem angelegt")):
        _fill(source, draft)
        source.save()
    return source


def change_source(*, by: Viewer, source_id: int, draft: SourceDraft, version: int) -> OparlSource:
    """The source as in the draft; at another address everything is read anew.

    Raises: NotAllowed; NotFound; CannotSaveSource; ChangedMeanwhile if somebody saved it since that version.
    """
    require(by, SYNC)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Ratsinformationssystem geändert")):
        source = OparlSource.objects.select_for_update().filter(pk=source_id).first()
        if source is None:
            raise NotFound("source")
        if source.version != version:
            raise ChangedMeanwhile(source, version=source.version)
        _check(source, draft)
        if source.address != draft.address or source.with_persons != draft.with_persons:
            source.last_success_at, source.cursor = None, {}
        _fill(source, draft)
        source.version += 1
        source.save()
    return source


def source_at(*, by: Viewer, address: str, name: str = "") -> OparlSource:
    """The source of that address; added under its name where there is none yet (command line).

    Raises: NotAllowed; CannotSaveSource.
    """
    require(by, SYNC)
    found = OparlSource.objects.filter(address=address).first()
    return found or add_source(by=by, draft=SourceDraft(name=name or address[-200:], address=address))


def start(*, by: Viewer, source_id: int) -> None:
    """Let the worker read the source now.

    Raises: NotAllowed; NotFound; CannotStart while it is being read.
    """
    require(by, SYNC)
    source = OparlSource.objects.filter(pk=source_id).first()
    if source is None:
        raise NotFound("source")
    if is_running(state=source.state, progress=source.progress, now=timezone.now()):
        raise CannotStart("running")
    OparlSource.objects.filter(pk=source_id).update(
        state=SourceState.RUNNING, progress={"at": timezone.now().isoformat(), "is_waiting": True}
    )
    later(JOB, lock=f"{JOB}-{source_id}", source_id=source_id, by_id=by.account_id)


def fetch_files_now(*, by: Viewer) -> None:
    """Let the worker fetch the files that wait, of all sources. Raises: NotAllowed."""
    require(by, SYNC)
    later(FETCH_FILES)


def nightly_sources() -> list[int]:
    """The ids of the sources that are read every night."""
    return list(OparlSource.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True))


def is_running(*, state: str, progress: Mapping[str, Any], now: datetime) -> bool:
    """Whether somebody is reading it: a run that has been silent for long was killed."""
    told = progress.get("at")
    return state == SourceState.RUNNING and bool(told) and now - datetime.fromisoformat(str(told)) < SILENT


def _check(source: OparlSource, draft: SourceDraft) -> None:
    if not draft.name.strip():
        raise CannotSaveSource("name_missing")
    if not draft.address.strip():
        raise CannotSaveSource("address_missing")
    others = OparlSource.objects.exclude(Q(pk=source.pk))
    if others.filter(name=draft.name).exists():
        raise CannotSaveSource("name_taken")
    if others.filter(address=draft.address).exists():
        raise CannotSaveSource("address_taken")


def _fill(source: OparlSource, draft: SourceDraft) -> None:
    source.name = draft.name.strip()
    source.address = draft.address.strip()
    source.vendor = draft.vendor
    source.is_active = draft.is_active
    source.with_persons = draft.with_persons
