"""What can happen to a survey or study: entered, changed, published, its document kept."""

import hashlib
import zlib
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import record
from dreiklang.core.enums import Visibility
from dreiklang.core.errors import Refused
from dreiklang.core.history import acting
from dreiklang.core.values import Unknown
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import Question, SourceFile, Survey, SurveyResult
from dreiklang.monitoring.rules.surveys import Asked, hidden_groups
from dreiklang.monitoring.services.kept_records import fill, locked, save
from dreiklang.monitoring.services.short_names import free_name
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

FIELDS = (
    "title",
    "kind",
    "commissioner",
    "contractor",
    "population",
    "sample_size",
    "response_count",
    "mode",
    "starts_on",
    "ends_on",
    "area_id",
    "summary",
    "is_file_public",
    "url",
    "licence",
    "attribution",
    "department_id",
    "hide_below",
)
# Addresses below /umfragen/ that are no survey.
TAKEN = frozenset({"neu", "reihen"})
# What a browser may open; anything else could be a program.
ENDINGS = {
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".zip": "application/zip",
}
MOST_BYTES = 50_000_000


class CannotSaveSurvey(Refused):
    """The survey as given contradicts itself: `period`, `more_than_asked`, `needs_department` (before it becomes
    public), `threshold` (it hides nothing below 2), `wrong_type` or `too_large` for its document.
    """


def create_survey(*, by: Viewer, values: Mapping[str, Any]) -> Survey:
    """A new survey or study, internal until somebody publishes it. Raises: NotAllowed; CannotSaveSurvey."""
    made = Survey(version=0)
    fill(made, values, fields=FIELDS)
    require(by, permissions.EDIT_SURVEY, made)
    _check(made)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Umfrage angelegt")):
        made.key = free_name(made.title, is_taken=_is_taken, otherwise="umfrage")
        save(made)
        _tell("survey_created", made, by)
    return made


def change_survey(*, by: Viewer, pk: int, version: int, values: Mapping[str, Any]) -> Survey:
    """Change what `values` names. A higher threshold hides at once; what was hidden comes back only with its list.

    Raises: NotFound; NotAllowed, also when it would leave the editor's department; ChangedMeanwhile; CannotSaveSurvey.
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Umfrage geändert")):
        found = locked_survey(by, pk, version)
        before = found.hide_below
        fill(found, values, fields=FIELDS)
        require(by, permissions.EDIT_SURVEY, found)
        _check(found)
        save(found)
        if found.hide_below > before:
            for question in found.questions.all():
                _hide(question, below=found.hide_below)
    return found


def publish_survey(*, by: Viewer, pk: int, version: int, visibility: Visibility) -> Survey:
    """Make a survey known with its questions, results and statements, or take it back.

    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotSaveSurvey (needs_department).
    """
    is_public = visibility is Visibility.PUBLIC
    reason = _("Umfrage veröffentlicht") if is_public else _("Veröffentlichung zurückgenommen")
    with acting(by_id=by.account_id, by_name=by.name, reason=reason):
        found = locked_survey(by, pk, version)
        found.visibility = visibility
        _check(found)
        save(found)
        _tell("survey_published" if is_public else "survey_unpublished", found, by)
    return found


def keep_document(*, by: Viewer, pk: int, name: str, content: bytes) -> Survey:
    """Keep the document of a survey, whole. Raises: NotFound; NotAllowed; CannotSaveSurvey (wrong_type, too_large)."""
    ending = f".{name.lower().rpartition('.')[2]}"
    if ending not in ENDINGS:
        raise CannotSaveSurvey("wrong_type", name=name)
    if len(content) > MOST_BYTES:
        raise CannotSaveSurvey("too_large", name=name)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Dokument der Umfrage hinterlegt")):
        found = locked_survey(by, pk)
        found.file, _is_new = SourceFile.objects.get_or_create(
            sha256=hashlib.sha256(content).hexdigest(),
            defaults={
                "name": name[:255],
                "media_type": ENDINGS[ending],
                "size": len(content),
                "content": zlib.compress(content, level=6),
            },
        )
        save(found)
    return found


def locked_survey(by: Viewer, pk: int, version: int | None = None) -> Survey:
    """The survey, locked, if the viewer may change it. Raises: NotFound; NotAllowed; ChangedMeanwhile."""
    return locked(Survey, by=by, permission=permissions.EDIT_SURVEY, pk=pk, version=version)


def _hide(question: Question, *, below: int) -> None:
    """Hide what is too small now, with what would give it away."""
    results = list(question.results.select_related("area"))
    asked = {
        (str(one.area_id or ""), one.group): Asked(
            str(one.area_id or ""),
            one.group,
            Unknown("suppressed") if one.asked_count is None else one.asked_count,
        )
        for one in results
    }
    hidden = hidden_groups(asked.values(), below=below)
    gone = [one.pk for one in results if (str(one.area_id or ""), one.group) in hidden]
    SurveyResult.objects.filter(pk__in=gone).update(asked_count=None, share=None, mean=None, is_hidden=True)


def _check(one: Survey) -> None:
    if one.starts_on and one.ends_on < one.starts_on:
        raise CannotSaveSurvey("period")
    if (
        one.sample_size is not None
        and one.response_count is not None
        and one.response_count > one.sample_size
    ):
        raise CannotSaveSurvey("more_than_asked")
    if one.hide_below < 2:
        raise CannotSaveSurvey("threshold")
    if one.visibility == Visibility.PUBLIC and one.department_id is None:
        raise CannotSaveSurvey("needs_department")


def _is_taken(key: str) -> bool:
    return key in TAKEN or Survey.objects.filter(key=key).exists()


def _tell(name: str, one: Survey, by: Viewer) -> None:
    record(name=name, subject="monitoring", object_key=one.key, by_id=by.account_id, by_name=by.name)
