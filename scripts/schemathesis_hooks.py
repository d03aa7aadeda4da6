"""What OpenAPI has no words for, told to schemathesis."""

import schemathesis
from schemathesis.generation import GenerationMode


@schemathesis.hook
def filter_case(context, case):
    query = case.query or {}
    # ICMP has no ports: one parameter rules the other out.
    if query.get("protocol") == "icmp" and "port" in query:
        return False
    # An address has its family: one parameter rules out values of the other.
    if "family" in query and "address" in query:
        if (query["family"] == "ipv6") != (":" in str(query["address"])):
            return False
    # A deletion that is only tried leaves what it was about where it is; schemathesis takes any
    # DELETE that is answered 2xx for one that was carried out.
    if case.method == "DELETE" and case.meta is not None and case.meta.phase.name == "stateful":
        return str(query.get("dry_run", "false")).lower() == "false"
    return True


@schemathesis.hook
def before_call(context, case, **kwargs):
    """Puts in the place of a good value one that can be judged.

    A pattern cannot say that a text names members of another schema, nor a schema that what it
    requires is left out where somebody asks for less. So all fields are asked for, by their names:
    the answer is whole. And whoever lets a search take a minute has to wait for it.
    """
    query = case.query or {}
    if not is_positive(case):
        return
    if "limit_ms" in query:
        query["limit_ms"] = min(int(query["limit_ms"]), 500)
    if "fields" in query:
        query["fields"] = ",".join(names(case.operation)) or query["fields"]


def is_positive(case):
    """Whether nothing is wrong with the query on purpose."""
    parts = case.meta.components.items() if case.meta is not None else []
    return all(part.mode == GenerationMode.POSITIVE for place, part in parts if place == "query")


def names(operation):
    """The members of the JSON that an operation answers."""
    answer = operation.definition.raw["responses"]["200"]["content"]["application/json"]["schema"]
    return members(answer, operation.schema.raw_schema)


def members(schema, document):
    """The names of what objects of a schema have."""
    found = list(schema.get("properties", {}))
    parts = schema.get("allOf", []) + schema.get("anyOf", [])
    if "$ref" in schema:
        parts = [*parts, at(document, schema["$ref"])]
    for part in parts:
        found += [name for name in members(part, document) if name not in found]
    return found


def at(document, reference):
    """What a local reference points at."""
    for key in reference.split("/")[1:]:
        document = document[key]
    return document
