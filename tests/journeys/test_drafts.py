"""What was typed survives a closed tab, and is gone once it is saved."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.conftest import watched

ADDRESS = "/massnahmen/V-05/bericht/"
TYPED = "Die Ausschreibung beginnt im Januar."
DRAFT = "Ihr Entwurf ist noch da"


def test_a_typed_report_survives_a_closed_tab_and_is_gone_after_saving(
    site: str, page: Page, log_in: Callable[[Page, str], None]
) -> None:
    log_in(page, "coordinator")
    page.goto(site + ADDRESS)
    page.get_by_label("Nächster Schritt").fill(TYPED)
    page.close(run_before_unload=False)

    again = watched(page.context.new_page())
    again.goto(site + ADDRESS)

    expect(again.get_by_text(DRAFT)).to_be_visible()
    expect(again.get_by_label("Nächster Schritt")).to_have_value(TYPED)
    again.get_by_label("im Plan", exact=True).check()
    again.get_by_label("Umsetzung", exact=True).check()
    again.get_by_role("button", name="Bericht abgeben").click()
    expect(again.get_by_role("main")).to_contain_text(TYPED)
    again.goto(site + ADDRESS)
    expect(again.get_by_label("Nächster Schritt")).to_be_visible()
    expect(again.get_by_text(DRAFT)).to_have_count(0)


def test_a_draft_can_be_thrown_away(site: str, page: Page, log_in: Callable[[Page, str], None]) -> None:
    log_in(page, "coordinator")
    page.goto(site + "/massnahmen/V-06/bericht/")
    before = page.get_by_label("Nächster Schritt").input_value()
    page.get_by_label("Nächster Schritt").fill(TYPED)
    page.close(run_before_unload=False)

    again = watched(page.context.new_page())
    again.goto(site + "/massnahmen/V-06/bericht/")
    again.get_by_role("button", name="Entwurf verwerfen").click()

    expect(again.get_by_label("Nächster Schritt")).to_have_value(before)
    again.reload()
    expect(again.get_by_text(DRAFT)).to_have_count(0)
