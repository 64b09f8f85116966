"""The server of one process: its settings, its limits, its end."""

import logging
import signal
import socket
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from campaign_site.env import Environment
from campaign_site.server.body_limits import BodyLimits
from campaign_site.server.connection import Connection
from campaign_site.server.poller import make_poller
from campaign_site.server.request_parser import NO_LIMIT
from campaign_site.server.spool import BodySpool
from campaign_site.setup.machine import allow_open_files

logger = logging.getLogger(__name__)

ACCEPTED_AT_ONCE = 64
DROPPED_SHARE = 32  # of the connections, one in so many makes room for those that come next
CHECK_INTERVAL_S = 5
DRAIN_S = 5.0  # for answers that are on their way when the server is told to stop


class SiteServer(TcpWSGIServer):
    """waitress's server. A connection too many costs the one that has been silent longest, not the newcomer."""

    channel_class = Connection

    def __init__(
        self, application: Any, listener: socket.socket, env: Environment, *, limits: BodyLimits, spool: BodySpool
    ) -> None:
        self.limits, self.spool = limits, spool
        self.most_connections = allow_open_files(env.web_connections)
        if self.most_connections < env.web_connections:
            logger.warning(
                "Only %d of WEB_CONNECTIONS=%d connections are possible: raise the limit of open files (ulimit -n).",
                self.most_connections,
                env.web_connections,
            )
        self.is_stopping = False
        dispatcher = ThreadedTaskDispatcher()
        dispatcher.set_thread_count(env.web_threads)
        parts: dict[int, Any] = {}
        self.poller = make_poller(parts)
        facts = (listener.family, listener.type, listener.proto, listener.getsockname())
        super().__init__(
            without_bodies_for_head(application),
            map=parts,
            _sock=listener,
            dispatcher=dispatcher,
            adj=adjustments(env, listener, self.most_connections),
            bind_socket=False,
            sockinfo=facts,
        )

    def handle_accept(self) -> None:
        """Take what has come, a few at once, and make room where there are too many."""
        for _ in range(ACCEPTED_AT_ONCE):
            before = len(self.active_channels)
            super().handle_accept()
            if len(self.active_channels) == before:
                break
        if len(self.active_channels) > self.most_connections:
            self.drop_silent()

    def drop_silent(self) -> None:
        """Close those that have been silent longest, of all whose request no thread works on."""
        waiting = [one for one in self.active_channels.values() if not one.requests and not one.is_waiting]
        waiting.sort(key=lambda one: one.last_activity)
        too_many = len(self.active_channels) - self.most_connections
        for one in waiting[: too_many + self.most_connections // DROPPED_SHARE]:
            one.handle_close()

    def maintenance(self, now: float) -> None:
        """Close the connections of clients that had their time; called now and then by the main loop.

        waitress would only mark them, and wait until they can be written to, which a client that reads nothing never
        lets happen.
        """
        for connection in list(self.active_channels.values()):
            if connection.is_overdue(now):
                connection.handle_close()

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT, then let what is being answered come to its end."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        self.poller.touch(self.trigger)
        while not self.is_stopping:
            self.turn(self.adj.asyncore_loop_timeout)
        self.poller.forget(self._fileno)
        wasyncore.dispatcher.close(self)  # the listener alone
        deadline = time.monotonic() + DRAIN_S
        while time.monotonic() < deadline and any(one.is_busy() for one in self.active_channels.values()):
            self.turn(0.1)
        self.task_dispatcher.shutdown(timeout=1)
        wasyncore.close_all(self._map, ignore_all=True)

    def turn(self, timeout: float) -> None:
        """Wait for what can be read or written, and do it."""
        self.poller.touch(self)  # which looks after those that are overdue when it is asked
        self.poller.turn(timeout)

    def stop(self, *_signal: object) -> None:
        """Ask the main loop to end."""
        self.is_stopping = True
        with suppress(OSError):
            self.pull_trigger()


def adjustments(env: Environment, listener: socket.socket, most_connections: int) -> Adjustments:
    """Return waitress's settings; why each differs from its default stands beside it."""
    return Adjustments(
        sockets=[listener],
        threads=env.web_threads,
        # Never reached: SiteServer makes room before.
        connection_limit=most_connections + ACCEPTED_AT_ONCE + 16,
        cleanup_interval=CHECK_INTERVAL_S,
        # Held by SiteRequestParser, for each request by itself.
        max_request_body_size=NO_LIMIT,
        # What a connection may have in memory: the header, what was read last, a body of a stranger.
        max_request_header_size=16 * 1024,
        recv_bytes=16 * 1024,
        inbuf_overflow=64 * 1024,
        # An answer that is no file goes to the disk beyond this, and its thread is free.
        outbuf_overflow=64 * 1024,
        outbuf_high_watermark=64 * 1024 * 1024,
        # Nobody's lost connection is an event.
        log_socket_errors=False,
        # What the proxy says about the visitor is read by Django alone, and only where there is one.
        clear_untrusted_proxy_headers=not env.behind_proxy,
        ident=None,
        # For requests without a header Host.
        server_name=urlsplit(env.base_url).hostname or "localhost",
    )


def without_bodies_for_head(application: Any) -> Any:
    """Wrap a WSGI application: answers to HEAD lose what they should not have, a film for example."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        response: Iterable[bytes] = application(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return response
        if hasattr(response, "close"):
            response.close()
        return ()

    return answer


def serve_site(application: Any, listener: socket.socket, env: Environment, spool: Path) -> int:
    """Serve the site on ``listener`` until told to stop; return an exit status.

    ``spool`` is the folder for what is on its way to or from slow clients.
    """
    # Each task more than threads would be a line, and each client that leaves.
    logging.getLogger("waitress").setLevel(logging.WARNING)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    tempfile.tempdir = str(spool)  # /tmp is often memory
    SiteServer(application, listener, env, limits=BodyLimits.of_site(), spool=BodySpool(spool)).run()
    return 0
