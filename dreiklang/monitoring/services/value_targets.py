"""What the columns of a list count: indicators of whoever brings it, or series that no indicator shows yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from dreiklang.core.imports.lookup import Lookup
from dreiklang.core.values import Unknown
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import Dataset, Indicator, Quantity
from dreiklang.monitoring.queries.confidential import thresholds
from dreiklang.monitoring.rules.marks import ReadValue
from dreiklang.monitoring.rules.series import factor_of
from dreiklang.monitoring.rules.storing import LONGEST_CODE, LONGEST_UNIT, storable
from dreiklang.monitoring.rules.units import Unit, convertible, shipped_units, unit_of
from dreiklang.monitoring.rules.value_plans import BY_WORDS, SERIES, SKIP, ValuePlan
from dreiklang.monitoring.rules.values import Refused
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

# Of a list that counts one thing and does not say what: its values are those of the list.
NAMELESS = "werte"


@dataclass(frozen=True, slots=True)
class Target:
    """Where the values of a column go.

    breakdown_id  the one split an indicator shows; None where the rows say it
    factor        what a delivered value is multiplied with to be one in the unit of the quantity
    below         numbers under this are small counts, for any indicator of the quantity: no report names one of its numbers
    scale_top     1 or 100 for shares
    """

    quantity_id: int
    name: str
    unit: Unit | None
    indicator: Indicator | None = None
    breakdown_id: int | None = None
    factor: Decimal = Decimal(1)
    below: int | None = None

    @property
    def scale_top(self) -> Decimal | None:
        return 1 / self.unit.factor if self.unit and self.unit.is_share else None


@dataclass
class Targets:
    """The targets of a list, each looked for once. Quantities that are not there yet are made, in one transaction.

    quantity_ids, indicator_keys  all the list names so far, also what is refused: its numbers stand in the file
    """

    by: Viewer
    plan: ValuePlan
    dataset: Dataset
    quantity_ids: set[int] = field(default_factory=set)
    indicator_keys: set[str] = field(default_factory=set)
    _indicators: dict[str, Indicator] = field(default_factory=dict)
    _known: dict[tuple[str, str], Target | Refused | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found = Indicator.objects.select_related("quantity").defer("search").order_by("key")
        self._indicators = {one.key: one for one in found}
        self._lookup = Lookup.of((one.key, one.name) for one in found)

    def of(self, label: str, quantity: str) -> Target | Refused | None:
        """What a column counts in a row that calls it so; None where that is left out.

        Refused: `unknown_indicator` with proposals, `not_your_indicator`, `indicator_is_derived`, `no_indicator` (only
        the statistics office keeps series nobody shows), `unit_unknown`, `unit_changed`.
        """
        key = (label, quantity if self.plan.quantity or self._use(label) == SERIES else "")
        if key not in self._known:
            self._known[key] = self._found(label, quantity)
        return self._known[key]

    @property
    def taken(self) -> tuple[Target, ...]:
        """All that were found so far."""
        return tuple(one for one in self._known.values() if isinstance(one, Target))

    def _use(self, label: str) -> str:
        return self.plan.columns.get(label, SKIP)

    def _found(self, label: str, quantity: str) -> Target | Refused | None:
        use, words = self._use(label), label
        if self.plan.quantity:
            words = quantity
            use = self.plan.words.get(quantity, self._lookup.find(quantity) or use)
            if use == BY_WORDS or (use == SERIES and not may(self.by, permissions.DELIVER)):
                return Refused("unknown_indicator", quantity, "|".join(self._near(quantity)))
        if use == SKIP:
            return None
        if use == SERIES:
            return self._series(quantity, words)
        indicator = self._indicators.get(use)
        if indicator is None:
            return Refused("unknown_indicator", use or quantity, "|".join(self._near(use or quantity)))
        self.indicator_keys.add(indicator.key)
        found = self._indicator(indicator, words)
        if indicator.quantity_id is not None:
            self.quantity_ids.add(indicator.quantity_id)
        return found

    def _near(self, words: str) -> list[str]:
        return [self._indicators[one.split(" ", 1)[0]].name for one in self._lookup.proposals(words)]

    def _indicator(self, indicator: Indicator, words: str) -> Target | Refused:
        if not may(self.by, permissions.BRING, indicator):
            return Refused("not_your_indicator", indicator.name)
        if indicator.formula:
            return Refused("indicator_is_derived", indicator.name)
        quantity = indicator.quantity or self._quantity_for(indicator)
        found = (
            self._factor(quantity, words) if self.plan.units.get(words) else factor_from(indicator, quantity)
        )
        if isinstance(found, Refused):
            return found
        return Target(
            quantity.pk,
            indicator.name,
            _unit(quantity),
            indicator,
            indicator.breakdown_id,
            found,
            below=_below(quantity),
        )

    def _quantity_for(self, indicator: Indicator) -> Quantity:
        """The place for the values of an indicator that had none: its definition stays what it is."""
        quantity, _is_new = Quantity.objects.get_or_create(
            dataset=self.dataset,
            code=indicator.key,
            defaults={"name": indicator.name, "unit": indicator.unit, "unit_words": indicator.unit},
        )
        indicator.quantity = quantity
        indicator.version += 1
        indicator.save(update_fields=["quantity", "version", "changed_at"])
        return quantity

    def _series(self, quantity: str, words: str) -> Target | Refused:
        if not may(self.by, permissions.DELIVER):
            return Refused("no_indicator", words)
        name = quantity or self.dataset.title
        code = quantity or NAMELESS
        if len(code) > LONGEST_CODE:
            return Refused("too_long", code[:80])
        unit = self.plan.units.get(words, "")
        if len(unit) > LONGEST_UNIT:
            return Refused("too_long", unit[:80])
        found, _is_new = Quantity.objects.get_or_create(
            dataset=self.dataset, code=code, defaults={"name": name, "unit_words": unit}
        )
        self.quantity_ids.add(found.pk)
        factor = self._factor(found, words)
        return factor if isinstance(factor, Refused) else _of_series(found, name, factor)

    def _factor(self, quantity: Quantity, words: str) -> Decimal | Refused:
        """By what values in the unit somebody named are multiplied; in none named they are in that of the quantity."""
        return factor_to(quantity.unit or quantity.unit_words, self.plan.units.get(words, ""))


def factor_to(kept: str, delivered: str) -> Decimal | Refused:
    """By what values delivered in a unit are multiplied to be in the kept one.

    Refused: `unit_unknown`, and `unit_changed` where the two do not fit.
    """
    if not delivered or delivered == kept:
        return Decimal(1)
    source, target = unit_of(delivered), unit_of(kept)
    if isinstance(source, Unknown):
        return Refused("unit_unknown", delivered)
    factor = None if isinstance(target, Unknown) else convertible(source, target)
    return Refused("unit_changed", delivered, kept) if factor is None else factor


def in_kept_unit(read: ReadValue, factor: Decimal) -> ReadValue | Refused:
    """A value multiplied to be in the unit of its series; Refused as `storable` does."""
    if read.value is None or factor == 1:
        return read
    # What was multiplied is no longer word for word what somebody wrote, so that is kept beside.
    words = read.words or f"{read.value:f}".replace(".", ",")
    return storable(read._replace(value=read.value * factor, words=words))


def factor_from(indicator: Indicator, quantity: Quantity) -> Decimal | Refused:
    """By what values in the unit of an indicator are multiplied to be in that of its series: as pages show them, back.

    Refused: `unit_changed` where the two do not fit, so that no page could show the value.
    """
    kept = quantity.unit or quantity.unit_words
    shown = factor_of(kept, shipped_units().by_code.get(indicator.unit))
    return Refused("unit_changed", indicator.unit, kept) if isinstance(shown, Unknown) else 1 / shown


def official_targets(codes: Mapping[str, int]) -> dict[int, Target]:
    """The quantities of an official table by id, so that their values can be set beside those in force.

    Without a unit, as none says how large its values may be: a percentage of an official table may be a rate of change.
    """
    below = thresholds(quantity_ids=codes.values())
    return {pk: Target(pk, code, None, below=below.get(pk)) for code, pk in codes.items()}


def _of_series(quantity: Quantity, name: str, factor: Decimal) -> Target:
    return Target(quantity.pk, name, _unit(quantity), factor=factor, below=_below(quantity))


def _below(quantity: Quantity) -> int | None:
    """The strictest threshold of its indicators, whichever of them the list names."""
    return thresholds(quantity_ids=[quantity.pk]).get(quantity.pk)


def _unit(quantity: Quantity) -> Unit | None:
    found = unit_of(quantity.unit or quantity.unit_words)
    return None if isinstance(found, Unknown) else found


def target_names(targets: Mapping[int, Target]) -> str:
    """What a delivery is about, in a few words."""
    names = sorted({one.name for one in targets.values()})
    return ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
