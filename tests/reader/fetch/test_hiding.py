"""What is secret in an address, and what may be shown of it."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.fetch.hiding import holds_secret, restore, secrets_of
from reader.fetch.secrets import public_form, split_secrets

WORDS = st.text(
    st.characters(exclude_characters="&;#=?/@%:+", exclude_categories=["Cs"]), min_size=1
)


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://ann:pw@h.example/f", "https://h.example/f"),
        ("https://ann@h.example/f", "https://h.example/f"),
        ("https://a@b:c@h.example/f", "https://h.example/f"),
        ("//ann:pw@h.example/f", "//h.example/f"),
        ("https://ann:pw@h.example", "https://h.example"),
    ],
)
def test_names_and_passwords_are_dropped(url: str, public: str) -> None:
    assert split_secrets(url) == (public, url)


@pytest.mark.parametrize(
    "name",
    ["token", "key", "apikey", "api_key", "api-key", "API_KEY", "access_token", "auth", "secret",
     "sig", "signature", "password", "pass", "passwd", "pw", "feed_token", "private_token",
     "client_secret", "X-Amz-Signature", "rss_token", "jwt", "to%6ben", "auth_token"],
)  # fmt: skip
def test_parameters_that_are_named_like_tokens(name: str) -> None:
    url = f"https://h.example/f?a=1&{name}=beacon77&b=2"
    public, whole = split_secrets(url)
    assert whole == url
    assert "beacon77" not in public
    assert public.startswith(f"https://h.example/f?a=1&{name}=hidden-")
    assert public.endswith("&b=2")
    assert secrets_of(url) == {"beacon77"}


@pytest.mark.parametrize(
    "url",
    ["https://h.example/f", "https://h.example/f?page=2&keyword=x&tokens=3&author=ann",
     "https://h.example/@ann/f", "https://h.example/?q=a@b", "https://h.example/?token=",
     "https://h.example/?token", "https://h.example/?hash=abc", "token=1", "", "?"],
)  # fmt: skip
def test_what_holds_no_secret(url: str) -> None:
    assert split_secrets(url) == (url, "")
    assert secrets_of(url) == frozenset()


def test_other_values_are_hidden_otherwise() -> None:
    one, other = (public_form(f"https://h.example/?key={value}") for value in ("a", "b"))
    assert one != other
    assert public_form("https://h.example/?key=a") == one


def test_fragments_hold_secrets_too() -> None:
    assert "beacon" not in public_form("https://h.example/#access_token=beacon&x=y")


@given(st.text())
def test_the_public_form_of_any_text_is_its_own(url: str) -> None:
    public = public_form(url)
    assert split_secrets(public) == (public, "")


@given(WORDS, WORDS, WORDS)
def test_nothing_secret_is_left(user: str, password: str, token: str) -> None:
    user, password, token = (quote(word, safe="") for word in (user, password, token))
    url = f"https://{user}:{password}@h.example/f?token={token}&x=1"
    assert public_form(url).startswith("https://h.example/f?token=hidden-")
    assert restore(public_form(url), url) == url
    assert {password, token} <= secrets_of(url)


@pytest.mark.parametrize(
    ("new", "whole", "restored"),
    [
        ("https://h.example/new", "https://a:b@h.example/old", "https://a:b@h.example/new"),
        ("https://h.example/new", "http://a:b@h.example:80/old", "https://a:b@h.example/new"),
        ("https://h.example/new", "http://a:b@h.example:81/old", "https://h.example/new"),
        ("https://h.example/new", "https://a:b@h.example:x/old", "https://h.example/new"),
        ("https://other.example/", "https://a:b@h.example/old", "https://other.example/"),
        ("http://h.example/new", "https://a:b@h.example/old", "http://h.example/new"),
        ("https://h.example:8/new", "https://a:b@h.example/old", "https://h.example:8/new"),
        ("https://h.example/?key=hidden-0000", "https://h.example/?key=b", ""),
        ("https://h.example/new", "https://h.example/?key=b", "https://h.example/new"),
    ],
)
def test_secrets_go_along_where_they_belong(new: str, whole: str, restored: str) -> None:
    assert restore(new, whole) == restored


def test_a_hidden_value_comes_back_in_another_parameter() -> None:
    whole = "https://h.example/?key=beacon"
    new = public_form("https://h.example/v2?page=1&api_key=beacon")
    assert restore(new, whole) == "https://h.example/v2?page=1&api_key=beacon"


@pytest.mark.parametrize(
    ("path", "holds"),
    [("/?x=bea%20con", True), ("/bea+con/", True), ("/bea%20cons", False), ("/?beacon", False)],
)
def test_a_secret_in_another_address(path: str, holds: bool) -> None:
    assert holds_secret(path, frozenset({"bea con"})) is holds
