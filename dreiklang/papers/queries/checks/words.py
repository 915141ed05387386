"""Answers in words, for the pages of a check and for its documents."""

from dreiklang.core import text
from dreiklang.core.values import Money
from dreiklang.papers.models.answer_labels import EFFECT_SIGNS, answer_label
from dreiklang.papers.rules.checklist import Given, Question, QuestionKind


def answer_words(question: Question, given: Given) -> str:
    """The answer as people read it: effects with their sign, amounts as money."""
    if question.kind is QuestionKind.AMOUNT and given.amount_eur is not None:
        return text.money_exact(Money.rounded(given.amount_eur))
    label = answer_label(question, given.value)
    sign = next((EFFECT_SIGNS[one] for one in EFFECT_SIGNS if one == given.value), "")
    is_effect = question.kind in {QuestionKind.EFFECT, QuestionKind.GOALS}
    return f"{sign} {label}" if is_effect and sign else label
