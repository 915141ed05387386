"""Our templates of lists as files, made from the importer's fields."""

import csv
import io

import xlsxwriter
from django.utils.translation import gettext as _

from dreiklang.core.imports.contract import Importer

_WIDTH = 24


def csv_template(chosen: Importer) -> bytes:
    """Headers and an example row, UTF-8 with BOM and semicolons, as German spreadsheets open it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow([one.label for one in chosen.fields])
    writer.writerow([one.example for one in chosen.fields])
    return out.getvalue().encode("utf-8-sig")


def xlsx_template(chosen: Importer) -> bytes:
    """The list with an example row, and a second sheet that says what belongs into each column."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(str(_(chosen.title))[:31])
        sheet.freeze_panes(1, 0)
        for column, one in enumerate(chosen.fields):
            sheet.write_string(0, column, one.label, bold)
            sheet.write_string(1, column, one.example, plain)
            # As text, so that a key 01 keeps its zero.
            sheet.set_column(column, column, _WIDTH, plain)
            if one.hint:
                sheet.write_comment(0, column, str(_(one.hint)))
        notes = book.add_worksheet(_("Hinweise"))
        notes.set_column(0, 3, 40, plain)
        rows = [(_("Spalte"), _("Nötig"), _("Was hinein gehört"), _("Auch erkannt als"))]
        rows += [
            (
                one.label,
                _("ja") if one.is_required else "",
                str(_(one.hint)) if one.hint else "",
                ", ".join(one.aliases),
            )
            for one in chosen.fields
        ]
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                notes.write_string(number, column, text, plain if number else bold)
    return out.getvalue()
