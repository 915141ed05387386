"""German words and signs for answers."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dreiklang.papers.rules.checklist import NO, STATED, UNKNOWN, YES, Effect, Question, QuestionKind
from dreiklang.papers.rules.checks import Step

EFFECT_SIGNS = {
    Effect.STRONG_GAIN: "++",
    Effect.GAIN: "+",
    Effect.NONE: "o",
    Effect.HARM: "−",
    Effect.STRONG_HARM: "−−",
    Effect.UNKNOWN: "?",
}
EFFECT_LABELS = {
    Effect.STRONG_GAIN: _("fördert stark"),
    Effect.GAIN: _("fördert"),
    Effect.NONE: _("keine Wirkung"),
    Effect.HARM: _("erschwert"),
    Effect.STRONG_HARM: _("erschwert stark"),
    Effect.UNKNOWN: pgettext_lazy("Antwort", "nicht bekannt"),
}
PLAIN_LABELS = {
    YES: pgettext_lazy("Antwort", "ja"),
    NO: pgettext_lazy("Antwort", "nein"),
    UNKNOWN: pgettext_lazy("Antwort", "nicht bekannt"),
    STATED: pgettext_lazy("Antwort", "Betrag"),
}
STEP_LABELS = {
    Step.HAND_IN: _("Zur Zweitprüfung geben"),
    Step.FORWARD: _("Zweitprüfung abschließen"),
    Step.RETURN: _("Zurückgeben"),
    Step.RELEASE: _("Freigeben"),
    Step.TAKE_BACK: _("Freigabe zurücknehmen"),
    Step.GIVE_UP: _("Prüfung einstellen"),
}
QUESTION_KIND_LABELS = {
    QuestionKind.GOALS: _("Wirkung auf jedes bestätigte Ziel"),
    QuestionKind.EFFECT: _("Wirkung von ++ bis −−"),
    QuestionKind.YES_NO: _("ja, nein, nicht bekannt"),
    QuestionKind.CHOICE: _("Auswahl"),
    QuestionKind.AMOUNT: _("Betrag in Euro"),
    QuestionKind.TEXT: _("Text"),
}


def answer_label(question: Question, value: str) -> str:
    """The answer in words; the value itself where the checklist no longer knows it."""
    if value in set(Effect) and question.kind in {QuestionKind.GOALS, QuestionKind.EFFECT}:
        return str(EFFECT_LABELS[Effect(value)])
    chosen = next((one.label for one in question.options if one.value == value), "")
    return chosen or str(PLAIN_LABELS.get(value, value))


def answer_choices(question: Question) -> list[tuple[str, str]]:
    """(value, words) of what can be chosen; effects with their sign."""
    if question.kind in {QuestionKind.GOALS, QuestionKind.EFFECT}:
        return [(str(one), f"{EFFECT_SIGNS[one]} {EFFECT_LABELS[one]}") for one in Effect]
    return [(value, answer_label(question, value)) for value in question.values]
