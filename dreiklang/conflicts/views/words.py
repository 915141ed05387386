"""Evidence in plain words: what a finding says, in sentences and numbers, from its facts alone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from dreiklang.conflicts.models import KIND_LABELS
from dreiklang.conflicts.rules import Kind, Sense
from dreiklang.conflicts.views.fact_words import (
    area_words,
    euro,
    fact_day,
    in_month,
    length_words,
    months_of_work,
    period_words,
    share_words,
)
from dreiklang.core import text
from dreiklang.core.values import Share

# Names of parties, goals and indicators by their key ("measure:12", "goal:3"): as short as people say them.
Names = Mapping[str, str]
Facts = Mapping[str, Any]


def evidence_sentence(
    *, kind: str, sense: str, facts: Facts, names: Names, parties: Sequence[str] = ()
) -> str:
    """One finding in a sentence or two. `parties`: their keys in order, as the weights in the facts stand."""
    said = _SENTENCES[Kind(kind)](Sense(sense), facts, names)
    acts = acts_words(facts.get("on", ()), parties, names) if kind in _TELLS_EFFECTS else ""
    return f"{said} {acts}" if acts else said


def kind_words(kind: str, facts: Facts) -> str:
    """What a finding of this kind with these facts is called; neighbours with something alike are not near-identical."""
    if kind != Kind.CONTENT:
        return str(KIND_LABELS[Kind(kind)])
    return _("Ähnliches nebenan") if "distance_m" in facts else _("fast gleicher Inhalt")


def acts_words(on: Iterable[Mapping[str, Any]], parties: Sequence[str], names: Names) -> str:
    """What both do to goals and indicators: "I-01 hilft „2.1 …“, V-08 erschwert es."; empty where nobody knows."""
    said = []
    for each in on:
        weights = each.get("weights", ())
        if len(weights) != len(parties):
            continue
        helps = [named(key, names) for key, weight in zip(parties, weights, strict=True) if weight > 0]
        hinders = [named(key, names) for key, weight in zip(parties, weights, strict=True) if weight < 0]
        goal = named(str(each.get("key", "")), names)
        is_indicator = str(each.get("key", "")).startswith("indicator:")
        said.append(_act(goal, text.listing(helps), text.listing(hinders), is_indicator=is_indicator))
    return " ".join(said)


def _act(goal: str, helps: str, hinders: str, *, is_indicator: bool) -> str:
    said = {"goal": goal, "helps": helps, "hinders": hinders}
    if is_indicator:
        return _act_on_indicator(said)
    if not hinders:
        return _("Beide unterstützen „%(goal)s“.") % said
    if not helps:
        return _("Beide erschweren „%(goal)s“.") % said
    return _("%(helps)s unterstützt „%(goal)s“, %(hinders)s erschwert es.") % said


def _act_on_indicator(said: Mapping[str, str]) -> str:
    if not said["hinders"]:
        return _("Beide verbessern den Indikator „%(goal)s“.") % said
    if not said["helps"]:
        return _("Beide verschlechtern den Indikator „%(goal)s“.") % said
    return _("%(helps)s verbessert den Indikator „%(goal)s“, %(hinders)s verschlechtert ihn.") % said


def _place_and_time(sense: Sense, facts: Facts, names: Names) -> str:
    said = {
        "area": area_words(float(facts.get("area_m2") or 0)),
        "share": share_words(float(facts.get("share") or 0)),
        "period": period_words(facts.get("from"), facts.get("to")),
    }
    if facts.get("gap_days"):
        return _one_after_the_other(facts, said)
    if sense is Sense.CONFLICT:
        return _("Beide brauchen %(area)s derselben Fläche, das ist %(share)s, %(period)s.") % said
    return (
        _(
            "Beide arbeiten auf %(area)s derselben Fläche, das ist %(share)s, %(period)s. Zusammen geht es leichter."
        )
        % said
    )


def _one_after_the_other(facts: Facts, said: dict[str, str]) -> str:
    said |= {
        "gap": length_words(float(facts["gap_days"])),
        "ends": in_month(fact_day(facts.get("from"))),
        "starts": in_month(fact_day(facts.get("to"))),
    }
    return (
        _(
            "Beide arbeiten auf %(area)s derselben Fläche, das ist %(share)s. Dazwischen liegen nur %(gap)s: Das eine endet %(ends)s, das andere beginnt %(starts)s."
        )
        % said
    )


def _effect(sense: Sense, facts: Facts, names: Names) -> str:
    if sense is Sense.SYNERGY:
        return _("Beide helfen denselben Zielen.")
    if facts.get("area_m2"):
        said = {"area": area_words(float(facts["area_m2"]))}
        return _("Auf %(area)s derselben Fläche wirken sie gegeneinander.") % said
    if facts.get("districts"):
        return _("In denselben Stadtteilen wirken sie gegeneinander.")
    return _("Sie wirken gegeneinander.")


def _content(sense: Sense, facts: Facts, names: Names) -> str:
    if sense is Sense.CONFLICT:
        return _("Die Texte sagen fast dasselbe. Vielleicht wird zweimal dasselbe geplant.")
    distance = facts.get("distance_m")
    if distance is None:
        return _("Die Texte handeln von fast demselben. Vielleicht lässt sich etwas gemeinsam machen.")
    if not distance:
        return _(
            "Sie liegen beieinander und haben Ähnliches vor. Vielleicht lässt sich etwas gemeinsam machen."
        )
    return _(
        "Sie liegen nur %(n)s m auseinander und haben Ähnliches vor. Vielleicht lässt sich etwas gemeinsam machen."
    ) % {"n": text.number(round(distance))}


def _order(sense: Sense, facts: Facts, names: Names) -> str:
    ready, ends = fact_day(facts.get("first_ends")), fact_day(facts.get("then_ends"))
    said = {
        "first": named(str(facts.get("first", "")), names),
        "then": named(str(facts.get("then", "")), names),
        "ready": in_month(ready),
        "ends": in_month(ends),
        "left": length_words((ends - ready).days) if ready and ends else "",
    }
    return _late(ready, ends) % said


def _late(ready: date | None, ends: date | None) -> str:
    """What the rule reckons: the time left once the first is there. A period includes planning, so its begin says little."""
    if ready is None or ends is None:
        return _("%(then)s braucht zuerst %(first)s. %(first)s ist erst %(ready)s so weit.")
    if ready < ends:
        return _(
            "%(then)s braucht zuerst %(first)s. %(first)s ist erst %(ready)s so weit, danach hat %(then)s nur noch %(left)s."
        )
    if (ready.year, ready.month) == (ends.year, ends.month):
        return _(
            "%(then)s braucht zuerst %(first)s. %(first)s ist erst %(ready)s so weit, dann soll %(then)s schon fertig sein."
        )
    return _(
        "%(then)s braucht zuerst %(first)s. %(first)s ist erst %(ready)s so weit, %(then)s soll aber schon %(ends)s fertig sein."
    )


def _money(sense: Sense, facts: Facts, names: Names) -> str:
    sources = [named(str(one), names) for one in facts.get("sources", ())]
    said = {
        "source": named(str(facts.get("source", "")), names),
        "sources": text.listing([f"„{one}“" for one in sources]),
        "year": facts.get("year") or _("unbekannt"),
        "wanted": euro(facts.get("wanted")),
        "available": euro(facts.get("available")),
        "area": area_words(float(facts.get("area_m2") or 0)),
    }
    if sense is Sense.SYNERGY:
        return (
            _(
                "Beide wollen %(year)s Geld aus „%(source)s“, in denselben Stadtteilen. Ein gemeinsamer Antrag könnte genügen."
            )
            % said
        )
    if sources:
        return (
            _("%(sources)s schließen sich aus, und beide sollen %(area)s derselben Fläche bezahlen.") % said
        )
    return _("Aus „%(source)s“ wollen sie %(year)s zusammen %(wanted)s. Da sind %(available)s.") % said


def _people(sense: Sense, facts: Facts, names: Names) -> str:
    said = {
        "office": named(f"office:{facts.get('office', '')}", names),
        "period": period_words(facts.get("from"), facts.get("to")),
        "wanted": months_of_work(facts.get("wanted")),
        "available": months_of_work(facts.get("available")),
        "area": area_words(float(facts.get("area_m2") or 0)),
    }
    if sense is Sense.SYNERGY:
        return (
            _("%(office)s arbeitet an beiden, auf %(area)s derselben Fläche. Ein Einsatz könnte genügen.")
            % said
        )
    return _("%(office)s braucht %(period)s %(wanted)s und hat %(available)s.") % said


def named(key: str, names: Names) -> str:
    """What a key stands for; the key itself once its record is gone."""
    return names.get(key, key)


def evidence_numbers(*, kind: str, facts: Facts) -> list[tuple[str, str]]:
    """The numbers behind the sentence, each with its name."""
    said: list[tuple[str, str]] = []
    if facts.get("area_m2"):
        said.append((_("Gemeinsame Fläche"), _("%(n)s m²") % {"n": text.number(round(facts["area_m2"]))}))
        share = Share(str(round(min(max(float(facts.get("share") or 0), 0), 1), 2)))
        said.append((_("Anteil an der kleineren"), text.share(share)))
    for name, label in (("days", _("Gemeinsame Zeit")), ("gap_days", _("Pause dazwischen"))):
        if facts.get(name) and kind == Kind.PLACE_AND_TIME:
            said.append((label, text.count(round(facts[name]), _("Tag"), _("Tage"))))
    if facts.get("nearness") is not None:
        nearness = text.number(Decimal(str(facts["nearness"])), places=2)
        said.append((_("Nähe der Texte"), _("%(n)s von 1") % {"n": nearness}))
    return said


_TELLS_EFFECTS = {Kind.PLACE_AND_TIME, Kind.EFFECT}
_SENTENCES: dict[Kind, Callable[[Sense, Facts, Names], str]] = {
    Kind.PLACE_AND_TIME: _place_and_time,
    Kind.EFFECT: _effect,
    Kind.CONTENT: _content,
    Kind.ORDER: _order,
    Kind.MONEY: _money,
    Kind.PEOPLE: _people,
}
