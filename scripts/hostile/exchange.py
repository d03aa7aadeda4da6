"""One request over a socket of its own, and what came back."""

import json
import select
import socket
import time
from dataclasses import dataclass, field

# More of an answer is counted, but not kept.
KEPT_BYTES = 16 << 20


@dataclass(frozen=True)
class Request:
    """What is sent. `path` holds the query too."""

    method: str
    path: str
    body: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()
    # The client hangs up so many seconds after it has sent everything.
    leaves_after: float | None = None

    def raw(self, host):
        lines = [f"{self.method} {self.path} HTTP/1.1", f"Host: {host}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        if self.body is not None:
            lines.append(f"Content-Length: {len(self.body)}")
        head = "\r\n".join(lines) + "\r\n\r\n"
        return head.encode("latin-1") + (self.body or b"")


@dataclass
class Answer:
    """`status` is None where no answer came."""

    status: int | None = None
    head: str = ""
    body: bytes = b""
    size: int = 0
    seconds: float = 0.0
    # Why the exchange ended early: "left", "stopped" or the socket's error.
    ended: str = ""
    faults: list[str] = field(default_factory=list)

    @property
    def media_type(self):
        for line in self.head.split("\r\n"):
            if line.lower().startswith("content-type:"):
                return line.split(":", 1)[1].split(";")[0].strip().lower()
        return ""

    def problem(self):
        """The problem document, or None where the answer is not one."""
        if self.media_type != "application/problem+json":
            return None
        try:
            return json.loads(self.body)
        except ValueError:
            return None


def exchange(port, request, stop=lambda: False, source="127.0.0.1"):
    """Sends a request and reads its answer to the end; `stop` is asked each 20 ms."""
    began = time.monotonic()
    answer = Answer()
    received = bytearray()
    try:
        with socket.create_connection(("127.0.0.1", port), 10, (source, 0)) as connection:
            connection.setblocking(False)
            _converse(connection, request, answer, received, stop, port)
    except OSError as error:
        answer.ended = type(error).__name__
    answer.seconds = time.monotonic() - began
    _read_message(bytes(received), answer)
    return answer


def _converse(connection, request, answer, received, stop, port):
    rest = memoryview(request.raw(f"127.0.0.1:{port}"))
    deadline = None
    while True:
        if not rest and request.leaves_after is not None and deadline is None:
            deadline = time.monotonic() + request.leaves_after
        readable, writable, _ = select.select([connection], [connection] if rest else [], [], 0.02)
        if readable:
            chunk = connection.recv(1 << 18)
            if not chunk:
                return
            answer.size += len(chunk)
            if len(received) < KEPT_BYTES:
                received += chunk
        if writable:
            try:
                rest = rest[connection.send(rest[: 1 << 18]):]
            except (BrokenPipeError, ConnectionResetError):
                rest = rest[len(rest):]  # It may have answered before it hung up.
        if deadline is not None and time.monotonic() >= deadline:
            answer.ended = "left"
            return
        if stop():
            answer.ended = "stopped"
            return


def _read_message(received, answer):
    head, separator, body = received.partition(b"\r\n\r\n")
    if not separator:
        return
    answer.head = head.decode("latin-1")
    answer.status = int(answer.head.split(" ", 2)[1])
    answer.size -= len(head) + len(separator)
    answer.body = _unchunk(body) if "chunked" in answer.head.lower() else body


def _unchunk(body):
    parts, position = [], 0
    while (end := body.find(b"\r\n", position)) >= 0:
        try:
            size = int(body[position:end].split(b";")[0], 16)
        except ValueError:
            break
        if size == 0:
            break
        parts.append(body[end + 2:end + 2 + size])
        position = end + 2 + size + 2
    return b"".join(parts)
