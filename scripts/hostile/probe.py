"""Another client: asks GET /healthz again and again, and beside it a bare server that does nothing.

Runs as a process of its own, so that the bench's work does not count: `probe.py PORT FILE` writes a
line `KIND BEGAN SECONDS` a request, and ends with its standard input. The bare server says what the
machine itself costs at that moment.
"""

import os
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

PAUSE = 0.01
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n"


@dataclass
class Sample:
    kind: str
    began: float
    seconds: float


class Probe:
    """The process, seen from the bench."""

    def __init__(self, port, path):
        self.path = Path(path)
        self.process = subprocess.Popen(
            [sys.executable, __file__, str(port), str(path)], stdin=subprocess.PIPE)

    def stop(self):
        self.process.stdin.close()
        self.process.wait()

    def samples(self):
        lines = self.path.read_text().splitlines() if self.path.exists() else []
        parts = [line.split() for line in lines if line.count(" ") == 2]
        return [Sample(kind, float(began), float(seconds)) for kind, began, seconds in parts]


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def serve_bare():
    """Answers each line that comes with a few bytes, in a process of its own; returns its port."""
    listener = socket.create_server(("127.0.0.1", 0))
    if os.fork() == 0:
        connection, _ = listener.accept()
        while connection.recv(4096):
            connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
        os._exit(0)
    port = listener.getsockname()[1]
    listener.close()
    return port


def ask(port, kind, output, ended):
    connection = None
    while not ended.is_set():
        began = time.monotonic()
        try:
            if connection is None:
                connection = socket.create_connection(("127.0.0.1", port), 30)
            connection.sendall(HEALTH % port)
            answer = connection.recv(4096)
            if not answer:
                raise OSError
            kept = kind if answer.startswith(b"HTTP/1.1 20") else "refused"
            output.write(f"{kept} {began} {time.monotonic() - began}\n")
            output.flush()
        except OSError:
            if time.monotonic() - began > 1:
                output.write(f"{kind} {began} {time.monotonic() - began}\n")
            if connection is not None:
                connection.close()
            connection = None
        time.sleep(PAUSE)


def main():
    port, path = int(sys.argv[1]), sys.argv[2]
    ended = threading.Event()
    bare = serve_bare()
    with open(path, "a", encoding="ascii") as output:
        for target, kind in ((port, "health"), (bare, "bare")):
            threading.Thread(target=ask, args=(target, kind, output, ended), daemon=True).start()
        sys.stdin.read()
        ended.set()
        time.sleep(2 * PAUSE)
        output.flush()
        os._exit(0)


if __name__ == "__main__":
    main()
