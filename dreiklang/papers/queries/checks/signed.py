"""What the co-signing offices answered to, and what of it has changed since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dreiklang.papers.models import Check, CoSignature
from dreiklang.papers.queries.checks.facts import confirmed_goals, content_of, given_answers
from dreiklang.papers.rules.checklist import RELEVANCE, ChecklistContent
from dreiklang.papers.rules.checks import RUNNING
from dreiklang.papers.rules.kinds import CheckState, CoSignState, Verdict
from dreiklang.papers.rules.signed import TEXT, TOUCHED, changed_parts, signed_parts


@dataclass(frozen=True)
class ChangedSince:
    """What was changed after an office had answered. `is_asked_again`: it has been asked, else it will be."""

    parts: tuple[str, ...]
    is_asked_again: bool


def parts_of(check: Check) -> dict[str, str]:
    """The check part by part, as an office would co-sign it now. Its checklist must be loaded."""
    confirmed = check.proposals.filter(verdict=Verdict.CONFIRMED)
    return signed_parts(
        content_of(check.checklist),
        text=check.text,
        is_relevant=check.is_relevant,
        relevance_reason=check.relevance_reason,
        given=given_answers(check),
        goals=confirmed_goals(check),
        touched=list(confirmed.values_list("kind", "target")),
    )


def changed_since_signed(check: Check, signatures: Iterable[CoSignature]) -> Mapping[int, ChangedSince]:
    """What changed after each answer of an office, by the signature's id, in words; only while it matters.

    An answer that came with a list does not say what it was given to; it stands here with no parts.
    """
    if check.state not in RUNNING:
        return {}
    content, now = content_of(check.checklist), parts_of(check)
    is_signing = check.state == CheckState.CO_SIGNING
    found = {}
    for one in signatures:
        is_asked = one.state == CoSignState.ASKED
        # Whom nobody asked before has answered to nothing; in co-signing, whoever answered saw it as it is.
        if (is_asked and not one.signed_parts) or (not is_asked and is_signing):
            continue
        if changed := changed_parts(signed=one.signed_parts, now=now):
            words = tuple(_words(content, name) for name in changed) if one.signed_parts else ()
            found[one.pk] = ChangedSince(words, is_asked)
    return found


def _words(content: ChecklistContent, part: str) -> str:
    known = {
        TEXT: _("Text des Entwurfs"),
        RELEVANCE: _("Belang für das INSEK"),
        TOUCHED: _("Was der Entwurf berührt"),
    }
    return known.get(part) or content.wording(part) or _("eine Frage, die entfallen ist")
