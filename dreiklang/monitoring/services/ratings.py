"""What people say of criteria. A rating is never overwritten: who errs rates again, or withdraws it with a reason."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import record
from dreiklang.core.errors import NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import Criterion, Rating
from dreiklang.monitoring.queries.standing import standings
from dreiklang.monitoring.rules.standing import frozen
from dreiklang.monitoring.rules.values import RatingState
from dreiklang.people.queries import may
from dreiklang.people.rules import SYSTEM, Viewer
from dreiklang.people.services import require


class CannotRate(Refused):
    """The rating as given is not possible; `code` says why."""


@dataclass(frozen=True)
class RatingDraft:
    """What somebody says of a criterion.

    corrects   the rating (id) that this one puts right, of the same criterion
    release    publish at once; otherwise it is preliminary and seen inside only
    """

    state: RatingState
    reason: str
    rated_on: date
    words_for: str = ""
    words_against: str = ""
    corrects: int | None = None
    release: bool = False


def rate(*, by: Viewer, criterion_id: int, now: datetime, on: date, said: RatingDraft) -> Rating:
    """A rating, with what target and trend say on its day kept beside it.

    `on` is today: no rating of a day ahead. Raises: NotFound; NotAllowed (also where it is to be released at once);
    CannotRate (needs_reason, future, retired, corrects_other).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Kriterium bewertet")):
        criterion = _criterion(criterion_id)
        require(by, permissions.RATE, criterion)
        if said.release:
            require(by, permissions.RELEASE_RATING, criterion)
        _check(criterion, said, on)
        made = Rating.objects.create(
            criterion=criterion,
            rated_on=said.rated_on,
            state=said.state,
            reason=said.reason.strip(),
            words_for=said.words_for.strip(),
            words_against=said.words_against.strip(),
            figures=figures_of(criterion, on=said.rated_on),
            corrects_id=said.corrects,
            by_id=by.account_id,
            by_name=by.name,
            by_department_id=by.department_id,
            released_at=now if said.release else None,
            released_by_name=by.name if said.release else "",
        )
        _tell("rating_given", made, by)
    return made


def release_rating(*, by: Viewer, pk: int, now: datetime) -> Rating:
    """The rating, no longer preliminary. The public sees it if its criterion is public, and after a restraint period.

    Raises: NotFound; NotAllowed; CannotRate (withdrawn, released_already).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Bewertung freigegeben")):
        rating = _locked(pk)
        require(by, permissions.RELEASE_RATING, rating.criterion)
        if rating.withdrawn_at is not None:
            raise CannotRate("withdrawn")
        if rating.released_at is not None:
            raise CannotRate("released_already")
        rating.released_at, rating.released_by_name = now, by.name
        rating.save(update_fields=["released_at", "released_by_name"])
        _tell("rating_released", rating, by)
    return rating


def withdraw_rating(*, by: Viewer, pk: int, now: datetime, reason: str) -> Rating:
    """The rating, taken back: it stays to be read inside, with the reason, and counts no more.

    Who may rate may withdraw; a released one only who may release. Raises: NotFound; NotAllowed; CannotRate
    (needs_reason, withdrawn).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Bewertung zurückgezogen")):
        rating = _locked(pk)
        is_public = rating.released_at is not None
        require(by, permissions.RELEASE_RATING if is_public else permissions.RATE, rating.criterion)
        if not reason.strip():
            raise CannotRate("needs_reason")
        if rating.withdrawn_at is not None:
            raise CannotRate("withdrawn")
        rating.withdrawn_at, rating.withdrawn_by_name = now, by.name
        rating.withdrawn_reason = reason.strip()
        rating.save(update_fields=["withdrawn_at", "withdrawn_by_name", "withdrawn_reason"])
        _tell("rating_withdrawn", rating, by)
    return rating


def may_rate(viewer: Viewer, *, criterion: Criterion) -> bool:
    """Whether a form for a rating is offered at all."""
    return may(viewer, permissions.RATE, criterion) and criterion.retired_on is None


def figures_of(criterion: Criterion, *, on: date) -> list[dict[str, Any]]:
    """What target and trend of its indicator say on that day; nothing without an indicator."""
    indicator = criterion.indicator
    if indicator is None:
        return []
    found = standings(SYSTEM, indicators=[indicator], today=on)[indicator.pk]
    return frozen(
        found,
        key=indicator.key,
        name=indicator.name,
        unit=indicator.unit,
        decimals=indicator.decimals,
    )


def _check(criterion: Criterion, said: RatingDraft, on: date) -> None:
    if not said.reason.strip():
        raise CannotRate("needs_reason")
    if said.rated_on > on:
        raise CannotRate("future")
    if criterion.retired_on is not None and said.rated_on >= criterion.retired_on:
        raise CannotRate("retired")
    if said.corrects is not None and not criterion.ratings.filter(pk=said.corrects).exists():
        raise CannotRate("corrects_other")


def _criterion(pk: int) -> Criterion:
    found = Criterion.objects.select_for_update(of=("self",)).select_related("indicator__breakdown")
    criterion = found.defer("search", "indicator__search").filter(pk=pk).first()
    if criterion is None:
        raise NotFound("criterion")
    return criterion


def _locked(pk: int) -> Rating:
    found = Rating.objects.select_for_update(of=("self",)).select_related("criterion")
    rating = found.defer("criterion__search").filter(pk=pk).first()
    if rating is None:
        raise NotFound("rating")
    return rating


def _tell(name: str, rating: Rating, by: Viewer) -> None:
    record(
        name=name,
        subject="monitoring",
        object_key=f"criterion:{rating.criterion_id}",
        by_id=by.account_id,
        by_name=by.name,
        rating_id=rating.pk,
        state=str(rating.state),
        rated_on=rating.rated_on.isoformat(),
    )
