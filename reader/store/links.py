"""One form for the links that lead to the same page. Pure."""

from __future__ import annotations

import re
from hashlib import blake2b

_DIGEST_BYTES = 8

_TRACKING = re.compile(
    r"""(?:
    (?:utm_|mtm_|hsa_|pk_|at_custom|at_link|at_ptr) .* |
    _hsenc| _hsmi| at_bbc_team| at_campaign| at_format| at_medium| at_type| cmp| cmpid| dclid|
    fbclid| gad_source| gbraid| gclid| gclsrc| igsh| igshid| mc_cid| mc_eid| mkt_tok|
    ml_subscriber| ml_subscriber_hash| msclkid| ncid| oly_anon_id| oly_enc_id| rb_clickid|
    ref_src| ref_url| s_cid| smid| smtyp| srsltid| sr_share| ttclid| twclid| vero_conv|
    vero_id| wbraid| wickedid| wt_mc| xtor| yclid
    )\Z""",
    re.VERBOSE,
)
"""Names of parameters that say who follows a link and not where it leads; in small letters."""

_SHARE_MARK = re.compile(
    r"""(?:
    atom| email| facebook| fb| feed| flipboard| linkedin| mail| mastodon| newsletter| reddit|
    rss| rss20| share| social| t\.co| telegram| tw| twitter| whatsapp| x
    )\Z""",
    re.VERBOSE,
)
"""Values with which `ref` only says through whom a link went round."""

_TRACKING_FRAGMENT = re.compile(r"(?:xtor|utm_[a-z]+|at_[a-z]+|ref|:~:text)=", re.IGNORECASE)

_DEFAULT_PORT = re.compile(r":(?:80|443)?$")


def link_digest(url: str) -> bytes:
    """Digest of the canonical form of a link."""
    return blake2b(
        canonical_link(url).encode(errors="surrogatepass"), digest_size=_DIGEST_BYTES
    ).digest()


def canonical_link(url: str) -> str:
    """The form that is the same for all ways to write a link to one page.

    Of links of the web the scheme, "www.", the default port, parameters that only track, and
    the slash at the end are left out, and the host is in small letters. Other parameters keep
    their order, fragments stay. Any other link is as it is written.
    """
    scheme, separator, rest = url.strip().partition("://")
    if not separator or scheme.lower() not in ("http", "https"):
        return url.strip()
    rest, _, fragment = rest.partition("#")
    rest, _, query = rest.partition("?")
    host, _, path = rest.partition("/")
    made = _host(host)
    if path := path.rstrip("/"):
        made = f"{made}/{path}"
    if query and (kept := "&".join(filter(_leads, query.split("&")))):
        made = f"{made}?{kept}"
    if fragment and _TRACKING_FRAGMENT.match(fragment) is None:
        made = f"{made}#{fragment}"
    return made


def _host(authority: str) -> str:
    host = authority.rpartition("@")[2].lower()
    if ":" in host:
        host = _DEFAULT_PORT.sub("", host)
    return host.removesuffix(".").removeprefix("www.")


def _leads(parameter: str) -> bool:
    """Whether a parameter may change where a link leads."""
    name, _, value = parameter.lower().partition("=")
    if name == "ref":
        return _SHARE_MARK.match(value) is None
    return bool(name) and _TRACKING.match(name) is None
