"""What became public here because the council system showed it goes inside again when it is no longer shown there."""

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, TextField, Value, When

from dreiklang.core.changes import record
from dreiklang.core.enums import Visibility
from dreiklang.papers.models import AgendaItem, Paper, Resolution
from dreiklang.people.rules import SYSTEM, Viewer


def take_back_hidden(*, by: Viewer = SYSTEM) -> list[str]:
    """Make resolutions internal that were public by their source alone and are no longer; gives their numbers.

    Hidden are withdrawn papers, steps, meetings and items, and those that are not public. What somebody released
    here stays as it is. For callers inside their own transaction, so that page and resolution disappear together.
    """
    rows = Resolution.objects.select_for_update(of=("self",)).filter(
        _gone() | _closed(), is_public_by_source=True, visibility=Visibility.PUBLIC
    )
    hidden = list(rows.defer("search").order_by("pk"))
    for one in hidden:
        one.visibility, one.is_public_by_source = Visibility.INTERNAL, False
        one.version += 1
        one.save(update_fields=["visibility", "is_public_by_source", "version", "changed_at"])
        record(
            name="unpublished",
            subject="papers",
            object_key=one.number,
            by_id=by.account_id,
            by_name=by.name,
            resolution_id=one.pk,
        )
    return [one.number for one in hidden]


def renew_copies() -> int:
    """Titles and wordings that were copied follow what the council system says now; returns how many.

    Where it withdrew what was decided, the wording goes. A copy is known by history: its paper or item once said
    exactly that. What people wrote or released here stays. For callers inside their own transaction.
    """
    return _renewed(
        "text",
        rows=_followed().filter(consultation__item__isnull=False),
        wanted=Case(
            When(_gone(), then=Value("")),
            default=F("consultation__item__resolution_text"),
            output_field=TextField(),
        ),
        said=AgendaItem.pgh_event_model.objects.filter(  # type: ignore[attr-defined]  # made by pghistory
            pgh_obj=OuterRef("consultation__item_id"), resolution_text=OuterRef("text")
        ),
    ) + _renewed(
        "title",
        rows=_followed().filter(paper__isnull=False),
        wanted=Case(default=F("paper__title"), output_field=CharField()),
        said=Paper.pgh_event_model.objects.filter(  # type: ignore[attr-defined]  # made by pghistory
            pgh_obj=OuterRef("paper_id"), title=OuterRef("title")
        ),
    )


def _renewed(
    field: str, *, rows: QuerySet[Resolution], wanted: Case, said: QuerySet[AgendaItem | Paper]
) -> int:
    found = rows.annotate(wanted=wanted).exclude(**{field: F("wanted")}).filter(Exists(said))
    copies = list(found.select_for_update(of=("self",)).defer("search").order_by("pk"))
    for one in copies:
        setattr(one, field, one.wanted)
        one.version += 1
        one.save(update_fields=[field, "version", "changed_at"])
    return len(copies)


def _followed() -> QuerySet[Resolution]:
    """Taken over from the council system, and not made known by somebody here."""
    by_source = Q(is_public_by_source=True) | Q(consultation__isnull=False, visibility=Visibility.INTERNAL)
    return Resolution.objects.filter(by_source)


def _gone() -> Q:
    return (
        Q(paper__withdrawn_at__isnull=False)
        | Q(consultation__withdrawn_at__isnull=False)
        | Q(consultation__meeting__withdrawn_at__isnull=False)
        | Q(consultation__item__withdrawn_at__isnull=False)
    )


def _closed() -> Q:
    return (
        Q(paper__visibility=Visibility.INTERNAL)
        | Q(consultation__meeting__visibility=Visibility.INTERNAL)
        | Q(consultation__item__is_public=False)
    )
