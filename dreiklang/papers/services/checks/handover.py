"""Running checks change hands: the office, whoever edits, the second reader, and who is still to co-sign."""

from collections.abc import Sequence

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import record
from dreiklang.core.history import acting
from dreiklang.papers.models import Check, CoSignature
from dreiklang.papers.permissions.resolutions import HAND_OVER
from dreiklang.papers.rules.checks import RUNNING
from dreiklang.papers.rules.kinds import CoSignState
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require


def hand_over_checks(
    *,
    by: Viewer,
    from_department: models.Model | None = None,
    to_department: models.Model | None = None,
    from_account: models.Model | None = None,
    to_account: models.Model | None = None,
    only_keys: Sequence[str] | None = None,
    reason: str = "",
) -> int:
    """Give running checks of a department or a person to another one; `only_keys` (numbers) narrows them.

    With a whole department go the co-signatures it has not given yet. What is over, and what was signed,
    stays under the name of who did it. Nobody comes to read her own check: it has no second reader then.
    Gives how many checks were touched; a second run moves nothing more. Raises: NotAllowed.
    """
    require(by, HAND_OVER)
    held = Check.objects.filter(state__in=RUNNING)
    if only_keys is not None:
        held = held.filter(number__in=only_keys)
    touched: set[int] = set()
    with acting(by_id=by.account_id, by_name=by.name, reason=reason or _("Zuständigkeit übergeben")):
        if from_department is not None and to_department is not None:
            touched |= _moved(held, "department_id", from_department, to_department)
            if only_keys is None:
                touched |= _signatures(from_department, to_department)
            _no_own_signature(touched)
        if from_account is not None and to_account is not None:
            for field in ("editor_id", "reader_id"):
                touched |= _moved(held, field, from_account, to_account)
            Check.objects.filter(pk__in=touched, reader_id=F("editor_id")).update(reader=None)
        # Whoever has one of them open sees that it changed.
        Check.objects.filter(pk__in=touched).update(version=F("version") + 1)
        record(
            name="checks_handed_over",
            subject="papers",
            object_key="",
            by_id=by.account_id,
            by_name=by.name,
            claims=[f"check:{pk}" for pk in sorted(touched)],
        )
    return len(touched)


def _moved(held: models.QuerySet[Check], field: str, old: models.Model, new: models.Model) -> set[int]:
    ids = set(held.filter(**{field: old.pk}).values_list("pk", flat=True))
    Check.objects.filter(pk__in=ids).update(**{field: new.pk})
    return ids


def _signatures(old: models.Model, new: models.Model) -> set[int]:
    """An office is asked once: where the other one is asked already, or has answered, this one falls away."""
    open_ones = CoSignature.objects.filter(of__state__in=RUNNING, state=CoSignState.ASKED, department=old.pk)
    asked = {
        one.of_id: one for one in CoSignature.objects.filter(of__in=open_ones.values("of"), department=new.pk)
    }
    touched = set()
    for one in open_ones.select_for_update(of=("self",)).order_by("pk"):
        touched.add(one.of_id)
        there = asked.get(one.of_id)
        if there is None:
            one.department_id = new.pk
            one.save(update_fields=["department"])
            continue
        if one.is_treasury and not there.is_treasury:
            there.is_treasury = True
            there.save(update_fields=["is_treasury"])
        one.delete()
    return touched


def _no_own_signature(ids: set[int]) -> None:
    """The office that writes is not asked to co-sign."""
    own = CoSignature.objects.filter(of__in=ids, state=CoSignState.ASKED, department=F("of__department"))
    own.delete()
