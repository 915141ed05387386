"""The texts a check was made of: what reading the newest left out, and what differs between two of them."""

from dataclasses import dataclass

from dreiklang.papers.models import Check, CheckText
from dreiklang.papers.rules.differences import Difference, difference
from dreiklang.papers.rules.kinds import CheckState
from dreiklang.papers.rules.reading_text import text_blocks


@dataclass(frozen=True)
class TextChange:
    """Two versions of the draft's text, by their numbers, and what differs."""

    before: int
    after: int
    difference: Difference


def newest_text(check: Check) -> CheckText | None:
    """The version of the text that counts now, without the text itself; None before there is one."""
    return check.texts.defer("text").order_by("-number").first()


def replaced_since_return(check: Check) -> tuple[int, int] | None:
    """The version its readers saw last, and the newest, if the text was replaced after a return; else None."""
    returned = check.steps.filter(state=CheckState.RETURNED).order_by("-entered_at", "-pk").first()
    if returned is None:
        return None
    known = list(check.texts.order_by("number").values_list("number", "recorded_at"))
    seen = [number for number, at in known if at <= returned.entered_at]
    newest = known[-1][0] if known else 0
    return (seen[-1], newest) if seen and seen[-1] < newest else None


def text_change(check: Check, *, before: int | None = None, after: int | None = None) -> TextChange | None:
    """What changed from one version to the other; as asked, else since the return, else in the last step.

    None where there are not both. Lines that only the margin broke elsewhere are no change.
    """
    usual = replaced_since_return(check) or _last_two(check)
    if usual is None:
        return None
    numbers = (before or usual[0], after or usual[1])
    texts = dict(check.texts.filter(number__in=numbers).values_list("number", "text"))
    if len(texts) < 2:
        return None
    old, new = (_lines(texts[number]) for number in numbers)
    return TextChange(*numbers, difference(old, new))


def _last_two(check: Check) -> tuple[int, int] | None:
    found = list(check.texts.order_by("-number").values_list("number", flat=True)[:2])
    return (found[1], found[0]) if len(found) == 2 else None


def _lines(text: str) -> str:
    """Each paragraph in one line."""
    return "\n".join(line for block in text_blocks(text) for line in block.lines)
