"""Addresses of the workspace."""

from django.urls import path

from dreiklang.workspace.services.setup import FIRST_ADDRESS
from dreiklang.workspace.views import focus, handover, history, imports, leadership, search, setup
from dreiklang.workspace.views.new_version import new_version

app_name = "workspace"

urlpatterns = [
    path("suche/", search.results, name="search"),
    path("verlauf/<str:subject>/<path:key>/", history.history, name="history"),
    path("arbeit/", focus.focus, name="focus"),
    path("arbeit/uebergabe/", handover.hand_over, name="handover"),
    path("arbeit/leitung/", leadership.overview, name="leadership"),
    path("arbeit/importe/", imports.start, name="import"),
    path("arbeit/importe/laeufe/", imports.runs, name="runs"),
    path("arbeit/importe/neu/<slug:kind>/", imports.begin, name="import_begin"),
    path("arbeit/importe/vorlage/<slug:kind>.<str:ending>", imports.template, name="import_template"),
    path("arbeit/importe/datei/<int:pk>/", imports.columns, name="import_columns"),
    path("arbeit/importe/datei/<int:pk>/probelauf/", imports.trial, name="import_trial"),
    path("arbeit/importe/datei/<int:pk>/berichtigen/", imports.correct, name="import_correct"),
    path("arbeit/importe/datei/<int:pk>/uebernehmen/", imports.take_over, name="import_take_over"),
    path("arbeit/importe/datei/<int:pk>/verwerfen/", imports.discard, name="import_discard"),
    path("arbeit/importe/<int:pk>/", imports.run, name="run"),
    path("arbeit/importe/<int:pk>/stand/", imports.run_progress, name="run_progress"),
    path("arbeit/importe/<int:pk>/hinweise.csv", imports.problems_csv, name="run_problems"),
    path("arbeit/neue-fassung/", new_version, name="new_version"),
    path("arbeit/einrichtung/", setup.setup, name="setup"),
    path(f"{FIRST_ADDRESS}<str:token>/", setup.begin, name="setup_begin"),
    path("arbeit/einrichtung/<str:code>/auslassen/", setup.skip, name="setup_skip"),
]
