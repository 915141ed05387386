"""What tests of council systems do again and again: serve a town, read it, look at the report."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils import timezone

from dreiklang.core.fetching import Client
from dreiklang.core.models import Problem, Run
from dreiklang.papers.imports.oparl.run import sync
from dreiklang.papers.models import OparlSource
from tests.oparl_server.server import Town, serving
from tests.oparl_server.towns import town


def client(*entered: str) -> Client:
    """It waits for nobody, and reaches this machine only where an address was entered."""
    made = Client(wait=lambda seconds: None, tries=3)
    for address in entered:
        made.reach.enter(address)
    return made


@contextmanager
def system(**lists: Any) -> Iterator[tuple[Town, OparlSource]]:
    with serving(town(**lists)) as served:
        yield served, OparlSource.objects.create(name="Musterstadt", address=served.system)


def read(source: OparlSource) -> Run:
    source.refresh_from_db()
    return sync(source=source, client=client())


def codes(run: Run) -> list[str]:
    return sorted(Problem.objects.filter(run=run).values_list("code", flat=True))


def changed(content: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {**content, "modified": timezone.now().isoformat(), **fields}


def deleted(content: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return changed(
        {"id": content["id"], "type": content["type"], "created": content["created"]}, deleted=True
    )
