import pytest
from django.db import connection, models
from django.db.migrations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    AlterUniqueTogether,
    CreateModel,
    Migration,
    RemoveField,
    RemoveIndex,
    RunSQL,
)
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

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

    assert [type(operation) for operation in grouped] == [Together, Together, Together, RunSQL, RunSQL]
    assert [len(one.operations) for one in grouped if isinstance(one, Together)] == [2, 1, 2]
    assert flat(grouped) == [town, road, name, by_name, by_length, code, code]


def test_what_may_look_at_the_one_before_goes_alone() -> None:
    first, second = (AlterField("town", "name", models.TextField(default=said)) for said in "ab")

    grouped = together([first, second])

    assert [one.operations for one in grouped if isinstance(one, Together)] == [[first], [second]]


def towns() -> list[Operation]:
    """Everything that is done together or in part, on tables that refer to each other in every way."""
    town, road = "streets.Town", "streets.Road"
    cascade = models.CASCADE
    return [
        CreateModel("Town", [("code", models.CharField(max_length=5, primary_key=True))]),
        CreateModel(
            "Road",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("town", models.ForeignKey(town, cascade)),
                ("length", models.IntegerField()),
            ],
        ),
        CreateModel("Mayor", [("town", models.OneToOneField(town, cascade, primary_key=True))]),
        AddField("road", "part_of", models.ForeignKey("self", cascade, null=True)),
        AddField("road", "crosses", models.ManyToManyField(road)),
        AddField("road", "opened_by", models.ForeignKey("streets.Mayor", cascade, null=True)),
        AddIndex("road", models.Index(fields=["town", "length"], name="by_length")),
        AddConstraint("road", models.CheckConstraint(condition=models.Q(length__gt=0), name="has_length")),
        AddConstraint("mayor", models.UniqueConstraint(fields=["town"], name="one_mayor")),
        AlterField("road", "length", models.TextField(default="")),
        AlterField("road", "part_of", models.ForeignKey("streets.Mayor", cascade, null=True)),
        AlterField("town", "code", models.IntegerField(primary_key=True)),
        AlterUniqueTogether("road", {("town", "length")}),
        RemoveIndex("road", "by_length"),
        RemoveField("road", "opened_by"),
    ]


def sql_of(operations: list[Operation]) -> list[str]:
    migration = Migration("0001_streets", "streets")
    migration.operations = operations  # type: ignore[misc]
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        migration.apply(ProjectState(), editor, collect_sql=False)
    return [str(line) for line in editor.collected_sql]


@pytest.mark.django_db
def test_each_seeing_only_its_own_tables_says_the_same_as_all_seeing_everything() -> None:
    expected = sql_of(towns())

    assert sql_of(together(towns())) == expected


@pytest.mark.django_db
def test_a_key_that_changes_takes_along_what_refers_to_it() -> None:
    told = "\n".join(sql_of(together(towns())))

    assert 'ALTER TABLE "streets_mayor" ALTER COLUMN "town_id" TYPE integer' in told
    assert 'ALTER TABLE "streets_road" ALTER COLUMN "town_id" TYPE integer' in told


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
