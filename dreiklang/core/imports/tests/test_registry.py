from importlib import import_module

import pytest
from django.apps import apps

from dreiklang.core.imports.registry import importer, importers
from dreiklang.core.models import Mapping, Source


def test_every_kind_of_list_is_written_with_hyphens() -> None:
    assert [kind for kind in importers() if "_" in kind] == []


@pytest.mark.parametrize("kind", ["survey_questions", "frame_changes", "data_requests"])
def test_a_kind_as_earlier_versions_wrote_it_is_still_understood(kind: str) -> None:
    assert importer(kind=kind) is importers()[kind.replace("_", "-")]


@pytest.mark.django_db
def test_what_was_kept_under_the_earlier_word_is_found_under_the_new_one() -> None:
    Mapping.objects.create(kind="survey_results", name="Umfrage 2024", columns={})
    Source.objects.create(kind="watch_items", name="Liste")
    Source.objects.create(kind="measures", name="Liste")

    import_module("dreiklang.core.migrations.0006_kinds_with_hyphens").write_hyphens(apps, None)

    assert Mapping.objects.get().kind == "survey-results"
    assert set(Source.objects.values_list("kind", flat=True)) == {"watch-items", "measures"}
