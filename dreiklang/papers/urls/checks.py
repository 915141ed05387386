"""Addresses of checks and the checklist."""

from django.urls import path

from dreiklang.papers.views.checks import (
    block,
    checklists,
    page,
    paper,
    pipeline,
    questions,
    remarks,
    signing,
    start,
)

CHECKS = "arbeit/pruefungen/"
ONE = f"{CHECKS}<str:number>/"
LISTS = "arbeit/pruefschema/"

urlpatterns = [
    path(CHECKS, pipeline.pipeline, name="pipeline"),
    path(f"{CHECKS}neu/", start.start, name="check_new"),
    path(f"{CHECKS}fragen/", pipeline.later_questions, name="later_questions"),
    path(f"{CHECKS}dauer/", pipeline.durations, name="durations"),
    path(ONE, page.overview, name="check"),
    path(f"{ONE}angaben/", start.details, name="check_details"),
    path(f"{ONE}text/", start.new_text, name="check_text"),
    path(f"{ONE}vorlage/", paper.name_paper, name="check_paper"),
    path(f"{ONE}fragen/", questions.questions, name="check_questions"),
    path(f"{ONE}fragen/vertiefung/", questions.depth, name="check_depth"),
    path(f"{ONE}mitzeichnung/", signing.signing, name="check_signing"),
    path(f"{ONE}mitzeichnung/<int:department>/", signing.co_sign, name="check_co_sign"),
    path(f"{ONE}anmerkung/", remarks.comment, name="check_comment"),
    path(f"{ONE}anmerkung/<int:pk>/erledigt/", remarks.settle, name="check_settle"),
    path(f"{ONE}bezug/", block.block, name="check_block"),
    path(f"{ONE}bezug/<str:name>.<str:form>", block.download, name="check_block_file"),
    path(f"{ONE}verlauf/", page.history, name="check_history"),
    path(f"{ONE}schritt/<str:step>/", page.step, name="check_step"),
    path(LISTS, checklists.versions, name="checklists"),
    path(f"{LISTS}neu/", checklists.write, name="checklist_new"),
    path(f"{LISTS}<int:pk>/", checklists.version, name="checklist"),
    path(f"{LISTS}<int:pk>/bearbeiten/", checklists.write, name="checklist_edit"),
    path(f"{LISTS}<int:pk>/in-kraft/", checklists.publish, name="checklist_publish"),
    path(f"{LISTS}<int:pk>/zuruecknehmen/", checklists.take_back, name="checklist_take_back"),
    path(f"{LISTS}<int:pk>/verwerfen/", checklists.discard, name="checklist_discard"),
    path(f"{LISTS}<int:pk>/pruefschema.<str:form>", checklists.download, name="checklist_file"),
]
