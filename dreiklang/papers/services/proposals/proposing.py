"""The worker reads a draft and proposes what it touches. Verdicts of people stay, whatever it finds."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_noop as _

from dreiklang.core import nearness
from dreiklang.core.changes import later
from dreiklang.core.history import acting
from dreiklang.core.models import TextVector
from dreiklang.papers.models import Check, PaperLink, Proposal
from dreiklang.papers.queries.compared_texts import (
    CHECK,
    PAPER,
    Kept,
    Wanted,
    document_keys,
    kept,
    wanted_documents,
    wanted_targets,
)
from dreiklang.papers.queries.declared_forms import declared_forms
from dreiklang.papers.queries.targets import TEXTUAL, Touchable, nameables, touchables
from dreiklang.papers.rules.drafts import draft_text
from dreiklang.papers.rules.kinds import ProposalOrigin, TargetKind, Verdict
from dreiklang.papers.rules.names import Wording, named_in, wording
from dreiklang.papers.rules.proposals import Candidate, Offer, TargetKey, Teacher, offers
from dreiklang.papers.services.proposals.kept import bring_up_to_date
from dreiklang.people.rules import SYSTEM

_KINDS = {kind.value: kind for kind in TEXTUAL}
_FOUND = ("rank", "score", "is_offered", "grounds", "passage")
AFTER_READING_JOB = "papers_propose_after_reading"
# What is new since the night is read at once; a whole city's texts are left to their own job.
AT_ONCE = 48
# So many profiles stand in memory while they are sent.
AT_A_TIME = 500


def propose(*, check_id: int, now: datetime) -> int:
    """How many proposals the check's text led to; 0 if it is gone, has no text, or could not be compared.

    The check then says why. A text that was replaced meanwhile is left to the next reading.
    """
    check = Check.objects.filter(pk=check_id).first()
    if check is None:
        return 0
    text = draft_text(title=check.title, text=check.text, forms=declared_forms())
    if not text.lead and not text.body:
        return _finish(check, (), text, now=now, problem="no_text")
    try:
        bring_up_to_date([Wanted(CHECK, check.pk, (check.title, check.text))])
        known = {one.target: one for one in touchables(SYSTEM)}
        # What is checked does not touch itself.
        known.pop((TargetKind.CONCEPT, check.concept_id or 0), None)
        there = _kept_targets(known)
        if made := bring_up_to_date(wanted_targets(known.values()), most=AT_ONCE, there=there):
            there = _kept_targets(known)
        if made == AT_ONCE:
            later(AFTER_READING_JOB, check_id=check.pk)
        found = _found(check, text, known, there)
    except nearness.CannotCompare as refusal:
        # What was proposed before is still worth more than nothing.
        Check.objects.filter(pk=check.pk).update(proposed_at=now, proposal_problem=refusal.code)
        return 0
    return _finish(check, found, text, now=now)


def read_texts() -> int:
    """Read all texts that are new since the last time: what can be touched, and what teaches.

    What can no longer be touched is forgotten. Raises: core.nearness.CannotCompare.
    """
    wanted = list(wanted_targets(touchables(SYSTEM)))
    there = {(one.subject, one.key) for one in wanted}
    kept = TextVector.objects.filter(subject__in=[kind.value for kind in TEXTUAL])
    gone = [pk for pk, *name in kept.values_list("pk", "subject", "key") if tuple(name) not in there]
    TextVector.objects.filter(pk__in=gone).delete()
    return bring_up_to_date(wanted) + bring_up_to_date(wanted_documents())


def _found(
    check: Check, text: nearness.Text, known: dict[TargetKey, Touchable], targets: Sequence[Kept]
) -> tuple[Offer, ...]:
    documents = _kept_documents(check)
    compared = nearness.compare(
        draft=text,
        documents=[one.name for one in documents],
        targets=[one.name for one in targets],
        # So that what is measured beside them changes nothing of what is proposed of the others.
        aside=[one.name for one in targets if one.subject == TargetKind.INDICATOR],
        profiles=_profiles({one.name: one.pk for one in (*documents, *targets)}),
    )
    words = wording("\n".join(text.parts))
    passages = (*text.lead, *text.body)
    candidates = [
        _candidate(known[(_KINDS[one.subject], one.key)], words, near, shared, best)
        for one, near, shared, best in zip(
            targets, compared.near, compared.words, compared.passages, strict=True
        )
    ]
    candidates += [_nameable(one, words, passages) for one in nameables(SYSTEM)]
    alike = {(one.subject, one.key): value for one, value in zip(documents, compared.alike, strict=True)}
    return offers(candidates, wording=words, teachers=_teachers(alike))


def _kept_targets(known: Collection[TargetKey]) -> list[Kept]:
    """Of everything that can be touched now; nobody has taken it away since."""
    return [one for one in kept(subject__in=list(_KINDS)) if (_KINDS[one.subject], one.key) in known]


def _kept_documents(check: Check) -> list[Kept]:
    found: list[Kept] = []
    for subject, keys in document_keys().items():
        own = check.pk if subject == CHECK else check.paper_id
        found += [one for one in kept(subject=subject, key__in=keys) if one.key != own]
    return found


def _profiles(by_name: Mapping[str, int]) -> Callable[[Sequence[str]], Iterator[nearness.Profile]]:
    """Gives profiles by name, one by one from the database to the child."""

    def given(names: Sequence[str]) -> Iterator[nearness.Profile]:
        for start in range(0, len(names), AT_A_TIME):
            keys = [by_name[name] for name in names[start : start + AT_A_TIME]]
            rows = TextVector.objects.in_bulk(keys)
            # One that was forgotten this moment leaves a gap, which the comparison refuses.
            found = (rows[key] for key in keys if key in rows)
            yield from (nearness.Profile(bytes(one.vectors), bytes(one.grams)) for one in found)

    return given


def _candidate(one: Touchable, words: Wording, near: float, shared: float, best: Sequence[int]) -> Candidate:
    return Candidate(
        target=one.target,
        near=near,
        words=shared,
        passages=tuple(best),
        named=named_in(words, names=one.names, is_title=True),
        title=one.title,
        lead=one.lead,
    )


def _nameable(one: Touchable, words: Wording, passages: Sequence[str]) -> Candidate:
    named = named_in(words, names=one.names)
    places = [number for number, passage in enumerate(passages) if named and named in passage]
    return Candidate(one.target, named=named, passages=tuple(places[:1]))


def _teachers(alike: dict[tuple[str, int], float]) -> list[Teacher]:
    said: dict[tuple[str, int], tuple[set[TargetKey], set[TargetKey]]] = {}
    names: dict[tuple[str, int], str] = {}
    checks = [key for subject, key in alike if subject == CHECK]
    decided = Proposal.objects.filter(of__in=checks).exclude(verdict=Verdict.OPEN)
    for pk, number, kind, target, verdict in decided.order_by("pk").values_list(
        "of_id", "of__number", "kind", "target", "verdict"
    ):
        names[(CHECK, pk)] = number
        yes, no = said.setdefault((CHECK, pk), (set(), set()))
        (yes if verdict == Verdict.CONFIRMED else no).add((TargetKind(kind), target))
    papers = [key for subject, key in alike if subject == PAPER]
    # Where a check wrote them, it teaches them itself.
    links = PaperLink.objects.filter(paper__in=papers, from_check=None).order_by("pk")
    for pk, number, kind, target in links.values_list("paper_id", "paper__number", "kind", "target"):
        names[(PAPER, pk)] = number
        said.setdefault((PAPER, pk), (set(), set()))[0].add((TargetKind(kind), target))
    return [Teacher(names[one], alike[one], frozenset(yes), frozenset(no)) for one, (yes, no) in said.items()]


def _finish(
    check: Check, found: Sequence[Offer], text: nearness.Text, *, now: datetime, problem: str = ""
) -> int:
    passages = (*text.lead, *text.body)
    with acting(by_id=None, by_name="Dreiklang", reason=_("Text gelesen")):
        current = Check.objects.select_for_update().filter(pk=check.pk, text=check.text).first()
        if current is None:
            return 0
        there = {(TargetKind(p.kind), p.target): p for p in current.proposals.all()}
        proposed = (_written(current, there.pop(offer.target, None), offer, passages) for offer in found)
        written = [one for one in proposed if one is not None]
        Proposal.objects.bulk_create([one for one in written if one.pk is None])
        Proposal.objects.bulk_update([one for one in written if one.pk is not None], _FOUND)
        for left in there.values():
            _take_back(left)
        # Not by `save`: the reading is no edit, and nobody's open form goes out of date with it.
        Check.objects.filter(pk=check.pk).update(proposed_at=now, proposal_problem=problem)
    return len(found)


def _written(check: Check, there: Proposal | None, offer: Offer, passages: Sequence[str]) -> Proposal | None:
    """The proposal as found now; None if it is kept just so, for a history tells what changed."""
    proposal = there or Proposal(
        of=check, kind=offer.target[0], target=offer.target[1], origin=ProposalOrigin.PROPOSED
    )
    before = [getattr(proposal, name) for name in _FOUND]
    proposal.rank, proposal.score, proposal.is_offered = offer.rank, offer.score, True
    proposal.grounds = list(offer.grounds)
    proposal.passage = passages[offer.passage] if offer.passage is not None else ""
    is_same = before == [getattr(proposal, name) for name in _FOUND]
    return None if there and is_same else proposal


def _take_back(proposal: Proposal) -> None:
    """What a person said or named stays and is shown as no longer found; the rest goes."""
    if proposal.verdict == Verdict.OPEN and proposal.origin == ProposalOrigin.PROPOSED:
        proposal.delete()
    elif proposal.is_offered and proposal.origin == ProposalOrigin.PROPOSED:
        proposal.is_offered = False
        proposal.save(update_fields=["is_offered"])
