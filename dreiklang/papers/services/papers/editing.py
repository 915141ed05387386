"""Papers are entered, changed, published, withdrawn, linked by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import record
from dreiklang.core.enums import Visibility
from dreiklang.core.errors import ChangedMeanwhile, NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.goals.rules import LinkSign
from dreiklang.papers.models import Paper, PaperLink
from dreiklang.papers.permissions.papers import CREATE, EDIT, PUBLISH
from dreiklang.papers.rules.keys import free_key, key_of
from dreiklang.papers.rules.kinds import TargetKind
from dreiklang.papers.services.papers.versions import keep_version
from dreiklang.papers.services.resolutions import take_back_hidden
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

FIELDS = (
    "number",
    "title",
    "kind",
    "dated_on",
    "lead_department_id",
    "originator",
    "summary",
    "concept_id",
    "follows_id",
    "is_strategic",
    "web",
    "note",
)


class CannotSavePaper(Refused):
    """The paper contradicts itself: `follows_itself`, `target_twice`, `number_missing`."""


@dataclass(frozen=True)
class WantedLink:
    """What the paper is to touch, and how."""

    kind: TargetKind
    target: int
    # None: it touches the goal, and nobody knows how.
    sign: LinkSign | None = LinkSign.SUPPORTS
    reason: str = ""


def create_paper(*, by: Viewer, values: Mapping[str, Any]) -> Paper:
    """A new paper, internal until somebody publishes it. `values`: names in FIELDS, and `text`.

    Two papers may carry one number; each has its own address. Raises: NotAllowed; CannotSavePaper.
    """
    require(by, CREATE)
    number = str(values.get("number", "")).strip()
    if not number:
        raise CannotSavePaper("number_missing")
    paper = Paper(number=number, lead_department_id=values.get("lead_department_id"), version=0)
    require(by, EDIT, paper)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Vorlage angelegt")):
        paper.key = _key(number)
        _tell("created", paper, by)
        return _write(paper, values, by)


def change_paper(*, by: Viewer, key: str, version: int, values: Mapping[str, Any]) -> Paper:
    """Change what `values` names; a new text becomes the next version. The address stays.

    Raises: NotFound; NotAllowed, also when the paper would move to an office that is not the editor's;
    ChangedMeanwhile; CannotSavePaper.
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Vorlage geändert")):
        paper = _locked(key, version, by)
        if "lead_department_id" in values and values["lead_department_id"] != paper.lead_department_id:
            require(by, EDIT, Paper(lead_department_id=values["lead_department_id"]))
        return _write(paper, values, by)


def set_paper_visibility(*, by: Viewer, key: str, version: int, visibility: Visibility) -> Paper:
    """Publish a paper or take it back. Raises: NotFound; NotAllowed; ChangedMeanwhile."""
    is_public = visibility is Visibility.PUBLIC
    reason = _("Vorlage veröffentlicht") if is_public else _("Vorlage wieder intern")
    with acting(by_id=by.account_id, by_name=by.name, reason=reason):
        paper = _locked(key, version, by)
        require(by, PUBLISH, paper)
        paper.visibility = visibility
        _tell("published" if is_public else "unpublished", paper, by)
        saved = _saved(paper)
        take_back_hidden(by=by)
        return saved


def withdraw_paper(*, by: Viewer, key: str, version: int, is_withdrawn: bool = True) -> Paper:
    """Mark a paper as withdrawn, or take that back. It stays in the lists, its text is kept back.

    Raises: NotFound; NotAllowed; ChangedMeanwhile.
    """
    reason = _("Vorlage zurückgezogen") if is_withdrawn else _("Vorlage wieder eingebracht")
    with acting(by_id=by.account_id, by_name=by.name, reason=reason):
        paper = _locked(key, version, by)
        paper.withdrawn_at = timezone.now() if is_withdrawn else None
        _tell("withdrawn" if is_withdrawn else "restored", paper, by)
        saved = _saved(paper)
        take_back_hidden(by=by)
        return saved


def link_paper(*, by: Viewer, key: str, version: int, links: Sequence[WantedLink], origin: str = "") -> Paper:
    """Set what the paper touches; links that are not named are taken away.

    What is left as its released check wrote it stays the check's; what is changed is the person's from now on.
    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotSavePaper (target_twice).
    """
    if len({(link.kind, link.target) for link in links}) < len(links):
        raise CannotSavePaper("target_twice")
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Bezüge der Vorlage geändert")):
        paper = _locked(key, version, by)
        wanted = {(link.kind, link.target) for link in links}
        for one in paper.links.all():
            if (one.kind, one.target) not in wanted:
                one.delete()
        there = {(TargetKind(one.kind), one.target): one for one in paper.links.all()}
        for link in links:
            _write_link(
                there.get((link.kind, link.target))
                or PaperLink(paper=paper, kind=link.kind, target=link.target),
                link,
                origin or by.name,
            )
        return _saved(paper)


def _write_link(link: PaperLink, wanted: WantedLink, origin: str) -> None:
    before = (link.sign, link.reason)
    link.sign, link.reason = wanted.sign or "", wanted.reason
    if link.pk is None:
        link.origin = origin
    elif before == (link.sign, link.reason):
        return
    elif link.from_check_id is not None:
        link.from_check, link.origin = None, origin
    link.save()


def locked_paper(*, by: Viewer, key: str) -> Paper:
    """The paper, locked for this transaction, if the viewer may change it. Raises: NotFound; NotAllowed."""
    seen = Paper.objects.select_for_update(of=("self",)).select_related("lead_department").defer("search")
    paper = seen.filter(key=key).first()
    if paper is None:
        raise NotFound("paper", key=key)
    require(by, EDIT, paper)
    return paper


def _locked(key: str, version: int, by: Viewer) -> Paper:
    paper = locked_paper(by=by, key=key)
    if paper.version != version:
        raise ChangedMeanwhile(paper, version=paper.version)
    return paper


def _write(paper: Paper, values: Mapping[str, Any], by: Viewer) -> Paper:
    if paper.pk and values.get("follows_id") == paper.pk:
        raise CannotSavePaper("follows_itself")
    for name in FIELDS:
        if name in values:
            setattr(paper, name, values[name])
    _saved(paper)
    if "text" in values and keep_version(paper=paper, text=values["text"], by=by, origin=_("von Hand")):
        paper.save(update_fields=["text"])
    return paper


def _saved(paper: Paper) -> Paper:
    paper.version += 1
    paper.save()
    return paper


def _key(number: str) -> str:
    taken = Paper.objects.filter(key__startswith=key_of(number)).values_list("key", flat=True)
    return free_key(number, taken=frozenset(taken))


def _tell(name: str, paper: Paper, by: Viewer) -> None:
    record(name=name, subject="papers", object_key=paper.key, by_id=by.account_id, by_name=by.name)
