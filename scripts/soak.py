#!/usr/bin/env python3
"""Writers, planners, event streams, hostile clients and slow readers against one service, for long.

    MINUTES=60 scripts/soak.py .build/release/labplan

The clients slow down until they and the service take about 60 % of one core together. It fails
where an answer has another status than its client expects, where resident memory still grows in the
last two thirds, where the service outlives its drain timeout after SIGTERM, where another client's
GET /healthz has a p99 over 50 ms, or where `labplan check-database` finds the database unsound.
Linux alone: time and memory are read from /proc.
"""

import collections
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from hostile import documents, report
from hostile.crowd import Hostile, Planner, Slow, Stream, Writer, expected_problem, pause
from hostile.probe import Probe
from hostile.service import Service
from hostile.specials import put
from hostile.exchange import exchange

SHARE_OF_A_CORE = 0.6
SAMPLED_EACH = 10.0
# Memory may seem to grow so much over the last two thirds; it has to rest somewhere.
GROWTH = 16 << 20
DRAIN_SECONDS = 10.0
STREAMS = 150


class Soak:
    """What all clients share: when it ends, how fast they go, and what they met."""

    def __init__(self, service, seconds, seed):
        self.service = service
        self.seconds = seconds
        self.seed = seed
        self.ended = threading.Event()
        self.pause = 0.05
        self.met = collections.Counter()
        self.unexpected = collections.Counter()
        self.samples = []
        self.streams = Stream(service.port, STREAMS)

    def play(self, role, number):
        """One client, until the end."""
        player = role(self.service.port, random.Random(f"{self.seed} {role.__name__} {number}"))
        while not self.ended.is_set():
            try:
                answer = player.act()
            except OSError as error:
                self.unexpected[f"{role.__name__}: {type(error).__name__}"] += 1
                answer = None
            if answer is not None:
                self.met[(role.__name__, answer.status)] += 1
                problem = expected_problem(answer, player.expected)
                if problem:
                    self.unexpected[f"{role.__name__}: {problem}"] += 1
            pause(self.pause, self.ended)

    def listen(self):
        """Every event stream, until the end."""
        turn = 0
        while not self.ended.is_set():
            self.streams.act()
            turn += 1
            if turn % 10 == 0:
                self.streams.cut(turn // 10)
            pause(0.2, self.ended)

    def keep_pace(self):
        """Adjusts the pause of the clients, and samples memory."""
        began = sampled = time.monotonic()
        spent, looked = self.spent(), began
        while time.monotonic() - began < self.seconds:
            time.sleep(1)
            now = time.monotonic()
            share = (self.spent() - spent) / (now - looked)
            spent, looked = self.spent(), now
            change = min(1.5, max(0.7, share / SHARE_OF_A_CORE))
            self.pause = min(5.0, max(0.002, self.pause * change))
            if now - sampled >= SAMPLED_EACH:
                sampled = now
                self.samples.append((now - began, self.service.memory()))
                print(f"{now - began:6.0f} s  {self.service.memory() / (1 << 20):6.1f} MB"
                      f"  {share * 100:3.0f} % of a core", flush=True)
            if not self.service.alive:
                self.unexpected["the service died"] += 1
                break
        self.ended.set()

    def spent(self):
        return self.service.cpu() + time.process_time()


def slope(samples):
    """Bytes a second: the least squares' line through samples of seconds and bytes."""
    count = len(samples)
    if count < 2:
        return 0.0
    mean_time = sum(second for second, _ in samples) / count
    mean_size = sum(size for _, size in samples) / count
    spread = sum((second - mean_time) ** 2 for second, _ in samples)
    return sum((second - mean_time) * (size - mean_size) for second, size in samples) / spread


def main():
    minutes = float(os.environ.get("MINUTES", "60"))
    seed = int(os.environ.get("SEED", "1"))
    with tempfile.TemporaryDirectory(prefix="labplan-soak-") as folder:
        service = Service(sys.argv[1], folder, ["--drain-timeout", str(DRAIN_SECONDS)])
        service.start()
        exchange(service.port, put("large", documents.one_switch("internal", 1000)))
        soak = Soak(service, minutes * 60, seed)
        probe = Probe(service.port, Path(folder) / "probe")
        roles = [(Writer, 2), (Planner, 3), (Hostile, 1), (Slow, 1)]
        threads = [threading.Thread(target=soak.play, args=(role, number), daemon=True)
                   for role, count in roles for number in range(count)]
        threads.append(threading.Thread(target=soak.listen, daemon=True))
        for thread in threads:
            thread.start()
        soak.keep_pace()
        probe.stop()
        # The streams are still open, and requests in flight: this is when it is told to end.
        drained = service.stop(DRAIN_SECONDS + 5)
        for thread in threads:
            thread.join(30)
        checked = subprocess.run([service.labplan, "check-database", "--database",
                                  str(service.database)], capture_output=True, text=True)
        return conclude(soak, probe, drained, checked)


def conclude(soak, probe, drained, checked):
    """Prints what was met; the exit status."""
    faults = [f"unexpected, {count} times: {what}" for what, count in soak.unexpected.items()]
    last = [each for each in soak.samples if each[0] >= soak.seconds / 3]
    growth = slope(last) * (last[-1][0] - last[0][0]) if last else 0
    said, healthy = report.health(probe.samples())
    for (role, status), count in sorted(soak.met.items(), key=str):
        print(f"{role:8} {status}: {count}")
    print(f"event streams: {STREAMS} open, {soak.streams.heard} events heard")
    print(said)
    if last:
        print(f"memory: {last[0][1] >> 20} MB to {last[-1][1] >> 20} MB over the last two thirds; "
              f"a line through it grows by {growth / (1 << 20):.1f} MB")
    print(f"ended {drained:.1f} s after SIGTERM" if drained is not None else "killed")
    print(checked.stdout.strip() or checked.stderr.strip())
    if growth > GROWTH:
        faults.append(f"memory grew by {growth / (1 << 20):.0f} MB, not {GROWTH >> 20}")
    if drained is None or drained > DRAIN_SECONDS + 1:
        faults.append(f"SIGTERM took more than {DRAIN_SECONDS:g} s")
    if not healthy:
        faults.append("GET /healthz was slow")
    if soak.streams.refused:
        faults.append(f"{soak.streams.refused} event streams were refused")
    if checked.returncode:
        faults.append("the database is not sound")
    for fault in faults:
        print(f"FAIL {fault}")
    print("passed" if not faults else f"{len(faults)} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
