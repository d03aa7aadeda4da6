"""Which requests are sent for each operation, and what is expected of their answers."""

import json
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlencode

from . import documents, faults
from .exchange import Request

SMALL = {"networks": [{"name": "a", "mode": "nat-network", "ipv4": "10.9.0.0/24"}],
         "vms": documents.vms_on("a", 3)}
# A body that each kind of request body accepts, and the list that its faults are put into.
BODIES = {
    "Lab": ({"name": "made", **SMALL}, "vms"),
    "UnnamedLab": (SMALL, "networks"),
    "LabPatch": ({"description": "changed"}, "vms"),
    "Network": ({"name": "b", "mode": "internal"}, "dhcp"),
    "UnnamedNetwork": ({"mode": "internal"}, "dhcp"),
    "NetworkPatch": ({"mode": "internal"}, "dhcp"),
    "VM": ({"name": "w", "adapters": [{"network": "a"}]}, "adapters"),
    "UnnamedVM": ({"adapters": [{"network": "a"}]}, "adapters"),
    "VMPatch": ({"forwarding": True}, "routes"),
    "Reservation": ({"count": 1}, "note"),
    "Question": ({"vms": 3, "needs": ["vm-to-vm"]}, "needs"),
}
# What path parameters are filled with where they are not what a case is about.
VALUES = {"lab": "small", "network": "a", "vm": "v0", "from": "v0", "to": "v1", "revision": 1,
          "address": "10.9.0.77", "format": "csv"}
# Operations that take every byte of the largest body; the others share their reader.
READERS = ("createLab", "patchLab", "plan", "recommend")
# Answers with a page, a document or a matrix that was asked for: as long as that is.
STREAMED = ("getConnectivity", "getPlan", "plan", "streamEvents", "streamLabEvents", "getAddresses",
            "listLabs", "listNetworks", "listVMs", "getLab", "putLab", "patchLab", "createLab",
            "getRevision", "restoreRevision", "listReservations", "listRevisions",
            "exportLab", "exportDocument", "getDrawing")
# Operations that take a lab document, and what is asked with it.
QUERIES = {"createLab": ("?dry_run=true",), "plan": ("", "?base=internal"),
           "patchLab": ("?dry_run=true",), "recommend": ("", "?limit_ms=1")}


class Expected(Enum):
    """What the answer may be."""

    ACCEPTED = "2xx: the limits let it in"
    REFUSED = "4xx: it is wrong"
    EITHER = "2xx, or 4xx that names a limit"
    LIMITED = "4xx that names a limit: it is larger than a flag lets in"
    ANY = "2xx or 4xx"


@dataclass(frozen=True)
class Case:
    """A request that is judged.

    `lab` is a stored lab that it needs, `before` what is sent first.
    """

    operation: str
    name: str
    request: Request
    expected: Expected = Expected.ANY
    lab: str | None = None
    before: tuple[Request, ...] = ()
    # So many clients send it at once.
    copies: int = 1
    # A refusal is about one bad name or parameter: it is short, and repeats little of it.
    short: bool = False
    # An answer other than a refusal may be as long as what was asked for.
    streams: bool = False
    # How many bytes the database may grow by, with what is sent first but for the first of it.
    growth: int | None = None


def put(lab, document, **more):
    body, headers = faults.as_json(document)
    return Request("PUT", f"/v1/labs/{lab}", body, headers, **more)


def cases(operations, labs, service, random):
    """The cases that follow from what openapi.yaml says of each operation.

    `service` has the limits of documents and the formats of exports.
    """
    for operation in operations:
        if set(operation.of("path")) - set(VALUES) or operation.body not in (None, *BODIES):
            continue
        yield from _names(operation, random)
        yield from _queries(operation, random)
        yield from _headers(operation, random)
        if operation.body:
            yield from _faulty_bodies(operation, random)
        if operation.id in QUERIES:
            yield from _documents(operation, labs)
            yield from _exceeding(operation, service.limits)
        if operation.id == "exportDocument":
            yield from _exports(operation, labs, service.formats)
    yield from _reads(operations, labs, service.formats)


def request(operation, values=None, query="", headers=(), **more):
    """A request of the operation that is right but for what is said."""
    body = None
    if operation.body:
        body, kind = faults.as_json(BODIES[operation.body][0])
        headers = (*kind, *headers)
    return Request(operation.method, operation.path({**VALUES, **(values or {})}, query), body,
                   headers, **more)


def _letters(random, count):
    return "".join(random.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=count))


def _stream(operation):
    """Streams have no end: the client goes after a while."""
    return {"leaves_after": 0.3} if operation.id.startswith("stream") else {}


def _names(operation, random):
    shapes = {"long": _letters(random, 7000), "equal": "v" * 7000, "encoded": "é" * 1000,
              "near": "v99999", "number": "9" * 3000, "sign": "+1", "zero": "01"}
    for parameter in operation.of("path"):
        for shape, text in shapes.items():
            values = {parameter: text}
            if parameter != "lab" and shape == "near":
                values["lab"] = "internal"
            yield Case(operation.id, f"{parameter}-{shape}",
                       request(operation, values, **_stream(operation)), short=True)


def _queries(operation, random):
    known = operation.of("query")
    queries = {f"{name}-{shape}": urlencode({name: text}) for name in known
               for shape, text in (("long", _letters(random, 7000)), ("equal", "a" * 7000),
                                   ("number", "9" * 5000), ("nothing", ""), ("zero", "01"))}
    queries["unknown-long"] = urlencode({_letters(random, 7000): 1})
    queries["unknown-many"] = "&".join(f"k{number}=1" for number in range(1200))
    for name in known[:1]:
        queries[f"{name}-again"] = "&".join([f"{name}=a"] * 1000)
    if "fields" in known:
        queries["fields-many"] = "fields=" + ",".join(["x"] * 3500)
        queries["fields-many-names"] = "fields=" + ",".join(
            _letters(random, 6) for _ in range(1000))
        queries["fields-deep"] = "fields=" + ".".join(["vms"] * 1800)
        queries["fields-equal"] = "fields=" + ",".join(["lab"] * 1800)
    for name, query in queries.items():
        yield Case(operation.id, f"query-{name}",
                   request(operation, query=query, **_stream(operation)), short=True)


def _headers(operation, random):
    long = _letters(random, 7000)
    tags = ", ".join(f'"{number}"' for number in range(1000, 1900))
    headers = {
        "accept-many": ("Accept", ", ".join(f"text/x{number};q=0.1" for number in range(400))),
        "accept-long": ("Accept", "text/" + long),
        "encodings": ("Accept-Encoding", ", ".join(["gzip;q=0.5"] * 600)),
        "authorization": ("Authorization", "Bearer " + long),
        "tags-match": ("If-Match", tags),
        "tags-none-match": ("If-None-Match", tags),
        "tag-long": ("If-None-Match", f'"{long}"'),
        "key-long": ("Idempotency-Key", long),
        "event-long": ("Last-Event-ID", "9" * 7000),
        "event-sign": ("Last-Event-ID", "+1"),
        "type-long": ("Content-Type", "text/" + long),
        "request-id": ("X-Request-ID", long),
        "forwarded": ("Forwarded", ", ".join(["for=192.0.2.1"] * 500)),
        "origin": ("Origin", "http://" + long),
        "range": ("Range", "bytes=" + ",".join(f"{number}-" for number in range(1000))),
    }
    for name, header in headers.items():
        yield Case(operation.id, f"header-{name}",
                   request(operation, headers=(header,), **_stream(operation)), short=True)


def _faulty_bodies(operation, random):
    whole = faults.LARGEST_BODY if operation.id in READERS else faults.LARGEST_BODY // 16
    list_key = BODIES[operation.body][1]
    path = operation.path(VALUES)
    for name, body, headers in faults.bodies(random, list_key, whole):
        yield Case(operation.id, f"body-{name}", Request(operation.method, path, body, headers),
                   Expected.REFUSED)


def _reads(operations, labs, formats):
    """Each read of a lab, of every stored lab."""
    for operation in operations:
        if operation.writes or "lab" not in operation.of("path"):
            continue
        if set(operation.of("path")) - set(VALUES):
            continue
        for lab, document in labs.items():
            for name, values, query in _askings(operation, lab, document, formats):
                yield Case(operation.id, f"of-{lab}{name}",
                           request(operation, values, query, **_stream(operation)),
                           Expected.EITHER, lab=lab, streams=operation.id in STREAMED)


def _askings(operation, lab, document, formats):
    network = document["networks"][0]["name"]
    members = [vm["name"] for vm in document["vms"]] or ["host"]
    values = {"lab": lab, "network": network, "vm": members[0], "revision": 2}
    if operation.id == "getPair":
        last = members[-1]
        for source, target in ((members[0], last), ("lan", last), ("internet", last),
                               (last, "lan")):
            yield f"-{source}-{target}", {**values, "from": source, "to": target}, ""
    elif operation.id == "getConnectivity":
        yield "", values, ""
        yield "-port", values, "protocol=tcp&port=2222"
        yield "-summary", values, "fields=summary"
    elif operation.id == "getRecommendations":
        yield "", values, ""
        yield "-hurried", values, "limit_ms=1"
        yield "-limited", values, "limit_ms=500"
    elif operation.id == "exportLab":
        for name in formats:
            yield f"-as-{name}", {**values, "format": name}, "force=true"
    elif operation.id == "compareRevisions":
        yield "-back", values, "to=1"
        yield "-forth", {**values, "revision": 1}, "to=2"
    elif operation.id == "getVM" and not document["vms"]:
        return
    else:
        yield "", values, ""


def _documents(operation, labs):
    """Each document for an operation that takes one."""
    path = operation.path(VALUES)
    queries = QUERIES[operation.id]
    for name, document in {**labs, **documents.beyond_labs()}.items():
        named = _named(operation, document)
        for form, (body, headers) in _forms(operation, named):
            large = len(body) > faults.LARGEST_BODY
            for query in queries if form == "json" else queries[:1]:
                yield Case(operation.id, f"{form}-{name}{query}",
                           Request(operation.method, path + query, body, headers),
                           Expected.REFUSED if large else Expected.EITHER,
                           lab="internal" if "base" in query else None,
                           streams=operation.id in ("plan", "draw"))


def _exports(operation, labs, formats):
    """Each format, of the lab with the most VMs and of the one with the most networks."""
    for name in formats:
        for lab in ("internal", "networks"):
            body, headers = faults.as_json({"name": "planned", **labs[lab]})
            path = operation.path({"format": name}, "force=true")
            yield Case(operation.id, f"{lab}-as-{name}", Request("POST", path, body, headers),
                       Expected.EITHER, streams=True)


def _named(operation, document):
    """The document for one operation: a patch leaves nothing of the lab that it changes."""
    if operation.id == "patchLab":
        return {"networks": [], "vms": [], **document}
    return {"name": "planned", **document}


def _exceeding(operation, limits):
    """Each document that is larger than a flag of the service lets in."""
    path = operation.path(VALUES)
    for name, document in documents.exceeding_labs(limits).items():
        named = _named(operation, document)
        body, headers = faults.as_json(named)
        yield Case(operation.id, name, Request(operation.method, path, body, headers),
                   Expected.LIMITED)


def _forms(operation, document):
    yield "json", faults.as_json(document)
    if operation.id in ("createLab", "plan"):
        yield "yaml", faults.as_yaml(document)
    if operation.id == "plan":
        yield "flow", (json.dumps(document).encode(), faults.YAML)
