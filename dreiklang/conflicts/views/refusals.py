"""Why something was not possible, as a sentence, and what to do."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dreiklang.core.errors import Refused

WORDS = {
    "needs_reason": gettext_lazy("Bitte sagen Sie, warum das kein Konflikt ist. Ein Satz genügt."),
    "outdated": gettext_lazy(
        "Beim letzten Vergleich fand sich dieser Hinweis nicht mehr. Was dazu gesagt wurde, bleibt lesbar."
    ),
    "not_settled": gettext_lazy("Dieser Hinweis ist schon offen."),
    "nothing_to_take_back": gettext_lazy("Hier gibt es nichts mehr zurückzunehmen."),
    "nobody_there": gettext_lazy(
        "Für die andere Seite ist niemand benannt, der eine E-Mail bekommen kann. Bitte klären Sie zuerst, wer zuständig ist."
    ),
    "too_long": gettext_lazy("Das ist zu lang. Bitte kürzen Sie den Text."),
    "no_title": gettext_lazy("Bitte geben Sie Ihrem Vorhaben zuerst einen Titel."),
    "in_the_future": gettext_lazy("Dieser Tag liegt in der Zukunft."),
    "needs_question": gettext_lazy("Bitte sagen Sie zuerst, worum es geht."),
    "two_chosen": gettext_lazy("Gewählt wird nur eine Möglichkeit."),
    "too_many": gettext_lazy("Mehr als 30 Zeilen lassen sich nicht festhalten."),
    "decided_in_the_future": gettext_lazy(
        "Dieser Tag liegt in der Zukunft. Schließen Sie ab, wenn entschieden ist."
    ),
    "review_before_decision": gettext_lazy("Dieser Tag liegt vor der Entscheidung."),
    "no_such_paper": gettext_lazy("Eine dieser Vorlagen gibt es nicht."),
    "not_open": gettext_lazy("Diese Klärung wurde inzwischen abgeschlossen oder verworfen."),
    "changed_meanwhile": gettext_lazy(
        "Inzwischen hat jemand diesen Entwurf geändert. Sehen Sie ihn noch einmal an."
    ),
}
LACKING = {
    "decision": gettext_lazy("Was ist entschieden?"),
    "reason": gettext_lazy("Warum?"),
    "decided_by": gettext_lazy("Wer hat entschieden?"),
    "decided_on": gettext_lazy("An welchem Tag?"),
}


def worded(refusal: Refused) -> str:
    """The refusal as a sentence."""
    return str(WORDS.get(refusal.code, _("Das war nicht möglich.")))
