"""Addresses of the frame and of the watch list. Fixed words come before short names."""

from django.urls import path

from dreiklang.monitoring.views import frame, frame_deeds, watching

urlpatterns = [
    path("rahmen/", frame.change_list, name="frame"),
    path("rahmen/liste.csv", frame.change_csv, name="frame-csv"),
    path("rahmen/neu/", frame_deeds.change_new, name="frame-new"),
    path("rahmen/<slug:key>/", frame.change_page, name="frame-change"),
    path("rahmen/<slug:key>/bearbeiten/", frame_deeds.change_edit, name="frame-edit"),
    path("rahmen/<slug:key>/bedeutung/", frame_deeds.meaning_edit, name="frame-meaning"),
    path(
        "rahmen/<slug:key>/bedeutung/<int:goal_id>/entfernen/",
        frame_deeds.meaning_remove,
        name="frame-meaning-remove",
    ),
    path("rahmen/<slug:key>/sichtbar/", frame_deeds.change_publish, name="frame-publish"),
    path("arbeit/beobachtung/", watching.watch_list, name="watch-list"),
    path("arbeit/beobachtung/neu/", watching.watch_new, name="watch-new"),
    path("arbeit/beobachtung/<int:pk>/", watching.watch_item, name="watch-item"),
    path("arbeit/beobachtung/<int:pk>/bearbeiten/", watching.watch_edit, name="watch-edit"),
    path("arbeit/beobachtung/<int:pk>/angesehen/", watching.watch_seen, name="watch-seen"),
    path("arbeit/beobachtung/<int:pk>/neues/", watching.watch_observed, name="watch-observed"),
    path("arbeit/beobachtung/<int:pk>/beenden/", watching.watch_end, name="watch-end"),
]
