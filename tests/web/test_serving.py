"""The server answers what is too large with the site's own page, while it is still being sent."""

import resource
import socket
import threading

import pytest

from fairground.web.serving import MOST_OPEN, make_room, server

PIECE = b"x" * 1_000_000


@pytest.fixture
def running():
    """Serve the site itself with a limit of 30 MB, above that of strangers; return its address."""
    from fairground.web.wsgi import application

    made = server(application, host="127.0.0.1", port=0, threads=2, max_request_body_size=30_000_000)
    threading.Thread(target=made.run, daemon=True).start()
    yield ("127.0.0.1", made.effective_port)
    made.task_dispatcher.shutdown()
    made.close()


def sent(address, announced, pieces, *, more=b"", head=""):
    """Send a request and so many megabytes of its body; return the answer."""
    with socket.create_connection(address, timeout=20) as line:
        line.sendall(
            f"POST /opportunity/greenspace/homes/ HTTP/1.1\r\nHost: localhost\r\n{head}"
            f"Content-Length: {announced}\r\n\r\n".encode()
        )
        for _ in range(pieces):
            line.sendall(PIECE)
        line.sendall(more)
        answer = b""
        while part := line.recv(65_536):
            answer += part
        return answer


@pytest.mark.parametrize("announced", [31_000_000, 2_000_000_000, 10**15])
def test_what_is_too_large_is_answered_with_a_page_although_it_is_still_being_sent(running, announced):
    answer = sent(running, announced, 40)
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"Connection: close" in answer
    assert b"That is too large" in answer
    assert answer.count(b"HTTP/1.1") == 1


def test_what_comes_in_parts_without_a_length_is_answered_with_the_same_page(running):
    with socket.create_connection(running, timeout=20) as line:
        line.sendall(
            b"POST /opportunity/greenspace/homes/ HTTP/1.1\r\nHost: localhost\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n"
        )
        part = b"%x\r\n%s\r\n" % (len(PIECE), PIECE)
        for _ in range(1 + 31_000_000 // len(PIECE)):
            line.sendall(part)
        answer = b""
        while got := line.recv(65_536):
            answer += got
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"That is too large" in answer
    assert answer.count(b"HTTP/1.1") == 1


def test_a_sender_that_first_asks_whether_to_send_is_told_no_at_once(running):
    assert sent(running, 10**9, 0, head="Expect: 100-continue\r\n").startswith(b"HTTP/1.1 413")


def test_what_follows_is_thrown_away_and_never_read_as_a_request(running):
    more = b"\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    assert sent(running, 10**9, 1, more=more).count(b"HTTP/1.1") == 1


def test_memory_and_disk_hold_nothing_of_what_is_thrown_away(running):
    sent(running, 10**9, 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sent(running, 10**9, 150)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kilobytes


def test_hundreds_who_send_a_letter_now_and_then_keep_nobody_out(running):
    slow = []
    try:
        for n in range(MOST_OPEN + 150):
            line = socket.create_connection(running, timeout=20)
            length = "" if n % 2 else "Content-Length: 5000\r\n\r\n"
            line.sendall(f"POST /places/ HTTP/1.1\r\nHost: localhost\r\n{length}a".encode())
            slow.append(line)
        with socket.create_connection(running, timeout=5) as line:
            line.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            assert line.recv(65_536).startswith(b"HTTP/1.1 ")
    finally:
        for line in slow:
            line.close()


class Connection:
    def __init__(self, address, created, *, busy=False):
        self.addr, self.creation_time, self.requests = (address, 1), created, ["one"] if busy else []
        self.will_close = False


def test_room_is_made_by_whoever_has_the_most_and_never_by_a_request_that_is_being_answered(monkeypatch):
    monkeypatch.setattr("fairground.web.serving.MOST_OPEN", 4)
    voter, busy = Connection("192.0.2.1", 0), Connection("198.51.100.7", 0, busy=True)
    crowd = [Connection("198.51.100.7", n) for n in (3, 2, 1)]
    every = [voter, busy, *crowd]
    make_room(every[:4], newest=crowd[0])
    assert not any(one.will_close for one in every), "there is room for four"
    make_room(every, newest=crowd[2])
    assert [one.will_close for one in every] == [False, False, False, True, False], "the older of the crowd"


def test_a_request_within_the_limit_is_read_and_answered_as_ever(running):
    with socket.create_connection(running, timeout=20) as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert line.recv(65_536).startswith(b"HTTP/1.1 ")
