"""Forms of a check: begin, answer, remark, co-sign."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dreiklang.concepts.queries import concept_choices
from dreiklang.core.forms import KeptForm, offer
from dreiklang.core.reading.numbers import Notation, read_number
from dreiklang.core.text import number
from dreiklang.papers.forms.check_paper import paper_of
from dreiklang.papers.models.answer_labels import answer_choices
from dreiklang.papers.queries.checks import AskedAbout
from dreiklang.papers.queries.checks.start import meetings_ahead
from dreiklang.papers.rules.checklist import STATED, Given, QuestionKind
from dreiklang.papers.rules.kinds import CoSignState
from dreiklang.people.queries import accounts_choices, departments_choices
from dreiklang.people.rules import Viewer

LARGEST_AMOUNT = Decimal(10) ** 12
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def long_text(rows: int) -> forms.Textarea:
    """A text field of that many lines."""
    return forms.Textarea(attrs={"rows": rows})


def chosen_id(label: Any, **options: Any) -> forms.TypedChoiceField:
    """A choice of a record by its id; nothing chosen is None."""
    return forms.TypedChoiceField(label=label, coerce=int, empty_value=None, required=False, **options)


class DetailsForm(KeptForm):
    """What a check is about and who takes part."""

    title = forms.CharField(label=_("Titel der Vorlage oder des Konzepts"), max_length=600)
    concept_id = chosen_id(
        _("Konzept"), help_text=_("Nur wenn Sie ein Konzept prüfen. Das geht von der Beauftragung an.")
    )
    paper = forms.CharField(
        label=_("Vorlage"),
        required=False,
        help_text=_("Nummer, wenn sie schon bei den Vorlagen steht. Beim Tippen erscheinen Vorschläge."),
        widget=forms.TextInput(attrs={"list": "vorlagen", "autocomplete": "off"}),
    )
    department_id = chosen_id(_("Zuständiges Amt"))
    reader_id = chosen_id(_("Zweitprüfung"), help_text=_("Eine andere Person, die Ihre Gründe gegenliest."))
    meeting_id = chosen_id(_("Geplante Sitzung"))
    committee_on = forms.DateField(
        label=_("Soll ins Gremium am"),
        required=False,
        widget=DAY,
        help_text=_("Nur solange die Sitzung noch nicht eingetragen ist; sonst gilt ihr Tag."),
    )

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.viewer = viewer
        meetings = meetings_ahead(viewer, today=localdate(), chosen=self.initial.get("meeting_id"))
        offer(self, "meeting_id", [("", _("noch keine")), *meetings])
        offer(self, "concept_id", [("", _("kein Konzept")), *concept_choices(viewer)])
        offer(self, "department_id", [("", _("kein Amt")), *departments_choices()])
        offer(self, "reader_id", [("", _("noch niemand")), *accounts_choices(without=viewer.account_id)])

    def clean_paper(self) -> int | None:
        return paper_of(self.viewer, given=self.cleaned_data["paper"].strip())

    def values(self) -> dict[str, Any]:
        """What was entered, under the names of the record."""
        given = super().values()
        return {**given, "paper_id": given.pop("paper")}


class StartForm(DetailsForm):
    """The beginning: the text by file or by paste."""

    file = forms.FileField(
        label=_("Datei mit dem Entwurf"),
        required=False,
        help_text=_(
            "PDF, DOCX oder reiner Text, höchstens 25 MB. Die Datei selbst wird nicht aufbewahrt, nur ihr Text."
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.txt"}),
    )
    text = forms.CharField(
        label=_("oder Text einfügen"), required=False, widget=long_text(8), strip=True, max_length=1_000_000
    )
    field_order = (
        "file",
        "text",
        "title",
        "paper",
        "concept_id",
        "department_id",
        "reader_id",
        "meeting_id",
        "committee_on",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["title"].required = False
        self.fields["title"].help_text = _(
            "Lassen Sie ihn leer, dann gilt der Titel der Vorlage oder die erste Zeile des Textes."
        )


class TextForm(KeptForm):
    """A newer version of the draft."""

    file = forms.FileField(
        label=_("Datei mit der neuen Fassung"),
        required=False,
        help_text=_("PDF, DOCX oder reiner Text, höchstens 25 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.txt"}),
    )
    text = forms.CharField(
        label=_("oder Text einfügen"), required=False, widget=long_text(10), max_length=1_000_000
    )


class RelevanceForm(KeptForm):
    """Stage 1: an answer and its reason."""

    is_relevant = forms.TypedChoiceField(
        label=_("Antwort"),
        choices=[("ja", _("Ja, von Belang")), ("nein", _("Nein, nicht von Belang"))],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Begründung"), widget=long_text(3))


class AmountField(forms.CharField):
    """An amount as people write it in the page's language: 1.250.000 or 1250000,50."""

    def clean(self, value: Any) -> Decimal | None:
        text = str(value or "").replace("€", "").strip()
        if not text:
            return None
        is_german = (get_language() or "de").startswith("de")
        read = read_number(text, notation=Notation.GERMAN if is_german else Notation.ENGLISH)
        if not isinstance(read, Decimal) or read < 0 or read >= LARGEST_AMOUNT:
            raise forms.ValidationError(_("Bitte einen Betrag wie 1.250.000 oder 1250,50."))
        return read.quantize(Decimal("0.01"))

    def prepare_value(self, value: Any) -> Any:
        return number(value) if isinstance(value, Decimal) else value


class AnswerForm(forms.Form):
    """One answer and its reason, made for one question. What is missing is said, not refused."""

    def __init__(self, data: Any = None, *, asked: AskedAbout) -> None:
        self.asked = asked
        super().__init__(data, prefix=asked.name, initial=_initial(asked.given))
        question = asked.question
        if question.kind is QuestionKind.TEXT:
            self.fields["text"] = forms.CharField(label=_("Antwort"), required=False, widget=long_text(4))
            return
        if question.kind is QuestionKind.AMOUNT:
            self.fields["amount_eur"] = AmountField(label=_("Betrag in Euro"), required=False)
            self.fields["is_unknown"] = forms.BooleanField(label=_("nicht bekannt"), required=False)
        else:
            self.fields["value"] = forms.ChoiceField(
                label=_("Antwort"),
                choices=answer_choices(question),
                required=False,
                widget=forms.RadioSelect,
            )
        self.fields["reason"] = forms.CharField(
            label=question.reason_label or _("Begründung"), required=False, widget=long_text(2)
        )

    def given(self) -> Given:
        """The answer as the service takes it."""
        said = self.cleaned_data
        value, amount = said.get("value", ""), said.get("amount_eur")
        if self.asked.question.kind is QuestionKind.AMOUNT:
            value = STATED if amount is not None else ("unknown" if said.get("is_unknown") else "")
        return Given(
            question=self.asked.question.id,
            target=self.asked.target,
            value=value,
            text=said.get("text", ""),
            reason=said.get("reason", ""),
            amount_eur=amount,
        )


def answer_forms(asked: Sequence[AskedAbout], data: Any) -> list[AnswerForm]:
    """A form for each question, in order."""
    return [AnswerForm(data, asked=one) for one in asked]


class CommentForm(forms.Form):
    """A remark."""

    question = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label=_("Anmerkung"), widget=long_text(3))


class SignatureForm(forms.Form):
    """An office's answer."""

    state = forms.TypedChoiceField(
        label=_("Antwort des Amts"),
        choices=[
            (CoSignState.SIGNED.value, _("Wir zeichnen mit")),
            (CoSignState.OBJECTED.value, _("Wir widersprechen")),
            (CoSignState.WAIVED.value, _("Wir sind nicht betroffen")),
        ],
        coerce=CoSignState,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Begründung"),
        required=False,
        widget=long_text(2),
        help_text=_("Nötig, wenn Sie widersprechen oder nicht betroffen sind."),
    )


class OfficeForm(forms.Form):
    """An office that is to co-sign."""

    department = chosen_id(_("Amt"))
    due_on = forms.DateField(label=_("Frist"), required=False, widget=DAY)
    is_treasury = forms.BooleanField(label=_("als Kämmerei"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        choices = options.pop("choices")
        super().__init__(*args, **options)
        offer(self, "department", [("", _("kein Amt")), *choices])


class ProposedOfficesForm(forms.Form):
    """Offices that the proposals name. Ticked as long as nobody was asked; afterwards only offered."""

    offices = forms.TypedMultipleChoiceField(
        label=_("Aus den Vorschlägen"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, data: Any = None, *, offices: Sequence[tuple[int, str]], is_first: bool, **options: Any
    ) -> None:
        ticked = [pk for pk, _name in offices] if is_first else []
        super().__init__(data, initial={"offices": ticked}, prefix="vorschlag", **options)
        offer(self, "offices", offices)

    def chosen(self) -> list[int]:
        """The ids of the offices that stayed ticked."""
        return list(self.cleaned_data["offices"])


def office_forms(data: Any, initial: Sequence[dict[str, Any]]) -> Any:
    """The lines of co-signing offices, with two empty ones."""
    made = forms.formset_factory(OfficeForm, extra=2)
    return made(data, prefix="amt", initial=initial, form_kwargs={"choices": departments_choices()})


def _initial(given: Given | None) -> dict[str, Any]:
    if given is None:
        return {}
    return {
        "value": given.value,
        "text": given.text,
        "reason": given.reason,
        "amount_eur": given.amount_eur,
        "is_unknown": given.value == "unknown",
    }
