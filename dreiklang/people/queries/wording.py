"""What was not possible with people and departments, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dreiklang.core.errors import Refused

# code → the field it concerns (empty: the whole form), the sentence
WORDS: dict[str, tuple[str, Any]] = {
    "email_taken": ("email", _("Mit dieser Adresse gibt es schon ein Konto.")),
    "own_deputy": ("deputy", _("Niemand vertritt sich selbst. Wählen Sie eine andere Person.")),
    "deputy_left": ("deputy", _("Diese Person kann sich nicht mehr anmelden. Wählen Sie eine andere.")),
    "deputy_away": (
        "deputy",
        _("{deputy} ist in dieser Zeit selbst abwesend. Wählen Sie eine andere Person."),
    ),
    "wrong_order": ("last", _("Der letzte Tag liegt vor dem ersten.")),
    "overlaps": ("first", _("In dieser Zeit ist schon eine Abwesenheit eingetragen.")),
    "last_administrator": (
        "",
        _("Dann betreute niemand mehr die Software. Geben Sie die Rolle zuerst weiter."),
    ),
    "holds_already": ("role", _("Diese Rolle hat die Person dort schon.")),
    "key_taken": ("key", _("Dieses Kürzel trägt schon ein anderes Amt.")),
    "own_parent": ("parent", _("Ein Amt kann nicht unter sich selbst stehen.")),
    "parent_ended": ("parent", _("Dieses Amt besteht nicht mehr. Wählen Sie ein anderes.")),
    "head_left": ("head", _("Diese Person kann sich nicht mehr anmelden. Wählen Sie eine andere.")),
    "has_account": ("email", _("Diese Person hat schon ein Konto.")),
    "invited_already": (
        "email",
        _("Diese Person ist schon eingeladen. Sie können die Einladung erneut senden."),
    ),
    "not_open": ("", _("Diese Einladung ist schon angenommen oder zurückgezogen.")),
    "committee_key_taken": ("key", _("Dieses Kürzel trägt schon ein anderes Gremium.")),
    "name_missing": ("name", _("Ein Gremium braucht ein Kürzel und einen Namen.")),
    "not_ended": ("", _("{name} besteht noch.")),
    "seat_left": ("", _("{name} kann sich nicht mehr anmelden und behält keinen Sitz.")),
    "twice": ("", _("Niemand ist zugleich Mitglied und Stellvertretung. Wählen Sie eines.")),
    "same": ("", _("Wählen Sie zwei verschiedene.")),
    "ended": ("", _("{name} besteht nicht mehr.")),
    "below": ("", _("{name} steht unterhalb. Ordnen Sie es zuerst anders zu.")),
    "left": ("", _("{name} kann sich nicht mehr anmelden.")),
    "changed_meanwhile": (
        "",
        _("Inzwischen hat jemand anderes gespeichert. Vergleichen Sie unten und speichern Sie noch einmal."),
    ),
}


def words_of(refused: Refused) -> str:
    """The refusal as a sentence."""
    return str(WORDS[refused.code][1]).format(**refused.facts)


def field_of(refused: Refused) -> str:
    """The form field that the refusal concerns; empty for the whole form."""
    return WORDS[refused.code][0]
