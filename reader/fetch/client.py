"""A client for feeds and pages that asks politely and is not hurt by what it gets."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from reader import __version__
from reader.feeds import Problem
from reader.fetch import headers as head
from reader.fetch.addresses import Resolver, resolve
from reader.fetch.connection import Connector, Route
from reader.fetch.decode import ACCEPTED
from reader.fetch.ending import FetchError
from reader.fetch.exchange import Reply, exchange
from reader.fetch.hiding import (
    hides,
    holds_secret,
    public_form,
    restore,
    secrets_of,
    with_secrets,
)
from reader.fetch.places import Place
from reader.fetch.proxies import find_proxy
from reader.fetch.urls import Target, follow, parse_target
from reader.fetch.values import Answer, Body, Failed, Request, Unchanged
from reader.fetch.watch import Watch

DEADLINE = 30.0
"""Seconds for an answer in all, redirects included."""

LIMIT = 32 * 1024 * 1024
"""Bytes of a document, after decompression."""

AGENT = f"dateline/{__version__} (news reader; asks for each feed now and then)"

_REDIRECTS = 10
_FOLLOWED = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_TYPES = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.8, */*;q=0.5"
)


def never() -> bool:
    """For whoever never stops."""
    return False


class Client:
    """Fetches documents; many threads may use it at once.

    `environment` names the proxies. `resolver` is asked once for each connection, and what it
    says is checked and connected to.
    """

    def __init__(
        self,
        *,
        deadline: float = DEADLINE,
        limit: int = LIMIT,
        agent: str = AGENT,
        environment: Mapping[str, str] = os.environ,
        resolver: Resolver = resolve,
    ) -> None:
        self._deadline = deadline
        self._limit = limit
        self._agent = agent
        self._environment = environment
        self._connector = Connector(resolver)

    def fetch(
        self, request: Request, stop: Callable[[], bool] = never, place: Place | None = None
    ) -> Answer:
        """What comes of a request, within the deadline, or half a second after `stop` is true.

        A large document waits for `place`, and that does not count; it is for the caller to
        give back. Nothing that a server does raises.
        """
        try:
            return self._fetch(request, Watch(self._deadline, stop), place)
        except FetchError as error:
            return error.failed

    def close(self) -> None:
        """Nothing is kept open between two requests; whoever owns the client need not know."""

    def _fetch(self, request: Request, watch: Watch, place: Place | None) -> Answer:
        journey = Journey(request, parse_target(request.url))
        for _ in range(_REDIRECTS + 1):
            answer = self._step(journey, watch, place)
            if not isinstance(answer, Journey):
                return answer
            journey = answer
        raise FetchError(Problem.TOO_MANY_REDIRECTS)

    def _step(self, journey: Journey, watch: Watch, place: Place | None) -> Answer | Journey:
        """One request, and where it leads to. Raises FetchError."""
        try:
            route = Route(
                journey.target, find_proxy(journey.target, self._environment), journey.is_private()
            )
            with exchange(self._connector, route, self._headers(journey), watch) as reply:
                if reply.status not in _FOLLOWED or "Location" not in reply.headers:
                    return self._answer(reply, journey, place)
                return journey.redirected(reply.status, reply.headers["Location"])
        except FetchError as error:
            failed = error.failed
            if failed.problem is not Problem.PRIVATE_ADDRESS or not journey.seen:
                raise
            raise FetchError(failed.problem, f"a redirect leads to {failed.detail}") from None

    def _headers(self, journey: Journey) -> dict[str, str]:
        sent = {
            "User-Agent": self._agent,
            "Accept": journey.request.accept or _TYPES,
            "Accept-Encoding": ACCEPTED,
            "Connection": "close",
            "If-None-Match": head.validator(journey.etag),
            "If-Modified-Since": head.validator(journey.modified),
            "Authorization": journey.authorization(),
        }
        return {name: value for name, value in sent.items() if value}

    def _answer(self, reply: Reply, journey: Journey, place: Place | None) -> Answer:
        failed = _failure(reply, journey)
        if failed is not None:
            return failed
        fresh = head.fresh(reply.headers, datetime.now(UTC))
        if reply.status == 304:
            if not (journey.etag or journey.modified):
                raise FetchError(Problem.BROKEN, "HTTP 304, which was not asked for")
            return Unchanged(fresh)
        data = reply.read(min(self._limit, journey.request.limit or self._limit), place)
        if not data:
            raise FetchError(Problem.BROKEN, "nothing in it")
        kind = reply.headers.get("Content-Type", "")
        return Body(
            data,
            public_form(journey.target.url),
            media_type=head.media_type(kind),
            charset=head.charset(kind),
            etag=head.validator(reply.headers.get("ETag", "")),
            modified=head.validator(reply.headers.get("Last-Modified", "")),
            moved_to=journey.moved_to,
            fresh=fresh,
        )


@dataclass(frozen=True, slots=True)
class Journey:
    """A request on its way over redirects. `seen` are the targets so far; `permanent` holds as
    long as every redirect was."""

    request: Request
    target: Target
    seen: tuple[Target, ...] = ()
    permanent: bool = True
    moved_to: str = ""

    @property
    def origin(self) -> Target:
        """Where it began."""
        return self.seen[0] if self.seen else self.target

    def is_private(self) -> bool:
        """Whether the next connection may go to this machine or the local network."""
        same = (self.target.host, self.target.port) == (self.origin.host, self.origin.port)
        return self.request.private and same

    @property
    def etag(self) -> str:
        """The validator of the request. A feed that has moved must deliver a document first."""
        return "" if self.moved_to else self.request.etag

    @property
    def modified(self) -> str:
        """Like `etag`."""
        return "" if self.moved_to else self.request.modified

    def authorization(self) -> str:
        """The header that goes along, or ""."""
        return self.origin.authorization if self.target.may_know(self.origin) else ""

    def redirected(self, status: int, location: str) -> Journey:
        """The journey after a redirect. Raises FetchError where it must not be followed."""
        target = follow(self.target, location)
        self._check(target)
        permanent = self.permanent and status in _PERMANENT
        return replace(
            self,
            target=target,
            seen=(*self.seen, self.target),
            permanent=permanent,
            moved_to=self._moved_to(target) if permanent else self.moved_to,
        )

    def _moved_to(self, target: Target) -> str:
        """Where the feed has gone for good: no further than its secrets can go along."""
        public = public_form(with_secrets(target.url, self.request.url))
        return public if restore(public, self.request.url) else self.moved_to

    def _check(self, target: Target) -> None:
        known = (*self.seen, self.target)
        if any(target.url == other.url for other in known):
            raise FetchError(Problem.TOO_MANY_REDIRECTS, "in a circle")
        secrets = secrets_of(self.request.url)
        if secrets and self.target.scheme == "https" and target.scheme == "http":
            raise FetchError(Problem.TLS, "a redirect from https to http")
        if hides(target.url):
            # It would be filled in when the feed has moved there.
            raise FetchError(Problem.BAD_ADDRESS, "a redirect to a value that is hidden")
        if not target.may_know(self.origin) and holds_secret(target.url, secrets):
            raise FetchError(Problem.TLS, "a redirect takes the secret to another server")


def _failure(reply: Reply, journey: Journey) -> Failed | None:
    """What a status says went wrong; None for a document, and for one that is as it was."""
    status = reply.status
    detail = f"HTTP {status}"
    if status in (200, 203, 304):
        return None
    if status in (429, 503):
        wait = head.retry_after(reply.headers.get("Retry-After", ""), datetime.now(UTC))
        return Failed(Problem.WAIT, detail, retry_after=wait)
    if status in (401, 407) or (status == 403 and journey.authorization()):
        return Failed(Problem.NEEDS_LOGIN, detail)
    if status == 410 and journey.permanent:
        return Failed(Problem.GONE, detail)
    if status in _FOLLOWED:
        return Failed(Problem.BROKEN, f"{detail} to nowhere")
    return Failed(Problem.STATUS if status >= 400 else Problem.BROKEN, detail)
