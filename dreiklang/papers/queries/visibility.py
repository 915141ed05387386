"""Who sees which paper, meeting, agenda item, file and resolution, in one place.

The administration sees all. Everybody else, council members and partners too, sees what is public:
what a committee deals with behind closed doors stays in the council's own system.
What was withdrawn stays in the lists as withdrawn; `text_of` and `visible_files` keep its content back.
"""

from django.db.models import Q, QuerySet

from dreiklang.core.enums import Visibility
from dreiklang.papers.models import AgendaItem, Consultation, CouncilFile, Meeting, Paper, Resolution
from dreiklang.people.rules import Viewer


def sees_inside(viewer: Viewer) -> bool:
    """Whether the viewer sees notes, drafts and what is not public."""
    return viewer.is_internal


def visible_papers(viewer: Viewer) -> QuerySet[Paper]:
    """The papers the viewer may know of, withdrawn ones among them."""
    return Paper.objects.filter(_public(viewer, "visibility"))


def visible_meetings(viewer: Viewer) -> QuerySet[Meeting]:
    """The meetings the viewer may know of, withdrawn and cancelled ones among them."""
    return Meeting.objects.filter(_public(viewer, "visibility"))


def visible_items(viewer: Viewer) -> QuerySet[AgendaItem]:
    """The agenda items whose title and result the viewer may read.

    A page may say of the others that there is an item that is not public, and nothing more.
    """
    return AgendaItem.objects.filter(_item(viewer, ""))


def visible_consultations(viewer: Viewer) -> QuerySet[Consultation]:
    """The steps of routes the viewer may know of.

    Paper, meeting and item have to be visible each: that a public paper
    was dealt with behind closed doors is not public.
    """
    if sees_inside(viewer):
        return Consultation.objects.all()
    meeting = Q(meeting=None) | _public(viewer, "meeting__visibility")
    item = Q(item=None) | _item(viewer, "item__")
    return Consultation.objects.filter(_public(viewer, "paper__visibility"), meeting, item)


def visible_files(viewer: Viewer) -> QuerySet[CouncilFile]:
    """The files the viewer may open. Of anything withdrawn, outsiders get no file and no text."""
    if sees_inside(viewer):
        return CouncilFile.objects.all()
    there = Q(withdrawn_at=None, paper__withdrawn_at=None, meeting__withdrawn_at=None, is_public=True)
    paper = Q(paper=None) | _public(viewer, "paper__visibility")
    meeting = Q(meeting=None) | _public(viewer, "meeting__visibility")
    return CouncilFile.objects.filter(there, paper, meeting)


def visible_resolutions(viewer: Viewer) -> QuerySet[Resolution]:
    """The resolutions the viewer may know of.

    Each is released by itself: what was decided behind closed doors is made known
    without its paper and its agenda item.
    """
    return Resolution.objects.filter(_public(viewer, "visibility"))


def text_of(viewer: Viewer, *, paper: Paper) -> str:
    """The paper's text as far as the viewer may read it: nothing of a withdrawn one for outsiders."""
    if sees_inside(viewer):
        return paper.text
    is_open = paper.visibility == Visibility.PUBLIC and paper.withdrawn_at is None
    return paper.text if is_open else ""


def _public(viewer: Viewer, field: str) -> Q:
    return Q() if sees_inside(viewer) else Q(**{field: Visibility.PUBLIC})


def _item(viewer: Viewer, path: str) -> Q:
    if sees_inside(viewer):
        return Q()
    return Q(**{f"{path}is_public": True}) & _public(viewer, f"{path}meeting__visibility")
