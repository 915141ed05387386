"""Addresses of the workspace."""

from django.urls import path

from dreiklang.workspace.views import focus, handover, history, leadership, search, setup
from dreiklang.workspace.views.new_version import new_version

app_name = "workspace"

urlpatterns = [
    path("suche/", search.results, name="search"),
    path("verlauf/<str:subject>/<path:key>/", history.history, name="history"),
    path("arbeit/", focus.focus, name="focus"),
    path("arbeit/uebergabe/", handover.hand_over, name="handover"),
    path("arbeit/leitung/", leadership.overview, name="leadership"),
    path("arbeit/neue-fassung/", new_version, name="new_version"),
    path("arbeit/einrichtung/", setup.setup, name="setup"),
    path("arbeit/einrichtung/anfang/<str:token>/", setup.begin, name="setup_begin"),
    path("arbeit/einrichtung/<str:code>/auslassen/", setup.skip, name="setup_skip"),
]
