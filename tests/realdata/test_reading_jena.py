"""Each cost and each time in Jena's list of projects is read, or kept as unknown with its words."""

import json
from pathlib import Path

import pytest

from dreiklang.core.reading import Cost, Found, ReadPeriod, read_cost, read_period
from dreiklang.core.values import Unknown

FILE = Path(__file__).parents[3] / "shared" / "data" / "measures" / "jena" / "VorhabenJena_20150524.json"
COST = "Kosten soweit bezifferbar"
TIME = "Geplanter Zeitpunkt der Umsetzung / nächste Schritte"

# By hand, in the order of the file: cost (with "ca." when the words say so) and periods named.
EXPECTED = [
    ("50000 ca.", ["2015-04-01..2015-07-31"]),
    ("990000 ca.", ["2017-01-01..2017-12-31", "2018-01-01..2019-12-31"]),
    ("26000 ca.", ["2015-10-01..2015-12-31"]),
    ("per_part", ["2015-01-01..2017-12-31"]),
    ("not_quantifiable", ["2016-01-01.."]),
    ("not_stated", ["2015-01-01.."]),
    ("not_stated", ["2015-01-01..2015-12-31"]),
    ("50000", ["2015-04-01..2015-05-31"]),
    ("several_amounts", ["2016-01-01..2016-12-31"]),
    ("not_stated", ["2015-09-01..2015-11-30"]),
    ("30000 ca.", ["2015-10-01..2015-12-31"]),
    ("not_stated", ["2015-03-01..2015-10-31"]),
    ("330000", ["2015-01-01..2015-12-31", "2016-01-01..2017-12-31"]),
    ("202000", ["2015-06-01..2015-08-31"]),
    ("50000 ca.", []),
    ("35000 ca.", ["2015-04-01..2016-08-31"]),
    ("25000 ca.", []),
    ("5000 ca.", []),
    ("50000 ca.", ["2015-06-21..2015-06-30"]),
    ("per_year", ["2015-07-01..2015-07-01"]),
    ("not_stated", ["2015-05-01..2015-05-31"]),
    ("not_stated", []),
    ("44000 ca.", []),
    ("not_stated", ["2015-01-01..2015-12-31"]),
    ("not_stated", []),
    ("not_stated", ["2015-04-01..2015-06-30"]),
    ("not_stated", ["2015-01-01..2015-12-31"]),
    ("not_stated", ["2015-01-01..2015-12-31"]),
    ("not_stated", ["2015-04-01..2015-06-30"]),
    ("not_stated", ["2015-04-01..2015-06-30"]),
    ("not_stated", []),
    ("not_stated", []),
    ("100000 ca.", []),
    ("not_stated", ["..2016-12-31"]),
    ("1600000 ca.", ["2015-10-01..2015-10-31"]),
    ("4500000 ca.", ["2016-01-01..2017-12-31"]),
    ("1400000 ca.", ["2015-03-01..2015-11-30"]),
    ("4000000 ca.", ["2015-10-01..2015-10-31"]),
    ("1170000 ca.", ["2015-06-01.."]),
    ("several_amounts", ["2015-03-01..2015-03-31"]),
    ("17600000", ["2015-05-01..", "2016-01-01..2016-12-31"]),
    ("100000", ["2015-01-01..2015-12-31", "2015-10-01..2015-12-31"]),
]


def projects():
    if not FILE.exists():
        pytest.skip("the real data are not beside this checkout: ../shared/data")
    return json.loads(FILE.read_text(encoding="utf-8-sig"))["Vorhaben"]


def written(project, field):
    return "\n".join(project[field])


def told_cost(words):
    cost = read_cost(words)
    if isinstance(cost, Cost):
        assert cost.words == words.strip() or cost.words == ""
        return f"{cost.amount.amount:.0f}" + " ca." * cost.approximate
    assert isinstance(cost, Unknown)
    assert cost.words == words.strip()
    return cost.reason


def told_periods(words):
    read = read_period(words)
    if isinstance(read, Unknown):
        assert read.words == words.strip()
        return []
    assert isinstance(read, Found | ReadPeriod)
    periods = read.periods if isinstance(read, Found) else (read.period,)
    assert all(period.words in words.replace("\u00a0", " ") for period in periods)
    return [f"{period.start or ''}..{period.end or ''}" for period in periods]


def test_all_42_costs_and_times_are_read_as_checked_by_hand():
    read = [(told_cost(written(p, COST)), told_periods(written(p, TIME))) for p in projects()]

    assert read == EXPECTED
