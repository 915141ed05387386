"""A table from the data service of a statistical office (GENESIS), as it answers: the file, or why there is none.

One question after the other: the service refuses whoever asks twice at once. Large tables are made in a job there and
fetched when it is done. Account data travel in heads only and stand in no message. docs/sources/genesis-service.md
"""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dreiklang.core.fetching import Answer, CannotFetch, Client, Patience
from dreiklang.monitoring.rules.genesis_answers import GenesisStatus, StatusCode, refusal_of, status

# CorrelAid/pystatis names them (March 2026); each has accounts of its own.
SERVICES: Mapping[str, str] = MappingProxyType(
    {
        "destatis": "https://www-genesis.destatis.de/genesisWS/rest/2020/",
        "regionalstatistik": "https://www.regionalstatistik.de/genesisws/rest/2020/",
        "zensus": "https://ergebnisse.zensus2022.de/api/rest/2020/",
    }
)
# Some tables take minutes before the first byte comes (CorrelAid/pystatis, issue 147).
PATIENCE = Patience(connect=10, piece=300, whole=900)
LARGEST_TABLE = 200_000_000
# An hour and a bit in all.
POLLS, FIRST_PAUSE, LONGEST_PAUSE = 70, 5.0, 60.0
BUSY_TRIES = 5
_ZIP = b"PK"
_TABLE = re.compile(r"[0-9A-Z]+(-[0-9A-Z]+)+")
_WORDS = 500
_LOGIN = (401, 403)
_CODES = {
    StatusCode.ERROR: "service_error",
    StatusCode.BUSY: "busy",
    StatusCode.ADJUSTED: "adjusted",
    StatusCode.NO_TABLE: "no_table",
    StatusCode.NOTHING_FOUND: "nothing_found",
    StatusCode.TOO_LARGE: "too_large_for_service",
}
# After these the list of results may still come to hold the job.
_STILL = (StatusCode.OK, StatusCode.ADJUSTED, StatusCode.NOTHING_FOUND)

Pause = Callable[[float], None]


class CannotAsk(Exception):
    """The service gave no table: `code` says why, `words` are those of the service, without line breaks.

    Codes: no_account · unknown_service · not_a_table_name · login · busy · adjusted (22: it would answer another
    question) · no_table (90) · nothing_found (104) · too_large_for_service (98, even as a job) · service_error (-1,
    or a code nobody knows) · job_without_name · job_not_done · html_page · no_file; and those of CannotFetch
    """

    def __init__(self, code: str, words: str = "") -> None:
        super().__init__(f"{code}: {words}" if words else code)
        self.code = code
        self.words = words


@dataclass(frozen=True, slots=True)
class GenesisAccount:
    """Who asks. A token stands as `name`, without a password. Never shown, also not by repr."""

    name: str = field(repr=False)
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class TableQuestion:
    """Which table, and what of it.

    region_variable, region_key  "KREISE" and "14*", "GEMEIN" and "14511000,14612000": nothing else of the table
    start_year, end_year         first and last year
    since                        only what is newer: what `Fetched.state_words` was the time before
    with_quality                 asks for the columns of official signs
    """

    table: str
    region_variable: str = ""
    region_key: str = ""
    start_year: int | None = None
    end_year: int | None = None
    since: str = ""
    with_quality: bool = False

    @property
    def is_part(self) -> bool:
        """Whether it leaves areas or years of the table out."""
        return bool(self.region_key) or (self.start_year, self.end_year) != (None, None)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A table as it came: ffcsv or a ZIP with it, for `archives.files_in`.

    state_words  the moment before the question was asked, as the service writes it: next time's `since`
    job          under which the service made it; empty if it answered at once
    """

    content: bytes = field(repr=False)
    file_name: str
    state_words: str
    job: str = ""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The service has nothing newer than what was fetched then."""

    since: str


def state_of(moment: datetime) -> str:
    """A moment as these services write it, in German time ("23.11.2026 06:40")."""
    return moment.astimezone(ZoneInfo("Europe/Berlin")).strftime("%d.%m.%Y %H:%M")


def new_client(address: str) -> Client:
    """One that reaches public addresses, and this one wherever it is, because somebody entered it.

    It asks once: after a time-out the service may still be at work, and refuses whoever asks twice at once.
    """
    client = Client(tries=1, patience=PATIENCE)
    client.reach.enter(address)
    return client


def fetch_table(
    question: TableQuestion,
    *,
    service: str,
    account: GenesisAccount,
    now: datetime,
    address: str = "",
    client: Client | None = None,
    pause: Pause = time.sleep,
) -> Fetched | Unchanged:
    """The table, made in a job where the service wants that; Unchanged if `since` says we have it.

    service  a key of SERVICES; `address` goes before its own, for other services of the same make
    pause    waits so many seconds, between two looks at a job and after "busy"

    Raises: CannotAsk.
    """
    base = address or SERVICES.get(service, "")
    if not base:
        raise CannotAsk("unknown_service", service)
    if not account.name:
        raise CannotAsk("no_account", service)
    if not _TABLE.fullmatch(question.table):
        raise CannotAsk("not_a_table_name", question.table[:80])
    conversation = _Conversation(base.rstrip("/") + "/", account, client or new_client(base), pause)
    answer = conversation.ask("data/tablefile", _form(question))
    told = status(answer.content)
    job = ""
    if told is not None and told.code == StatusCode.TOO_LARGE:
        job = conversation.start_job(question)
        conversation.wait_for(job)
        answer = conversation.ask("data/resultfile", {"name": job, **_FILE})
        told = status(answer.content)
    if told is not None and told.code == StatusCode.NOTHING_NEWER:
        return Unchanged(question.since)
    content = conversation.file_in(answer, told)
    ending = "zip" if content.startswith(_ZIP) else "csv"
    return Fetched(content, f"{question.table}_tablefile_de.{ending}", state_of(now), job)


_FILE: Mapping[str, str] = MappingProxyType(
    {"area": "all", "compress": "false", "format": "ffcsv", "language": "de"}
)


def _form(question: TableQuestion, *, as_job: bool = False) -> Mapping[str, str]:
    return {
        **_FILE,
        "name": question.table,
        "startyear": _year(question.start_year),
        "endyear": _year(question.end_year),
        "timeslices": "",
        "regionalvariable": question.region_variable,
        "regionalkey": question.region_key,
        "quality": "on" if question.with_quality else "off",
        "stand": question.since,
        "job": "true" if as_job else "false",
    }


def _year(year: int | None) -> str:
    return "" if year is None else str(year)


@dataclass(frozen=True, slots=True)
class _Conversation:
    """One account at one service."""

    base: str
    account: GenesisAccount
    client: Client
    pause: Pause

    def ask(self, method: str, form: Mapping[str, str]) -> Answer:
        """What the method answers; after "busy" again, a few times. Raises: CannotAsk."""
        seconds = FIRST_PAUSE
        for left in range(BUSY_TRIES - 1, -1, -1):
            answer = self._once(method, form)
            told = status(answer.content)
            if told is None or told.code != StatusCode.BUSY or not left:
                return answer
            self.pause(seconds)
            seconds = min(2 * seconds, LONGEST_PAUSE)
        raise AssertionError("unreachable")

    def start_job(self, question: TableQuestion) -> str:
        """The name of the job that makes the table. Raises: CannotAsk."""
        told = status(self.ask("data/tablefile", _form(question, as_job=True)).content)
        if told is None or told.code != StatusCode.JOB_MADE:
            raise self._refusal(told)
        if not told.job:
            raise CannotAsk("job_without_name", self._plain(told.words))
        return told.job

    def wait_for(self, job: str) -> None:
        """Return when the job's result stands in the list. Raises: CannotAsk `job_not_done`."""
        form = {"selection": job, "area": "user", "pagelength": "100", "language": "de"}
        seconds = FIRST_PAUSE
        for _ in range(POLLS):
            self.pause(seconds)
            seconds = min(1.5 * seconds, LONGEST_PAUSE)
            told = status(self.ask("catalogue/results", form).content)
            if told is None or told.code not in _STILL:
                raise self._refusal(told)
            if any(result.name == job for result in told.results):
                return
        raise CannotAsk("job_not_done", job)

    def file_in(self, answer: Answer, told: GenesisStatus | None) -> bytes:
        """The file of an answer. Raises: CannotAsk where it is something else."""
        if told is not None:
            raise self._refusal(told)
        if not answer.content.strip():
            raise CannotAsk("no_file")
        if answer.content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
            refused = refusal_of(answer.content[:20_000].decode("utf-8", "replace"))
            raise CannotAsk("html_page", self._plain(refused.words if refused else ""))
        return answer.content

    def _once(self, method: str, form: Mapping[str, str]) -> Answer:
        headers = {"username": self.account.name, "password": self.account.password}
        try:
            return self.client.post(self.base + method, form=form, headers=headers, limit=LARGEST_TABLE)
        except CannotFetch as refusal:
            if refusal.status in _LOGIN:
                raise CannotAsk("login", urlsplit(self.base).hostname or "") from None
            told = status(refusal.content)
            if told is not None:
                raise self._refusal(told) from None
            raise CannotAsk(refusal.code, refusal.detail) from refusal

    def _refusal(self, told: GenesisStatus | None) -> CannotAsk:
        """Why there is no table; an answer that is no status at all is none we know."""
        if told is None:
            return CannotAsk("service_error")
        try:
            code = _CODES.get(StatusCode(told.code), "no_file")
        except ValueError:
            code = "service_error"
        return CannotAsk(code, self._plain(told.words))

    def _plain(self, words: str) -> str:
        """Words of the service on one line, without the account should it repeat that."""
        text = " ".join(words.split())
        for secret in (self.account.password, self.account.name):
            if secret:
                text = text.replace(secret, "…")
        return text[:_WORDS]
