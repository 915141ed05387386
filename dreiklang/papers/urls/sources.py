"""Addresses of the council systems that are read."""

from django.urls import path

from dreiklang.papers.views import sources

urlpatterns = [
    path("arbeit/ratsinformation/", sources.sources, name="sources"),
    path("arbeit/ratsinformation/neu/", sources.source_new, name="source_new"),
    path("arbeit/ratsinformation/<int:pk>/", sources.source, name="source"),
    path("arbeit/ratsinformation/<int:pk>/bearbeiten/", sources.source_edit, name="source_edit"),
    path("arbeit/ratsinformation/<int:pk>/abgleichen/", sources.start, name="source_start"),
    path("arbeit/ratsinformation/<int:pk>/dateien/", sources.fetch_files, name="source_files"),
    path("arbeit/ratsinformation/<int:pk>/stand/", sources.progress, name="source_progress"),
]
