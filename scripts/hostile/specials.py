"""Cases that need a lab of their own, several clients, or more than one request."""

from . import documents, faults
from .cases import SMALL, Case, Expected, put, request
from .exchange import Request

# So many bytes may 200 restores that change nothing add to the database and its log.
RESTORES_GROW = 8 << 20

VICTIM = {"lab": "victim"}
# Beside the documents of `documents.all_labs`: these are stored where the service lets them in.
STORED_BEYOND = ("twenty-thousand-vms", "all-adapters")
# These are within every limit that the service guarantees, so it has to take them.
GUARANTEED = ("internal", "bridged", "both-families", "translated", "shared-forwards",
              "networks-alone", "networks", "nat-networks", "adapters", "requirements", "unmet",
              "twenty-ports", "twenty-ports-nat", "twenty-targets", "equal-addresses", "curious",
              "routed-host", "long-names", "kept")


def storing(labs):
    """Stores every lab as revision 2 of a small one."""
    for name, document in labs.items():
        expected = Expected.ACCEPTED if name in GUARANTEED else Expected.EITHER
        yield Case("putLab", f"store-{name}", put(name, document), expected,
                   before=(put(name, SMALL),), streams=True)


def specials(operations, labs):
    """All of them, for the operations that the service has."""
    by_id = {operation.id: operation for operation in operations}
    for group in (_plain(operations), _writes(by_id, labs), _reserving(by_id), _restoring(labs),
                  _leaving(labs), _together(), _neighbours(by_id)):
        yield from (case for case in group if case.operation in by_id)


def _plain(operations):
    for operation in operations:
        leaves = {"leaves_after": 1.0} if operation.id.startswith("stream") else {}
        yield Case(operation.id, "plain", request(operation, **leaves), streams=True)
        if "limit" in operation.of("query"):
            yield Case(operation.id, "largest-page", request(operation, query="limit=1000"),
                       streams=True)
        if "dry_run" in operation.of("query"):
            yield Case(operation.id, "dry-run", request(operation, query="dry_run=true"))
        if operation.id.startswith("stream"):
            header = (("Last-Event-ID", "0"),)
            yield Case(operation.id, "from-the-start",
                       request(operation, headers=header, leaves_after=2.0), streams=True)


def _writes(by_id, labs):
    """Every write, on labs of the largest kind; the answer to a dry run may not be long."""
    members = {"network": "a", "vm": "v1"}
    targets = {
        "deleteLab": ("internal", "unmet", "equal-addresses"),
        "createNetwork": ("internal", "networks"), "putNetwork": ("internal", "shared-forwards"),
        "patchNetwork": ("internal", "bridged"), "deleteNetwork": ("internal", "translated"),
        "createVM": ("internal", "unmet"), "putVM": ("internal", "translated", "equal-addresses"),
        "patchVM": ("internal", "translated"), "deleteVM": ("internal", "translated"),
        "putLab": ("internal", "networks"), "patchLab": ("internal", "translated"),
    }
    for id, names in targets.items():
        operation = by_id.get(id)
        for name in names if operation else ():
            before = (put("victim", labs[name]),)
            values = {**VICTIM, **members, "network": labs[name]["networks"][0]["name"]}
            for query in ("dry_run=true", ""):
                yield Case(id, f"in-{name}{'-dry' if query else ''}",
                           request(operation, values, query), before=before, streams=not query)
    adapters = [{"network": "a"}] * documents.ADAPTERS
    vm, headers = faults.as_json({"name": "w", "adapters": adapters})
    yield Case("createVM", "all-adapters", Request("POST", "/v1/labs/victim/vms", vm, headers),
               before=(put("victim", labs["internal"]),))


def _reserving(by_id):
    """Reservations up to the limit of a network, and what reads them."""
    roomy = {"networks": [{"name": "a", "mode": "internal", "ipv4": "10.64.0.0/13",
                           "ipv6": "fd00:64::/64"}], "vms": documents.vms_on("a", 50)}
    path = "/v1/labs/victim/networks/a/addresses"
    body, headers = faults.as_json({"count": 1000, "note": "n" * 200})
    most = (put("victim", roomy),) + (Request("POST", path, body, headers),) * (
        documents.RESERVATIONS // 1000)
    before = most
    for id in ("listReservations", "getFreeAddresses", "getAddresses", "getPair", "getFindings",
               "getPlan", "reserveAddresses", "releaseAddress", "patchLab"):
        for query in ("dry_run=true", "") if id in by_id and by_id[id].writes else ("",):
            yield Case(id, f"reserved{'-dry' if query else ''}", request(by_id[id], VICTIM, query),
                       before=before, streams=id == "listReservations")
            before = (Request("GET", "/v1/labs/victim"),)
    for name, document in {"too-many": {"count": 1001}, "endless": {"count": 10 ** 400},
                           "long-note": {"note": "n" * 100_000}}.items():
        body, headers = faults.as_json(document)
        yield Case("reserveAddresses", name, Request("POST", path, body, headers), Expected.REFUSED,
                   before=before, short=True)


def _restoring(labs):
    """Restores that change nothing, each with a key; and restores of the largest labs."""
    restores = tuple(
        Request("POST", "/v1/labs/restored/revisions/1/restore",
                headers=(("Idempotency-Key", f"k{number}"),))
        for number in range(201))
    yield Case("restoreRevision", "with-keys", restores[0],
               before=(put("restored", labs["internal"]), *restores[1:]), streams=True,
               growth=RESTORES_GROW)
    for name in ("internal", "networks", "translated"):
        for revision in (1, 2):
            for query in ("?dry_run=true", ""):
                path = f"/v1/labs/{name}/revisions/{revision}/restore{query}"
                yield Case("restoreRevision", f"{revision}-of-{name}{'-dry' if query else ''}",
                           Request("POST", path), lab=name, streams=not query)


def _leaving(labs):
    """Clients that ask for much and hang up: the work ends with them."""
    for name in ("twenty-ports", "twenty-ports-nat", "unmet"):
        body, headers = faults.as_json({"name": "made", **labs[name]})
        for path, id in (("/v1/recommendations?limit_ms=60000", "recommend"),
                         ("/v1/recommendations", "recommend"), ("/v1/plan", "plan")):
            yield Case(id, f"leaving-{name}-{'limited' if '?' in path else 'free'}",
                       Request("POST", path, body, headers, leaves_after=0.1))
        yield Case("getRecommendations", f"leaving-{name}",
                   Request("GET", f"/v1/labs/{name}/recommendations?limit_ms=60000",
                           leaves_after=0.1),
                   lab=name)
    for name in ("internal", "networks"):
        yield Case("getConnectivity", f"leaving-{name}",
                   Request("GET", f"/v1/labs/{name}/connectivity", leaves_after=0.05), lab=name)


def _together():
    """Sixteen clients at once with the same bad body."""
    unknown = b"{" + b",".join(b'"k%d":1' % number for number in range(60_000)) + b"}"
    for id, path in (("createLab", "/v1/labs"), ("plan", "/v1/plan"),
                     ("recommend", "/v1/recommendations")):
        yield Case(id, "sixteen-at-once", Request("POST", path, unknown, faults.JSON),
                   Expected.REFUSED, copies=16)


def _neighbours(by_id):
    """Six hundred labs on one host that none of them names."""
    crowd = tuple(put(f"crowd{number}", SMALL) for number in range(600))
    for id in ("getFindings", "getPlan", "listLabs", "patchLab"):
        if id in by_id:
            yield Case(id, "in-a-crowd", request(by_id[id], {"lab": "crowd0"}), before=crowd,
                       streams=id == "listLabs")
            crowd = crowd[:1]
