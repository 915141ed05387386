"""A real server with the invented town, and a real browser in front of it.

Journeys talk to `dreiklang demo` in a process of its own, as a user would start it. Where no browser
can be had they say so plainly and are skipped; in CI that is a failure.
"""

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from csv import DictReader
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.journeys.looking import AXE

REPOSITORY = Path(__file__).resolve().parents[2]
DEMO = REPOSITORY / "demo"
WAIT_SECONDS = 240
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

    They take longest, so they go first: else one process walks a journey at the end while the other is idle.
    """
    folder = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(folder):
            item.add_marker("browser")
    items.sort(key=lambda item: not item.path.is_relative_to(folder))


def chromium() -> str | None:
    """Where the system's Chromium is, if there is one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("DREIKLANG_BROWSER") or next(
        (found for name in names if (found := shutil.which(name))), None
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a fresh demo, shared by all processes of a test run.

    DREIKLANG_JOURNEY_URL names a running one instead.
    """
    running = os.environ.get("DREIKLANG_JOURNEY_URL")
    if running:
        yield running.rstrip("/")
        return
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "klarenbrueck"
    shared.mkdir(exist_ok=True)
    with alone(shared):
        state = read_state(shared) or started(shared)
        write_state(shared, {**state, "users": state["users"] + 1})
    yield state["address"]
    with alone(shared):
        state = read_state(shared)
        write_state(shared, {**state, "users": state["users"] - 1})
        if state["users"] == 1:
            stop(state["pid"])
            shutil.rmtree(state["data"], ignore_errors=True)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One process at a time; the others wait."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def read_state(folder: Path) -> dict[str, Any]:
    file = folder / "state.json"
    return json.loads(file.read_text()) if file.exists() else {}


def write_state(folder: Path, state: dict[str, Any]) -> None:
    (folder / "state.json").write_text(json.dumps(state))


def started(folder: Path) -> dict[str, Any]:
    """Starts the demo in a session of its own, so that it outlives the process that needed it first."""
    port = free_port()
    log = folder / "demo.log"
    data = new_data_folder()
    command = [sys.executable, "-m", "dreiklang.config.cli", "demo", "--port", str(port), "--data", data]
    with log.open("wb") as output:
        server = subprocess.Popen(
            command, cwd=REPOSITORY, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    address = f"http://localhost:{port}"
    try:
        wait_for(address, server, log)
    except BaseException:
        stop(server.pid)
        raise
    return {"address": address, "pid": server.pid, "data": data, "users": 0}


def new_data_folder() -> str:
    """A folder for a server's data. Not below pytest's own: as root the database runs as somebody else, who may not go in there."""
    folder = tempfile.mkdtemp(prefix="dreiklang-")
    os.rmdir(folder)
    return folder


def stop(pid: int) -> None:
    """Ends the demo as Ctrl-C would, with the database it started."""
    os.kill(pid, signal.SIGTERM)
    for _ in range(300):
        with suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
        if not Path(f"/proc/{pid}").exists():
            return
        time.sleep(0.1)
    os.killpg(pid, signal.SIGKILL)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Until the first page answers; a server that ended says why."""
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            pytest.fail(f"Die Vorführung ist nicht gestartet:\n{log.read_text(errors='replace')[-4000:]}")
        try:
            with urllib.request.urlopen(address + "/impressum/", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    pytest.fail(f"Die Vorführung antwortet nicht:\n{log.read_text(errors='replace')[-4000:]}")


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
