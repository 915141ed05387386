"""A council system reaches public addresses only, besides the one that was entered."""

import pytest

from dreiklang.core.models import Problem
from dreiklang.core.tests.inside import secret
from dreiklang.papers.imports.oparl.downloads import fetch_files
from dreiklang.papers.models import CouncilFile, OparlSource
from dreiklang.papers.rules.kinds import TextState
from tests.oparl_server.reading import client, read, system
from tests.oparl_server.towns import file, paper


@pytest.mark.django_db
def test_a_file_inside_is_not_fetched_and_one_beside_the_entered_system_is() -> None:
    with (
        secret() as (inside, asked),
        system(paper=[paper(1, mainFile=file(1, accessUrl=f"{inside}/akten.pdf")), paper(2)]) as (
            served,
            source,
        ),
    ):
        read(source)
        CouncilFile.objects.filter(paper__number="2026/002").update(
            url=f"{served.base}/2.txt", file_name="2.txt"
        )
        served.files["/2.txt"] = b"Der Radweg wird gebaut."

        fetch_files(client=client())

    told = dict(CouncilFile.objects.values_list("paper__number", "text_state"))
    assert asked == []
    assert told == {"2026/001": TextState.UNREADABLE, "2026/002": TextState.READ}
    assert CouncilFile.objects.get(paper__number="2026/001").text_problem == "not_public"


@pytest.mark.django_db
def test_a_system_that_leads_inside_is_named_in_the_report() -> None:
    with secret() as (inside, asked), secret(f"{inside}/system") as (outside, _):
        source = OparlSource.objects.create(name="Umweg", address=f"{outside}/system")
        run = read(source)

    assert asked == []
    assert [one.code for one in Problem.objects.filter(run=run)] == ["not_public"]
