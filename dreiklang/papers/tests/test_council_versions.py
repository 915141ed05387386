"""The yearly report inside: whole, or as everybody may read it."""

import pytest
from django.utils import timezone

from dreiklang.core.enums import Visibility
from dreiklang.measures.tests import factories as city
from dreiklang.papers.tests import factories as make
from dreiklang.people.rules import Role

pytestmark = pytest.mark.django_db
TO_PASS_ON = "?fassung=oeffentlich"


@pytest.fixture
def report(client):
    """The address of this year's report, with one public and one internal resolution; a coordinator reads it."""
    today = timezone.localdate()
    known = make.resolution(title="Radweg Nord", decided_on=today)
    known.reports.create(reported_on=today, state="in_work", public_note="Noch zurückgehalten")
    make.resolution(title="Grundstückskauf", decided_on=today, visibility=Visibility.INTERNAL)
    client.force_login(city.account("Karin Kern", role=Role.COORDINATOR))
    return f"/beschluesse/bericht/{today.year}/"


def words(answer):
    return answer.content.decode()


def test_inside_the_page_says_that_it_is_the_internal_one(client, report):
    page = words(client.get(report))

    assert "Grundstückskauf" in page
    assert "Noch zurückgehalten" in page
    assert "Interne Fassung:" in page
    assert f'href="{report}{TO_PASS_ON}"' in page


def test_the_one_to_pass_on_holds_what_everybody_may_read_in_its_files_too(client, report):
    page = words(client.get(report + TO_PASS_ON))

    assert "Radweg Nord" in page
    assert "Grundstückskauf" not in page
    assert "Noch zurückgehalten" not in page
    for form in ("pdf", "docx", "csv"):
        assert f'href="{report}{form}/{TO_PASS_ON}"' in page


@pytest.mark.parametrize(("asked", "name", "is_there"), [("", "-intern", True), (TO_PASS_ON, "", False)])
def test_a_file_says_by_its_name_which_one_it_is(client, report, asked, name, is_there):
    answer = client.get(f"{report}csv/{asked}")

    year = timezone.localdate().year
    assert f'"beschlussbericht-{year}{name}.csv"' in answer["Content-Disposition"]
    assert ("Grundstückskauf" in words(answer)) is is_there


def test_nobody_outside_is_told_of_another_version(client, report):
    client.logout()

    for asked in ("", TO_PASS_ON, "?fassung=intern"):
        page = words(client.get(report + asked))
        assert "Fassung" not in page.split("<footer")[0].split("<main")[1]
        assert "Grundstückskauf" not in page
