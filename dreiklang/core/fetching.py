"""One request after the other, with patience: retries with back-off, limits on time and size."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError

from dreiklang.core.reach import GuardedAdapter, NotPublic, Reach

# A page of a list; files have a limit of their own (settings.DOCUMENT_LIMIT_BYTES).
LARGEST_PAGE = 50_000_000
CHUNK = 256 * 1024
TRIES = 5
MOST_REDIRECTS = 5
FIRST_WAIT, LONGEST_WAIT = 2.0, 60.0
AGAIN = frozenset({429, 500, 502, 503, 504})
AGENT = "Dreiklang"


@dataclass(frozen=True)
class Patience:
    """How long we wait, in seconds: for the connection, for the next piece, and for the whole answer."""

    connect: float = 10
    piece: float = 120
    # Councils' servers are slow, but end.
    whole: float = 600


class CannotFetch(Exception):
    """The address gave nothing usable.

    `code` is unreachable, certificate, not_public, of_the_machine, too_large, too_slow, elsewhere or http_STATUS;
    `redirected` of forms only, with the host the answer points to as detail.
    """

    def __init__(self, code: str, url: str, detail: str = "", *, status: int | None = None) -> None:
        super().__init__(f"{code}: {url} {detail}".strip())
        self.code = code
        self.url = url
        self.detail = detail
        self.status = status
        self.content = b""


@dataclass(frozen=True)
class Tags:
    """By what a server knows a state of its answer again: sent back with the next request, it may say "unchanged"."""

    etag: str = ""
    modified: str = ""

    def headers(self) -> dict[str, str]:
        """As a request says them."""
        said = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in said.items() if value}


NO_TAGS = Tags()


@dataclass(frozen=True)
class Answer:
    """What came back, whole; `url` is the address that gave it, behind all redirects.

    `is_unchanged`: nothing came, since the tags sent along still hold.
    """

    url: str
    content: bytes
    mime_type: str
    tags: Tags = NO_TAGS
    is_unchanged: bool = False


class _Session(requests.Session):
    """Follows no redirect by itself: it would first read whatever comes along with one, however long that is."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: see `Client._followed`."""


class Client:
    """Fetches public addresses, and those entered by hand; `wait` is given in tests, which do not sleep."""

    def __init__(
        self,
        *,
        wait: Callable[[float], None] = time.sleep,
        tries: int = TRIES,
        patience: Patience | None = None,
    ) -> None:
        self.wait = wait
        self.tries = tries
        self.patience = patience or Patience()
        self.reach = Reach()
        self.session = _Session()
        for scheme in ("http://", "https://"):
            self.session.mount(scheme, GuardedAdapter(self.reach))
        self.session.headers["User-Agent"] = AGENT
        # What the machine's environment says about passwords is not for council systems.
        self.session.trust_env = False
        self.retry_count = 0

    def get(self, url: str, *, limit: int = LARGEST_PAGE, known: Tags = NO_TAGS) -> Answer:
        """The content behind the address; none where it still is what had the tags known.

        Raises: CannotFetch, after the last of several tries where trying again may help.
        """
        return self._patiently(url, lambda: self._followed(url, limit, known))

    def post(
        self,
        url: str,
        *,
        form: Mapping[str, str],
        headers: Mapping[str, str] | None = None,
        limit: int = LARGEST_PAGE,
    ) -> Answer:
        """What the address answers to a form. Form and headers are in no message: they may hold a password.

        No redirect is followed, so that nobody else gets what was meant for this address.
        Raises: CannotFetch, after the last of several tries where trying again may help; a form may come twice.
        """
        return self._patiently(url, lambda: self._posted(url, form, headers or {}, limit))

    def _patiently(self, url: str, ask: Callable[[], Answer]) -> Answer:
        if urlsplit(url).scheme not in ("http", "https"):
            raise CannotFetch("elsewhere", url)
        pause = FIRST_WAIT
        for attempt in range(1, self.tries + 1):
            try:
                return self._once(url, ask)
            except CannotFetch as refusal:
                may_help = refusal.code == "unreachable" or refusal.status in AGAIN
                if not may_help or attempt == self.tries:
                    raise
                self.retry_count += 1
                self.wait(min(max(pause, _asked(refusal)), LONGEST_WAIT))
                pause *= 2
        raise AssertionError("unreachable")

    def _once(self, url: str, ask: Callable[[], Answer]) -> Answer:
        try:
            return ask()
        except NotPublic as refusal:
            raise CannotFetch(refusal.code, url, str(refusal)) from refusal
        except requests.exceptions.SSLError as error:
            raise CannotFetch("certificate", url) from error
        except (requests.RequestException, HTTPError) as error:
            raise CannotFetch("unreachable", url, type(error).__name__) from error

    def _followed(self, url: str, limit: int, known: Tags) -> Answer:
        """The answer behind the redirects; of these nothing but the next address is read."""
        here, seconds = url, (self.patience.connect, self.patience.piece)
        for _ in range(MOST_REDIRECTS + 1):
            with self.session.get(here, stream=True, timeout=seconds, headers=known.headers()) as response:
                there = requests.Session.get_redirect_target(self.session, response)
                if there is None:
                    return self._read(url, response, limit)
                here = urljoin(response.url, there)
        raise requests.TooManyRedirects

    def _posted(self, url: str, form: Mapping[str, str], headers: Mapping[str, str], limit: int) -> Answer:
        """The answer to a form, unless it is to be sent to somebody else."""
        seconds = (self.patience.connect, self.patience.piece)
        with self.session.post(
            url, data=dict(form), headers=dict(headers), stream=True, timeout=seconds
        ) as response:
            there = requests.Session.get_redirect_target(self.session, response)
            if there is not None:
                host = urlsplit(urljoin(response.url, there)).hostname or ""
                raise CannotFetch("redirected", url, host, status=response.status_code)
            return self._read(url, response, limit)

    def _read(self, url: str, response: requests.Response, limit: int) -> Answer:
        if response.status_code >= 400:
            raise _refused(url, response)
        is_unchanged = response.status_code == HTTPStatus.NOT_MODIFIED
        content = b"" if is_unchanged else _content(url, response, limit, self.patience.whole)
        mime_type = response.headers.get("Content-Type", "").split(";")[0].strip()
        tags = Tags(response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""))
        return Answer(response.url, content, mime_type, tags, is_unchanged)


def _content(url: str, response: requests.Response, limit: int, seconds: float) -> bytes:
    """The body, read no further than the limit, whatever its head says about its length."""
    told = response.headers.get("Content-Length", "")
    if told.isdigit() and int(told) > limit:
        raise CannotFetch("too_large", url, told)
    parts = bytearray()
    end = time.monotonic() + seconds
    # Piece by piece as they come, so that a server that sends a byte now and then does not keep us for ever.
    while part := response.raw.read1(CHUNK, decode_content=True):
        parts += part
        if len(parts) > limit:
            raise CannotFetch("too_large", url, f"> {limit}")
        if time.monotonic() > end:
            raise CannotFetch("too_slow", url)
    return bytes(parts)


def _refused(url: str, response: requests.Response) -> CannotFetch:
    status = response.status_code
    refusal = CannotFetch(f"http_{status}", url, response.headers.get("Retry-After", ""), status=status)
    refusal.content = response.raw.read(10_000, decode_content=True) or b""
    return refusal


def _asked(refusal: CannotFetch) -> float:
    """How many seconds the server asks us to wait."""
    return float(refusal.detail) if refusal.status in AGAIN and refusal.detail.isdigit() else 0.0
