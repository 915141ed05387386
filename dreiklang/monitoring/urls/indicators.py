"""Addresses of the uniform set: for everybody, and where it is kept."""

from django.urls import path, register_converter

from dreiklang.monitoring.views import (
    indicator,
    indicator_data,
    indicator_editing,
    indicator_links,
    indicator_list,
    indicator_targets,
    uniform_set,
)


class DataForm:
    """The forms values can be taken away in."""

    regex = "csv|xlsx|json"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(DataForm, "data_form")

_ONE = "indikatoren/<slug:key>/"

urlpatterns = [
    path("indikatoren/", indicator_list.indicators, name="indicators"),
    path(_ONE, indicator.indicator, name="indicator"),
    path(f"{_ONE}bild/", indicator.picture, name="indicator-picture"),
    path(f"{_ONE}daten.<data_form:form>", indicator_data.data, name="indicator-data"),
    path(f"{_ONE}frueher.csv", indicator_data.history, name="indicator-history"),
    path(f"{_ONE}bearbeiten/", indicator_editing.edit, name="indicator-edit"),
    path(f"{_ONE}veroeffentlichen/", indicator_editing.publish, name="indicator-publish"),
    path(f"{_ONE}zurueckziehen/", indicator_editing.withdraw, name="indicator-withdraw"),
    path(f"{_ONE}stilllegen/", indicator_editing.end, name="indicator-end"),
    path(f"{_ONE}fortfuehren/", indicator_editing.resume, name="indicator-resume"),
    path(f"{_ONE}zielwerte/", indicator_targets.targets, name="indicator-targets"),
    path(f"{_ONE}zielwerte/<int:pk>/", indicator_targets.target_edit, name="indicator-target"),
    path(
        f"{_ONE}zielwerte/<int:pk>/entfernen/",
        indicator_targets.target_remove,
        name="indicator-target-remove",
    ),
    path(f"{_ONE}brueche/", indicator_targets.break_add, name="indicator-break-add"),
    path(f"{_ONE}brueche/<int:pk>/entfernen/", indicator_targets.break_remove, name="indicator-break-remove"),
    path(f"{_ONE}bezuege/", indicator_links.links, name="indicator-links"),
    path(f"{_ONE}bezuege/ziele/", indicator_links.goal_link, name="indicator-goal-link"),
    path(f"{_ONE}bezuege/ziele/<int:pk>/loesen/", indicator_links.goal_remove, name="indicator-goal-remove"),
    path(f"{_ONE}bezuege/aufgaben/", indicator_links.task_link, name="indicator-task-link"),
    path(
        f"{_ONE}bezuege/aufgaben/<int:pk>/loesen/", indicator_links.task_remove, name="indicator-task-remove"
    ),
    path(f"{_ONE}wirkungen/neu/", indicator_links.effect_new, name="indicator-effect-new"),
    path(f"{_ONE}wirkungen/<int:pk>/", indicator_links.effect_edit, name="indicator-effect"),
    path(
        f"{_ONE}wirkungen/<int:pk>/entfernen/", indicator_links.effect_remove, name="indicator-effect-remove"
    ),
    path("arbeit/indikatoren/", uniform_set.uniform_set, name="set"),
    path("arbeit/indikatoren/neu/", indicator_editing.edit, name="indicator-new"),
    path("arbeit/indikatoren/startsatz/", uniform_set.starter_set, name="starter-set"),
    path("arbeit/indikatoren/regeln/", uniform_set.rules_edit, name="set-rules"),
    path("arbeit/indikatoren/<slug:name>.<data_form:form>", uniform_set.taken_away, name="set-list"),
]
