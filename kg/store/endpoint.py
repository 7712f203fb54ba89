"""One SPARQL 1.1 endpoint over HTTP: what is sent, what comes back, and clear words where it fails.

The network is used for the address that the user gave and no other: redirects are refused. Credentials come
from the environment (``KG_ENDPOINT_TOKEN``, or ``KG_ENDPOINT_USER`` and ``KG_ENDPOINT_PASSWORD``) and travel
over HTTPS or to this machine only.
"""

from __future__ import annotations

import base64
import http.client
import os
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from typing import IO, Final

from kg.errors import QueryError, StoreError

TOKEN: Final = "KG_ENDPOINT_TOKEN"
USER: Final = "KG_ENDPOINT_USER"
PASSWORD: Final = "KG_ENDPOINT_PASSWORD"
_SHOWN: Final = 300
_ATTEMPTS: Final = 3
# What may pass by itself, as a dropped connection does; every request here may be repeated without harm.
_PASSING: Final = frozenset({429, 502, 503, 504})
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_ADDRESS = re.compile(r"[!-~]+")
_FORM: Final = "application/x-www-form-urlencoded"


class EndpointError(StoreError):
    """A remote endpoint cannot be reached, refuses, or answers something else than was asked."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address that speaks the SPARQL 1.1 protocol.

    Attributes:
        url: its address, http or https; parameters in it (``?default-graph-uri=``) are sent along.
        timeout_s: how long it may be silent.
        retry_wait_s: how long to wait before the second attempt; the third waits twice as long.
    """

    url: str
    timeout_s: float = 60.0
    retry_wait_s: float = 1.0

    def __post_init__(self) -> None:
        problem = f"{self.url}: is no address of an endpoint; give one like https://example.org/sparql"
        try:
            parts = urllib.parse.urlsplit(self.url)
        except ValueError as error:
            raise EndpointError(problem) from error
        if parts.scheme not in ("http", "https") or not parts.hostname or not _ADDRESS.fullmatch(self.url):
            raise EndpointError(problem)
        if parts.username or parts.password:
            raise EndpointError(f"{_without_user(self.url)}: keep credentials out of the address; "
                                f"set {USER} and {PASSWORD}, or {TOKEN}")  # fmt: skip

    @contextmanager
    def query(self, text: str, *, accept: str) -> Iterator[Answer]:
        """Send a query and give its answer, which is read while the block runs.

        Raises:
            QueryError: the endpoint holds the query to be wrong.
            EndpointError: it cannot be reached, refuses, or breaks off.
        """
        # As a form, which every endpoint takes; parameters of the protocol belong into it too.
        parts = urllib.parse.urlsplit(self.url)
        given = urllib.parse.parse_qsl(parts.query, keep_blank_values=True)
        graphs = [(name, value) for name, value in given if name in ("default-graph-uri", "named-graph-uri")]
        rest = urllib.parse.urlencode([pair for pair in given if pair not in graphs])
        address = urllib.parse.urlunsplit(parts._replace(query=rest))
        body = urllib.parse.urlencode([("query", text), *graphs]).encode()
        with self._send("POST", address, body, {"Content-Type": _FORM, "Accept": accept}) as answer:
            yield answer

    def update(self, text: str) -> None:
        """Send a SPARQL update that may be repeated without harm (``INSERT DATA``, ``DELETE DATA``)."""
        body = urllib.parse.urlencode([("update", text)]).encode()
        with self._send("POST", self.url, body, {"Content-Type": _FORM, "Accept": "*/*"}) as answer:
            answer.body.read()

    @contextmanager
    def get(self, *, accept: str) -> Iterator[Answer]:
        """Fetch the address itself (the graph store protocol)."""
        with self._send("GET", self.url, None, {"Accept": accept}) as answer:
            yield answer

    def post(self, body: bytes, *, media_type: str) -> None:
        """Add to the address itself (the graph store protocol); triples may be added twice without harm."""
        with self._send("POST", self.url, body, {"Content-Type": media_type, "Accept": "*/*"}) as answer:
            answer.body.read()

    @contextmanager
    def _send(self, method: str, address: str, body: bytes | None, headers: Mapping[str, str]) -> Iterator[Answer]:
        request = urllib.request.Request(address, data=body, method=method)
        for name, value in {**headers, "User-Agent": "methodome", **_credentials(address)}.items():
            request.add_header(name, value)
        response = self._open(request)
        try:
            with response:
                media_type = response.headers.get_content_type()
                yield Answer(response, media_type)
        except (OSError, http.client.HTTPException) as error:
            if isinstance(error, StoreError):
                raise
            raise EndpointError(f"{self.url}: broke off in the middle of its answer: {_reason(error)}") from error

    def _open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        handlers: list[urllib.request.BaseHandler] = [_NoRedirects()]
        if urllib.parse.urlsplit(self.url).hostname in _LOOPBACK:
            handlers.append(urllib.request.ProxyHandler({}))  # no proxy stands between us and this machine
        opener = urllib.request.build_opener(*handlers)
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                response: http.client.HTTPResponse = opener.open(request, timeout=self.timeout_s)
                return response
            except urllib.error.HTTPError as error:
                with error:
                    if error.code not in _PASSING or attempt == _ATTEMPTS:
                        raise self._refusal(error) from error
            except (OSError, http.client.HTTPException) as error:
                reason = getattr(error, "reason", error)
                dropped = isinstance(reason, ConnectionError) and not isinstance(reason, ConnectionRefusedError)
                if not dropped or attempt == _ATTEMPTS:
                    raise EndpointError(f"{self.url}: cannot be reached: {_reason(error)}") from error
            time.sleep(self.retry_wait_s * attempt)
        raise AssertionError("the last attempt returns or raises")

    def _refusal(self, error: urllib.error.HTTPError) -> Exception:
        said = " ".join(error.read(4 * _SHOWN).decode("utf-8", "replace").split())[:_SHOWN]
        if error.code in (401, 403):
            return EndpointError(f"{self.url}: refuses access ({error.code}); set {USER} and {PASSWORD}, or {TOKEN}")
        if 300 <= error.code < 400:
            return EndpointError(f"{self.url}: points to {error.headers.get('Location')}; name that address instead")
        if error.code == 400:
            return QueryError(f"{self.url}: cannot answer this: {said or error.reason}")
        return EndpointError(f"{self.url}: answers {error.code} {error.reason}{': ' if said else ''}{said}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What an endpoint answers: the body, to be read once, and its media type."""

    body: IO[bytes]
    media_type: str


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect would take the query, and the credentials with it, to an address that nobody named."""

    def redirect_request(
        self,
        req: urllib.request.Request,  # noqa: ARG002
        fp: IO[bytes],  # noqa: ARG002
        code: int,  # noqa: ARG002
        msg: str,  # noqa: ARG002
        headers: Message,  # noqa: ARG002
        newurl: str,  # noqa: ARG002
    ) -> None:
        return None


def _credentials(address: str) -> dict[str, str]:
    """Return the header that names the user, from the environment; none where nothing is set."""
    token, user, password = (os.environ.get(name) for name in (TOKEN, USER, PASSWORD))
    if not token and not user:
        return {}
    parts = urllib.parse.urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise EndpointError(f"{address}: would carry the credentials in the clear; use https, "
                            f"or unset {TOKEN} and {USER}")  # fmt: skip
    if token:
        return {"Authorization": f"Bearer {token}"}
    pair = base64.b64encode(f"{user}:{password or ''}".encode()).decode("ascii")
    return {"Authorization": f"Basic {pair}"}


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError) or isinstance(getattr(error, "reason", None), TimeoutError):
        return "it does not answer in time"
    return str(getattr(error, "reason", "") or error) or type(error).__name__


def _without_user(url: str) -> str:
    parts = urllib.parse.urlsplit(url)
    return urllib.parse.urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
