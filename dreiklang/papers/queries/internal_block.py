"""The block as it stays in the administration: with every office's answer and reason, and the remarks."""

from collections.abc import Iterator
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dreiklang.core import text
from dreiklang.core.documents import Block, Document, Heading, Table
from dreiklang.papers.models import CoSignature
from dreiklang.papers.models.labels import CO_SIGN_STATE_LABELS
from dreiklang.papers.queries.block import TITLES, block_of, said_blocks
from dreiklang.papers.queries.checks.page import CheckPage
from dreiklang.papers.rules.kinds import CoSignState


def internal_block(page: CheckPage, *, today: date) -> Document:
    """The block for the file of the administration; it says in its head that it stays there."""
    note = _("Nur für die Verwaltung: mit Widersprüchen, Gründen und Anmerkungen.")
    blocks = (*said_blocks(page), *_co_signing(page), *_remarks(page))
    return block_of(page, today=today, blocks=blocks, note=note)


def _co_signing(page: CheckPage) -> Iterator[Block]:
    if page.signatures:
        yield Heading(_("Mitzeichnung"))
        yield Table(
            head=(_("Amt"), _("Antwort"), _("Begründung")),
            rows=tuple((one.department.name, _answer_of(one), one.reason or "–") for one in page.signatures),
            widths=TITLES,
        )


def _answer_of(signature: CoSignature) -> str:
    state = str(CO_SIGN_STATE_LABELS[CoSignState(signature.state)])
    if signature.answered_at is not None:
        return f"{state}, {text.day_short(localdate(signature.answered_at))}"
    if signature.state == CoSignState.ASKED:
        return _("%(state)s, Frist %(day)s") % {"state": state, "day": text.day_short(signature.due_on)}
    return state


def _remarks(page: CheckPage) -> Iterator[Block]:
    if page.comments:
        settled = _("erledigt")
        yield Heading(_("Anmerkungen"))
        yield Table(
            head=(_("Wozu"), _("Wer und wann"), _("Anmerkung")),
            rows=tuple(
                (
                    page.content.wording(one.question) or _("Zur ganzen Prüfung"),
                    f"{one.by_name}, {text.day_short(localdate(one.recorded_at))}",
                    one.text if one.settled_at is None else f"{one.text} ({settled})",
                )
                for one in page.comments
            ),
            widths=TITLES,
        )
