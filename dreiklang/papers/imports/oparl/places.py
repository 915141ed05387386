"""Where each list of a source goes on: kept with the source, so that nothing is lost when a run breaks off.

The cursor of a source holds
    started_at  when the run began that is to be brought to its end
    since       the changes it asks for; null for everything
    lists       list → since, asked_at, next: what it is asked for, from when on, and where to go on ("": its end)
    behind      list → what it is to be asked for, since it failed although the run came to its end
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

# What was begun longer ago is begun anew.
RESUMABLE = timedelta(days=3)
# So long a list that was read to its end counts as read; later it is asked for what changed since.
STILL_NEW = timedelta(hours=3)


@dataclass(frozen=True)
class Start:
    """How to begin with a list: the changes to ask for, and the page on which a broken run stopped."""

    since: datetime | None = None
    place: str | None = None
    asked_at: datetime | None = None


@dataclass
class Places:
    """The places of one run. A list that cannot be read holds back neither the others nor the next run."""

    started_at: datetime
    since: datetime | None
    now: datetime
    lists: dict[str, dict[str, str | None]] = field(default_factory=dict)
    behind: dict[str, str | None] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    _starts: dict[str, Start] = field(default_factory=dict)

    def start(self, list_name: str) -> Start | None:
        """Where to begin with the list; None where it was read to its end a moment ago."""
        kept = self.lists.get(list_name)
        if kept is None:
            begin = Start(self._since(list_name), None, self.now)
        elif kept["next"]:
            begin = Start(instant(kept["since"]), kept["next"], instant(kept["asked_at"]))
        else:
            asked_at = instant(kept["asked_at"]) or self.started_at
            if self.now - asked_at < STILL_NEW:
                return None
            begin = Start(asked_at, None, self.now)
        self._starts[list_name] = begin
        return begin

    def read(self, list_name: str, following: str | None) -> None:
        """A page was read and written; the list goes on there, or is at its end."""
        begin = self._starts.get(list_name, Start(self.since, None, self.now))
        self.lists[list_name] = {
            "since": _words(begin.since),
            "asked_at": _words(begin.asked_at),
            "next": following or "",
        }

    def broke(self, list_name: str) -> None:
        """The rest of the list could not be read."""
        self.broken.add(list_name)

    def kept(self) -> dict[str, Any]:
        """What the source keeps while it is read, and after a run that broke off."""
        return {
            "started_at": _words(self.started_at),
            "since": _words(self.since),
            "lists": self.lists,
            "behind": self.behind,
        }

    def kept_at_the_end(self) -> dict[str, Any]:
        """What the source keeps after a run that came to its end: of lists that failed, what they still owe."""
        owed = {name: _words(self._starts.get(name, Start(self.since)).since) for name in sorted(self.broken)}
        return {"behind": owed} if owed else {}

    def _since(self, list_name: str) -> datetime | None:
        if self.since is None or list_name not in self.behind:
            return self.since
        before = instant(self.behind[list_name])
        return min(before, self.since) if before else None


def places(cursor: Mapping[str, Any], *, since: datetime | None, may_resume: bool, now: datetime) -> Places:
    """The places for a run that begins now: those of a broken one that may be resumed and is not old, else new ones.

    `since`: what a new one asks for.
    """
    began = instant(cursor.get("started_at"))
    behind = dict(cursor.get("behind") or {})
    if not may_resume or began is None or now - began >= RESUMABLE:
        return Places(now, since, now, behind=behind)
    lists = {name: kept for name, kept in (cursor.get("lists") or {}).items() if isinstance(kept, dict)}
    return Places(began, instant(cursor.get("since")), now, lists=lists, behind=behind)


def instant(value: object) -> datetime | None:
    """The moment that was kept as words; None for nothing."""
    return datetime.fromisoformat(str(value)) if value else None


def _words(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
