"""A connection: one request at a time, and nothing of a slow client's in a thread or, beyond a little, in memory."""

import socket
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.db import close_old_connections
from waitress.channel import HTTPChannel
from waitress.task import WSGITask

from campaign_site.server.admission import Admission
from campaign_site.server.refused_body import BodyRefusal
from campaign_site.server.request_parser import SiteRequestParser
from campaign_site.server.spool import SpooledBody

if TYPE_CHECKING:
    from campaign_site.server.site_server import SiteServer

STALL_TIMEOUT_S = 60.0  # without a byte in either direction, and for a request of a stranger in all
FILE_CHUNK_BYTES = 64 * 1024  # read from a file at a time
TURN_BYTES = 1024 * 1024  # sent before others have their turn
DISCARDED_BYTES = 1024 * 1024  # of a body that was refused, so that its sender reads the answer before the end


class SiteTask(WSGITask):
    """A request in its thread. An answer to HEAD has no body, whatever the site gives (RFC 9110, section 9.3.2)."""

    def finish(self) -> None:
        """Write what is left to write."""
        if self.request.command == "HEAD":
            if not self.wrote_header:
                self.write(b"")
            self.chunked_response = False
        super().finish()


class Connection(HTTPChannel):
    """waitress's channel. Attributes are touched by the main loop alone unless they are waitress's."""

    server: "SiteServer"
    task_class = SiteTask

    def __init__(self, server: "SiteServer", *arguments: Any, **options: Any) -> None:
        super().__init__(server, *arguments, **options)
        self.sendbuf_len = min(self.sendbuf_len, FILE_CHUNK_BYTES)
        self.turn_bytes = 0
        self.unread = b""
        self.request_began = 0.0
        self.is_waiting = False  # for the answer to whether its body is taken
        self.has_refused = False  # a request, of which more may come
        self.discarded: int | None = None  # bytes, once nothing more is read but for that

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._fileno}>"  # without the address: this stands in logs

    def parser_class(self, adjustments: Any) -> SiteRequestParser:
        """Return the reader of one request."""
        return SiteRequestParser(adjustments, self.server.limits)

    def add_channel(self, parts: Any = None) -> None:
        """Begin to be waited for."""
        super().add_channel(parts)
        self.server.poller.touch(self)

    def del_channel(self, parts: Any = None) -> None:
        """Be waited for no longer."""
        self.server.poller.forget(self._fileno)
        super().del_channel(parts)

    def service(self) -> None:
        """Answer one request, in a thread."""
        super().service()
        close_old_connections()  # Django does this where an answer ends, and that of a file ends in the main loop
        self.server.poller.touch(self)
        self.server.pull_trigger()

    def write_soon(self, data: Any) -> int:
        """Take a piece of the answer, in a thread; the main loop sends what does not go at once.

        It is told afterwards: asked before, it would find nothing to send, and ask no more.
        """
        written: int = super().write_soon(data)
        if self.total_outbufs_len:
            self.server.poller.touch(self)
            self.server.pull_trigger()
        return written

    def readable(self) -> bool:
        """Whether to read from the socket. What was read before and waits for its turn comes first."""
        if self.discarded is not None:
            return True
        if self.unread and super().readable():
            with self.requests_lock:
                self.parse_unread()
        return not self.unread and not self.is_waiting and super().readable()

    def handle_read(self) -> None:
        """Read on; of a body that was refused, throw away."""
        if self.discarded is None:
            super().handle_read()
            return
        with suppress(OSError):
            self.discarded += len(self.recv(self.adj.recv_bytes))
            if self.discarded <= DISCARDED_BYTES:
                return
        self.handle_close()

    def received(self, data: bytes) -> bool:
        """Take what arrived."""
        with self.requests_lock:
            if self.will_close or self.close_when_flushed:
                return False
            self.unread += data
            self.parse_unread()
        return True

    def parse_unread(self) -> None:
        """Find the next request in what arrived; those behind it are not looked at until it is answered.

        waitress would read ahead, and a client that asks for much and reads nothing would keep threads waiting.
        """
        while self.unread and not self.requests and not self.is_waiting:
            if self.request is None:
                self.request, self.request_began = self.parser_class(self.adj), time.time()
            request = self.request
            self.unread = self.unread[request.received(self.unread) :]
            if request.completed:
                self.hand_over(request)
            elif request.session:
                self.is_waiting = True
                self.server.add_task(Admission(self, request))
            elif request.expect_continue and request.headers_finished:
                self.send_continue()

    def hand_over(self, request: SiteRequestParser) -> None:
        """Give a complete request to a thread; the lock of the requests is held."""
        self.request, self.sent_continue = None, False
        self.has_refused = request.error is not None
        if not request.empty:
            self.requests.append(request)
            self.server.add_task(self)

    def admitted(self, request: SiteRequestParser, answer: SpooledBody | BodyRefusal) -> None:
        """Go on with a body that waited, in the main loop."""
        self.server.poller.touch(self)
        with self.requests_lock:
            self.is_waiting = False
            if not self.connected:
                if isinstance(answer, SpooledBody):
                    answer.close()
            elif isinstance(answer, SpooledBody):
                request.accept(answer)
                if request.expect_continue:
                    self.send_continue()
                self.parse_unread()
            else:
                request.refuse(answer)
                self.hand_over(request)

    def send(self, data: bytes, do_close: bool = True) -> int:
        """Send at most what is left of this turn: a fast reader of a film must not keep the main loop to itself."""
        if not data:
            raise OSError("the file has become shorter")
        if self.turn_bytes <= 0:
            return 0
        sent: int = super().send(data, do_close)
        self.turn_bytes -= sent
        return sent

    def _flush_some(self, do_close: bool = True) -> bool:
        self.turn_bytes = TURN_BYTES
        flushed: bool = super()._flush_some(do_close)
        return flushed

    def handle_write(self) -> None:
        """Send on. After the answer to a refused body, say that it is the end, and let the sender come to read it.

        Closing at once would reset the connection, and the answer would be lost with it.
        """
        discards = self.close_when_flushed and self.has_refused
        self.close_when_flushed = self.close_when_flushed and not discards
        super().handle_write()
        if discards and self.connected:
            self.close_when_flushed = bool(self.total_outbufs_len)
            if not self.close_when_flushed:
                self.discarded = 0
                with suppress(OSError):  # it has gone, and the next turn sees it
                    self.socket.shutdown(socket.SHUT_WR)

    def handle_close(self) -> None:
        """Give back what the connection has."""
        if self.request is not None:
            self.request.close()
        super().handle_close()

    def is_busy(self) -> bool:
        """Whether a request is being answered."""
        return bool(self.requests or self.total_outbufs_len)

    def is_overdue(self, now: float) -> bool:
        """Whether the client has had its time; ``now`` is of ``time.time``.

        While a thread works on its request, only if that waits for the client to read.
        """
        stalls = now - self.last_activity > STALL_TIMEOUT_S
        if self.will_close:
            return True
        if self.requests or self.is_waiting:
            return stalls and self.total_outbufs_len > 0
        if self.request is not None and self.request.body is None:
            return now - self.request_began > STALL_TIMEOUT_S
        return stalls
