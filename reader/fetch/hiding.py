"""What of an address is secret, and the address as it may be shown (pure).

The public form has a mark, "hidden-" with four digits of a digest, in the place of a user name
with its password, so that two accounts stay two addresses, and in the place of the value of each
parameter that is named like a token. Secrets that are part of a path cannot be told from other
names: they stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from hashlib import blake2b
from urllib.parse import unquote_plus

from reader.fetch.ending import FetchError
from reader.fetch.urls import parse_target

_NAMES = frozenset({
    "auth", "credential", "credentials", "hash", "jwt", "key", "pass", "passkey", "passphrase",
    "passwd", "pw", "pwd", "session", "sessionid", "sig",
})  # fmt: skip
_ENDINGS = (
    "accesskey", "apikey", "authkey", "feedkey", "password", "privatekey", "rsskey", "secret",
    "secretkey", "signature", "token", "userkey",
)  # fmt: skip
"""Names of parameters, without case, digits, "-", "_", "." and brackets; of `_ENDINGS` the end
counts."""

_SCHEME = "[A-Za-z][A-Za-z0-9+.-]*:"
_SIGNS = r"""[\s"'<(]*"""
_BEFORE = rf"^(?P<before>{_SIGNS}(?:feed:)?+(?:(?:{_SCHEME})?//(?:{_SIGNS}{_SCHEME}//)*+)"
"""Of what is no address there can be a quotation mark or a second scheme before the user."""

_USER = re.compile(_BEFORE + r")(?P<user>[^/?#]+)@")
_NO_ACCOUNT = "(?!(?:acct|mailto|mid|sip|tag|urn|xmpp):)"
_NO_PORT = ":(?![0-9]{0,5}(?:[/?#]|$))"
_BROKEN = re.compile(_BEFORE + rf"?+){_NO_ACCOUNT}[^/?#@:\[]*{_NO_PORT}.*@", re.DOTALL)
"""A password that holds "/", "?" or "#", or has no scheme before it: that is no address, but
shown as what it was meant for."""

_PARAMETER = re.compile(
    r"(?<=[?&;#])(?P<name>[^=&;#?]+)=(?P<value>[^&;#]+(?:;[^=&;#]*(?=[&;#]|$))*)"
)
_NESTED_NAME = re.compile(r"[?&;#]([^=&;#?]+)=(?=[^&;#])")
_NESTED_USER = re.compile(r"//[^/?#@]+@")
_HIDDEN = re.compile("hidden-[0-9a-f]{4}")

_ROUNDS = 3
"""How often percent-encoding is taken off to find what an address hands on in a value."""

_SHORT = 4
"""Characters; shorter secrets are parts of other words by chance."""


def split_secrets(url: str) -> tuple[str, str]:
    """The public form of an address, and the address itself if it holds a secret, else "".

    Takes any text. The public form of a public form is the same.
    """
    public = _hidden_once(url)
    # What is no address may look like another one when a part of it is gone.
    while (again := _hidden_once(public)) != public:
        public = again
    return public, url if public != url else ""


def public_form(url: str) -> str:
    """The address as it may be shown and kept."""
    return split_secrets(url)[0]


def hides(url: str) -> bool:
    """Whether a mark is in the place of something secret in `url`: it cannot be asked for so."""
    user = _USER.match(url)
    return bool(_marks(url)) or (user is not None and bool(_HIDDEN.fullmatch(user["user"])))


def secrets_of(url: str) -> frozenset[str]:
    """The values that are secret, as written and as meant; no user name, which may be any word."""
    found = {match["value"] for match in _secret_parameters(url)}
    user = _USER.match(url)
    if user is not None:
        name, colon, password = user["user"].partition(":")
        found.add(password if colon else name)
    return frozenset(found | {unquote_plus(value) for value in found}) - {""}


def holds_secret(url: str, secrets: frozenset[str]) -> bool:
    """Whether `url` hands on one of `secrets`, however often it was encoded; of short ones only
    what is a whole part of the path or the query counts."""
    for text in _readings(url):
        parts = re.split("[/?&;=#]", text)
        for secret in secrets:
            if secret in parts or (len(secret) >= _SHORT and secret.lower() in text.lower()):
                return True
    return False


def with_secrets(url: str, whole: str) -> str:
    """`url` with the user name and password of `whole`, where they may be known."""
    user = _USER.match(whole)
    if user is None or _USER.match(url) or not _may_know(url, whole):
        return url
    return url.replace("//", f"//{user['user']}@", 1)


def restore(public: str, whole: str) -> str:
    """`public` with the secrets of another whole address in it, "" where some are missing.

    So the secrets go along when a feed moves on its server, and nowhere else.
    """
    known = {_mark(match["value"]): match["value"] for match in _secret_parameters(whole)}
    user = _USER.match(public)
    bare = public if user is None else f"{user['before']}{public[user.end() :]}"
    if hides(public) and not (_marks(public) <= known.keys() and _may_know(bare, whole)):
        return ""
    filled = _PARAMETER.sub(
        lambda match: f"{match['name']}={known.get(match['value'], match['value'])}", bare
    )
    filled = with_secrets(filled, whole)
    return filled if user is None or public_form(filled) == public else ""


def _hidden_once(url: str) -> str:
    public = url
    if user := _USER.match(url):
        public = f"{user['before']}{_user_mark(user['user'])}@{url[user.end() :]}"
    elif broken := _BROKEN.match(url):
        public = broken["before"] + url[broken.end() :]
    is_secret = _secrecy_of(public)
    return _PARAMETER.sub(
        lambda match: f"{match['name']}={_mark(match['value'])}" if is_secret(match) else match[0],
        public,
    )


def _may_know(url: str, whole: str) -> bool:
    try:
        return parse_target(url).may_know(parse_target(whole))
    except FetchError:
        return False


def _marks(url: str) -> set[str]:
    """The marks of parameters."""
    values = {match["value"] for match in _PARAMETER.finditer(url)}
    return {value for value in values if _HIDDEN.fullmatch(value)}


def _secret_parameters(url: str) -> Iterator[re.Match[str]]:
    return filter(_secrecy_of(url), _PARAMETER.finditer(url))


def _secrecy_of(url: str) -> Callable[[re.Match[str]], bool]:
    """What tells whether a parameter of `url` has a value to be hidden."""
    names = {_plain(match["name"]) for match in _PARAMETER.finditer(url)}

    def is_secret(match: re.Match[str]) -> bool:
        if _HIDDEN.fullmatch(match["value"]):
            return False
        # Reddit's private feeds have a token of that name beside the user's.
        told = _plain(match["name"]) == "feed" and "user" in names
        return told or _is_secret(match["name"]) or _hands_on(match["value"])

    return is_secret


def _hands_on(value: str) -> bool:
    """Whether a value is or holds an address with a secret of its own."""
    return any(
        _NESTED_USER.search(text) or any(map(_is_secret, _NESTED_NAME.findall(text)))
        for text in _readings(value)
    )


def _readings(text: str) -> Iterator[str]:
    """`text` as it is written, and as whoever takes its percent-encoding off reads it."""
    for _ in range(_ROUNDS + 1):
        yield text
        decoded = unquote_plus(text)
        if decoded == text:
            return
        text = decoded


def _is_secret(name: str) -> bool:
    plain = _plain(name)
    return plain in _NAMES or plain.endswith(_ENDINGS)


def _plain(name: str) -> str:
    return re.sub(r"[-_.\[\]0-9]", "", unquote_plus(name).lower())


def _user_mark(user: str) -> str:
    """A mark for an account: another password is no other account."""
    return user if _HIDDEN.fullmatch(user) else _mark(user.partition(":")[0])


def _mark(value: str) -> str:
    digest = blake2b(value.encode("utf-8", "surrogatepass"), digest_size=2)
    return f"hidden-{digest.hexdigest()}"
