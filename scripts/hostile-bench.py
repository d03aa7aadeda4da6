#!/usr/bin/env python3
"""Sends every operation the worst that its limits let in, and checks what that costs the service.

    scripts/hostile-bench.py .build/release/labplan [--only REGEX] [--sample SHARE] [--seed N]

Each request ends within 2 s of the service's CPU, 256 MB of memory (512 MB where the body has more
than 1 MB) and 4 MB of answer (but for a page, a document, a drawing or a matrix that was asked
for), or in a 4xx that says why; never in a 500. A case that breaks a bound is sent once more to a
service begun anew, and fails if it breaks one again: time on a busy machine varies. Meanwhile
another client's GET /healthz has a p99 of at most 50 ms. The operations are those of the service's
own /openapi.json: one without a case fails the bench. Linux alone: time and memory are read from
/proc.
"""

import argparse
import json
import random
import re
import sys
import tempfile
import threading
import time
from itertools import chain
from pathlib import Path

from hostile import documents, report, specials
from hostile.cases import cases
from hostile.exchange import Request, exchange
from hostile.operations import Offer, read_operations
from hostile.probe import Probe
from hostile.service import Service
from hostile.verdict import Measure, judge

# Past these a request is given up, so that a service without bounds does not take the machine.
GIVEN_UP_CPU = 3.0
GIVEN_UP_MEMORY = 1500 << 20
GIVEN_UP_SECONDS = 60.0


class Bench:
    """Runs cases against a service that is started again where one left it hurt."""

    def __init__(self, labplan, folder, failures):
        self.service = Service(labplan, Path(folder) / "service")
        self.template = Path(folder) / "template.sqlite"
        self.failures = failures
        self.samples = []
        self.measures = []
        self.stored = {}
        self.operations = {}
        self.probe = None
        self.start()

    def start(self):
        self.service.start()
        samples = self.service.folder / f"probe-{self.service.process.pid}"
        self.probe = Probe(self.service.port, samples)

    def end(self, at_once=False):
        """Stops the service; says how long it took, None where it had to be killed."""
        self.probe.stop()
        self.samples += self.probe.samples()
        if not at_once and self.service.alive:
            return self.service.stop()
        self.service.kill()
        return None

    def restart(self):
        self.end(at_once=True)
        if self.template.exists():
            self.service.begin_with(self.template)
        self.start()

    def send(self, request, copies=1):
        """The answers to so many of the same request at once."""
        began, cpu = time.monotonic(), self.service.cpu()

        def given_up():
            return (self.service.cpu() - cpu > GIVEN_UP_CPU * copies
                    or self.service.memory() > GIVEN_UP_MEMORY
                    or time.monotonic() - began > GIVEN_UP_SECONDS or not self.service.alive)

        answers = [None] * copies

        def one(index):
            answers[index] = exchange(self.service.port, request, given_up)

        if copies == 1:
            one(0)
        else:
            threads = [threading.Thread(target=one, args=(index,)) for index in range(copies)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        return answers

    def run(self, case):
        """Sends a case, judges it, and leaves a service at rest."""
        now = time.monotonic()
        if case.lab and case.lab not in self.stored and case.lab != "small":
            return Measure(case, [], now, now, skipped=f"the lab {case.lab} is not stored")
        size = 0
        for position, request in enumerate(case.before):
            answer = self.send(request)[0]
            if answer.status is None or answer.status >= 500:
                measure = Measure(case, [answer], now, now, alive=self.service.alive)
                measure.faults = [f"{request.method} {request.path[:60]} before it: "
                                  f"{answer.status or answer.ended}"]
                self.restart()
                return measure
            if position == 0:
                size = self.service.stored()
        if case.before:
            self.service.settle(1)
        self.service.forget_peak()
        began, cpu = time.monotonic(), self.service.cpu()
        answers = self.send(case.request, case.copies)
        given_up = any(answer.ended == "stopped" for answer in answers)
        settled = self.service.settle(0.2 if given_up else 10)
        measure = Measure(case, answers, began, time.monotonic(), self.service.cpu() - cpu,
                          self.service.memory("VmHWM"), settled, self.service.alive)
        measure.growth = self.service.stored() - size
        measure.faults = judge(measure, self.operations[case.operation])
        for answer in answers:
            answer.body = b""
        if not measure.alive or not settled or measure.peak > GIVEN_UP_MEMORY // 8:
            self.restart()
        return measure

    def run_twice(self, case):
        """Runs a case, and once more where it broke a bound."""
        measure = self.run(case)
        if not measure.faults:
            return measure
        print(f"once more: {case.operation} {case.name}: {'; '.join(measure.faults)}", flush=True)
        self.restart()
        return self.run(case)

    def report(self, measure):
        self.measures.append(measure)
        if measure.faults:
            script = report.reproduction(measure.case, self.failures, self.stored)
            print(f"FAIL {measure.case.operation} {measure.case.name}: {'; '.join(measure.faults)}"
                  f" [{measure.status}] {script}", flush=True)

    def offer(self):
        """What the service's own flags and answers say of limits and formats."""
        listed = exchange(self.service.port, Request("GET", "/v1/exports"))
        exports = json.loads(listed.body).get("exports", []) if listed.status == 200 else []
        return Offer(self.service.limits(), [each["format"] for each in exports])

    def store(self, labs):
        """Stores what the reads are about, and keeps the database for every start to come."""
        self.send(specials.put("small", specials.SMALL))
        for case in specials.storing(labs):
            measure = self.run(case)
            if measure.status in (200, 201):
                self.stored[case.request.path.rsplit("/", 1)[1]] = (*case.before, case.request)
            yield measure
        self.end()
        self.service.save(self.template)
        self.start()

    def judge_health(self):
        """Says of each case how long the other client waited while it ran."""
        for measure in self.measures:
            measure.health = max((each.seconds for each in self.samples if each.kind != "bare"
                                  and each.began < measure.ended
                                  and each.began + each.seconds > measure.began), default=0.0)


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("labplan")
    parser.add_argument("--only", default="", help="cases whose 'operation name' has this pattern")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sample", type=float, default=1.0,
                        help="draw a share of the cases; those of several requests stay")
    parser.add_argument("--failures", default="hostile-failures", help="a folder for what failed")
    parser.add_argument("--verbose", action="store_true", help="a line for every case")
    return parser.parse_args()


def draw(all_cases, arguments):
    """A share of the cases by the seed, and at least one for each operation."""
    chance, drawn = random.Random(arguments.seed), set()
    for case in all_cases:
        if chance.random() < arguments.sample or case.operation not in drawn:
            drawn.add(case.operation)
            yield case


def main():
    arguments = read_arguments()
    source = random.Random(arguments.seed)
    labs = documents.all_labs(source)
    beyond = documents.beyond_labs()
    with tempfile.TemporaryDirectory(prefix="labplan-hostile-") as folder:
        bench = Bench(arguments.labplan, folder, arguments.failures)
        described = exchange(bench.service.port, Request("GET", "/openapi.json"))
        operations = read_operations(json.loads(described.body))
        bench.operations = {operation.id: operation for operation in operations}
        wanted = re.compile(arguments.only)
        kept = {**labs, **{name: beyond[name] for name in specials.STORED_BEYOND}}
        uncovered = set(bench.operations)
        for measure in bench.store(kept):
            bench.report(measure)
        drawn = draw(cases(operations, kept, bench.offer(), source), arguments)
        for case in chain(drawn, specials.specials(operations, labs)):
            uncovered.discard(case.operation)
            if wanted.search(f"{case.operation} {case.name}"):
                measure = bench.run_twice(case)
                bench.report(measure)
                if arguments.verbose:
                    print(report.line(measure), flush=True)
        drained = bench.end()
        bench.judge_health()
    return conclude(bench, uncovered, drained)


def conclude(bench, uncovered, drained):
    """Prints the summary; the exit status."""
    skipped = [measure for measure in bench.measures if measure.skipped]
    failed = sum(1 for measure in bench.measures if measure.faults) + len(uncovered)
    for id in sorted(uncovered):
        print(f"FAIL {id}: no case; write one in scripts/hostile/cases.py")
    print(report.table([measure for measure in bench.measures if not measure.skipped]))
    said, healthy = report.health(bench.samples)
    print(said)
    if drained is None:
        print("FAIL the service did not end within 15 s of SIGTERM")
    if skipped:
        print(f"{len(skipped)} cases skipped: their labs are not stored")
    failed += (not healthy) + (drained is None)
    passed = sum(1 for measure in bench.measures if not measure.faults and not measure.skipped)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
