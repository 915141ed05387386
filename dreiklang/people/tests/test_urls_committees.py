"""Addresses of committees: every key that a list may bring has its page."""

import pytest
from django.test import Client

from dreiklang.people.models import Committee
from dreiklang.people.queries import committee_address
from dreiklang.people.rules import CommitteeKind


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["SR", "Antragsliste 2026/2027"])
def test_every_key_stands_in_the_list_with_its_page(client: Client, key: str) -> None:
    Committee.objects.create(key=key, name="Ausschuss für Verkehr", kind=CommitteeKind.ADVISORY)

    assert committee_address(key) in client.get("/gremien/").content.decode()
    assert "Ausschuss für Verkehr" in client.get(committee_address(key)).content.decode()
