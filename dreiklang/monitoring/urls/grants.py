"""Addresses of grant sheets."""

from django.urls import path

from dreiklang.monitoring.views import grant_deeds, grants

urlpatterns = [
    path("arbeit/foerderbogen/", grants.sheet_list, name="grant-sheets"),
    path("arbeit/foerderbogen/neu/", grant_deeds.sheet_new, name="grant-sheet-new"),
    path("arbeit/foerderbogen/vorlagen/neu/", grant_deeds.layout_new, name="grant-layout-new"),
    path("arbeit/foerderbogen/vorlagen/<int:pk>/beenden/", grant_deeds.layout_end, name="grant-layout-end"),
    path("arbeit/foerderbogen/<int:pk>/", grants.sheet_page, name="grant-sheet"),
    path("arbeit/foerderbogen/<int:pk>/bogen.xlsx", grants.sheet_rows_xlsx, name="grant-sheet-xlsx"),
    path("arbeit/foerderbogen/<int:pk>/bogen-breit.xlsx", grants.sheet_wide_xlsx, name="grant-sheet-wide"),
    path("arbeit/foerderbogen/<int:pk>/ergaenzen/", grant_deeds.sheet_complete, name="grant-sheet-complete"),
    path("arbeit/foerderbogen/<int:pk>/neu-fuellen/", grant_deeds.sheet_refill, name="grant-sheet-refill"),
    path("arbeit/foerderbogen/<int:pk>/abgeben/", grant_deeds.sheet_send, name="grant-sheet-send"),
]
