"""Serves the site with Waitress, and answers what is too large with a page while it is still being sent.

Waitress by itself hangs up on a request above its limit, and then a browser shows an error of its own. Here
such a request goes to the site at once, without its body, so that the site's own page says why; so does one
that comes in parts and announces no length, once it is too long. What is still
on its way is read and thrown away for a while, because who hangs up on a sender takes the answer back with it
(RFC 9112, section 9.6: close the sending half first, and go on reading).

Whoever opens hundreds of connections and sends a byte a minute on each must not keep others out: above
`MOST_OPEN` connections, one that has no whole request yet makes room for the newest, first of all one of
whoever has the most.
"""

from __future__ import annotations

import socket
import time
from collections import Counter
from contextlib import suppress
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer, create_server
from waitress.utilities import RequestEntityTooLarge

PATIENCE = 60.0  # seconds for which what was refused is still read
MOST_OPEN = 400  # connections, of which those that wait for a request give way to newer ones


class Parser(HTTPRequestParser):
    """Reads a request; one above the limit is complete when its headers are, whatever length it announced."""

    content_length: int = 0
    body_rcv: Any = None

    def __init__(self, adj: Any, channel: Channel) -> None:
        super().__init__(adj)
        self.channel = channel

    def received(self, data: bytes) -> int:
        """Take what came in; whatever follows the headers of a refused request is no further request."""
        taken: int = super().received(data)
        if self.chunked and isinstance(self.error, RequestEntityTooLarge):
            self._refuse_what_came_in_parts()
        return len(data) if self.channel.refused else taken

    def _refuse_what_came_in_parts(self) -> None:
        """Let the site answer a request that announced no length, by the length that came; keep nothing."""
        self.close()
        self.headers["CONTENT_LENGTH"] = str(self.body_bytes_received)
        self.error, self.body_rcv, self.channel.refused = None, None, True
        self.headers["CONNECTION"] = "close"

    def parse_header(self, header_plus: bytes) -> None:
        """Read the headers."""
        super().parse_header(header_plus)
        if self.content_length > self.adj.max_request_body_size:
            self.content_length, self.body_rcv, self.expect_continue = 0, None, False
            self.channel.refused = True
            self.headers["CONNECTION"] = "close"


class Channel(HTTPChannel):
    """A connection that goes on reading, and keeps nothing, after it has refused a request."""

    will_close: bool = False
    close_when_flushed: bool = False
    refused = False
    until = 0.0  # when it ends; 0 as long as it does not throw away what comes
    creation_time: float
    addr: Any
    requests: list[Any]

    def __init__(self, server: Any, *more: Any, **named: Any) -> None:
        super().__init__(server, *more, **named)
        make_room(list(server.active_channels.values()), newest=self)

    def parser_class(self, adj: Any) -> Parser:
        """Return what reads the next request."""
        return Parser(adj, self)

    def received(self, data: bytes) -> bool:
        """Take what came in: to be answered, or to be thrown away."""
        if self.until:
            self.will_close = self.will_close or time.monotonic() > self.until
            return True
        return bool(super().received(data))

    def handle_write(self) -> None:
        """Send what is waiting; after the answer to what was refused, close the sending half only."""
        if not (self.refused and self.close_when_flushed):
            super().handle_write()
            return
        self._flush_exception(self._flush_some)
        if self.will_close:
            self.handle_close()
        elif not self.total_outbufs_len:
            self.close_when_flushed, self.until = False, time.monotonic() + PATIENCE
            with suppress(OSError):
                self.socket.shutdown(socket.SHUT_WR)


def make_room(channels: list[Channel], *, newest: Channel) -> None:
    """Have one connection closed where there are too many: it waits for a request, or its answer is not read.

    It is closed when the server next looks at it, not at once: its number must not be given to another while
    the server still goes through what happened.
    """
    still = [one for one in channels if not one.will_close]
    crowd = Counter(_whose(one) for one in still)
    idle = [one for one in still if one is not newest and not one.requests]
    if len(still) > MOST_OPEN and idle:
        min(idle, key=lambda one: (-crowd[_whose(one)], one.creation_time)).will_close = True


def _whose(one: Channel) -> str:
    return str(one.addr[0]) if one.addr else ""


def server(application: Any, **settings: Any) -> Any:
    """Return a server of an application; `run` begins it. `settings` are Waitress's own."""
    made = create_server(application, connection_limit=MOST_OPEN + 100, asyncore_use_poll=True, **settings)
    for one in (getattr(made, "map", None) or made._map).values():
        if isinstance(one, BaseWSGIServer):
            one.channel_class = Channel
    return made
