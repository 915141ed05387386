"""Evidence in plain words: what a finding says, in sentences and numbers, from its facts alone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from dreiklang.conflicts.rules import Kind, Sense
from dreiklang.core import text
from dreiklang.core.values import Money, Share

# Names of parties, goals and indicators by their key ("measure:12", "goal:3"): as short as people say them.
Names = Mapping[str, str]
Facts = Mapping[str, Any]
HECTARE_M2 = 10_000
DAYS_OF_A_MONTH = 30.4
# Shares that have a name are said by it; the facts are rounded to twentieths anyway.
_FRACTIONS = (
    (0.25, "quarter"),
    (0.33, "third"),
    (0.5, "half"),
    (0.67, "two_thirds"),
    (0.75, "three_quarters"),
)
_NEAR = 0.03


def evidence_sentence(
    *, kind: str, sense: str, facts: Facts, names: Names, parties: Sequence[str] = ()
) -> str:
    """One finding in a sentence or two. `parties`: their keys in order, as the weights in the facts stand."""
    said = _SENTENCES[Kind(kind)](Sense(sense), facts, names)
    acts = acts_words(facts.get("on", ()), parties, names) if kind in _TELLS_EFFECTS else ""
    return f"{said} {acts}" if acts else said


def area_words(area_m2: float) -> str:
    """An area as people say it: 4.300 m², 1,2 ha."""
    if area_m2 < HECTARE_M2:
        return _("%(n)s m²") % {"n": text.number(round(area_m2))}
    hectares = Decimal(str(area_m2)) / HECTARE_M2
    return _("%(n)s ha") % {"n": text.number(hectares, places=0 if hectares >= 10 else 1)}


def share_words(share: float) -> str:
    """A part of the smaller area in words: "ein Drittel der kleineren Fläche"."""
    said = {
        "quarter": _("ein Viertel der kleineren Fläche"),
        "third": _("ein Drittel der kleineren Fläche"),
        "half": _("die Hälfte der kleineren Fläche"),
        "two_thirds": _("zwei Drittel der kleineren Fläche"),
        "three_quarters": _("drei Viertel der kleineren Fläche"),
    }
    if share >= 0.975:
        return _("die ganze kleinere Fläche")
    for value, name in _FRACTIONS:
        if abs(share - value) <= _NEAR:
            return said[name]
    percent = text.share(Share(str(round(max(share, 0.0), 2))))
    return _("%(share)s der kleineren Fläche") % {"share": percent}


def period_words(begin: Any, end: Any) -> str:
    """Two days or months as they stand in the facts: "von April bis Juni 2027", "im Mai 2027", "ab 2027"."""
    first, last = fact_day(begin), fact_day(end)
    if first and last:
        if (first.year, first.month) == (last.year, last.month):
            return _("im %(month)s") % {"month": text.month(first)}
        if (first.month, last.month) == (1, 12):
            return _whole_years(first.year, last.year)
        return _("von %(a)s bis %(b)s") % {"a": _month(first, within=last), "b": text.month(last)}
    if first:
        return _("ab %(month)s, Ende offen") % {"month": text.month(first)}
    return _("bis %(month)s") % {"month": text.month(last)} if last else _("ohne bekannten Zeitraum")


def fact_day(value: Any) -> date | None:
    """A day of the facts: "2027-04" or "2027-04-01"; None where that end is open or unknown."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not value:
        return None
    return date.fromisoformat(value if len(value) > 7 else f"{value}-01")


def length_words(days: float) -> str:
    """So many days as people say it: 20 Tage, 3 Monate, 2 Jahre."""
    whole = round(days)
    if whole < 60:
        return text.count(whole, _("Tag"), _("Tage"))
    months = round(whole / DAYS_OF_A_MONTH)
    if months < 24:
        return text.count(months, _("Monat"), _("Monate"))
    years = text.count(round(months / 12), _("Jahr"), _("Jahre"))
    return _("rund %(years)s") % {"years": years} if months % 12 else years


def _month(first: date, *, within: date) -> str:
    """The year is said once where both lie in it."""
    return text.month(first).rsplit(" ", 1)[0] if first.year == within.year else text.month(first)


def _whole_years(first: int, last: int) -> str:
    if first == last:
        return _("im Jahr %(year)s") % {"year": first}
    return _("von %(a)s bis %(b)s") % {"a": first, "b": last}


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
        said.append(_act(goal, text.listing(helps), text.listing(hinders)))
    return " ".join(said)


def _act(goal: str, helps: str, hinders: str) -> str:
    said = {"goal": goal, "helps": helps, "hinders": hinders}
    if not hinders:
        return _("Beide unterstützen „%(goal)s“.") % said
    if not helps:
        return _("Beide erschweren „%(goal)s“.") % said
    return _("%(helps)s unterstützt „%(goal)s“, %(hinders)s erschwert es.") % said


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
        "ends": _in_month(fact_day(facts.get("from"))),
        "starts": _in_month(fact_day(facts.get("to"))),
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
    return _("Die Texte handeln von fast demselben. Vielleicht lässt sich etwas gemeinsam machen.")


def _order(sense: Sense, facts: Facts, names: Names) -> str:
    ready, ends = fact_day(facts.get("first_ends")), fact_day(facts.get("then_ends"))
    said = {
        "first": named(str(facts.get("first", "")), names),
        "then": named(str(facts.get("then", "")), names),
        "ready": _in_month(ready),
        "ends": _in_month(ends),
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


def _in_month(found: date | None) -> str:
    return _("im %(month)s") % {"month": text.month(found)} if found else _("an einem unbekannten Tag")


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
        "wanted": _months_of_work(facts.get("wanted")),
        "available": _months_of_work(facts.get("available")),
        "area": area_words(float(facts.get("area_m2") or 0)),
    }
    if sense is Sense.SYNERGY:
        return (
            _("%(office)s arbeitet an beiden, auf %(area)s derselben Fläche. Ein Einsatz könnte genügen.")
            % said
        )
    return _("%(office)s braucht %(period)s %(wanted)s und hat %(available)s.") % said


def euro(value: Any) -> str:
    """An amount of the facts for a glance; "unbekannt" where nobody named it."""
    if value is None or value == "":
        return _("unbekannt")
    return text.money_short(Money(Decimal(str(value))))


def _months_of_work(value: Any) -> str:
    if value is None:
        return _("unbekannt viele Personenmonate")
    words = text.number(
        Decimal(str(value)), places=0 if float(value) >= 10 or float(value).is_integer() else 1
    )
    return _("%(n)s Personenmonate") % {"n": words}


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
