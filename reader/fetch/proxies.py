"""Proxies as the environment names them: http_proxy, https_proxy, all_proxy, no_proxy."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import replace

from reader.feeds import Problem
from reader.fetch.addresses import literal
from reader.fetch.ending import FetchError
from reader.fetch.urls import Target, parse_target


def find_proxy(target: Target, environment: Mapping[str, str]) -> Target | None:
    """The proxy for `target`, its authorization included; None to connect directly.

    Lower case names come first. Raises FetchError for a proxy that cannot be used: of another
    kind than HTTP, or no address.
    """
    written = _named(f"{target.scheme}_proxy", environment) or _named("all_proxy", environment)
    if not written or _is_excepted(target, _named("no_proxy", environment)):
        return None
    try:
        proxy = parse_target(written if "://" in written else f"http://{written}")
    except FetchError as error:
        raise _unusable() from error
    if proxy.scheme != "http":
        raise _unusable()
    return replace(proxy, path="/")


def _named(name: str, environment: Mapping[str, str]) -> str:
    # In a CGI program HTTP_PROXY is a header that a client sent.
    upper = "" if name == "http_proxy" and "REQUEST_METHOD" in environment else name.upper()
    return (environment.get(name) or environment.get(upper) or "").strip()


def _is_excepted(target: Target, exceptions: str) -> bool:
    return any(_covers(entry.strip().lower(), target) for entry in exceptions.split(",") if entry)


def _covers(entry: str, target: Target) -> bool:
    """Whether one entry of no_proxy means `target`: "*", a domain, an address, a block."""
    if entry == "*":
        return True
    address = literal(target.host)
    if address is not None and "/" in entry:
        try:
            return address in ipaddress.ip_network(entry, strict=False)
        except ValueError:
            return False
    host, colon, port = entry.rpartition(":")
    if colon and port.isdecimal() and (":" not in host or host.endswith("]")):
        return port == str(target.port) and _covers(host, target)
    if address is not None:
        return literal(entry) == address
    domain = entry.removeprefix("*").strip(".")
    name = target.host.rstrip(".")
    return bool(domain) and (name == domain or name.endswith(f".{domain}"))


def _unusable() -> FetchError:
    return FetchError(Problem.REFUSED, "the proxy of the environment is none that can be used")
