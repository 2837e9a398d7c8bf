"""A client for servers on this machine, certificates, and no thread left behind."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from reader.fetch.client import Client
from reader.fetch.values import Answer as Fetched
from reader.fetch.values import Request
from tests.reader.fetch.servers import Answer, Asked, Server

Serve = Callable[..., Server]
Get = Callable[..., Fetched]


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    yield
    until = time.monotonic() + 2
    while _fetching() and time.monotonic() < until:
        time.sleep(0.01)
    assert _fetching() == []


def _fetching() -> list[str]:
    names = [thread.name for thread in threading.enumerate()]
    return [name for name in names if name.startswith(("fetching", "resolving"))]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Makes servers that are gone at the end."""
    with ExitStack() as stack:

        def start(
            respond: Callable[[Asked], Answer] | bytes,
            *,
            tls: ssl.SSLContext | None = None,
            inner: ssl.SSLContext | None = None,
        ) -> Server:
            said = (lambda _: respond) if isinstance(respond, bytes) else respond
            return stack.enter_context(Server(said, tls=tls, inner=inner))

        yield start


@pytest.fixture
def get(serve: Serve) -> Get:
    """Fetches from a server that answers so."""

    def fetch(
        respond: Callable[[Asked], Answer] | bytes,
        *,
        etag: str = "",
        modified: str = "",
        limit: int = 1_000_000,
        deadline: float = 10,
    ) -> Fetched:
        client = Client(environment={}, limit=limit, deadline=deadline)
        url = f"{serve(respond).url}/feed"
        return client.fetch(Request(url, etag=etag, modified=modified, private=True))

    return fetch


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an authority, a server certificate of its for one.example and 127.0.0.1,
    and one that a server made itself."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("there is no openssl to make certificates with")
    folder = tmp_path_factory.mktemp("authority")
    names = "subjectAltName=DNS:one.example,DNS:two.example,IP:127.0.0.1"
    (folder / "leaf.cnf").write_text(f"{names}\nbasicConstraints=CA:FALSE\n")
    fresh = ["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    own = ["-addext", names, "-keyout", "own.key", "-out", "own.pem"]
    sign = "x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial"
    for command in (
        [*fresh, "-x509", "-subj", "/CN=Test", "-keyout", "ca.key", "-out", "ca.pem"],
        [*fresh, "-subj", "/CN=one.example", "-keyout", "leaf.key", "-out", "leaf.csr"],
        [*sign.split(), "-days", "2", "-extfile", "leaf.cnf", "-out", "leaf.pem"],
        [*fresh, "-x509", "-subj", "/CN=127.0.0.1", *own],
    ):
        subprocess.run([program, *command], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture
def trusted(authority: Path, monkeypatch: pytest.MonkeyPatch) -> SlowContext:
    """What a server needs whose authority the client trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority / "ca.pem"))
    return server_context(authority, "leaf")


class SlowContext(ssl.SSLContext):
    """Lets a client wait `seconds` before it answers its first words."""

    seconds = 0.0

    def wrap_socket(self, *args: Any, **options: Any) -> ssl.SSLSocket:
        time.sleep(self.seconds)
        return super().wrap_socket(*args, **options)


def server_context(folder: Path, name: str) -> SlowContext:
    context = SlowContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / f"{name}.pem", folder / f"{name}.key")
    return context
