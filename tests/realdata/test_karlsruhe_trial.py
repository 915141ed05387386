"""Karlsruhe's council data tried out: a dry run tells the same as the import, and leaves nothing."""

from pathlib import Path

import pytest

from dreiklang.core.enums import RunState
from dreiklang.papers.imports.oparl.run import Order, sync
from dreiklang.papers.models import OparlObject, OparlSource, Paper
from dreiklang.papers.rules.kinds import SourceState

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "oparl" / "karlsruhe"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.realdata,
    pytest.mark.skipif(not FOLDER.exists(), reason="../shared/data/oparl/karlsruhe is not there"),
]


def test_a_dry_run_tells_the_same_and_leaves_nothing() -> None:
    source = OparlSource.objects.create(name="Karlsruhe", address=str(FOLDER))

    run = sync(source=source, order=Order(is_dry_run=True))

    assert (run.new_count, run.is_dry_run, run.state) == (2398, True, RunState.DONE)
    assert not Paper.objects.exists()
    assert not OparlObject.objects.exists()
    source.refresh_from_db()
    assert source.state == SourceState.NEVER
