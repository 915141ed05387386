"""Real lists of several cities and offices are read with the right encoding, delimiter and number of rows."""

from pathlib import Path

import pytest

from dreiklang.core.tables import CannotRead, read_table

DATA = Path(__file__).parents[3] / "shared" / "data"


def real(name):
    path = DATA / name
    if not path.exists():
        pytest.skip("the real data are not beside this checkout: ../shared/data")
    return path


@pytest.mark.parametrize(
    ("name", "encoding", "delimiter", "columns", "rows"),
    [
        ("budgets/freiburg/ergebnishaushalt-2017-2018-original.csv", "iso-8859-1", ";", 24, 363),
        ("budgets/freiburg/haushalt-freiburg-enriched.csv", "utf-8", ",", 15, 2904),
        ("budgets/moers/Haushalt.csv", "iso-8859-1", ";", 12, 2119),
        ("indicators/genesis/12411-01-01-4/12411-01-01-4_tablefile_de_1.csv", "utf-8-sig", ";", 17, 1467),
        ("stadtteile/chemnitz-einwohner-stadtteile-1993-2013.csv", "utf-8", ";", 8, 39),
        ("measures/jena/VorhabenJena_20150524.json", "utf-8", "", 12, 42),
    ],
)
def test_a_real_list_is_read_as_it_is(name, encoding, delimiter, columns, rows):
    table = read_table(real(name), filename=name)

    assert (table.encoding, table.delimiter, len(table.columns), len(table.rows)) == (
        encoding,
        delimiter,
        columns,
        rows,
    )


def test_the_broken_overlay_is_refused_with_line_and_column():
    path = real("measures/jena/VorhabenJena_Overlay_20150524.json")

    with pytest.raises(CannotRead) as refusal:
        read_table(path, filename=path.name)

    assert (refusal.value.code, refusal.value.line, refusal.value.column) == ("broken", 143, 4)
