"""What an office co-signed, part by part, and what of it is no longer as it was."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from hashlib import sha256

from dreiklang.papers.rules.checklist import RELEVANCE, ChecklistContent, Given, asked_questions, targets_of

# Parts beside the questions, which stand under their own names, and stage 1, which is RELEVANCE.
TEXT = "text of the draft"
TOUCHED = "touched"


def signed_parts(
    content: ChecklistContent,
    *,
    text: str,
    is_relevant: bool | None,
    relevance_reason: str,
    given: Sequence[Given],
    goals: Collection[int],
    touched: Collection[tuple[str, int]],
) -> dict[str, str]:
    """A fingerprint of each part of a check: the draft's text, its relevance, what it touches, each answer.

    Only what is asked now counts: an answer left over from before is not signed. Blanks at the ends and
    the order of goals change nothing.
    """
    said = {(one.question, one.target): one for one in given}
    parts = {
        TEXT: _fingerprint(" ".join(text.split())),
        RELEVANCE: _fingerprint(is_relevant, relevance_reason.strip()),
        TOUCHED: _fingerprint(*sorted((str(kind), target) for kind, target in touched)),
    }
    for question in asked_questions(content, is_relevant=is_relevant, given=given):
        found = [(target, said.get((question.id, target))) for target in targets_of(question, goals)]
        parts[question.id] = _fingerprint(*sorted((target, _words(one)) for target, one in found if one))
    return parts


def changed_parts(*, signed: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """The parts that were changed, added or dropped since, in the order of the check, dropped ones last.

    Without a record of what was signed everything counts as changed: nobody knows what the office saw.
    """
    here = [name for name, print_ in now.items() if signed.get(name) != print_]
    return (*here, *(name for name in signed if name not in now))


def _words(given: Given) -> tuple[str, ...]:
    amount = "" if given.amount_eur is None else str(given.amount_eur.quantize(Decimal("0.01")))
    return (given.value, given.text.strip(), given.reason.strip(), amount)


def _fingerprint(*values: object) -> str:
    return sha256(repr(values).encode()).hexdigest()[:16]
