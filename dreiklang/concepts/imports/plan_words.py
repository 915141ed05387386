"""What XPlanung 5 and 6 say in numbers, in our words: the kind of a plan, and how far it is.

Source: the code lists of XPlanGML (BP_PlanArt, FP_PlanArt, BP_Rechtsstand, FP_Rechtsstand, RP_Rechtsstand).
"""

from collections.abc import Mapping

from django.utils.translation import gettext_noop as _

from dreiklang.concepts.rules import ConceptStatus

TYPES: Mapping[str, str] = {
    "BP_Plan": _("Bebauungsplan"),
    "FP_Plan": _("Flächennutzungsplan"),
    "RP_Plan": _("Regionalplan"),
    "LP_Plan": _("Landschaftsplan"),
    "SO_Plan": _("Sonstiger Plan"),
}
_BP_KINDS: Mapping[str, str] = {
    "1000": _("Bebauungsplan"),
    "10000": _("Einfacher Bebauungsplan"),
    "10001": _("Qualifizierter Bebauungsplan"),
    "10002": _("Bebauungsplan zur Wohnraumversorgung"),
    "3000": _("Vorhabenbezogener Bebauungsplan"),
    "3100": _("Vorhaben- und Erschließungsplan"),
    "4000": _("Innenbereichssatzung"),
    "40000": _("Klarstellungssatzung"),
    "40001": _("Entwicklungssatzung"),
    "40002": _("Ergänzungssatzung"),
    "5000": _("Außenbereichssatzung"),
    "7000": _("Örtliche Bauvorschrift"),
}
_FP_KINDS: Mapping[str, str] = {
    "1000": _("Flächennutzungsplan"),
    "2000": _("Gemeinsamer Flächennutzungsplan"),
    "3000": _("Regionaler Flächennutzungsplan"),
    "4000": _("Flächennutzungsplan als Regionalplan"),
    "5000": _("Sachlicher Teilplan"),
}
_KINDS: Mapping[str, Mapping[str, str]] = {"BP_Plan": _BP_KINDS, "FP_Plan": _FP_KINDS}
_USUAL: Mapping[str, ConceptStatus] = {
    "1000": ConceptStatus.DRAFTING,
    "2000": ConceptStatus.DRAFTING,
    "2100": ConceptStatus.PARTICIPATION,
    "2200": ConceptStatus.PARTICIPATION,
    "2250": ConceptStatus.DRAFTING,
    "2300": ConceptStatus.PARTICIPATION,
    "2400": ConceptStatus.PARTICIPATION,
    "3000": ConceptStatus.ADOPTED,
    "4000": ConceptStatus.ADOPTED,
    # In parts no longer in force is still in force.
    "4500": ConceptStatus.ADOPTED,
    "45000": ConceptStatus.ADOPTED,
    "45001": ConceptStatus.ADOPTED,
    "5000": ConceptStatus.SUPERSEDED,
    "50000": ConceptStatus.SUPERSEDED,
    "50001": ConceptStatus.SUPERSEDED,
}
_REGIONAL: Mapping[str, ConceptStatus] = {
    "1000": ConceptStatus.DRAFTING,
    "2000": ConceptStatus.DRAFTING,
    "2001": ConceptStatus.DRAFTING,
    "2002": ConceptStatus.DRAFTING,
    "3000": ConceptStatus.ADOPTED,
    "4000": ConceptStatus.ADOPTED,
    "5000": ConceptStatus.COMMISSIONED,
    "6000": ConceptStatus.SUPERSEDED,
    "7000": ConceptStatus.SUPERSEDED,
}
# The same states in words, as other lists write them.
STATUS_WORDS: Mapping[str, ConceptStatus] = {
    "Aufstellungsbeschluss": ConceptStatus.DRAFTING,
    "in Aufstellung": ConceptStatus.DRAFTING,
    "Entwurf": ConceptStatus.DRAFTING,
    "Vorentwurf": ConceptStatus.DRAFTING,
    "Öffentliche Auslegung": ConceptStatus.PARTICIPATION,
    "Satzung": ConceptStatus.ADOPTED,
    "Satzungsbeschluss": ConceptStatus.ADOPTED,
    "in Kraft": ConceptStatus.ADOPTED,
    "in Kraft getreten": ConceptStatus.ADOPTED,
    "rechtskräftig": ConceptStatus.ADOPTED,
    "rechtsverbindlich": ConceptStatus.ADOPTED,
    "wirksam": ConceptStatus.ADOPTED,
    "aufgehoben": ConceptStatus.SUPERSEDED,
    "außer Kraft": ConceptStatus.SUPERSEDED,
    "untergegangen": ConceptStatus.SUPERSEDED,
}


def plan_type(feature_type: str, kind: str) -> str:
    """What kind of plan it is in words; a code nobody knows is no word, so the feature type has to do.

    A list without feature types is one of Bebauungspläne: no other plans are kept in such lists.
    """
    known = _KINDS.get(feature_type or "BP_Plan", {})
    said = known.get(kind) or ("" if kind.isdigit() else kind)
    return said or TYPES.get(feature_type, "")


def status_by_code(feature_type: str, code: str) -> ConceptStatus | None:
    """How far the plan is by its code in XPlanung; None for a code that says nothing here."""
    return (_REGIONAL if feature_type == "RP_Plan" else _USUAL).get(code)
