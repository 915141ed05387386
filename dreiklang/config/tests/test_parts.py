import pytest
from django.db import models
from django.db.migrations.state import ModelState, ProjectState

from dreiklang.config.parts import part_of

ID = ("id", models.BigAutoField(primary_key=True))


def to(model: str) -> models.ForeignKey:
    return models.ForeignKey(model, models.CASCADE)


def state(*tables: ModelState) -> ProjectState:
    return ProjectState({(table.app_label, table.name_lower): table for table in tables})


def test_a_part_holds_the_named_and_those_they_refer_to_without_further_references() -> None:
    whole = state(
        ModelState("a", "Road", [ID, ("town", to("a.Town"))], {"indexes": []}),
        ModelState("a", "Town", [ID, ("name", models.TextField()), ("land", to("a.Land"))]),
        ModelState("a", "Land", [ID]),
        ModelState("a", "Lamp", [ID, ("road", to("a.Road"))]),
    )

    part = part_of(whole, {("a", "road"), ("a", "unknown")})

    assert {key: list(table.fields) for key, table in part.models.items()} == {
        ("a", "road"): ["id", "town"],
        ("a", "town"): ["id", "name"],
    }
    assert part.apps.get_model("a", "road")._meta.get_field("town").related_model.__name__ == "Town"


def test_a_key_that_is_itself_a_reference_is_followed() -> None:
    whole = state(
        ModelState("a", "Road", [ID, ("mayor", to("a.Mayor"))]),
        ModelState(
            "a", "Mayor", [("town", models.OneToOneField("a.Town", models.CASCADE, primary_key=True))]
        ),
        ModelState("a", "Town", [("code", models.CharField(max_length=5, primary_key=True))]),
    )

    part = part_of(whole, {("a", "road")})

    assert set(part.models) == {("a", "road"), ("a", "mayor"), ("a", "town")}


def test_an_outline_lies_where_its_table_lies() -> None:
    whole = state(
        ModelState("a", "Road", [ID, ("town", to("a.Town"))]),
        ModelState("a", "Town", [ID], {"db_table": "elsewhere", "unique_together": {("id", "gone")}}),
    )

    town = part_of(whole, {("a", "road")}).apps.get_model("a", "town")

    assert town._meta.db_table == "elsewhere"
    assert town._meta.unique_together == ()


def test_a_reference_to_nothing_is_told_when_it_is_drawn() -> None:
    part = part_of(state(ModelState("a", "Road", [ID, ("town", to("a.Town"))])), {("a", "road")})

    with pytest.raises(ValueError, match=r"a\.town"):
        assert part.apps
