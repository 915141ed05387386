"""Addresses under /ui/."""

from django.urls import path

from dreiklang.ui import views

app_name = "ui"

urlpatterns = [
    path("accent.css", views.accent_css, name="accent"),
    path("stimme/", views.choose_voice, name="voice"),
    path("gallerie/", views.show_gallery, name="gallery"),
]
