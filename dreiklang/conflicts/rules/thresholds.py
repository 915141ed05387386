"""From which size on something is worth a look. The city can change these (`Thresholds`); the defaults stand here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The thresholds of one comparison; names and defaults as in `models.Thresholds`.

    least_area_m2       a smaller shared area is an imprecise border, unless one place lies mostly inside the other
    least_area_share    below this share of the smaller place a thin shared strip is an imprecise border
    least_days          shorter shared times do not count
    near_months         so close one after the other, two works on one ground could be one
    least_effect_weight 1 to 3; both sides of opposed effects have at least this weight
    least_nearness      cosine of two texts above the centre of all; from here on they may say the same
    least_strength      weaker candidates are not listed
    """

    least_area_m2: float = 200
    least_area_share: float = 0.02
    least_days: int = 14
    near_months: int = 24
    least_effect_weight: int = 2
    least_nearness: float = 0.6
    least_strength: float = 0.2

    @property
    def least_told(self) -> float:
        """Half of `least_strength`: two weak findings may add up to a candidate that is listed."""
        return self.least_strength / 2
