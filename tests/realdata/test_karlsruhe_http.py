"""Karlsruhe's objects from a server, as each vendor's system would give them: the same as from the folder."""

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from dreiklang.core.enums import RunState
from dreiklang.papers.imports.oparl.run import sync
from dreiklang.papers.models import (
    AgendaItem,
    Consultation,
    CouncilFile,
    Meeting,
    OparlObject,
    OparlSource,
    Paper,
)
from dreiklang.people.queries import committees
from dreiklang.people.rules import SYSTEM
from tests.oparl_server.reading import changed, codes, read
from tests.oparl_server.server import Quirks, serving
from tests.oparl_server.towns import town_of

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "oparl" / "karlsruhe"
FILES = ("organizations.json", "meetings.jsonl", "papers.jsonl")
# More than one page of changes, so that the filter matters on the next page, too.
CHANGED = 130

STERNBERG, CC_EGOV, SOMACOS = (
    "https://www.sitzungsdienst.net/",
    "http://cc-egov.de/",
    "http://www.somacos.de",
)
# Each reads the whole town; the smaller quirks, one by one: papers/tests/test_imports_oparl_vendors.py
QUIRKS = {
    "Sternberg: 404 for an empty list, the body for the list of bodies": (
        Quirks(vendor=STERNBERG, empty_as="404", body_for_list=True),
        "sternberg",
    ),
    "CC e-gov: raw control characters, the filter is lost on the next page": (
        Quirks(vendor=CC_EGOV, raw_control=True, forgets_filter=True),
        "cc-egov",
    ),
    "Somacos: refuses an encoded query": (Quirks(vendor=SOMACOS, refuses_encoded=True), "somacos"),
}

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.realdata,
    pytest.mark.skipif(not FOLDER.exists(), reason="../shared/data/oparl/karlsruhe is not there"),
]


def _here() -> dict[str, int]:
    """How many records of ours there are."""
    tables = (Paper, Meeting, AgendaItem, Consultation, CouncilFile)
    return {one.__name__: one._default_manager.count() for one in tables} | {
        "Committee": len(committees(SYSTEM)),
        "step at its item": Consultation.objects.filter(item__isnull=False).count(),
        "paper that follows": Paper.objects.filter(follows__isnull=False).count(),
    }


def _kept() -> dict[str, str]:
    """OParl id → mark of the object as it was kept. A Body is not in the folder."""
    return dict(OparlObject.objects.exclude(type="Body").values_list("oparl_id", "fingerprint"))


@pytest.fixture(scope="module")
def from_folder(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Any:
    """What the folder gives, without the texts, which no server has; undone at once."""
    from django.db import transaction  # noqa: PLC0415 (only where a database may be used)

    folder = tmp_path_factory.mktemp("karlsruhe")
    for name in FILES:
        shutil.copy(FOLDER / name, folder / name)
    with django_db_blocker.unblock(), transaction.atomic():
        run = sync(source=OparlSource.objects.create(name="Ordner", address=str(folder)))
        found = (_here(), _kept(), codes(run))
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize(("quirks", "adapter"), QUIRKS.values(), ids=QUIRKS)
def test_a_server_gives_the_same_as_the_folder(from_folder: Any, quirks: Quirks, adapter: str) -> None:
    here, kept, said = from_folder
    given = town_of(FOLDER)
    given.quirks = quirks
    with serving(given) as served:
        source = OparlSource.objects.create(name="Karlsruhe", address=served.system)
        first = read(source)

        assert (first.state, first.file_facts["adapter"]) == (RunState.DONE, adapter)
        assert _lists(first) == {"organization": 97, "meeting": 216, "paper": 670}
        assert _here() == here
        assert codes(first) == said
        if quirks.raw_control:
            assert _kept().keys() == kept.keys()
        else:
            assert _kept() == kept

        _change(served.lists["paper"])
        second = read(source)

    assert (second.state, second.new_count, second.changed_count) == (RunState.DONE, 0, CHANGED)
    assert Paper.objects.filter(title="Geändert").count() == CHANGED
    # The filter held on every page: besides the Body nothing else was read again.
    assert second.unchanged_count == 1
    assert _here() == here


def _lists(run: Any) -> Counter[str]:
    read_lists = Counter(run.file_facts["lists"])
    del read_lists["body"]
    return read_lists


def _change(papers: list[dict[str, Any]]) -> None:
    for place in range(CHANGED):
        papers[place] = changed(papers[place], name="Geändert")
