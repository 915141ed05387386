"""What changed lately, and what a search finds."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from dreiklang.core.enums import Visibility
from dreiklang.measures.queries import latest_changes, search
from dreiklang.measures.rules import Phase
from dreiklang.measures.tests import factories as make
from dreiklang.people.rules import PUBLIC, Role

pytestmark = pytest.mark.django_db
TODAY = make.TODAY
YEAR = TODAY - timedelta(days=365)


def news(viewer=PUBLIC):
    return [(one.kind, one.text) for one in latest_changes(viewer, since=YEAR, today=TODAY)]


def noon(day):
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))


def test_new_phase_is_news_and_the_first_report_is_not():
    measure = make.measure()
    make.report(measure, on=TODAY - timedelta(days=20), phase=Phase.DECIDED)
    make.report(measure, on=TODAY - timedelta(days=10), phase=Phase.IMPLEMENTATION)
    make.report(measure, on=TODAY - timedelta(days=5), phase=Phase.IMPLEMENTATION)
    make.report(measure, on=TODAY, phase=Phase.IN_USE)

    assert news() == [("measure_finished", "in_use"), ("measure_phase", "implementation")]


def test_withdrawn_reports_and_internal_measures_are_no_public_news():
    hidden = make.measure(visibility=Visibility.INTERNAL)
    make.report(hidden, on=TODAY - timedelta(days=10), phase=Phase.IDEA)
    make.report(hidden, phase=Phase.DECIDED)
    shown = make.measure()
    make.report(shown, on=TODAY - timedelta(days=10), phase=Phase.IDEA)
    make.report(shown, phase=Phase.DECIDED, withdrawn_at=make.now())

    assert news() == []
    assert news(make.viewer(Role.LEAD)) == [("measure_phase", "decided")]


def test_only_released_notes_are_news_and_not_before_a_restraint_period_ends():
    measure = make.measure()
    make.report(measure, public_note="wartet")
    released = TODAY - timedelta(days=2)
    make.report(measure, public_note="Wir bauen.", released_at=noon(released))
    assert news() == [("measure_note", "Wir bauen.")]

    make.restraint(TODAY - timedelta(days=3), TODAY + timedelta(days=3))

    assert news() == []


def test_search_finds_parts_of_words_and_stems_and_numbers():
    make.measure("V-17", title="Radverkehrskonzept umsetzen")
    make.measure("V-18", title="Bäume pflanzen", description="Schattige Häuser")
    make.measure("V-19", title="Verkehr geheim", visibility=Visibility.INTERNAL)

    assert [hit.key for hit in search(PUBLIC, text="Verkehr")] == ["V-17"]
    assert [hit.key for hit in search(PUBLIC, text="Haus")] == ["V-18"]
    assert search(PUBLIC, text="v-18")[0].rank > 1
    assert search(PUBLIC, text="  ") == []
