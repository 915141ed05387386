"""From a draft in Word to a released check, and its block back into Word: four people, one check."""

import re
from collections.abc import Callable
from pathlib import Path

from docx import Document
from playwright.sync_api import Locator, Page, expect

TITLE = "Starkregenkarten für alle Ortsteile"
DRAFT = (
    TITLE,
    "Der Stadtrat beschließt, Starkregenkarten für alle Ortsteile zu erstellen und die Warnung zu verbessern.",
    "Hochwasser und Starkregen haben im Frühjahr Keller in Mühlwerder überflutet. Die Karten zeigen, wo das "
    "Wasser steht. Sie helfen beim Schutz vor Hochwasser und Starkregen und bei der Vorsorge am Haus.",
    "Die Karten erscheinen frei im Netz. Die Ortschaftsräte werden gehört.",
)
GOAL = "Schutz vor Hochwasser und Starkregen"
GROUND = "Die Karten zeigen, wo Wasser steht."
WHY_RELEVANT = "Das Vorhaben fördert den Schutz vor Hochwasser."
PROPOSED_WITHIN = 60_000


def test_a_draft_becomes_a_released_check_and_a_block_in_word(
    site: str, person: Callable[[str], Page], tmp_path: Path
) -> None:
    editor = person("department_editor")
    check = start(editor, site, draft_in_word(tmp_path))
    confirm_goal(editor, check)
    answer(editor, check)
    ask_offices(editor, check)
    hand_in(editor, check)

    reader = person("reviewer")
    remark(reader, check, "Bitte auch an die Keller in Oberklare denken.")
    do(reader, check, "Zweitprüfung abschließen", "Zweitprüfung abgeschlossen")
    co_sign(person("treasury"), check)
    settle(editor, check)
    coordinator = person("coordinator")
    do(coordinator, check, "Freigeben", "Freigegeben")

    words = block_in_word(editor, check, tmp_path)
    assert check.rsplit("/", 2)[1] in words
    assert "2.1" in words
    assert GOAL in words
    assert GROUND in words
    assert "Noch nicht freigegeben" not in words


def draft_in_word(folder: Path) -> Path:
    made = Document()
    made.add_heading(DRAFT[0])
    for paragraph in DRAFT[1:]:
        made.add_paragraph(paragraph)
    made.save(str(folder / "entwurf.docx"))
    return folder / "entwurf.docx"


def start(page: Page, site: str, draft: Path) -> str:
    """The address of the new check."""
    page.goto(site + "/arbeit/pruefungen/neu/")
    page.locator("input[name=file]").set_input_files(draft)
    page.locator("input[name=title]").fill(TITLE)
    choose(page, "reader_id", "Lachmann")
    page.get_by_role("button", name="Prüfung beginnen").click()
    page.wait_for_url(re.compile(r"/arbeit/pruefungen/PR-[^/]+/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    return page.url


def choose(page: Page, name: str, words: str) -> None:
    """The option of that select whose label has these words."""
    field = page.locator(f"select[name={name}]")
    field.select_option(field.locator("option", has_text=words).first.get_attribute("value"))


def confirm_goal(page: Page, check: str) -> None:
    """The page of proposals waits by itself for the worker."""
    page.goto(check + "vorschlaege/")
    line = page.locator("article").filter(has=page.get_by_role("heading", name=GOAL))
    expect(line).to_be_visible(timeout=PROPOSED_WITHIN)
    expect(line).to_contain_text("Schutz vor Hochwasser und Starkregen und bei der Vorsorge am Haus")
    line.get_by_role("button", name="Unterstützt das Ziel").click()
    expect(line).to_contain_text("Bestätigt: unterstützt dieses Ziel")


def answer(page: Page, check: str) -> None:
    page.goto(check + "fragen/")
    page.get_by_label("Ja, von Belang").check()
    page.get_by_label("Woran machen Sie das fest?").fill(WHY_RELEVANT)
    page.get_by_role("button", name="Speichern und weiter").click()
    page.wait_for_url("**stufe=2")
    questions = page.locator(".c-question")
    expect(questions.filter(has_text=GOAL)).to_have_count(1)
    for one in questions.all():
        answer_one(one)
    page.get_by_role("button", name="Speichern und weiter").click()
    page.wait_for_url(check)
    expect(page.get_by_role("main")).to_contain_text(GROUND)


def answer_one(question: Locator) -> None:
    choices = question.locator("input[type=radio]")
    if choices.count():
        wanted = question.locator("input[value=gain], input[value=eingestellt], input[value=no]")
        wanted.first.check()
    for field in question.locator("input[type=text]").all():
        field.fill("25.000")
    for field in question.locator("textarea").all():
        field.fill(GROUND)


def ask_offices(page: Page, check: str) -> None:
    """The treasury only: what the proposals ticked is taken out."""
    page.goto(check + "mitzeichnung/")
    for box in page.locator("input[name=vorschlag-offices]").all():
        box.uncheck()
    choose(page, "amt-0-department", "Stadtkämmerei")
    page.locator("input[name=amt-0-is_treasury]").check()
    page.get_by_role("button", name="Mitzeichnung festlegen").click()
    expect(page.get_by_role("heading", name="Stadtkämmerei")).to_be_visible()


def do(page: Page, check: str, deed: str, said: str) -> None:
    if check:
        page.goto(check)
    page.get_by_role("button", name=deed, exact=True).click()
    expect(page.get_by_text(said).first).to_be_visible()


def hand_in(page: Page, check: str) -> None:
    """The other proposals stay undecided; that needs a word."""
    page.goto(check)
    expect(page.get_by_text("Vorschläge ohne Ja oder Nein")).to_be_visible()
    page.get_by_label("Ihr Grund").first.fill("Die übrigen Vorschläge treffen nicht zu.")
    do(page, "", "Zur Zweitprüfung geben", "liegt jetzt bei der Zweitprüfung")


def remark(page: Page, check: str, text: str) -> None:
    page.goto(check)
    page.get_by_label("Anmerkung").fill(text)
    page.get_by_role("button", name="Anmerken").click()
    expect(page.locator("#anmerkungen")).to_contain_text(text)


def co_sign(page: Page, check: str) -> None:
    page.goto(check + "mitzeichnung/")
    page.get_by_label("Wir zeichnen mit").check()
    page.get_by_role("button", name="Für das Amt antworten").click()
    expect(page.get_by_role("main")).to_contain_text("Manuela Graf")


def settle(page: Page, check: str) -> None:
    page.goto(check)
    page.locator("#anmerkungen").get_by_role("button", name="Erledigt").click()
    expect(page.get_by_text("Anmerkung erledigt").first).to_be_visible()


def block_in_word(page: Page, check: str, folder: Path) -> str:
    """The words of the file that "Word (DOCX)" gives."""
    page.goto(check + "bezug/")
    expect(page.locator("#block")).to_contain_text(GOAL)
    with page.expect_download() as download:
        page.get_by_role("link", name="Word (DOCX)").first.click()
    download.value.save_as(folder / "bezug.docx")
    read = Document(str(folder / "bezug.docx"))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in read.paragraphs] + cells)
