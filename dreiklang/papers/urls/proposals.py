"""Addresses of the proposals of a check."""

from django.urls import path

from dreiklang.papers.views import proposals

_ONE = "arbeit/pruefungen/<str:number>/vorschlaege/"

urlpatterns = [
    path(_ONE, proposals.proposals, name="check_proposals"),
    path(f"{_ONE}noch-einmal/", proposals.again, name="check_propose_again"),
    path(f"{_ONE}<int:pk>/", proposals.verdict, name="check_verdict"),
]
