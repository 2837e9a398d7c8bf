"""Secure connections: certificates verified, TLS 1.2 at least, as patient as plain ones."""

from __future__ import annotations

import ssl
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING, Any

from reader.fetch.watch import Watch, WatchedSocket, send_patiently

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer


class WatchedSecureSocket(ssl.SSLSocket):
    """A secure socket with a watch."""

    watch: Watch

    def recv_into(self, buffer: WriteableBuffer, nbytes: int | None = None, flags: int = 0) -> int:
        receive = super().recv_into
        return self.watch.receive(lambda: receive(buffer, nbytes, flags))

    def sendall(self, data: ReadableBuffer, flags: int = 0) -> None:
        send = super().send
        send_patiently(self.watch, data, lambda left: send(left, flags))


class WatchedContext(ssl.SSLContext):
    """Makes secure sockets that have the watch of the plain ones."""

    def wrap_socket(self, sock: socket, *args: Any, **options: Any) -> ssl.SSLSocket:
        options["do_handshake_on_connect"] = False
        secure = super().wrap_socket(sock, *args, **options)
        if isinstance(secure, WatchedSecureSocket) and isinstance(sock, WatchedSocket):
            secure.watch = sock.watch
            try:
                secure.watch.patiently(secure.do_handshake)
            except BaseException:
                secure.close()
                raise
        return secure


def make_context() -> ssl.SSLContext:
    """A context with the authorities the system trusts, else those of certifi if it is there.

    SSL_CERT_FILE and SSL_CERT_DIR name others, as everywhere with OpenSSL.
    """
    context = WatchedContext(ssl.PROTOCOL_TLS_CLIENT)
    context.sslsocket_class = WatchedSecureSocket
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_default_certs()
    if not _has_authorities(context):
        _load_certifi(context)
    return context


def _has_authorities(context: ssl.SSLContext) -> bool:
    folder = ssl.get_default_verify_paths().capath
    # What lies in a folder is read when it is needed and not counted before.
    in_folder = folder is not None and any(Path(folder).glob("*.0"))
    return in_folder or context.cert_store_stats()["x509_ca"] > 0


def _load_certifi(context: ssl.SSLContext) -> None:
    try:
        import certifi
    except ImportError:
        return
    context.load_verify_locations(certifi.where())
