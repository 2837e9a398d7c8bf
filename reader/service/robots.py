"""What sites ask of programs that fetch their pages (RFC 9309)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from reader.errors import NotFetchedError
from reader.feeds import Problem
from reader.fetch.hiding import public_form
from reader.fetch.policy import words_of
from reader.fetch.urls import parse_target
from reader.fetch.values import Body, Failed, Request
from reader.service.network import Stop
from reader.service.subscriptions import host_of

if TYPE_CHECKING:
    from urllib.robotparser import RobotFileParser

    from reader.service.network import Network

NAME = "dateline"
"""What this program calls itself."""

KEPT = timedelta(hours=1)
"""How long the wishes of a site are remembered."""

_LARGEST = 500 * 1024
"""Bytes of a robots.txt that count."""

REFUSED = "its site asks programs not to read it (robots.txt)"

_ABSENT = re.compile("HTTP 4[0-9][0-9]")


class Robots:
    """The wishes of sites, each fetched once and remembered for a while."""

    def __init__(self, network: Network, clock: Callable[[], datetime]) -> None:
        self._network = network
        self._clock = clock
        self._known: dict[tuple[str, str, int], tuple[datetime, RobotFileParser]] = {}

    def check(self, request: Request, stop: Stop) -> None:
        """Raise NotFetchedError where a page is not to be fetched by programs, or where its
        site cannot say so now."""
        host_of(request.url)
        target = parse_target(request.url)
        known = self._known.get(target.place)
        if known is None or self._clock() - known[0] > KEPT:
            address = f"{target.scheme}://{target.netloc}/robots.txt"
            wishes = self._fetch(Request(address, private=request.private), stop)
            known = self._known[target.place] = self._clock(), wishes
        if not known[1].can_fetch(NAME, target.path):
            raise NotFetchedError(public_form(request.url), REFUSED)

    def _fetch(self, request: Request, stop: Stop) -> RobotFileParser:
        from urllib.robotparser import RobotFileParser

        wishes = RobotFileParser()
        answer = self._network.fetch(request, stop)
        if isinstance(answer, Failed) and not _says_nothing(answer):
            raise NotFetchedError(request.url, words_of(answer))
        data = answer.data[:_LARGEST] if isinstance(answer, Body) else b""
        wishes.parse(data.decode("utf-8", "replace").splitlines())
        return wishes


def _says_nothing(failed: Failed) -> bool:
    """Whether a site has no robots.txt, or an empty one, which allows all."""
    if failed.problem is Problem.STATUS:
        return _ABSENT.match(failed.detail) is not None
    return failed.problem in (Problem.GONE, Problem.NEEDS_LOGIN, Problem.BROKEN)
