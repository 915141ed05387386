"""What news and due things say, in words."""

from datetime import date
from typing import cast

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dreiklang.core import text
from dreiklang.core.records import News
from dreiklang.workspace.queries.focus import FocusItem

register = template.Library()

# (kind, code in the text) → what happened
HAPPENED = {
    ("measure_phase", "idea"): gettext_lazy("Die Idee ist aufgenommen."),
    ("measure_phase", "preparation"): gettext_lazy("Die Vorbereitung hat begonnen."),
    ("measure_phase", "decided"): gettext_lazy("Die Maßnahme ist beschlossen."),
    ("measure_phase", "implementation"): gettext_lazy("Die Umsetzung hat begonnen."),
    ("measure_finished", "in_use"): gettext_lazy("Fertig und in Nutzung."),
    ("measure_phase", "merged"): gettext_lazy("Mit einer anderen Maßnahme zusammengelegt."),
    ("measure_phase", "replaced"): gettext_lazy("Durch eine andere Maßnahme ersetzt."),
    ("measure_phase", "dropped"): gettext_lazy("Die Maßnahme ist aufgegeben."),
    ("concept", "adopted"): gettext_lazy("Das Konzept ist beschlossen."),
    ("concept", "participation"): gettext_lazy("Die Beteiligung läuft."),
    ("paper", "proposal"): gettext_lazy("Eine neue Beschlussvorlage liegt vor."),
    ("paper", "information"): gettext_lazy("Eine neue Informationsvorlage liegt vor."),
    ("paper", "statement"): gettext_lazy("Eine neue Stellungnahme liegt vor."),
    ("paper", "motion"): gettext_lazy("Ein neuer Antrag liegt vor."),
    ("paper", "budget_motion"): gettext_lazy("Ein neuer Haushaltsantrag liegt vor."),
    ("paper", "inquiry"): gettext_lazy("Eine neue Anfrage liegt vor."),
    ("paper", "other"): gettext_lazy("Eine neue Vorlage liegt vor."),
}


@register.filter
def news_text(item: News) -> str:
    """What happened: our words for a code, or the words of the office."""
    happened = HAPPENED.get((item.kind, item.text))
    if happened is not None:
        return str(happened)
    if item.kind == "priority":
        return _("Rangfolge geändert: %(reason)s") % {"reason": item.text}
    return item.text


KINDS = {
    "round_due": gettext_lazy("Bericht"),
    "stale": gettext_lazy("Bericht"),
    "first_report": gettext_lazy("Bericht"),
    "milestone_overdue": gettext_lazy("Meilenstein"),
    "brief_review": gettext_lazy("Auftrag"),
    "release": gettext_lazy("Freigabe"),
    "evaluation_due": gettext_lazy("Evaluation"),
    "resolution_due": gettext_lazy("Beschluss"),
    "resolution_overdue": gettext_lazy("Beschluss"),
    "resolution_note": gettext_lazy("Freigabe"),
    "check_read": gettext_lazy("Zweitprüfung"),
    "check_sign": gettext_lazy("Mitzeichnung"),
    "check_returned": gettext_lazy("Prüfung"),
    "check_release": gettext_lazy("Freigabe"),
    "check_offices_late": gettext_lazy("Mitzeichnung"),
    "dataset_overdue": gettext_lazy("Datensatz"),
    "conflict_new": gettext_lazy("Hinweis"),
    "conflict_reopened": gettext_lazy("Hinweis"),
    "weighing_review": gettext_lazy("Klärung"),
    "data_request": gettext_lazy("Datenanforderung"),
    "data_request_answered": gettext_lazy("Datenanforderung"),
    "watch_review": gettext_lazy("Durchsicht"),
    "values_due": gettext_lazy("Werte"),
    "effect_unobserved": gettext_lazy("Wirkung"),
    "rating_never_rated": gettext_lazy("Bewertung"),
    "rating_contradicted": gettext_lazy("Bewertung"),
    "rating_too_old": gettext_lazy("Bewertung"),
    "rating_new_values": gettext_lazy("Bewertung"),
    "rating_release": gettext_lazy("Freigabe"),
    "criterion_off_way": gettext_lazy("Kriterium"),
    "values_release": gettext_lazy("Freigabe"),
}

# Why it stands there, where no fact belongs into the sentence.
WHY = {
    "first_report": gettext_lazy("Über diese Maßnahme hat noch niemand berichtet."),
    "brief_review": gettext_lazy("Der Auftrag soll wieder angesehen werden."),
    "release": gettext_lazy("Eine Notiz für die Öffentlichkeit wartet auf Ihre Freigabe."),
    "evaluation_due": gettext_lazy("Dieser Schritt der Evaluation steht an."),
    "resolution_due": gettext_lazy("Der Rat erwartet, dass es bis dahin erledigt ist."),
    "resolution_overdue": gettext_lazy("Die Frist ist vorbei. Was wurde aus dem Beschluss?"),
    "resolution_note": gettext_lazy("Eine Notiz für die Öffentlichkeit wartet auf Ihre Freigabe."),
    "check_read": gettext_lazy("Sie lesen die Gründe dieser Prüfung gegen."),
    "check_sign": gettext_lazy("Ihr Amt soll diese Vorlage mitzeichnen oder widersprechen."),
    "check_returned": gettext_lazy("Die Prüfung kam mit einem Grund zurück."),
    "check_release": gettext_lazy(
        "Alle gefragten Ämter haben geantwortet. Die Prüfung wartet auf die Freigabe."
    ),
    "dataset_overdue": gettext_lazy("Ein neuer Stand der Daten ist überfällig."),
    "conflict_new": gettext_lazy("Ihr Vorhaben trifft auf ein anderes. Das hat noch niemand angesehen."),
    "conflict_reopened": gettext_lazy("Das war geklärt. Seither hat sich etwas geändert."),
    "values_due": gettext_lazy("Die nächsten Werte dieses Indikators werden gebraucht."),
    "weighing_review": gettext_lazy("Diese Klärung soll wieder angesehen werden."),
    "data_request": gettext_lazy("Diese Werte soll Ihr Amt bringen."),
    "data_request_answered": gettext_lazy("Ihre Frage ist beantwortet. Wird eine Zeitreihe daraus?"),
    "watch_review": gettext_lazy("Dieses Thema soll wieder angesehen werden. Gibt es Neues?"),
    "rating_never_rated": gettext_lazy("Dieses Kriterium hat noch niemand bewertet."),
    "rating_contradicted": gettext_lazy(
        "Die Zahlen von heute sprechen gegen die letzte Bewertung. Gilt sie noch?"
    ),
    "rating_too_old": gettext_lazy("Die letzte Bewertung dieses Kriteriums wird alt."),
    "rating_new_values": gettext_lazy("Seit der letzten Bewertung kam ein neuer Wert dazu. Gilt sie noch?"),
    "values_release": gettext_lazy("Neue Werte warten darauf, dass Sie sie ansehen und freigeben."),
    "rating_release": gettext_lazy("Eine vorläufige Bewertung wartet auf Ihre Freigabe."),
}


@register.simple_tag
def focus_title(shown: int) -> str:
    """How many things count today, in a word up to twelve."""
    if shown == 1:
        return _("Eine Sache, die heute zählt")
    return _("%(n)s Dinge, die heute zählen") % {"n": text.quantity_word(shown).capitalize()}


@register.simple_tag
def focus_kind(item: FocusItem) -> str:
    """Of which kind the thing is."""
    return str(KINDS.get(item.reason, ""))


@register.simple_tag(takes_context=True)
def focus_why(context: template.Context, item: FocusItem) -> str:
    """Why it stands here, from its facts."""
    today: date = context["today"]
    reported_on = item.facts.get("reported_on")
    last = (
        _("Letzter Bericht %(ago)s.") % {"ago": text.ago(reported_on, today)}
        if isinstance(reported_on, date)
        else ""
    )
    if item.reason == "round_due":
        return _("In dieser Runde fehlt der Bericht. %(last)s") % {"last": last}
    if item.reason == "stale":
        return _("%(last)s Stimmt der Stand noch?") % {"last": last}
    if item.reason == "milestone_overdue":
        return _("Der Meilenstein „%(title)s“ ist offen.") % {"title": item.facts.get("milestone", "")}
    if item.reason == "effect_unobserved":
        about = cast(tuple[str, ...], item.facts["about"])
        return _("Erwartet war eine Wirkung auf %(names)s. Was hat sich gezeigt?") % {
            "names": text.listing(about)
        }
    if item.reason == "check_offices_late":
        late = cast(tuple[str, ...], item.facts["offices"])
        return _("Ohne Antwort nach der Frist: %(offices)s.") % {"offices": text.listing(late)}
    if item.reason == "criterion_off_way":
        return _("Vom Weg ab: %(because)s") % {"because": item.facts["because"]}
    return str(WHY.get(item.reason, ""))
