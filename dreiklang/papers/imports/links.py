"""What papers touch, from a list: paper, kind, target, sign and reason. One row a link."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_noop as _

from dreiklang.core.imports.contract import (
    Actor,
    Candidate,
    ChangedRow,
    Importer,
    ListField,
    MappedRow,
    Options,
)
from dreiklang.core.imports.draft import Draft, Lookup
from dreiklang.core.text import german
from dreiklang.goals.rules import LinkSign
from dreiklang.papers.imports.targets import KIND_WORDS, target_ids, target_keys, target_lookups
from dreiklang.papers.imports.words import numbered
from dreiklang.papers.models import Paper, PaperLink
from dreiklang.papers.models.papers import SIGN_LABELS

SIGN_WORDS = {german(label): sign.value for sign, label in SIGN_LABELS.items()} | {
    "+": LinkSign.SUPPORTS.value,
    "-": LinkSign.HINDERS.value,
    "−": LinkSign.HINDERS.value,
}
PLAIN = ("sign", "reason")


class PaperLinks(Importer):
    """Its key is the paper with the kind and the target; links that the list does not name stay."""

    kind = "paper-links"
    title = _("Bezüge der Vorlagen")
    intro = _(
        "Was Vorlagen berühren: Ziele mit Wirkung und Grund, Konzepte, Maßnahmen, Indikatoren, Stadtteile."
    )
    sort = 125
    fields = (
        ListField("paper", _("Vorlage"), True, _("Nummer"), "2026/0412", ("Drucksache",), is_key=True),
        ListField(
            "kind",
            _("Art"),
            True,
            _("Ziel, Konzept, Maßnahme, Indikator oder Stadtteil"),
            "Ziel",
            is_key=True,
        ),
        ListField("target", _("Bezug"), True, _("Nummer oder Name"), "5.2", is_key=True),
        ListField("sign", _("Wirkung"), False, _("unterstützt oder erschwert"), "unterstützt"),
        ListField("reason", _("Begründung"), False, "", "Schließt die Lücke am Bahnhof"),
    )
    sentences: Mapping[str, str] = {
        "unknown_paper": _("Die Vorlage „%(value)s“ gibt es nicht."),
        "number_twice": _("Die Nummer „%(value)s“ gibt es zweimal; ändern Sie diese Vorlagen von Hand."),
        "unknown_target": _("„%(value)s“ gibt es nicht."),
    }

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Papers and targets are looked up once."""
        drafts = [Draft(row) for row in rows]
        papers = numbered(Paper, [draft.cell("paper") for draft in drafts])
        known = target_lookups()
        return [_candidate(draft, papers, known) for draft in drafts]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Links by "paper · kind · target"."""
        return {key: _values(key, link) for key, link in _stored(keys).items()}

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """New links, then what changed."""
        papers = numbered(Paper, [one.values["paper"] for one in new])[0]
        ids = target_ids((one.values["kind"], one.values["target"]) for one in new)
        fresh = [
            PaperLink(
                paper_id=papers[one.values["paper"]],
                kind=one.values["kind"],
                target=ids[one.values["kind"], one.values["target"]],
                sign=one.values.get("sign", LinkSign.SUPPORTS),
                reason=one.values.get("reason", ""),
                origin=_("Liste"),
            )
            for one in new
        ]
        _make_room(fresh)
        PaperLink.objects.bulk_create(fresh)
        stored = _stored([row.candidate.key for row in changed])
        for row in changed:
            for name in row.after.keys() & set(PLAIN):
                setattr(stored[row.candidate.key], name, row.after[name])
        PaperLink.objects.bulk_update(stored.values(), PLAIN)


PAPER_LINKS = PaperLinks()


def _candidate(
    draft: Draft, papers: tuple[Mapping[str, int], frozenset[str]], known: Mapping[str, Lookup]
) -> Candidate:
    numbers, doubled = papers
    paper = draft.text("paper")
    if paper in doubled:
        draft.note("number_twice", "paper")
    elif paper and paper not in numbers:
        draft.note("unknown_paper", "paper")
    kind = draft.choice("kind", KIND_WORDS)
    target = draft.reference("target", known[kind], code="unknown_target") if kind else None
    draft.choice("sign", SIGN_WORDS, empty=LinkSign.SUPPORTS.value)
    draft.text("reason")
    key = f"{paper} · {kind} · {target}" if paper and kind and target else ""
    return draft.candidate(key=key, label=f"{paper} {draft.cell('kind')} {draft.cell('target')}".strip())


def _make_room(fresh: Sequence[PaperLink]) -> None:
    """What a released check said of the same goes: the list says it from now on."""
    named = {(one.paper_id, one.kind, one.target) for one in fresh}
    papers = {one.paper_id for one in fresh}
    there = PaperLink.objects.filter(paper__in=papers, from_check__isnull=False)
    rows = there.values_list("pk", "paper_id", "kind", "target")
    PaperLink.objects.filter(pk__in=[pk for pk, *key in rows if tuple(key) in named]).delete()


def _stored(keys: Sequence[str]) -> dict[str, PaperLink]:
    if not keys:
        return {}
    names, wanted = target_keys(), set(keys)
    numbers = {key.partition(" · ")[0] for key in keys}
    links = PaperLink.objects.filter(paper__number__in=numbers, from_check=None)
    found = {}
    for link in links.select_related("paper").defer("paper__search", "paper__text").order_by("pk"):
        key = f"{link.paper.number} · {link.kind} · {names.get((link.kind, link.target), '')}"
        if key in wanted:
            found[key] = link
    return found


def _values(key: str, link: PaperLink) -> dict[str, Any]:
    paper, kind, target = key.split(" · ", 2)
    return {"paper": paper, "kind": kind, "target": target, **{name: getattr(link, name) for name in PLAIN}}
