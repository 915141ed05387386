"""Addresses of the framework. Numbers may hold anything, a slash too: fixed words come first."""

from django.urls import path

from dreiklang.goals import views

app_name = "goals"

urlpatterns = [
    path("ziele/", views.framework, name="framework"),
    path("ziele/<path:number>/", views.goal, name="goal"),
    path("zukunftsaufgaben/", views.task_list, name="tasks"),
    path("zukunftsaufgaben/<path:number>/", views.task, name="task"),
    path("themen/", views.group_list, name="groups"),
    path("themen/neu/", views.group_edit, name="group-new"),
    path("themen/<int:pk>/", views.group, name="group"),
    path("themen/<int:pk>/bearbeiten/", views.group_edit, name="group-edit"),
    path("prioritaeten/", views.priorities, name="priorities"),
    path("prioritaeten/aendern/", views.priority_new, name="priority-new"),
    path("prioritaeten/<int:pk>/veroeffentlichen/", views.priority_publish, name="priority-publish"),
    path("fortschreibung/", views.cycle, name="cycle"),
    path("fortschreibung/schritte/neu/", views.step_edit, name="step-new"),
    path("fortschreibung/schritte/<int:pk>/", views.step_edit, name="step-edit"),
    path("fortschreibung/schritte/<int:pk>/erledigt/", views.step_done, name="step-done"),
    path("fortschreibung/entwurf/", views.draft, name="draft"),
    path("fortschreibung/entwurf/angaben/", views.framework_edit, name="framework-edit"),
    path("fortschreibung/gueltig/", views.framework_dates, name="framework-dates"),
    path("fortschreibung/entwurf/ebene/", views.level_save, name="level-save"),
    path("fortschreibung/entwurf/zuordnung/", views.mapping, name="mapping"),
    path("fortschreibung/ziele/neu/", views.goal_edit, name="goal-new"),
    path("fortschreibung/ziele/<int:pk>/", views.goal_edit, name="goal-edit"),
    path("fortschreibung/aufgaben/neu/", views.task_edit, name="task-new"),
    path("fortschreibung/aufgaben/<int:pk>/", views.task_edit, name="task-edit"),
    path("fortschreibung/<str:kind>/<int:pk>/verschieben/", views.move, name="move"),
    path("fortschreibung/<str:kind>/<int:pk>/entfernen/", views.remove, name="remove"),
]
