"""What of an address is secret, and the address as it may be shown (pure).

The public form has no user name and password, and "hidden-" with four digits of a digest in the
place of the value of each parameter that is named like a token. Secrets that are part of a path
cannot be told from other names: they stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from urllib.parse import unquote_plus

from reader.fetch.ending import FetchError
from reader.fetch.urls import parse_target

_NAMES = frozenset({
    "auth", "credential", "credentials", "jwt", "key", "pass", "passkey", "passphrase", "passwd",
    "pw", "pwd", "session", "sessionid", "sig",
})  # fmt: skip
_ENDINGS = (
    "accesskey", "apikey", "authkey", "feedkey", "password", "privatekey", "rsskey", "secret",
    "secretkey", "signature", "token", "userkey",
)  # fmt: skip
"""Names of parameters, without case, "-", "_" and "."; of `_ENDINGS` the end counts."""

_USER = re.compile(r"^(?P<before>\s*(?:[A-Za-z][A-Za-z0-9+.-]*:)?//)(?P<user>[^/?#]*)@")
_PARAMETER = re.compile(r"(?<=[?&;#])(?P<name>[^=&;#]+)=(?P<value>[^&;#]+)")
_HIDDEN = re.compile("hidden-[0-9a-f]{4}")


def split_secrets(url: str) -> tuple[str, str]:
    """The public form of an address, and the address itself if it holds a secret, else "".

    Takes any text. The public form of a public form is the same.
    """
    public = _PARAMETER.sub(_hide, _USER.sub(r"\g<before>", url, count=1))
    return public, url if public != url else ""


def public_form(url: str) -> str:
    """The address as it may be shown and kept."""
    return split_secrets(url)[0]


def secrets_of(url: str) -> frozenset[str]:
    """The values that are secret, as written and as meant; no user name, which may be any word."""
    found = {match["value"] for match in _secret_parameters(url)}
    user = _USER.match(url)
    if user is not None:
        name, colon, password = user["user"].partition(":")
        found.add(password if colon else name)
    return frozenset(found | {unquote_plus(value) for value in found}) - {""}


def holds_secret(url: str, secrets: frozenset[str]) -> bool:
    """Whether a part of the path or the query of `url` is one of `secrets`."""
    parts = re.split("[/?&;=#]", url)
    return any(part in secrets or unquote_plus(part) in secrets for part in parts)


def restore(public: str, whole: str) -> str:
    """`public` with the secrets of another whole address in it, "" where some are missing.

    So the secrets go along when a feed moves on its server: user name and password to where
    they may be known only.
    """
    values = {_mark(match["value"]): match["value"] for match in _secret_parameters(whole)}
    hidden = {match["value"] for match in _PARAMETER.finditer(public)}
    if not {value for value in hidden if _HIDDEN.fullmatch(value)} <= values.keys():
        return ""
    filled = _PARAMETER.sub(
        lambda match: f"{match['name']}={values.get(match['value'], match['value'])}", public
    )
    user = _USER.match(whole)
    if user is None or not _may_know(public, whole):
        return filled
    return filled.replace("//", f"//{user['user']}@", 1)


def _may_know(public: str, whole: str) -> bool:
    try:
        return parse_target(public).may_know(parse_target(whole))
    except FetchError:
        return False


def _secret_parameters(url: str) -> Iterator[re.Match[str]]:
    for match in _PARAMETER.finditer(url):
        if _is_secret(match["name"]) and not _HIDDEN.fullmatch(match["value"]):
            yield match


def _hide(match: re.Match[str]) -> str:
    if not _is_secret(match["name"]) or _HIDDEN.fullmatch(match["value"]):
        return match[0]
    return f"{match['name']}={_mark(match['value'])}"


def _is_secret(name: str) -> bool:
    plain = re.sub("[-_.]", "", unquote_plus(name).lower())
    return plain in _NAMES or plain.endswith(_ENDINGS)


def _mark(value: str) -> str:
    digest = blake2b(value.encode("utf-8", "surrogatepass"), digest_size=2)
    return f"hidden-{digest.hexdigest()}"
