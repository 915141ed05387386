"""What the words of council systems mean for papers, meetings and routes, and who decides.

Cities and vendors use their own words. What is not known stays unknown; the words are kept beside it.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar

from dreiklang.papers.rules.kinds import ConsultationRole, MeetingState, PaperKind, Result
from dreiklang.people.rules import CommitteeKind

Code = TypeVar("Code", bound=StrEnum)

# The first part of a word that is found decides; so the narrower ones stand before the wider ones.
_ROLES: Sequence[tuple[str, ConsultationRole]] = (
    ("vorberat", ConsultationRole.ADVICE),
    ("empfehl", ConsultationRole.ADVICE),
    ("anhör", ConsultationRole.HEARING),
    ("anhoer", ConsultationRole.HEARING),
    ("stellungnahme", ConsultationRole.HEARING),
    ("beteiligung", ConsultationRole.HEARING),
    ("kenntnis", ConsultationRole.NOTE),
    ("information", ConsultationRole.NOTE),
    ("entscheid", ConsultationRole.DECISION),
    ("beschluss", ConsultationRole.DECISION),
    ("beschließ", ConsultationRole.DECISION),
    ("beratung", ConsultationRole.ADVICE),
)
_RESULTS: Sequence[tuple[str, Result]] = (
    ("vorberaten", Result.OTHER),
    ("zurückgezogen", Result.WITHDRAWN),
    ("zurückgenommen", Result.WITHDRAWN),
    ("abgesetzt", Result.POSTPONED),
    ("vertagt", Result.POSTPONED),
    ("zurückgestellt", Result.POSTPONED),
    ("wiedervorlage", Result.POSTPONED),
    ("angehalten", Result.POSTPONED),
    ("verwiesen", Result.REFERRED),
    ("überwiesen", Result.REFERRED),
    ("beratung im fach", Result.REFERRED),
    ("nicht beschlossen", Result.REJECTED),
    ("nicht zugestimmt", Result.REJECTED),
    ("ablehn", Result.REJECTED),
    ("abgelehnt", Result.REJECTED),
    ("geändert", Result.ADOPTED_CHANGED),
    ("abweichend", Result.ADOPTED_CHANGED),
    ("mit änderung", Result.ADOPTED_CHANGED),
    ("teilweise", Result.ADOPTED_CHANGED),
    ("kenntnis", Result.NOTED),
    ("beschlossen", Result.ADOPTED),
    ("angenommen", Result.ADOPTED),
    ("zustimm", Result.ADOPTED),
    ("zugestimmt", Result.ADOPTED),
    ("gewählt", Result.ADOPTED),
    ("einverstanden", Result.ADOPTED),
)
_PAPERS: Sequence[tuple[str, PaperKind]] = (
    ("haushaltsantr", PaperKind.BUDGET_MOTION),
    ("haushalt thh", PaperKind.BUDGET_MOTION),
    ("haushalt gesamt", PaperKind.BUDGET_MOTION),
    ("antrag zum haushalt", PaperKind.BUDGET_MOTION),
    ("anfrage", PaperKind.INQUIRY),
    ("stellungnahme", PaperKind.STATEMENT),
    ("antrag", PaperKind.MOTION),
    ("anträge", PaperKind.MOTION),
    ("information", PaperKind.INFORMATION),
    ("mitteilung", PaperKind.INFORMATION),
    ("bericht", PaperKind.INFORMATION),
    ("kenntnis", PaperKind.INFORMATION),
    ("vorlage", PaperKind.PROPOSAL),
    ("beschluss", PaperKind.PROPOSAL),
)
_MEETINGS: Sequence[tuple[str, MeetingState]] = (
    ("abgesagt", MeetingState.CANCELLED),
    ("entfällt", MeetingState.CANCELLED),
    ("ausgefallen", MeetingState.CANCELLED),
    ("eingeladen", MeetingState.INVITED),
    ("einladung", MeetingState.INVITED),
    ("durchgeführt", MeetingState.HELD),
    ("stattgefunden", MeetingState.HELD),
    ("abgeschlossen", MeetingState.HELD),
    ("terminiert", MeetingState.PLANNED),
    ("geplant", MeetingState.PLANNED),
)
_LOCAL = (
    "ortschaftsrat",
    "ortsrat",
    "ortsbeirat",
    "ortsteilrat",
    "bezirksbeirat",
    "stadtbezirks",
    "bezirksvertretung",
)
_COUNCIL = (
    "stadtrat",
    "gemeinderat",
    "rat der stadt",
    "stadtverordneten",
    "gemeindevertretung",
    "bürgerschaft",
    "kreistag",
)
_COMMITTEE = ("gremium", "ausschuss", "beirat", "kommission", "ortschaftsrat", "hauptorgan")
_NO_COMMITTEE = (
    "fraktion",
    "partei",
    "verwaltung",
    "gruppierung",
    "wählervereinigung",
    "extern",
    "institution",
)


def consultation_role(words: str) -> ConsultationRole:
    """What a committee does with a paper, by the source's word. "Behandlung" says nothing: unknown."""
    return _first(words, _ROLES, ConsultationRole.UNKNOWN)


def result_of(words: str) -> Result:
    """What became of a paper, by the minutes' words. None: open. Words of no known meaning: other."""
    return _first(words, _RESULTS, Result.OTHER) if words.strip() else Result.OPEN


def paper_kind(words: str) -> PaperKind:
    """What a paper asks, by the source's word; without a known word: other."""
    return _first(words, _PAPERS, PaperKind.OTHER)


def meeting_state(words: str, *, is_cancelled: bool, is_invited: bool, has_results: bool) -> MeetingState:
    """How far a meeting is. The source's own word goes first, then what else it tells.

    A meeting whose day has passed without results is not called held: nobody said so.
    """
    if is_cancelled:
        return MeetingState.CANCELLED
    silent = (
        MeetingState.HELD if has_results else MeetingState.INVITED if is_invited else MeetingState.PLANNED
    )
    return _first(words, _MEETINGS, silent)


def committee_kind(name: str, *, classification: str = "") -> CommitteeKind:
    """What a committee is for, by its name first: a council is often classed as "deciding" too."""
    name, classed = name.lower(), classification.lower()
    if any(word in name for word in _LOCAL):
        return CommitteeKind.LOCAL_COUNCIL
    if "ausschuss" not in name and any(name.startswith(word) for word in _COUNCIL):
        return CommitteeKind.COUNCIL
    if "beschließend" in classed or "beschließend" in name:
        return CommitteeKind.DECIDING
    if "beratend" in classed or "beirat" in name or "beirat" in classed:
        return CommitteeKind.ADVISORY
    return CommitteeKind.OTHER


def is_committee(*, kind: str = "", classification: str = "", meets: bool = False) -> bool:
    """Whether an organisation is a committee of the council; offices, parties and groups are none.

    `kind` is OParl's organizationType; `meets`: it has meetings of its own. Names tell nothing:
    a "Stadtjugendausschuss" may be a club, a "Gesamtpersonalrat" is no council.
    """
    said = f"{kind} {classification}".lower()
    if any(word in said for word in _NO_COMMITTEE):
        return False
    return meets or any(word in said for word in _COMMITTEE)


def decides(role: ConsultationRole, *, authoritative: bool | None) -> bool:
    """Whether the consultation decides.

    OParl's `authoritative` says it, but some systems set it on hearings and notes as well. So a word that
    names another role goes before a yes, and a plain no goes before the word.
    """
    if authoritative is False:
        return False
    if role is ConsultationRole.UNKNOWN:
        return bool(authoritative)
    return role is ConsultationRole.DECISION


def follower(
    upper: tuple[str, date | None], lower: tuple[str, date | None]
) -> tuple[tuple[str, date | None], tuple[str, date | None]]:
    """Of two connected papers (number, day) the one that follows, and the one it follows.

    Systems disagree on which of them is superordinated. The number tells it ("2024/0419/1" follows
    "2024/0419"), else the day, else the lower follows the upper.
    """
    if upper[0].startswith(f"{lower[0]}/") or upper[0].startswith(f"{lower[0]}-"):
        return upper, lower
    if lower[0].startswith(f"{upper[0]}/") or lower[0].startswith(f"{upper[0]}-"):
        return lower, upper
    if upper[1] and lower[1] and upper[1] > lower[1]:
        return upper, lower
    return lower, upper


def _first(words: str, known: Sequence[tuple[str, Code]], otherwise: Code) -> Code:
    said = words.lower()
    return next((code for part, code in known if part in said), otherwise)
