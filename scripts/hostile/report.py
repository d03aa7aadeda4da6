"""What the bench prints, and the folders that let somebody send a failing case again."""

import re
import shlex
from pathlib import Path

from . import probe
from .verdict import HEALTH_SECONDS

WRITTEN = "%{http_code} %{time_total} s, %{size_download} bytes\\n"


def reproduction(case, folder, stored):
    """Writes the bodies and a script of curl commands; returns the script's path."""
    place = Path(folder) / re.sub(r"[^A-Za-z0-9.-]+", "-", f"{case.operation}-{case.name}")[:120]
    place.mkdir(parents=True, exist_ok=True)
    requests = [*case.before, case.request]
    if case.lab in stored:
        requests = [*stored[case.lab], *requests]
    lines = ["#!/bin/sh", "# Sends it to the service at URL, as http://127.0.0.1:8080.",
             ": ${URL:?}", 'cd "$(dirname "$0")"']
    for number, request in enumerate(requests):
        command = ["curl", "-sS", "-o", f"answer-{number}", "-w", WRITTEN, "-g", "--path-as-is",
                   "-X", request.method]
        for name, value in request.headers:
            command += ["-H", f"{name}: {value}"]
        if request.leaves_after is not None:
            command += ["--max-time", str(request.leaves_after)]
        if request.body is not None:
            (place / f"body-{number}").write_bytes(request.body)
            command += ["-H", "Expect:", "--data-binary", f"@body-{number}"]
        lines.append(f'{shlex.join(command)} "$URL"{shlex.quote(request.path)}')
    if case.copies > 1:
        lines[-1] = f"for each in $(seq {case.copies}); do {lines[-1]} & done; wait"
    script = place / "reproduce.sh"
    script.write_text("\n".join(lines) + "\n")
    script.chmod(0o755)
    return script


def line(measure):
    """What one case cost."""
    case = measure.case
    cost = f"{measure.cpu:.2f} s, {measure.peak >> 20} MB, {measure.size >> 10} KB"
    return f"{case.operation} {case.name}: {measure.skipped or measure.status} {cost}"


def table(measures):
    """The worst of each operation."""
    rows = [("operation", "cases", "failed", "CPU s", "peak MB", "answer KB", "health ms")]
    by_operation = {}
    for measure in measures:
        by_operation.setdefault(measure.case.operation, []).append(measure)
    for operation, each in by_operation.items():
        rows.append((operation, len(each), sum(1 for one in each if one.faults),
                     f"{max(one.cpu for one in each):.2f}", max(one.peak for one in each) >> 20,
                     max(one.size for one in each) >> 10,
                     f"{max(one.health for one in each) * 1000:.0f}"))
    widths = [max(len(str(row[column])) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(str(cell).rjust(width) if column else cell.ljust(width)
                  for column, (cell, width) in enumerate(zip(row, widths)))
        for row in rows)


def health(samples):
    """A line about the other client, and whether its bound was kept.

    What the bare server's client waited at the same time is the machine's own doing, and is added
    to the bound.
    """
    asked = [each.seconds for each in samples if each.kind == "health"]
    refused = sum(1 for each in samples if each.kind == "refused")
    bare = [each.seconds for each in samples if each.kind == "bare"]
    p99, bare_p99 = probe.percentile(asked, 0.99), probe.percentile(bare, 0.99)
    kept = bool(asked) and not refused and p99 <= HEALTH_SECONDS + bare_p99
    return (f"GET /healthz meanwhile: {len(asked)} asked, {refused} refused, "
            f"p50 {probe.percentile(asked, 0.5) * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms, "
            f"longest {max(asked, default=0) * 1000:.0f} ms; a bare server: "
            f"p50 {probe.percentile(bare, 0.5) * 1000:.1f} ms, p99 {bare_p99 * 1000:.1f} ms"), kept
