"""Bodies that no operation accepts, whatever it takes: each is refused, and costs little."""

import json

JSON = (("Content-Type", "application/json"),)
YAML = (("Content-Type", "application/yaml"),)
LARGEST_BODY = 8 << 20


def as_json(document):
    return json.dumps(document, separators=(",", ":")).encode(), JSON


def as_yaml(document):
    """Block YAML, which the readers of JSON never see."""
    return "\n".join(_yaml(document, 0)).encode(), YAML


def _yaml(value, depth):
    indent = "  " * depth
    if isinstance(value, dict) and value:
        for key, each in value.items():
            if isinstance(each, (dict, list)) and each:
                yield f"{indent}{json.dumps(key)}:"
                yield from _yaml(each, depth + 1)
            else:
                yield f"{indent}{json.dumps(key)}: {json.dumps(each)}"
    elif isinstance(value, list) and value:
        for each in value:
            if isinstance(each, (dict, list)) and each:
                lines = _yaml(each, depth + 1)
                yield f"{indent}- {next(lines).lstrip()}"
                yield from lines
            else:
                yield f"{indent}- {json.dumps(each)}"
    else:
        yield f"{indent}{json.dumps(value)}"


def _filled(opening, each, closing, size):
    """`opening`, as many of `each` as fit with commas between, and `closing`."""
    count = max(1, (size - len(opening) - len(closing)) // (len(each) + 1))
    return (opening + ",".join([each] * count) + closing).encode()


def _keys(count, form, joint, opening="{", closing="}"):
    return (opening + joint.join(form.format(number) for number in range(count)) + closing).encode()


def bodies(random, list_key, whole=LARGEST_BODY):
    """A name, a body and its headers, one after the other.

    `list_key` is a list of the document, as `vms` of a lab; the largest bodies have `whole` bytes.
    """
    letters = "".join(random.choices("abcdefghijklmnopqrstuvwxyz-0123456789", k=8000))
    opening = f'{{"{list_key}":['
    yield "empty-objects", _filled(opening, "{}", "]}", whole), JSON
    yield "numbers-for-objects", _filled(opening, "1", "]}", whole), JSON
    yield "strings-for-objects", _filled(opening, '"' + "x" * 100 + '"', "]}", whole), JSON
    yield "unknown-keys", _keys(min(60_000, whole // 12), '"k{}":1', ","), JSON
    yield "all-unknown-keys", _keys(whole // 12, '"k{}":1', ","), JSON
    yield "all-unknown-keys-yaml", _keys(whole // 12, "k{}: 1", "\n", "", ""), YAML
    yield "one-key-again", _filled("{", '"name":1', "}", whole), JSON
    yield "one-key-again-yaml", b"name: 1\n" * (whole // 8), YAML
    yield "long-key", _filled("{", '"' + "n" * (whole - 100) + '":1', "}", whole), JSON
    yield "many-long-keys", _keys(whole // 8200, f'"{letters}{{}}":1', ","), JSON
    yield "long-name", json.dumps({"name": letters, "mode": letters, "os": letters}).encode(), JSON
    yield "longest-name", json.dumps({"name": "n" * (whole - 100)}).encode(), JSON
    yield "deep-lists", b"[" * whole, JSON
    yield "deep-objects", b'{"a":' * (whole // 5), JSON
    yield "deep-lists-yaml", b"[" * (whole // 8), YAML
    yield "deep-blocks-yaml", b"- " * (whole // 8), YAML
    yield "long-number", b'{"name":' + b"9" * (whole - 100) + b"}", JSON
    yield "great-exponent", b'{"name":1e999999999999}', JSON
    yield "unended-string", b'{"name":"' + b"x" * (whole - 100), JSON
    yield "escapes", b'{"name":"' + b"\\u0000" * (whole // 6 - 100) + b'"}', JSON
    yield "not-utf-8", b'{"name":"\xff\xfe"}', JSON
    yield "half-a-pair", b'{"name":"\\ud800"}', JSON
    yield "blanks", b" " * whole, JSON
    yield "comments-yaml", b"#\n" * (whole // 2), YAML
    yield "alias-bomb", _alias_bomb(), YAML
    yield "many-documents", b"---\na: 1\n" * (whole // 9), YAML
    yield "many-anchors", _keys(whole // 12, "- &a{} x", "\n", "", ""), YAML
    yield "too-large", b" " * (LARGEST_BODY + 1), JSON
    yield "other-type", b"{}", (("Content-Type", "text/" + "x" * 7000),)


def _alias_bomb():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    for level in range(1, 12):
        lines.append(f"a{level}: &a{level} [" + ", ".join([f"*a{level - 1}"] * 9) + "]")
    return "\n".join(lines).encode()
