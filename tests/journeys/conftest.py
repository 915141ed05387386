"""A real server with the invented town, and a real browser in front of it.

Journeys talk to `dreiklang demo` in a process of its own, as a user would start it. Where no browser
can be had they say so plainly and are skipped; in CI that is a failure.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from csv import DictReader
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.journeys.demo import REPOSITORY, address_in, join, leave
from tests.journeys.looking import AXE

DEMO = REPOSITORY / "demo"
RUNNING = "DREIKLANG_JOURNEY_URL"
SHARED = pytest.StashKey[Path]()
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder need a browser or a server of the demo: `-m "not browser"` leaves them out.

    They take longest, so they go before others: else one process walks a journey at the end while the other
    is idle. What takes long and does not need the demo goes first of all, while that starts.
    """
    folder = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(folder):
            item.add_marker("browser")
    items.sort(key=place)


def place(item: pytest.Item) -> int:
    """When a test's turn is, less first; files stay whole."""
    folder = Path(__file__).parent
    if item.path.is_relative_to(folder):
        return 0 if item.path.name == "test_first_hour.py" else 1
    return 0 if item.path.is_relative_to(folder.parent / "realdata") else 2


def pytest_collection_finish(session: pytest.Session) -> None:
    """Starts the demo as soon as it is clear that a test needs it, and goes on without waiting for it."""
    is_needed = any("site" in getattr(item, "fixturenames", ()) for item in session.items)
    if os.environ.get(RUNNING) or session.config.option.collectonly or not is_needed:
        return
    session.config.stash[SHARED] = shared_folder(session.config)
    join(session.config.stash[SHARED])


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The last process of the run ends the demo."""
    shared = session.config.stash.get(SHARED, None)
    if shared is not None:
        leave(shared)


def shared_folder(config: pytest.Config) -> Path:
    """Where the processes of one run say to each other where the demo is."""
    run = getattr(config, "workerinput", {}).get("testrunuid", os.getpid())
    return Path(tempfile.gettempdir()) / f"dreiklang-journeys-{run}"


def chromium() -> str | None:
    """Where the system's Chromium is, if there is one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("DREIKLANG_BROWSER") or next(
        (found for name in names if (found := shutil.which(name))), None
    )


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest) -> str:
    """The address of a fresh demo, shared by all processes of a test run.

    DREIKLANG_JOURNEY_URL names a running one instead.
    """
    running = os.environ.get(RUNNING)
    if running:
        return running.rstrip("/")
    return address_in(request.config.stash[SHARED])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = chromium()
    if program is None:
        message = (
            "Kein Browser da: Chromium fehlt (apt-get install chromium). Die Browser-Tests laufen nicht."
        )
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    # Playwright keeps an event loop running in this process; Django would take the database tests that
    # share the process with it for asynchronous ones and refuse them.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=program, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor with a desktop window and German as language."""
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE")
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page that fails the test on script errors and on violations of the content policy."""
    return watched(context.new_page())


def watched(page: Page) -> Page:
    """Turns errors that a visitor would not see into failures."""

    def complain(text: str) -> None:
        if "Content Security Policy" in text or "Uncaught" in text:
            pytest.fail(f"{page.url}: {text}")

    page.on("console", lambda message: complain(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complain(f"Uncaught {error}"))
    return page


@pytest.fixture(scope="session")
def accounts() -> dict[str, tuple[str, str]]:
    """Role → e-mail and password of the demo."""
    with (DEMO / "konten.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["Rolle"]: (row["E-Mail"], row["Kennwort"]) for row in DictReader(file, delimiter=";")}


@pytest.fixture
def log_in(site: str, accounts: dict[str, tuple[str, str]]) -> Callable[[Page, str], None]:
    """Logs a page in under a role, by the form that everybody uses."""

    def as_role(page: Page, role: str) -> None:
        email, password = accounts[role]
        page.goto(site + "/konto/anmelden/")
        page.locator("input[name=login]").fill(email)
        page.locator("input[name=password]").fill(password)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(lambda url: "/anmelden" not in url)

    return as_role


@pytest.fixture
def looker(
    browser: Browser, log_in: Callable[[Page, str], None]
) -> Iterator[Callable[[str], BrowserContext]]:
    """Role → a browser in which pages are looked at (`looking`); "" is a visitor.

    axe comes with every page, as a script of the browser: nothing has to be let through the content policy.
    """
    opened: list[BrowserContext] = []

    def of(role: str) -> BrowserContext:
        opened.append(browser.new_context(locale="de-DE", reduced_motion="reduce"))
        if role:
            log_in(opened[-1].new_page(), role)
        opened[-1].add_init_script(path=AXE)
        return opened[-1]

    yield of
    for one in opened:
        one.close()


@pytest.fixture
def person(browser: Browser, log_in: Callable[[Page, str], None]) -> Iterator[Callable[[str], Page]]:
    """Role → a page of somebody who has it, each in a browser of their own; "" is a visitor."""
    opened: list[BrowserContext] = []

    def page_of(role: str) -> Page:
        opened.append(browser.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE"))
        page = watched(opened[-1].new_page())
        if role:
            log_in(page, role)
        return page

    yield page_of
    for one in opened:
        one.close()
