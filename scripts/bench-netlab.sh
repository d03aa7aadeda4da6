#!/usr/bin/env bash
# Plans the same labs with netlab (PyPI `networklab`, in a virtual environment) and with labplan.
# A lab is N nodes with two interfaces each, on links of 20 nodes. Runs alternate; medians of ROUNDS.
#
# Two times of netlab: its transformation alone (reading, addressing, links; no files written), and
# the whole `netlab create`. labplan's is the whole `labplan plan`, which also solves who reaches
# whom, and `labplan check`, which also looks for findings. The ratio is netlab's transformation
# alone against the slower of the two, so it flatters netlab.
#
# SIZES="50 200 1000" takes more; 1,000 nodes take netlab a minute each time.
set -euo pipefail
labplan=$(realpath "$1")
sizes=${SIZES:-50 200}
rounds=${ROUNDS:-3}
environment=${NETLAB_ENVIRONMENT:-.build/netlab}
command -v python3 >/dev/null || { echo "the benchmark needs python3 with venv" >&2; exit 1; }

if [ ! -x "$environment/bin/netlab" ]; then
  echo "installing netlab in $environment" >&2
  python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --disable-pip-version-check networklab
fi
environment=$(realpath "$environment")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$environment/bin/python" - "$labplan" "$rounds" "$folder" $sizes <<'PYTHON'
import importlib.metadata, os, statistics, subprocess, sys, time

labplan, rounds, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
sizes = [int(size) for size in sys.argv[4:]]
netlab = os.path.join(os.path.dirname(sys.executable), "netlab")
members = 20
TRANSFORM = """
import sys, time
from netsim import augment
from netsim.utils import log, read
started = time.perf_counter()
topology = read.load(sys.argv[1])
augment.main.transform(topology)
log.exit_on_error()
assert len(topology.nodes) == int(sys.argv[2])
assert all(i.ipv4 for n in topology.nodes.values() for i in n.interfaces)
print(time.perf_counter() - started)
"""


def links(nodes):
    """Every node on two links: its neighbours in the row, and the nodes a stride apart."""
    count = -(-nodes // members)
    row = [range(k * members, min(nodes, (k + 1) * members)) for k in range(count)]
    stride = [range(k, nodes, count) for k in range(count)]
    return row + stride


def write(nodes):
    with open("topology.yml", "w") as file:
        file.write("provider: clab\ndefaults.device: none\n")
        # By default netlab numbers 150 nodes, and has a /24 of addresses for their loopbacks and for
        # managing them. Its pool of LANs, 172.16.0.0/16, has 256 prefixes; 1,000 nodes need 100.
        file.write(f"defaults.const.MAX_NODE_ID: {max(150, nodes)}\n")
        file.write("addressing.loopback.ipv4: 10.0.0.0/16\n")
        file.write("addressing.mgmt.ipv4: 192.168.0.0/16\n")
        file.write("nodes: [%s]\n" % ", ".join(f"n{i}" for i in range(nodes)))
        file.write("links:\n")
        for link in links(nodes):
            file.write("- {%s}\n" % ", ".join(f"n{i}: " for i in link))
    of = [[] for _ in range(nodes)]
    for number, link in enumerate(links(nodes)):
        for node in link:
            of[node].append(number)
    with open("lab.yaml", "w") as file:
        file.write("name: bench\nnetworks:\n")
        for number in range(len(links(nodes))):
            file.write(f"  - {{name: l{number}, mode: internal}}\n")
        file.write("vms:\n")
        for node, numbers in enumerate(of):
            adapters = ", ".join("{network: l%d}" % number for number in numbers)
            file.write(f"  - {{name: n{node}, adapters: [{adapters}]}}\n")


def seconds(*command, allowed=(0,)):
    started = time.perf_counter()
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if run.returncode not in allowed:
        sys.exit(f"{' '.join(command)} failed:\n{run.stderr or run.stdout}")
    return time.perf_counter() - started, run.stdout


os.chdir(folder)
print("netlab", importlib.metadata.version("networklab"), "and labplan, median of", rounds)
titles = ["nodes", "transform", "create", "plan", "check", "ratio"]
print("".join(title.rjust(12) for title in titles))
for nodes in sizes:
    write(nodes)
    times = {title: [] for title in titles[1:5]}
    for _ in range(rounds):
        _, printed = seconds(sys.executable, "-c", TRANSFORM, "topology.yml", str(nodes))
        times["transform"].append(float(printed.split()[-1]))
        times["create"].append(seconds(netlab, "create", "-o", "yaml=out.yml", "topology.yml")[0])
        times["plan"].append(seconds(labplan, "plan", "--format", "json", "lab.yaml")[0])
        times["check"].append(seconds(labplan, "check", "lab.yaml")[0])
    medians = [statistics.median(times[title]) for title in titles[1:5]]
    ratio = medians[0] / max(medians[2:])
    print(str(nodes).rjust(12) + "".join(f"{m:.3f} s".rjust(12) for m in medians)
          + f"{ratio:.0f} x".rjust(12), flush=True)
PYTHON
