"""Who holds running checks: what a hand-over moves, and what nobody answers for."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from dreiklang.core.records import Held, Ref
from dreiklang.papers.models import Check, CoSignature
from dreiklang.papers.permissions.checks import SEE
from dreiklang.papers.rules.checks import RUNNING
from dreiklang.papers.rules.kinds import CoSignState
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer


def checks_in_hands_of(
    viewer: Viewer, *, department_id: int | None = None, account_id: int | None = None
) -> tuple[Held, ...]:
    """Running checks of the department, or that the person edits or reads, by number. Administration only."""
    held = Q(pk=None)
    if department_id is not None:
        held |= Q(department=department_id)
    if account_id is not None:
        held |= Q(editor=account_id) | Q(reader=account_id)
    return _held(viewer, held)


def signatures_asked_of(viewer: Viewer, *, department_id: int | None = None) -> tuple[Held, ...]:
    """Running checks the department is still to co-sign, by number. Administration only."""
    if department_id is None:
        return ()
    asked = CoSignature.objects.filter(of=OuterRef("pk"), department=department_id, state=CoSignState.ASKED)
    return _held(viewer, Q(Exists(asked)))


def ownerless_checks(viewer: Viewer) -> tuple[Ref, ...]:
    """Running checks whose office ended, whose editor or reader left, or that wait for an office that ended.

    By number. Administration only.
    """
    gone = CoSignature.objects.filter(
        of=OuterRef("pk"), state=CoSignState.ASKED, department__ended_on__isnull=False
    )
    left = Q(editor__is_active=False) | Q(reader__is_active=False) | Q(department__ended_on__isnull=False)
    found = _held(viewer, left | Q(Exists(gone)))
    return tuple(Ref(one.key, one.title, one.url) for one in found)


def _held(viewer: Viewer, which: Q) -> tuple[Held, ...]:
    if not may(viewer, SEE):
        return ()
    rows = Check.objects.filter(which, state__in=RUNNING).order_by("number", "pk")
    return tuple(
        Held(pk, number, title, reverse("papers:check", args=[number]))
        for pk, number, title in rows.values_list("pk", "number", "title")
    )
