"""Who takes part in the soak: each role does one thing at a time, and says what it was answered."""

import itertools
import json
import socket
import time

from . import documents, faults
from .exchange import Request, exchange

LABS = 40
QUESTION = {"vms": 5, "needs": ["vm-to-vm", "internet"]}
# What every role may meet when others change labs under it.
RACES = {200, 201, 204, 304, 404, 409, 412}
REFUSALS = {400, 404, 405, 408, 413, 414, 415, 422, 431}


class Role:
    """A client with a name, and a `random` of its own."""

    expected = RACES

    def __init__(self, port, random):
        self.port = port
        self.random = random

    def lab(self):
        return f"soak{self.random.randrange(LABS)}"

    def send(self, method, path, document=None, headers=(), source="127.0.0.1"):
        body, kind = faults.as_json(document) if document is not None else (None, ())
        return exchange(self.port, Request(method, path, body, (*kind, *headers)), source=source)

    def document(self):
        count = self.random.randint(1, 40)
        mode = self.random.choice(("nat", "nat-network", "bridged", "internal", "host-only"))
        document = documents.one_switch(mode, count)
        document["description"] = "d" * self.random.randrange(200)
        document["requirements"] = [{"from": "vms", "to": self.random.choice(("vms", "internet"))}]
        return document

    def act(self):
        """One step; the answer, or None where there is none to judge."""
        raise NotImplementedError


class Writer(Role):
    """Creates, changes, deletes and restores labs, and reserves addresses."""

    expected = RACES | {422}
    keys = itertools.count()

    def act(self):
        lab = f"/v1/labs/{self.lab()}"
        key = (("Idempotency-Key", f"soak-{next(self.keys) // 2}"),)
        return self.random.choice((
            lambda: self.send("PUT", lab, self.document()),
            lambda: self.send("PUT", lab, self.document()),
            lambda: self.send("PATCH", lab, {"description": str(self.random.random())}),
            lambda: self.send("PUT", f"{lab}/vms/v0", {"adapters": [{"network": "a"}]}),
            lambda: self.send("POST", f"{lab}/networks/a/addresses", {"count": 2}, key),
            lambda: self.send("POST", f"{lab}/revisions/1/restore", headers=key),
            lambda: self.send("DELETE", lab),
        ))()


class Planner(Role):
    """Asks everything of stored labs, and plans documents that are not stored."""

    expected = RACES | {422}

    def act(self):
        lab = f"/v1/labs/{self.lab()}"
        reads = ("addresses", "connectivity", "visibility", "findings", "revisions", "networks",
                 "connectivity/v0/internet", "networks/a/free", "networks/a/addresses", "plan",
                 "recommendations?limit_ms=20")
        return self.random.choice((
            lambda: self.send("GET", f"{lab}/{self.random.choice(reads)}"),
            lambda: self.send("GET", f"{lab}/{self.random.choice(reads)}"),
            lambda: self.send("POST", "/v1/plan", {"name": "soak", **self.document()}),
            lambda: self.send("POST", "/v1/recommendations?limit_ms=20", QUESTION),
            lambda: self.send("GET", "/v1/labs?limit=20"),
            lambda: self.send("GET", "/metrics"),
        ))()


class Hostile(Role):
    """Sends what is refused, and asks for the dear things and leaves."""

    expected = REFUSALS

    def __init__(self, port, random):
        super().__init__(port, random)
        self.bodies = [each for _, *each in faults.bodies(random, "vms", 256 << 10)]

    def act(self):
        if self.random.random() < 0.1:
            body, headers = faults.as_json({"name": "soak", **documents.twenty_ports()})
            exchange(self.port, Request("POST", "/v1/recommendations?limit_ms=5000", body, headers,
                                        leaves_after=0.05))
            return None
        if self.random.random() < 0.2:
            return self.send("GET", "/v1/labs/" + "x" * self.random.randrange(64, 9000))
        body, headers = self.random.choice(self.bodies)
        path = self.random.choice(("/v1/labs", "/v1/plan", "/v1/recommendations"))
        return exchange(self.port, Request("POST", path, body, headers))


class Slow(Role):
    """Asks for a large answer and reads next to nothing, or sends a head a byte at a time."""

    expected = {200, 408}
    greatest = 12

    def __init__(self, port, random):
        super().__init__(port, random)
        self.held = []

    def act(self):
        if len(self.held) >= self.greatest:
            self.held.pop(0).close()
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.bind((f"127.0.1.{self.random.randint(1, 200)}", 0))
        connection.connect(("127.0.0.1", self.port))
        head = b"GET /v1/labs/large/connectivity HTTP/1.1\r\nHost: localhost\r\n"
        connection.sendall(head + (b"\r\n" if self.random.random() < 0.7 else b"X-Slow: "))
        connection.setblocking(False)
        self.held.append(connection)
        for each in self.held:
            try:
                each.recv(64)
            except OSError:
                pass
        return None


class Stream:
    """Holds event streams open from addresses of their own, and takes them up where they broke."""

    def __init__(self, port, count):
        self.port = port
        self.streams = [None] * count
        self.last = [b""] * count
        self.refused = 0
        self.heard = 0

    def act(self):
        """Opens what is closed and reads what has come; each is cut off now and then."""
        for index, stream in enumerate(self.streams):
            if stream is None:
                self.streams[index] = self._open(index)
            else:
                self._hear(index, stream)

    def cut(self, index):
        if self.streams[index % len(self.streams)] is not None:
            self.streams[index % len(self.streams)].close()
            self.streams[index % len(self.streams)] = None

    def _open(self, index):
        lines = [b"GET /v1/events HTTP/1.1", b"Host: localhost"]
        if self.last[index]:
            lines.append(b"Last-Event-ID: " + self.last[index])
        try:
            stream = socket.create_connection(
                ("127.0.0.1", self.port), 10, (f"127.0.2.{1 + index // 50}", 0))
            stream.sendall(b"\r\n".join(lines) + b"\r\n\r\n")
            if not stream.recv(4096).startswith(b"HTTP/1.1 200"):
                self.refused += 1
            stream.setblocking(False)
            return stream
        except OSError:
            return None

    def _hear(self, index, stream):
        try:
            heard = stream.recv(1 << 16)
        except BlockingIOError:
            return
        except OSError:
            heard = b""
        if not heard:
            stream.close()
            self.streams[index] = None
            return
        for line in heard.split(b"\n"):
            if line.startswith(b"id: ") and line[4:].strip().isdigit():
                self.last[index] = line[4:].strip()
                self.heard += 1


def expected_problem(answer, expected):
    """What is wrong with an answer, in words; an empty text where nothing is."""
    if answer.status is None:
        return f"no answer ({answer.ended})"
    if answer.status in expected:
        return ""
    code = ""
    try:
        code = json.loads(answer.body).get("code", "")
    except (ValueError, AttributeError):
        pass
    return f"{answer.status} {code}"


def pause(seconds, ended):
    """Waits, but no longer than the soak lasts."""
    deadline = time.monotonic() + seconds
    while not ended.is_set() and time.monotonic() < deadline:
        ended.wait(min(1.0, deadline - time.monotonic()))
