import pytest
from django.db import connection, models
from django.db.migrations import AddField, AddIndex, CreateModel, RunSQL
from django.db.migrations.operations.base import Operation

from dreiklang.config import schema
from dreiklang.config.schema import Together, together
from dreiklang.core.database import DataIsNewer


def flat(operations: list[Operation]) -> list[Operation]:
    return [
        single
        for operation in operations
        for single in (operation.operations if isinstance(operation, Together) else [operation])
    ]


def test_operations_of_one_kind_go_together_and_keep_their_order() -> None:
    town, road = CreateModel("Town", []), CreateModel("Road", [])
    name = AddField("town", "name", models.TextField())
    by_name, by_length = (
        AddIndex("town", models.Index("name", name="a")),
        AddIndex("road", models.Index("x", name="b")),
    )
    code = RunSQL("SELECT 1")

    grouped = together([town, road, name, by_name, by_length, code, code])

    assert [type(operation) for operation in grouped] == [Together, AddField, Together, RunSQL, RunSQL]
    assert flat(grouped) == [town, road, name, by_name, by_length, code, code]


def test_a_special_kind_of_new_table_stands_alone() -> None:
    class CreateSpecialModel(CreateModel):
        pass

    grouped = together([CreateSpecialModel("Town", []), CreateSpecialModel("Road", [])])

    assert not any(isinstance(operation, Together) for operation in grouped)


@pytest.mark.django_db
def test_database_of_this_version_knows_no_newer_migrations() -> None:
    assert schema.newer_migrations() == []


@pytest.mark.django_db
def test_database_of_a_newer_version_is_refused() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('core', '0999_from_the_future', now())"
        )

    with pytest.raises(DataIsNewer, match=r"core\.0999_from_the_future"):
        schema.refuse_newer_migrations()
