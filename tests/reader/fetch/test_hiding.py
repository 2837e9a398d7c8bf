"""What is secret in an address, and what may be shown of it."""

from __future__ import annotations

import re
import time
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.fetch.hiding import (
    hides,
    holds_secret,
    public_form,
    restore,
    secrets_of,
    split_secrets,
)
from reader.fetch.urls import parse_target

WORDS = st.text(
    st.characters(exclude_characters="&;#=?/@%:+", exclude_categories=["Cs"]), min_size=1
)


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://ann:pw@h.example/f", "https://hidden-9838@h.example/f"),
        ("https://ann@h.example/f", "https://hidden-9838@h.example/f"),
        ("https://ann:other@h.example/f", "https://hidden-9838@h.example/f"),
        ("https://bob:pw@h.example/f", "https://hidden-6987@h.example/f"),
        ("https://a@b:c@h.example/f", "https://hidden-1583@h.example/f"),
        ("//ann:pw@h.example/f", "//hidden-9838@h.example/f"),
        ("https://ann:pw@h.example", "https://hidden-9838@h.example"),
        ("feed:https://ann:pw@h.example/@ann", "feed:https://hidden-9838@h.example/@ann"),
        ("https://hidden-9838:pw@h.example/", "https://hidden-89e5@h.example/"),
    ],
)
def test_accounts_are_hidden_and_kept_apart(url: str, public: str) -> None:
    assert split_secrets(url) == (public, url)
    assert split_secrets(public) == (public, "")
    assert parse_target(public.removeprefix("feed:").replace("//", "http://", public[:1] == "/"))


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("user:s3cr@h.example/f", "h.example/f"),
        ("http://user:p/ass@h.example/f", "http://h.example/f"),
        ("http://user:p?ass@h.example/f", "http://h.example/f"),
        ("http://user:p#as@s@h.example/f", "http://h.example/f"),
        ("https://user:pw/2@h.example/f", "https://h.example/f"),
        ("feed:user:pw/2@h.example/f", "feed:h.example/f"),
        (" //user:p\nw/2@h.example/f", " //h.example/f"),
        ('http://"https://bob:pw@h.example/f"', 'http://"https://hidden-6987@h.example/f"'),
        ('"https://bob:pw@h.example/f"', '"https://hidden-6987@h.example/f"'),
        ("http://https://user:p/ass@h.example/f", "http://https://h.example/f"),
    ],
)
def test_passwords_of_what_is_no_address_are_not_shown(url: str, public: str) -> None:
    assert split_secrets(url) == (public, url)


@pytest.mark.parametrize(
    "url",
    ["h.example/@ann/f", "https://h.example:8080/@ann/f", "localhost:8080/@ann/f",
     "https://[::1]:8080/@ann", "[2001:db8::1]/@ann", "https://h.example/a:b@c", "https://@h.example/",
     "feed:https://h.example/@ann", "mailto:ann@h.example", "tag:h.example,2026:1@x"],
)  # fmt: skip
def test_not_every_at_ends_a_password(url: str) -> None:
    assert split_secrets(url) == (url, "")


@pytest.mark.parametrize(
    "name",
    ["token", "key", "apikey", "api_key", "api-key", "API_KEY", "access_token", "auth", "secret",
     "sig", "signature", "password", "pass", "passwd", "pw", "feed_token", "private_token",
     "client_secret", "X-Amz-Signature", "rss_token", "jwt", "to%6ben", "auth_token",
     "token[]", "token%5B%5D", "client_secret_1", "key2", "hash"],
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
     "https://h.example/?token", "https://h.example/?hashes=abc", "token=1", "", "?",
     "https://h.example/?feed=rss2&page=2", "https://h.example/?x=//a/b@c&u=https://i.example/?p=1",
     "https://h.example/?u=https%3A%2F%2Fi.example%2F%3Fpage%3D1"],
)  # fmt: skip
def test_what_holds_no_secret(url: str) -> None:
    assert split_secrets(url) == (url, "")
    assert secrets_of(url) == frozenset()


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://h.example/.rss?feed=b77&user=ann", "https://h.example/.rss?feed=#&user=ann"),
        ("https://h.example/?token=abc;def", "https://h.example/?token=#"),
        ("https://h.example/?token=abc;x=1;y", "https://h.example/?token=#;x=1;y"),
        ("https://h.example/?a=1?key=b77", "https://h.example/?a=#"),
        ("https://h.example/?url=https://i.example/?key=b77&x=1", "https://h.example/?url=#&x=1"),
        (
            "https://h.example/?url=https%3A%2F%2Fi.example%2F%3Fkey%3Db77",
            "https://h.example/?url=#",
        ),
        ("https://h.example/?u=http%253A%252F%252Fann:b77%2540i.example", "https://h.example/?u=#"),
        ("https://h.example/?x?key=b77", "https://h.example/?x?key=#"),
    ],
)
def test_what_else_is_secret_in_parameters(url: str, public: str) -> None:
    shown = re.sub("hidden-[0-9a-f]{4}", "#", public_form(url))
    assert shown == public
    assert restore(public_form(url), url) == url
    assert split_secrets(public_form(url)) == (public_form(url), "")


def test_other_values_are_hidden_otherwise() -> None:
    one, other = (public_form(f"https://h.example/?key={value}") for value in ("a", "b"))
    assert one != other
    assert public_form("https://h.example/?key=a") == one


def test_fragments_hold_secrets_too() -> None:
    assert "beacon" not in public_form("https://h.example/#access_token=beacon&x=y")


ODD = st.lists(
    st.sampled_from([
        "https:", "feed:", "//", "/", "?", "&", ";", "#", "=", "@", ":", "token", "key", "feed",
        "user", "ann", "80", "[", "]", "%3D", "%26", "%253F", "hidden-0000", "h.example", " ",
    ])
).map("".join)  # fmt: skip


@given(st.text() | ODD)
@example("//&key=@user&key=https://%3D&%3D@h")
@example("&key=annhttps://@h&feed:ann@h#")
def test_the_public_form_of_any_text_is_its_own(url: str) -> None:
    public = public_form(url)
    assert split_secrets(public) == (public, "")


@given(WORDS, WORDS, WORDS)
def test_nothing_secret_is_left(user: str, password: str, token: str) -> None:
    user, password, token = (quote(word, safe="") for word in (user, password, token))
    url = f"https://{user}:{password}@h.example/f?token={token}&x=1"
    assert re.fullmatch(
        r"https://hidden-....@h\.example/f\?token=hidden-....&x=1", public_form(url)
    )
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
        (
            "https://hidden-9838@h.example/new",
            "https://ann:b@h.example/",
            "https://ann:b@h.example/new",
        ),
        ("https://hidden-9838@h.example/new", "https://bob:b@h.example/", ""),
        ("https://hidden-9838@h.example/new", "https://h.example/", ""),
        ("https://hidden-9838@i.example/new", "https://ann:b@h.example/", ""),
        ("https://i.example/?key=hidden-7a5b", "https://h.example/?key=b", ""),
        ("https://h.example:8/?q=hidden-7a5b", "https://h.example/?key=b", ""),
        ("https://h.example/?q=hidden-7a5b", "https://h.example/?key=b", "https://h.example/?q=b"),
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
    [("/?x=bea%20con", True), ("/bea+con/", True), ("/bea%20cons", True), ("/?beacon", False),
     ("/?to=https%3A%2F%2Fa%2F%3Fk%3Dbea%2520con", True), ("/%2562ea%252520CON", True)],
)  # fmt: skip
def test_a_secret_in_another_address(path: str, holds: bool) -> None:
    assert holds_secret(f"http://h.example{path}", frozenset({"bea con"})) is holds


def test_a_secret_in_the_name_of_another_server() -> None:
    assert holds_secret("http://beacon77.h.example/", frozenset({"BEAcon77"}))


@pytest.mark.parametrize(("path", "holds"), [("/abc/", False), ("/x/ab", True), ("/?a%62", True)])
def test_a_short_secret_is_a_whole_part(path: str, holds: bool) -> None:
    assert holds_secret(f"http://h.example{path}", frozenset({"ab"})) is holds


@pytest.mark.parametrize(
    ("url", "is_hidden"),
    [("https://hidden-0000@h.example/", True), ("https://h.example/?key=hidden-0000", True),
     ("https://h.example/hidden-2024/", False), ("https://ann@h.example/?key=b", False)],
)  # fmt: skip
def test_marks_are_known(url: str, is_hidden: bool) -> None:
    assert hides(url) is is_hidden


@pytest.mark.parametrize("part", ["?", ";a", "//", "?a=", "&token=x", "?a=?", ":@", "%25"])
def test_long_addresses_cost_little(part: str) -> None:
    began = time.process_time()
    public_form("https://h.example/?" + part * 20_000)
    public_form(part * 20_000)
    assert time.process_time() - began < 1.0
