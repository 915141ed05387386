"""Bringing a list step by step: a file is received, its columns are chosen, it is tried, it is taken over.

Every step is kept with the upload, so that it can be left and taken up again.
"""

import hashlib
import re
from collections.abc import Mapping as Map
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import transaction

from dreiklang.core.imports.lookup import plain
from dreiklang.core.models import Mapping, Upload
from dreiklang.core.tables import CannotRead, Limits
from dreiklang.monitoring import permissions
from dreiklang.monitoring.imports.observations import (
    ENDINGS,
    FoundList,
    cells_of,
    facts_of,
    find_list,
    words_in,
)
from dreiklang.monitoring.imports.own_downloads import plan_of_download
from dreiklang.monitoring.queries.bringing import indicators_to_bring, kept_plans, likely_areas
from dreiklang.monitoring.queries.wording import LIST_KIND
from dreiklang.monitoring.rules.value_plans import SKIP, ValuePlan, first_plan, fits, plan_from
from dreiklang.monitoring.services.value_lists import Done, ValueList, deliver_list
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

_VERSION = re.compile(r"[\W\d_]+")
PLACE = ("sheet", "encoding", "delimiter")


@dataclass(frozen=True)
class ListChoices:
    """What was decided about a list so far, as its upload keeps it (JSON).

    name  of the list, the same whenever it comes again; `trial` the run that tried it
    """

    plan: ValuePlan = field(default_factory=ValuePlan)
    name: str = ""
    mapping_name: str = ""
    place: Map[str, str] = field(default_factory=dict)
    trial: int | None = None

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "plan": self.plan.as_json(),
            "name": self.name,
            "mapping_name": self.mapping_name,
            "place": dict(self.place),
            "trial": self.trial,
        }


def choices_of(upload: Upload) -> ListChoices:
    """What was chosen so far."""
    kept = upload.choices
    return ListChoices(
        plan_from(kept["plan"]), kept["name"], kept["mapping_name"], kept["place"], kept["trial"]
    )


def limits() -> Limits:
    """What a list may hold at most."""
    return Limits(size=settings.LIST_LIMIT_BYTES)


def receive(*, by: Viewer, file_name: str, file: IO[bytes], size: int) -> Upload:
    """Keep a file, with the plan of the last list of the same columns or one that its heads suggest.

    Raises: CannotRead, CannotUse; NotAllowed.
    """
    require(by, permissions.SEE_INSIDE)
    if Path(file_name).suffix.lower() not in ENDINGS:
        raise CannotRead("wrong_type", Path(file_name).suffix.lower())
    if size > limits().size:
        raise CannotRead("too_large", "bytes")
    content = file.read(limits().size + 1)
    found = find_list(content, file_name=file_name, limits=limits())
    return Upload.objects.create(
        kind=LIST_KIND,
        file_name=file_name[:255],
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        by_id=by.account_id or 0,
        choices=first_choices(by, found, file_name=file_name).as_json(),
    )


def list_in(upload: Upload, choices: ListChoices) -> FoundList:
    """The list in the kept file. Raises: CannotRead, CannotUse."""
    return find_list(
        bytes(upload.content), file_name=upload.file_name, limits=limits(), place=dict(choices.place)
    )


def first_choices(by: Viewer, found: FoundList, *, file_name: str) -> ListChoices:
    """As our own download, or by the kept plan that has just these columns, the latest first; else by heads and words."""
    own = plan_of_download([one.label for one in found.columns])
    if own is not None:
        return ListChoices(own, _plain_name(file_name))
    for kept in sorted(kept_plans(), key=lambda one: one.changed_at, reverse=True):
        if fits(plan_from(kept.options.get("plan", {})), found.shape):
            return with_mapping(ListChoices(), kept)
    return ListChoices(suggested(by, found), _plain_name(file_name))


def suggested(by: Viewer, found: FoundList) -> ValuePlan:
    """The plan a person starts from: areas by what stands there, indicators where a column bears the name of one."""
    plan = first_plan(found.shape)
    words = [one for label in plan.regions for one in words_in(found, label)]
    by_name = {plain(one.name): one.key for one in indicators_to_bring(by)}
    columns = {
        label: by_name.get(plain(label), SKIP) if use == SKIP else use for label, use in plan.columns.items()
    }
    return replace(plan, columns=columns, areas=likely_areas(words))


def with_mapping(choices: ListChoices, mapping: Mapping) -> ListChoices:
    """The choices of a plan kept under a name. What is said of this one file stays: the time of its values."""
    plan = plan_from(mapping.options.get("plan", {}))
    return replace(
        choices,
        plan=replace(plan, period=choices.plan.period or plan.period),
        name=mapping.options.get("name") or choices.name,
        mapping_name=mapping.name,
        trial=None,
    )


def choose(*, by: Viewer, upload: Upload, choices: ListChoices, save_as: str = "") -> None:
    """Keep the choices with the upload, and the plan under a name if one is given."""
    require(by, permissions.SEE_INSIDE)
    with transaction.atomic():
        if save_as:
            keep_plan(by=by, name=save_as, choices=choices)
            choices = replace(choices, mapping_name=save_as)
        upload.choices = choices.as_json()
        upload.save(update_fields=["choices"])


def keep_plan(*, by: Viewer, name: str, choices: ListChoices) -> Mapping:
    """Keep a plan under a name; one of that name is replaced."""
    require(by, permissions.SEE_INSIDE)
    plan = choices.plan
    kept, _is_new = Mapping.objects.update_or_create(
        kind=LIST_KIND,
        name=name[:80],
        defaults={
            "columns": dict(plan.columns),
            "options": {"plan": plan.as_json(), "name": choices.name, "place": dict(choices.place)},
            "changed_by_id": by.account_id,
            "changed_by_name": by.name,
        },
    )
    return kept


def try_out(*, by: Viewer, upload: Upload, now: datetime, today: date) -> Done:
    """The dry run: the same code, rolled back. Raises: CannotRead, CannotUse."""
    choices = choices_of(upload)
    done = _delivered(by, upload, choices, now=now, today=today, is_dry_run=True)
    choose(by=by, upload=upload, choices=replace(choices, trial=done.run.pk))
    return done


def take_over(
    *, by: Viewer, upload: Upload, reason: str, has_looked: bool, now: datetime, today: date
) -> Done:
    """The delivery itself; the upload is thrown away afterwards. Raises: CannotRead, CannotUse."""
    done = _delivered(
        by,
        upload,
        choices_of(upload),
        now=now,
        today=today,
        is_dry_run=False,
        reason=reason,
        has_looked=has_looked,
    )
    upload.delete()
    return done


def give_up(*, by: Viewer, upload: Upload) -> None:
    """Throw the file away; nothing was brought."""
    require(by, permissions.SEE_INSIDE)
    upload.delete()


def given_list(
    found: FoundList, choices: ListChoices, *, file_name: str, content: bytes, today: date
) -> ValueList:
    """The list as services take it. Raises: CannotUse with what is wrong with the plan."""
    return ValueList(
        name=choices.name[:200] or _plain_name(file_name),
        file_name=file_name,
        content=content,
        cells=cells_of(found, choices.plan, today=today),
        plan=choices.plan,
        mapping_name=choices.mapping_name,
        facts=facts_of(found, choices.plan),
    )


def _delivered(by: Viewer, upload: Upload, choices: ListChoices, **how: Any) -> Done:
    found = list_in(upload, choices)
    given = given_list(
        found,
        choices,
        file_name=upload.file_name,
        content=bytes(upload.content),
        today=how["today"],
    )
    return deliver_list(by=by, given=given, **how)


def _plain_name(file_name: str) -> str:
    """How a list is called by its file, without days and versions."""
    return _VERSION.sub(" ", Path(file_name).stem).strip() or Path(file_name).stem
