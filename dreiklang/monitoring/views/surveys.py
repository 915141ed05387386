"""Surveys and studies: the list, one of them, one question by group and place, a question over the years."""

import zlib
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from dreiklang.core import text
from dreiklang.core.errors import NotFound
from dreiklang.monitoring import permissions
from dreiklang.monitoring.forms.surveys import SurveyFilterForm
from dreiklang.monitoring.models import SourceFile, Survey
from dreiklang.monitoring.models.surveys import SURVEY_KIND_LABELS, SURVEY_MODE_LABELS
from dreiklang.monitoring.queries import question_series
from dreiklang.monitoring.queries import surveys as queries
from dreiklang.monitoring.queries.surveys import Answers, AskedQuestion
from dreiklang.monitoring.rules.surveys import SurveyKind, SurveyMode, kind_of_group
from dreiklang.monitoring.views.survey_words import (
    bar_parts,
    count_words,
    period_words,
    response_sentence,
    share_words,
)
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.ui.downloads import as_file
from dreiklang.ui.rules import PAGE_KEY, Cell, Column, Row, Table, table_query

PER_PAGE = 50
COLUMNS = (
    Column("titel", gettext_lazy("Titel"), is_sortable=True, is_optional=False),
    Column("art", gettext_lazy("Art"), is_sortable=True),
    Column("zeit", gettext_lazy("Zeitraum"), is_sortable=True),
    Column("antworten", gettext_lazy("Geantwortet"), is_numeric=True),
    Column("fragen", gettext_lazy("Fragen"), is_numeric=True),
)


@require_safe
def survey_list(request: ViewerRequest) -> HttpResponse:
    """What was asked and looked into, newest first, and which questions go on over the years."""
    form = SurveyFilterForm(request.GET, viewer=request.viewer)
    wanted = form.wanted()
    asked = table_query(dict(request.GET.lists()), columns=COLUMNS, default_sort="-zeit")
    rows = queries.survey_list(
        request.viewer, wanted=wanted, sort=asked.sort, is_descending=asked.is_descending
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get(PAGE_KEY))
    surveys, studies = queries.survey_counts(request.viewer)
    context = {
        "form": form,
        "surveys": surveys,
        "studies": studies,
        "found": page.paginator.count,
        "page": page,
        "series": question_series.series_list(request.viewer),
        "may_create": may(request.viewer, permissions.EDIT_SURVEY),
        "table": Table(
            id="umfragen-tabelle",
            caption=_("Umfragen und Studien"),
            columns=COLUMNS,
            rows=[_row(one) for one in page],
            query=asked,
            empty_text=_("Keine Umfrage passt zu diesen Filtern."),
        ),
    }
    return render(request, "monitoring/surveys/list.html", context)


@require_safe
def survey_page(request: ViewerRequest, key: str) -> HttpResponse:
    """One survey: whom it asked, what came out, what of it matters for goals."""
    try:
        page = queries.survey_page(request.viewer, key=key)
    except NotFound as missing:
        raise Http404 from missing
    one = page.record
    context = {
        "page": page,
        "one": one,
        "kind": SURVEY_KIND_LABELS[SurveyKind(one.kind)],
        "mode": SURVEY_MODE_LABELS[SurveyMode(one.mode)] if one.mode else "",
        "period": period_words(one),
        "response": response_sentence(one),
        "questions": [(asked, _whole(asked)) for asked in page.questions],
        "file_size": text.number(max(one.file.size // 1024, 1)) if one.file else "",
        "may_read_file": _may_read(request, one),
        "may_edit": may(request.viewer, permissions.EDIT_SURVEY, one),
    }
    return render(request, "monitoring/surveys/survey.html", context)


@require_safe
def question_page(request: ViewerRequest, key: str, number: str) -> HttpResponse:
    """One question with its results by group and place."""
    try:
        asked = queries.question_page(request.viewer, key=key, number=number)
    except NotFound as missing:
        raise Http404 from missing
    groups = [one for one in asked.others if not one.place]
    places = [one for one in asked.others if one.place]
    context = {
        "asked": asked,
        "one": asked.record,
        "survey": asked.record.survey,
        "whole": _whole(asked),
        "answers": _answers_of(asked),
        "by_group": [_line(one, asked, _group_name(one)) for one in groups],
        "by_place": [_line(one, asked, _place_name(one)) for one in places],
        "hidden": sum(one.is_hidden for one in asked.others),
    }
    return render(request, "monitoring/surveys/question.html", context)


@require_safe
def series_page(request: ViewerRequest, key: str) -> HttpResponse:
    """The same question over the years, broken where it was asked otherwise."""
    try:
        page = question_series.series_page(request.viewer, key=key)
    except NotFound as missing:
        raise Http404 from missing
    times = [one for piece in page.pieces for one in piece.times]
    answers = list(dict.fromkeys(answer for one in times for answer in _answers_of(one.said)))
    context = {
        "page": page,
        "count": len(times),
        "first": times[0].on,
        "last": times[-1].on,
        "breaks": len(page.pieces) - 1,
        "pieces": [
            (piece, [(one, _whole(one.said), _cells(one.said, answers)) for one in piece.times])
            for piece in page.pieces
        ],
        "answers": answers,
        "has_means": any(one.said.whole and one.said.whole.mean is not None for one in times),
    }
    return render(request, "monitoring/surveys/series.html", context)


@require_safe
def survey_document(request: ViewerRequest, key: str) -> HttpResponse:
    """The document, for everybody or for the administration."""
    try:
        one = queries.survey_record(request.viewer, key=key)
    except NotFound as missing:
        raise Http404 from missing
    if not _may_read(request, one):
        raise Http404
    kept = SourceFile.objects.get(pk=one.file_id or 0)
    name = "".join(letter if letter.isalnum() or letter in "._-" else "-" for letter in kept.name)
    return as_file(zlib.decompress(kept.content), name, kept.media_type or "application/octet-stream")


def _may_read(request: ViewerRequest, one: Survey) -> bool:
    return one.file_id is not None and (one.is_file_public or may(request.viewer, permissions.SEE_INSIDE))


def _row(one: Any) -> Row:
    href = queries.address(one.key)
    notes = [_("intern")] if one.visibility != "public" else []
    answered = "–" if one.response_count is None else text.number(one.response_count)
    return Row(
        href=href,
        cells={
            "titel": Cell(one.title, href=href, note=" · ".join(notes)),
            "art": SURVEY_KIND_LABELS[SurveyKind(one.kind)],
            "zeit": text.month_short(one.ends_on),
            "antworten": answered,
            "fragen": text.number(one.question_count),
        },
    )


def _whole(asked: AskedQuestion) -> dict[str, Any]:
    """The results of everybody, ready to show: a bar where it can be one, and the same as a list."""
    whole = asked.whole
    if whole is None:
        return {}
    return {
        "parts": bar_parts(whole, scale=asked.record.scale),
        "rows": [(answer, share_words(share)) for answer, share in whole.shares],
        "mean": None if whole.mean is None else text.number(whole.mean, places=2),
        "count": count_words(whole),
        "is_hidden": whole.is_hidden,
    }


def _answers_of(asked: AskedQuestion) -> list[str]:
    said = [answer for one in (asked.whole, *asked.others) if one for answer, _share in one.shares]
    given = set(said)
    return [one for one in asked.record.scale if one in given] + [
        one for one in dict.fromkeys(said) if one not in asked.record.scale
    ]


def _cells(asked: AskedQuestion, answers: list[str]) -> list[tuple[str, str]]:
    """Each answer with its share."""
    shares = _shares(asked.whole, answers) if asked.whole else ["–"] * len(answers)
    return list(zip(answers, shares, strict=True))


def _shares(one: Answers, answers: list[str]) -> list[str]:
    said = dict(one.shares)
    return [share_words(said[answer]) if answer in said else "–" for answer in answers]


def _line(one: Answers, asked: AskedQuestion, name: tuple[str, str]) -> dict[str, Any]:
    return {
        "kind": name[0],
        "name": name[1],
        "count": count_words(one),
        "is_hidden": one.is_hidden,
        "cells": list(zip(_answers_of(asked), _shares(one, _answers_of(asked)), strict=True)),
        "mean": None if one.mean is None else text.number(one.mean, places=2),
    }


def _group_name(one: Answers) -> tuple[str, str]:
    kind = kind_of_group(one.group)
    return kind, one.group.partition(":")[2].strip() if kind else one.group


def _place_name(one: Answers) -> tuple[str, str]:
    return one.place, one.group
