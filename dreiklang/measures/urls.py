"""Addresses of measures. Fixed words come first; a number may hold anything, a slash too."""

from django.urls import path

from dreiklang.measures import views

app_name = "measures"

_ONE = "massnahmen/<path:number>/"

urlpatterns = [
    path("massnahmen/", views.measure_list, name="list"),
    path("massnahmen/export.csv", views.measure_csv, name="csv"),
    path("massnahmen/export.xlsx", views.measure_xlsx, name="xlsx"),
    path("massnahmen/anlegen/", views.create, name="create"),
    path("massnahmen/freigaben/", views.releases, name="releases"),
    path(f"{_ONE}bericht/<int:pk>/zuruecknehmen/", views.withdraw, name="withdraw"),
    path(f"{_ONE}bericht/<int:pk>/freigeben/", views.release, name="release"),
    path(
        f"{_ONE}bericht/<int:pk>/freigabe-zuruecknehmen/", views.take_back_release, name="take_back_release"
    ),
    path(f"{_ONE}bericht/", views.report, name="report"),
    path(f"{_ONE}stimmt-noch/", views.confirm, name="confirm"),
    path(f"{_ONE}bearbeiten/", views.edit, name="edit"),
    path(f"{_ONE}auftrag/angesehen/", views.brief_reviewed, name="brief_reviewed"),
    path(f"{_ONE}auftrag/", views.brief, name="brief"),
    path(f"{_ONE}meilensteine/", views.milestones, name="milestones"),
    path(f"{_ONE}beteiligte/", views.taking, name="taking"),
    path(f"{_ONE}zusammenlegen/", views.merge, name="merge"),
    path(_ONE, views.measure, name="measure"),
    path("arbeit/runden/", views.rounds, name="rounds"),
    path("arbeit/runden/anlegen/", views.open_round, name="open_round"),
    path("arbeit/runden/regeln/", views.settings, name="settings"),
    path(
        "arbeit/runden/regeln/zurueckhaltung/<int:pk>/aufheben/", views.lift_restraint, name="lift_restraint"
    ),
    path("arbeit/runden/<int:pk>/abschliessen/", views.close_round, name="close_round"),
    path("arbeit/runden/<int:pk>/", views.round_detail, name="round"),
]
