"""What of waitress is reached into, beyond what it documents: a new version that renames any of it fails here first."""

import ast
import inspect
import socket
import textwrap
from typing import Any

import pytest
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher, WSGITask

from campaign_site.server.connection import Connection, SiteTask
from campaign_site.server.request_parser import SiteRequestParser
from campaign_site.server.site_server import SiteServer

# Ours, waitress's, what ours overrides of it, and what else of it ours, its neighbours and the poller use.
REACHED: dict[type, tuple[type, set[str], set[str]]] = {
    Connection: (
        HTTPChannel,
        {"_flush_some", "add_channel", "del_channel", "handle_close", "handle_read", "handle_write", "parser_class",
         "readable", "received", "send", "service", "task_class", "write_soon"},
        {"_fileno", "accepting", "adj", "close_when_flushed", "connected", "last_activity", "recv", "request",
         "requests", "requests_lock", "send_continue", "sendbuf_len", "sent_continue", "server", "socket",
         "total_outbufs_len", "will_close", "writable"},
    ),
    SiteServer: (
        TcpWSGIServer,
        {"channel_class", "handle_accept", "maintenance", "run"},
        {"_fileno", "_map", "accepting", "active_channels", "add_task", "adj", "pull_trigger", "readable",
         "task_dispatcher", "trigger", "writable"},
    ),
    SiteRequestParser: (
        HTTPRequestParser,
        {"parse_header", "received"},
        {"body_bytes_received", "body_rcv", "chunked", "close", "command", "completed", "connection_close",
         "content_length", "empty", "error", "expect_continue", "header_plus", "headers", "headers_finished", "path"},
    ),
    SiteTask: (WSGITask, {"finish"}, {"chunked_response", "request", "write", "wrote_header"}),
}  # fmt: skip


@pytest.fixture
def plain():
    """Waitress's own, as it is without us, by class."""
    ours, theirs = socket.socketpair()
    adjustments, parts, listener = Adjustments(), {}, socket.create_server(("127.0.0.1", 0))
    dispatcher, facts = ThreadedTaskDispatcher(), (listener.family, listener.type, 0, listener.getsockname())
    options = {"map": parts, "_sock": listener, "dispatcher": dispatcher, "bind_socket": False, "sockinfo": facts}
    server = TcpWSGIServer(lambda *_call: (), adj=adjustments, **options)
    channel, parser = HTTPChannel(server, ours, "", adjustments, map=parts), HTTPRequestParser(adjustments)
    parser.received(b"GET / HTTP/1.1\r\n\r\n")  # some of it is there only then
    yield {
        HTTPChannel: channel, TcpWSGIServer: server, HTTPRequestParser: parser, WSGITask: WSGITask(channel, parser)
    }  # fmt: skip
    wasyncore.close_all(parts, ignore_all=True)
    theirs.close()


@pytest.mark.parametrize("ours", REACHED, ids=lambda ours: ours.__name__)
def test_waitress_has_what_is_reached_into(plain: dict[type, Any], ours: type) -> None:
    theirs, overridden, used = REACHED[ours]
    assert [name for name in sorted(overridden | used) if not hasattr(plain[theirs], name)] == []
    methods = {name for name in overridden if inspect.isfunction(getattr(theirs, name))}
    assert {name: arguments(ours, name) for name in methods} == {name: arguments(theirs, name) for name in methods}


def arguments(kind: type, name: str) -> int:
    return len(inspect.signature(getattr(kind, name)).parameters)


@pytest.mark.parametrize("ours", REACHED, ids=lambda ours: ours.__name__)
def test_the_list_is_complete(plain: dict[type, Any], ours: type) -> None:
    theirs, overridden, used = REACHED[ours]
    own = {name for name in vars(ours) if not name.startswith("__")}
    assert {name for name in own if hasattr(theirs, name)} == overridden
    tree = ast.parse(textwrap.dedent(inspect.getsource(ours)))
    mentioned = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and is_self(node.value)}
    assert {name for name in mentioned - own if hasattr(plain[theirs], name)} - used == set()


def is_self(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"
