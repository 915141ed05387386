import re
from datetime import date
from pathlib import Path

import pytest
from django.template import Context, Template

from dreiklang.core.values import Money, Unknown
from dreiklang.ui import gallery
from dreiklang.ui.rules import (
    Deadline,
    Entry,
    Evidence,
    Figure,
    Part,
    RailItem,
    Sign,
    Tone,
)
from dreiklang.ui.templatetags.ui import register

TODAY = date(2026, 9, 30)


def render(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\xa0", " ").strip()


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("on_track", "im Plan"),
        ("delayed", "verzögert"),
        ("stalled", "steht still"),
        ("unreported", "ohne aktuellen Bericht"),
        (Sign("x", "Umsetzung"), "Umsetzung"),
    ],
)
def test_a_state_is_shown_by_word_and_by_sign(state, word):
    html = render("{% status_badge s %}", s=state)

    assert words(html) == word
    assert "<svg" in html


def test_the_signs_of_the_four_states_differ_without_colour():
    shapes = {re.sub(r'class="[^"]*"', "", render("{% sign_shape t %}", t=t)) for t in list(Tone)[:4]}

    assert len(shapes) == 4


def test_each_part_of_a_bar_says_its_count_and_word_and_leads_to_its_list():
    parts = [Part("a", "im Plan", 9, Tone.GOOD, "/liste/?stand=a"), Part("b", "verzögert", 0, Tone.WARN)]

    html = render("{% distribution_bar p 'Alle' %}", p=parts)

    assert 'href="/liste/?stand=a" aria-label="9 im Plan"' in html
    assert "0 verzögert" in words(html)


def test_a_bar_is_written_with_points_in_its_attributes():
    html = render("{% distribution_bar p %}", p=[Part("a", "x", 1), Part("b", "y", 2)])

    assert not re.search(r'(?:x|width)="\d+,\d', html)


def test_a_bar_without_counts_says_so():
    assert "Noch nichts zu zählen" in render("{% distribution_bar p %}", p=[Part("a", "x", 0)])


def test_the_phase_line_says_in_words_what_it_draws():
    html = render("{% phase_line s t %}", s=gallery.phases()[0], t=TODAY)

    listed = words(html[html.index("<ol") :])
    assert "Umsetzung März 2026" in listed
    assert "In Nutzung geplant Juni 2027, zuerst Dezember 2026" in listed


def test_a_phase_without_a_date_is_said_to_have_none():
    assert "noch ohne Termin" in render("{% phase_line s t %}", s=gallery.phases()[1], t=TODAY)


def test_an_ended_way_plans_nothing_more():
    html = render('{% phase_line s t "aufgegeben" %}', s=gallery.phases()[0], t=TODAY)

    assert "In Nutzung nicht mehr geplant" in words(html)
    assert "Juni 2027" not in words(html)


def test_overlapping_periods_are_named():
    html = render("{% time_bar s t %}", s=gallery.spans(), t=TODAY)

    assert "Gleichzeitig: März 2026 bis September 2027" in words(html)


def test_the_rail_marks_where_the_reader_is():
    html = render("{% rail r %}", r=[RailItem("Ziel", "5.2", "/z"), RailItem("Maßnahme", is_current=True)])

    assert html.count('aria-current="page"') == 1
    assert '<a href="/z">' in html


def test_a_figure_without_a_value_gives_the_reason_and_no_number():
    html = render("{% figure f %}", f=Figure("Fläche", "", unknown_because="nicht erhoben", share=None))

    assert "unbekannt: nicht erhoben" in words(html)
    assert "u-figure__number" not in html


def test_rejecting_evidence_asks_for_a_reason():
    html = render("{% evidence_card e %}", e=Evidence("T", "t", reject_url="/nein", confirm_url="/ja"))

    assert re.search(r'action="/nein".*<textarea[^>]*name="reason"[^>]*required', html, re.S)


def test_a_diff_of_two_texts_marks_what_went_and_came():
    html = render("{% diff a b %}", a="Bau der Brücke", b="Bau der Leitung")

    assert "<del>Brücke</del>" in html
    assert "<ins>Leitung</ins>" in html


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (9, "noch 9 Arbeitstage"),
        (1, "noch 1 Arbeitstag"),
        (0, "heute fällig"),
        (-2, "seit 2 Arbeitstagen überfällig"),
    ],
)
def test_a_deadline_says_what_is_left(days, sentence):
    html = render("{% deadline_chip d %}", d=Deadline(TODAY, days, in_working_days=True))

    assert sentence in words(html)


def test_a_withdrawn_report_stays_in_the_course():
    html = render("{% timeline e %}", e=[Entry(TODAY, "Stand bestätigt", is_withdrawn=True)])

    assert "Stand bestätigt" in html
    assert "zurückgenommen" in html


@pytest.mark.parametrize(
    ("source", "value", "expected"),
    [
        ("{{ v|day }}", TODAY, "30. September 2026"),
        ("{{ v|money_short }}", Money(4_200_000), "4,2 Mio. €"),
        ("{{ v|money }}", Unknown("not_quantifiable"), "unbekannt (noch nicht bezifferbar)"),
        ("{{ v|day }}", None, ""),
        ("{{ v|number }}", 0, "0"),
        ("{{ v|ago:today }}", date(2026, 9, 19), "vor 11 Tagen"),
        ("{{ v|ago:today }}", Unknown("no_date"), "unbekannt (kein Datum genannt)"),
        ('{% count v "Maßnahme" "Maßnahmen" %}', 1, "1 Maßnahme"),
    ],
)
def test_values_are_worded_in_one_way(source, value, expected):
    assert words(render(source, v=value, today=TODAY)) == expected


def test_every_tag_is_documented_in_the_readme():
    readme = Path(gallery.__file__).parents[1].joinpath("README.md").read_text(encoding="utf-8")

    assert [tag for tag in register.tags if f"{tag}(" not in readme] == []
