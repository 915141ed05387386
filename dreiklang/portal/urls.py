"""Addresses of the public site."""

from django.urls import path

from dreiklang.portal import feeds, views

app_name = "portal"

urlpatterns = [
    path("", views.start, name="start"),
    path("neues/", views.news, name="news"),
    path("neues/feed.atom", feeds.NewsFeed(), name="feed"),
    path("zaehlweise/", views.counting, name="counting"),
    path("daten/", views.data, name="data"),
    path("impressum/", views.imprint, name="imprint"),
    path("datenschutz/", views.privacy, name="privacy"),
    path("barrierefreiheit/", views.accessibility, name="accessibility"),
    path("leichte-sprache/", views.easy_language, name="easy_language"),
    path("rueckmeldung/", views.feedback, name="feedback"),
]
