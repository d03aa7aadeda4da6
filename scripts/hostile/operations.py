"""The operations of an OpenAPI document, and what is to be known of each for sending requests."""

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True)
class Parameter:
    name: str
    place: str


@dataclass(frozen=True)
class Operation:
    """`body` is the name of its request body in the document's components, or None."""

    id: str
    method: str
    template: str
    parameters: tuple[Parameter, ...]
    body: str | None
    # Whether the document says at the operation that it may answer 503.
    may_be_overloaded: bool

    def of(self, place):
        return [each.name for each in self.parameters if each.place == place]

    def path(self, values, query=""):
        """The path with its parameters filled in, percent-encoded."""
        path = self.template
        for name in self.of("path"):
            path = path.replace("{" + name + "}", quote(str(values[name]), safe=""))
        return path + ("?" + query if query else "")

    @property
    def writes(self):
        return self.method != "GET"


@dataclass(frozen=True)
class Offer:
    """What a service says of itself: the limits of its documents, the formats of its exports."""

    limits: dict[str, int]
    formats: list[str]


def read_operations(document):
    """Every operation, in the document's order."""
    operations = []
    for template, item in document["paths"].items():
        for method, each in item.items():
            if method not in ("get", "put", "post", "patch", "delete"):
                continue
            parameters = item.get("parameters", []) + each.get("parameters", [])
            body = each.get("requestBody")
            operations.append(Operation(
                id=each["operationId"], method=method.upper(), template=template,
                parameters=tuple(_parameter(document, reference) for reference in parameters),
                body=body.get("$ref", "/inline").rsplit("/", 1)[1] if body else None,
                may_be_overloaded="503" in each["responses"]))
    return operations


def _parameter(document, reference):
    found = reference
    while "$ref" in found:
        name = found["$ref"].split("/")[1:]
        found = document
        for part in name:
            found = found[part]
    return Parameter(found["name"], found["in"])
