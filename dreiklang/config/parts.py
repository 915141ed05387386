"""Parts of a migration's picture of the data: the tables that an operation looks at, and no others.

Drawing a model costs milliseconds, and Django draws everything that is related to a changed one, which in the
end is everything. To change a table, PostgreSQL has to be told of that table and of the keys it refers to.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.utils import resolve_relation

# Application and name of a model, in small letters.
Key = tuple[str, str]
# What says where a table lies and whether it is Django's to change.
OF_THE_TABLE = ("db_table", "managed", "proxy", "swappable")


def part_of(state: ProjectState, keys: Set[Key]) -> ProjectState:
    """The named models in full; those they refer to only with their own columns. A name that is unknown is left out.

    Raises: ValueError when drawn, if something refers to a model that the state does not know.
    """
    models = {key: state.models[key] for key in keys if key in state.models}
    waiting = {other for model in models.values() for other in _referred(model)}
    while waiting:
        key = waiting.pop()
        if key in state.models and key not in models:
            models[key] = _outline(state.models[key])
            waiting.update(_referred(models[key]))
    return ProjectState(models, real_apps=set(state.real_apps))


def _outline(model: ModelState) -> ModelState:
    """The model as others refer to it: its columns without its own references, but for one that is its key."""
    return ModelState(
        model.app_label,
        model.name,
        [(name, field) for name, field in model.fields.items() if field.primary_key or not field.is_relation],
        options={name: model.options[name] for name in OF_THE_TABLE if name in model.options},
        bases=model.bases,
    )


def _referred(model: ModelState) -> Iterator[Key]:
    """The models that must be known for this one to be drawn."""
    for field in model.fields.values():
        if field.remote_field:
            for other in (field.remote_field.model, getattr(field.remote_field, "through", None)):
                if other:
                    yield resolve_relation(other, model.app_label, model.name_lower)
    for base in model.bases:
        if isinstance(base, str):
            yield resolve_relation(base)
