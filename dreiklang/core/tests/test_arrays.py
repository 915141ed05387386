"""Linked rows as a column of their record."""

import pytest
from django.db.models import OuterRef
from django.utils import timezone

from dreiklang.core.arrays import array_of
from dreiklang.core.enums import RunState
from dreiklang.core.models import Problem, Run, Source

pytestmark = pytest.mark.django_db


def test_linked_rows_come_in_their_order_with_their_record(django_assert_num_queries):
    source = Source.objects.create(name="Liste", kind="measures")
    run = Run.objects.create(source=source, state=RunState.DONE, started_at=timezone.now())
    for row, value in ((2, "B"), (1, "A")):
        Problem.objects.create(run=run, row=row, code="x", value=value, weight="error")
    rows = Problem.objects.filter(run=OuterRef("pk")).order_by("row")

    with django_assert_num_queries(1):
        found = list(
            Run.objects.annotate(
                told=array_of(rows, fields={"said": "value", "of": "run__source__name"})
            ).values_list("told", flat=True)
        )

    assert found == [[{"said": "A", "of": "Liste"}, {"said": "B", "of": "Liste"}]]
