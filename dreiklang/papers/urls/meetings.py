"""Addresses of meetings, of the council member's own page, and of saved searches."""

from django.urls import path

from dreiklang.papers.views import meeting_editing, meetings, my_meeting, searches

_ONE = "sitzungen/<slug:key>/"

urlpatterns = [
    path("sitzungen/", meetings.meeting_list, name="meetings"),
    path("sitzungen/export.csv", meetings.meeting_csv, name="meetings_csv"),
    path("sitzungen/export.xlsx", meetings.meeting_xlsx, name="meetings_xlsx"),
    path("sitzungen/neu/", meeting_editing.meeting_new, name="meeting_new"),
    path(f"{_ONE}bearbeiten/", meeting_editing.meeting_edit, name="meeting_edit"),
    path(f"{_ONE}punkt/", meeting_editing.item_new, name="item_new"),
    path(f"{_ONE}punkt/<int:pk>/", meeting_editing.item_edit, name="item_edit"),
    path(f"{_ONE}punkt/<int:pk>/entfernen/", meeting_editing.item_remove, name="item_remove"),
    path(_ONE, meetings.meeting, name="meeting"),
    path("arbeit/meine-sitzung/", my_meeting.my_meeting, name="my_meeting"),
    path("arbeit/suchen/", searches.searches, name="searches"),
    path("arbeit/suchen/<int:pk>/loeschen/", searches.search_forget, name="search_forget"),
]
