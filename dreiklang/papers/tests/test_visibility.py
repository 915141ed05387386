"""Who sees which paper, meeting, item, file and resolution."""

import pytest
from django.utils import timezone

from dreiklang.core.enums import Visibility
from dreiklang.papers.queries import visibility
from dreiklang.papers.tests import factories as make
from dreiklang.people.rules import PUBLIC, HeldRole, Role, Viewer

pytestmark = pytest.mark.django_db

OUTSIDERS = [
    pytest.param(PUBLIC, id="citizen"),
    pytest.param(Viewer(1, held=frozenset({HeldRole(Role.COUNCIL_MEMBER)})), id="council member"),
    pytest.param(Viewer(2, held=frozenset({HeldRole(Role.PARTNER)})), id="partner"),
]
EDITOR = Viewer(3, held=frozenset({HeldRole(Role.DEPARTMENT_EDITOR, frozenset({7}))}))


@pytest.mark.parametrize("viewer", OUTSIDERS)
def test_outsiders_see_public_papers_meetings_and_resolutions_only(viewer):
    seen = make.paper(), make.meeting(), make.resolution()
    make.paper(visibility=Visibility.INTERNAL)
    make.meeting(visibility=Visibility.INTERNAL)
    make.resolution(visibility=Visibility.INTERNAL)

    assert list(visibility.visible_papers(viewer)) == [seen[0]]
    assert list(visibility.visible_meetings(viewer)) == [seen[1]]
    assert list(visibility.visible_resolutions(viewer)) == [seen[2]]


def test_the_administration_sees_everything():
    hidden = make.item(make.meeting(visibility=Visibility.INTERNAL), is_public=False)
    paper = make.paper(visibility=Visibility.INTERNAL)
    step = make.step(paper, hidden)
    file = make.council_file(paper=paper, is_public=False)

    assert list(visibility.visible_papers(EDITOR)) == [paper]
    assert list(visibility.visible_items(EDITOR)) == [hidden]
    assert list(visibility.visible_consultations(EDITOR)) == [step]
    assert list(visibility.visible_files(EDITOR)) == [file]


@pytest.mark.parametrize("viewer", OUTSIDERS)
def test_an_item_is_seen_if_it_and_its_meeting_are_public(viewer):
    meeting = make.meeting()
    seen = make.item(meeting)
    make.item(meeting, is_public=False)
    make.item(make.meeting(visibility=Visibility.INTERNAL))

    assert list(visibility.visible_items(viewer)) == [seen]


@pytest.mark.parametrize("viewer", OUTSIDERS)
def test_a_public_papers_step_behind_closed_doors_is_not_seen(viewer):
    paper = make.paper()
    seen = make.step(paper, make.item(make.meeting()))
    planned = make.step(paper)
    make.step(paper, make.item(make.meeting(), is_public=False))
    make.step(paper, make.item(make.meeting(visibility=Visibility.INTERNAL)))
    make.step(make.paper(visibility=Visibility.INTERNAL), make.item(make.meeting()))

    assert set(visibility.visible_consultations(viewer)) == {seen, planned}


@pytest.mark.parametrize("viewer", OUTSIDERS)
def test_a_file_is_seen_if_it_and_what_it_belongs_to_are_public(viewer):
    seen = {make.council_file(paper=make.paper()), make.council_file(meeting=make.meeting())}
    make.council_file(paper=make.paper(), is_public=False)
    make.council_file(paper=make.paper(visibility=Visibility.INTERNAL))
    make.council_file(meeting=make.meeting(visibility=Visibility.INTERNAL))
    make.council_file(paper=make.paper(), meeting=make.meeting(visibility=Visibility.INTERNAL))

    assert set(visibility.visible_files(viewer)) == seen


@pytest.mark.parametrize("viewer", OUTSIDERS)
def test_of_what_was_withdrawn_outsiders_see_that_and_neither_files_nor_text(viewer):
    withdrawn = make.paper(text="Der Wortlaut", withdrawn_at=timezone.now())
    make.council_file(paper=withdrawn)
    make.council_file(paper=make.paper(), withdrawn_at=timezone.now())

    assert list(visibility.visible_papers(viewer).exclude(withdrawn_at=None)) == [withdrawn]
    assert not visibility.visible_files(viewer).exists()
    assert visibility.text_of(viewer, paper=withdrawn) == ""
    assert visibility.text_of(EDITOR, paper=withdrawn) == "Der Wortlaut"


def test_a_resolution_made_known_does_not_show_its_paper():
    hidden = make.paper(visibility=Visibility.INTERNAL)
    known = make.resolution(paper=hidden)

    assert list(visibility.visible_resolutions(PUBLIC)) == [known]
    assert hidden not in visibility.visible_papers(PUBLIC)
