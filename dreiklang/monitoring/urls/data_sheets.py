"""Data sheets of any area."""

from django.urls import path

from dreiklang.monitoring.views import data_sheets

urlpatterns = [
    path("datenblatt/", data_sheets.sheet, name="data_sheet"),
    path("datenblatt/datenblatt.pdf", data_sheets.sheet_pdf, name="data_sheet_pdf"),
]
