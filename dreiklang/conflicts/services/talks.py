"""One asks the other to talk; what came of it is noted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_noop as _

from dreiklang.conflicts.models import StoredClaim, Talk
from dreiklang.conflicts.permissions import NOTE, TALK
from dreiklang.conflicts.rules import State
from dreiklang.conflicts.services.mail import writers_of
from dreiklang.conflicts.services.verdicts import locked, say
from dreiklang.core.changes import later
from dreiklang.core.errors import NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.people.queries import accounts_by_id
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

TALK_MAIL = "conflicts_talk_mail"
LONGEST = 5000
LONGEST_TITLE = 600


class CannotTalk(Refused):
    """Nobody can be asked: `nobody_there` (no person and no office that could be written to), `outdated`, `too_long`,
    `no_title`, `in_the_future` for the day of a talk.
    """


def invite_to_talk(*, by: Viewer, now: datetime, pk: int, message: str = "") -> Talk:
    """Ask who leads the other parties to talk; where no lead is named, the office. A letter goes out after the commit.

    Raises: NotFound; NotAllowed; CannotTalk (nobody_there, outdated, too_long).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Zum Gespräch eingeladen")):
        candidate = locked(by, pk, TALK)
        if candidate.state == State.OUTDATED:
            raise CannotTalk("outdated")
        talk = _asked(by, _others_of(by, candidate.parties), message, {"candidate": candidate})
        if candidate.state in {State.NEW, State.SEEN}:
            say(candidate, State.IN_TALKS, by=by, now=now)
        return talk


def ask_about(*, by: Viewer, key: str, title: str, message: str = "") -> Talk:
    """Ask who leads a record to talk about something that is only being typed; `title` says what.

    Raises: NotFound; NotAllowed; CannotTalk (nobody_there, too_long, no_title).
    """
    require(by, TALK)
    if not title.strip():
        raise CannotTalk("no_title")
    if len(title) > LONGEST_TITLE:
        raise CannotTalk("too_long")
    if not StoredClaim.objects.filter(key=key, is_gone=False).exists():
        raise NotFound("claim", key=key)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Zum Gespräch eingeladen")):
        about = {"about_key": key, "draft_title": title.strip()}
        return _asked(by, _others_of(by, [key]), message, about)


def note_talk(*, by: Viewer, today: date, talk_id: int, note: str, held_on: date | None) -> Talk:
    """The talk with what came of it. By whoever asked or was asked, the parties' leads and offices, and coordination.

    Raises: NotFound; NotAllowed; CannotTalk (in_the_future, too_long).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Gespräch festgehalten")):
        require(by, TALK)
        talk = Talk.objects.select_for_update().filter(pk=talk_id).first()
        if talk is None:
            raise NotFound("talk", key=str(talk_id))
        require(by, NOTE, talk)
        if held_on is not None and held_on > today:
            raise CannotTalk("in_the_future")
        if len(note) > LONGEST:
            raise CannotTalk("too_long")
        talk.note, talk.held_on = note.strip(), held_on
        talk.save(update_fields=["note", "held_on"])
        return talk


@dataclass(frozen=True)
class _Others:
    """Who is asked: accounts, and offices where nobody is named."""

    people: list[int]
    offices: list[int]


def _asked(by: Viewer, whom: _Others, message: str, about: dict[str, Any]) -> Talk:
    if not whom.people and not whom.offices:
        raise CannotTalk("nobody_there")
    if len(message) > LONGEST:
        raise CannotTalk("too_long")
    talk = Talk.objects.create(
        asked_by_id=by.account_id,
        asked_by_name=by.name,
        to_ids=whom.people,
        to_offices=whom.offices,
        message=message.strip(),
        **about,
    )
    later(TALK_MAIL, talk_id=talk.pk)
    return talk


def _others_of(by: Viewer, keys: Collection[str]) -> _Others:
    """Who leads the parties beside whoever asks; their first office where nobody is named or whoever was has left."""
    people: dict[int, None] = {}
    offices: dict[int, None] = {}
    found = StoredClaim.objects.filter(key__in=list(keys)).order_by("key")
    rows = list(found.values_list("person_id", "office_ids"))
    there = accounts_by_id([person for person, _offices in rows if person is not None])
    for person, office_ids in rows:
        if person is not None and person == by.account_id:
            continue
        if person in there:
            people[person] = None
        elif office_ids and office_ids[0] != by.department_id:
            offices[office_ids[0]] = None
    return _Others(list(people), [pk for pk in offices if writers_of([pk])])
